"""Given names of some sixty languages, from Faker: `data/given_names.txt`.

    python -m lab.make.given_names

Needs Faker (MIT), whose lists of names come from public statistics. A line has the names that begin
with the same two letters, folded as `text.names.fold_name` does.
"""

import pkgutil
from collections.abc import Iterator
from importlib import import_module
from itertools import groupby
from pathlib import Path

from articlecli.text.names import fold_name

FILE = Path(__file__).resolve().parents[2] / "src/articlecli/data/given_names.txt"
LEFT_OUT = frozenset(("ja", "ko", "zh", "th"))
"""Languages whose authors are found by their words and family names."""
NO_NAMES = frozenset(
    """
    add alleen ara arizona author autumn avis bishop boston brak canyon capa che chi con dallas deja
    del della delle diamond dona edit einer europa forum france general golden hoy january job juli
    juni king ler les lien link london lundi major media mio nel nella noi november ocean over page
    par paris per press prima prince princess queen royal salvar sep sera sie silver skip star
    summer sunday temple texas til till treasure true van ver visa von winter
    """.split()
)
"""Names that web pages have more often as another word."""
SHORTEST = 3
"""Letters of the shortest name that is kept; two are an abbreviation more often."""


def names() -> Iterator[str]:
    """Each given name that some locale of Faker has, word by word."""
    from faker.providers import person

    for module in pkgutil.iter_modules(person.__path__):
        if module.name.partition("_")[0] in LEFT_OUT:
            continue
        provider = import_module(f"faker.providers.person.{module.name}").Provider
        for heading, values in vars(provider).items():
            if heading.startswith("first_names") and isinstance(values, tuple | list | dict):
                yield from (word for name in values for word in name.replace("-", " ").split())


def main() -> None:
    """Write the file."""
    folded = {fold_name(name) for name in names() if name[:1].isalpha() and not name.islower()}
    folded |= {fold_name(name) for name in names() if name[:1].lower() == name[:1].upper()}
    kept = sorted(name for name in folded - NO_NAMES if len(name) >= SHORTEST and name.isalpha())
    head = "# Made by lab/make/given_names.py from Faker (MIT); do not edit."
    lines = (" ".join(alike) for _, alike in groupby(kept, key=lambda name: name[:2]))
    FILE.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
