"""Front matter: what a page of Markdown says of itself above its text, in YAML or TOML."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import Struct

from articlecli.document import Declared, Field
from articlecli.text.patterns import lazy

LONGEST = 200
"""Lines of the longest front matter."""
LARGEST, LARGEST_TOML = 50_000, 10_000
"""Characters of what is read as YAML or TOML: numbers and keys there take the square of theirs."""
DEEPEST = 4
"""Lists and tables inside one another that are looked into. A name of YAML may stand for what holds
it, and lists of such names double their texts again and again."""
_KEY = lazy(r"([A-Za-z][\w .-]{0,40}?)[\"']?\s*[:=](?:\s|$)")
FIELDS: dict[str, Field] = {
    "title": "title",
    "author": "author",
    "authors": "author",
    "creator": "author",
    "byline": "author",
    "date": "date",
    "published": "date",
    "publishdate": "date",
    "pubdate": "date",
    "date_published": "date",
    "created": "date",
    "description": "summary",
    "summary": "summary",
    "excerpt": "summary",
    "subtitle": "summary",
    "tags": "tags",
    "keywords": "tags",
    "categories": "tags",
    "category": "tags",
    "tag": "tags",
}
ADDRESSES = ("canonical_url", "canonical", "url", "link", "source")
CHANGED = ("lastmod", "updated", "modified", "last_modified_at", "date_modified")
"""Keys that Jekyll, Hugo, Pandoc, MyST and the clippers of web pages write."""


class Entry(Struct):
    """What a line of front matter is for."""

    field: Field
    text: str
    """The value, where the line holds a title that is printed; the empty string else."""
    silent: bool


def mark_front_matter(lines: Sequence[str]) -> dict[int, Entry]:
    """Lines of the front matter by number; none where a page has none.

    A value's further lines are silent: they belong to the line of its key.
    """
    end = _end(lines)
    found: dict[int, Entry] = {}
    field: Field = "other"
    values = front_values(lines[1:end]) if end else {}
    for number in range(1, end + 2 if end else 0):
        line = lines[number - 1]
        if not line.strip():
            continue
        key = _KEY.match(line)
        if number in (1, end + 1) or key is None:
            fence = number in (1, end + 1)
            found[number] = Entry("other" if fence else field, "", silent=number > 1 and not fence)
            continue
        field = FIELDS.get(key[1].lower(), "other")
        value = values.get(key[1].lower())
        text = " ".join(value.split()) if field == "title" and isinstance(value, str) else ""
        found[number] = Entry(field, text, silent=False)
    return found


def front_lines(text: str) -> list[str]:
    """The lines between the fences of a page's front matter; none where it has none."""
    lines = text.replace("\r\n", "\n").split("\n", LONGEST)[:LONGEST]
    return lines[1:end] if (end := _end(lines)) else []


def _end(lines: Sequence[str]) -> int:
    """Position of the line that ends the front matter; 0 where there is none."""
    if not lines or lines[0].strip() not in ("---", "+++"):
        return 0
    fence = lines[0].strip()
    for i, line in enumerate(lines[1:LONGEST], 1):
        if line.strip() == fence or (fence == "---" and line.strip() == "..."):
            return i if any(_KEY.match(inner) for inner in lines[1:i]) else 0
        if line and not line[0].isspace() and line[0] not in "#-]}[" and not _KEY.match(line):
            return 0
    return 0


def front_values(lines: Sequence[str]) -> dict[str, Any]:
    """The values that front matter gives, by key in small letters; none where it is broken."""
    text = "\n".join(line.rstrip() for line in lines)
    values = _read(text) if len(text) <= LARGEST else None
    if not isinstance(values, dict):
        pairs = [_KEY.match(line) for line in lines]
        values = {
            m[1]: line[m.end() :].strip(" \"'")
            for m, line in zip(pairs, lines, strict=True)
            if m is not None
        }
    return {_told(key).lower(): value for key, value in values.items()}


def _read(text: str) -> object:
    """What TOML or YAML says; `None` where it is broken."""
    if re.search(r"(?m)^\w[\w-]*\s*=", text):
        import tomllib

        if len(text) > LARGEST_TOML:
            return None
        try:
            return tomllib.loads(text)
        except (ValueError, RecursionError):  # of a number with thousands of digits, too
            return None
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)(text)
    # Keys taken over (`<<`) can double again and again. Without this they are an error.
    loader.flatten_mapping = lambda _node: None
    try:
        return loader.get_single_data()
    except (yaml.YAMLError, ArithmeticError, AttributeError, LookupError, RecursionError,
            TypeError, ValueError):  # fmt: skip  # what it raises for `!!int ''`, `!!bool x` …
        return None
    finally:
        loader.dispose()


def declared_of(values: Mapping[str, Any]) -> Declared:
    """What front matter or the head of a mail declares."""
    told: dict[str, tuple[str, ...]] = {}
    for key, value in values.items():
        if (field := FIELDS.get(key)) and (texts := _texts(value)):
            told.setdefault(field, texts)
    title = " ".join(told.get("title", ()))
    language = values.get("lang") or values.get("language")
    return Declared(
        headline=title,
        description=" ".join(told.get("summary", ())),
        authors=told.get("author", ()),
        published=(told.get("date") or ("",))[0],
        keywords=told.get("tags", ()),
        addresses=tuple(
            text for key in ADDRESSES for text in _texts(values.get(key)) if "://" in text
        ),
        modified=next((text for key in CHANGED for text in _texts(values.get(key))), ""),
        language=language.lower() if isinstance(language, str) else "",
    )


def _texts(value: Any, deepest: int = DEEPEST) -> tuple[str, ...]:
    if isinstance(value, set):
        value = sorted(map(_told, value))  # else each run has its own order
    if isinstance(value, (dict, list, tuple)):
        if isinstance(value, dict):
            value = [value.get("name") or value.get("title") or list(value.values())[:1]]
        if not deepest:
            return ()
        return tuple(text for item in value[:30] for text in _texts(item, deepest - 1))
    text = " ".join(_told(value).split()) if value is not None else ""
    return (text,) if text else ()


def _told(value: object) -> str:
    """A value as text; the empty string for a number with more digits than Python writes."""
    try:
        return str(value)
    except ValueError:
        return ""
