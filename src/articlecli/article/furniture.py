"""Lines of a page's furniture, where the name of its site stands again."""

from collections.abc import Iterator, Sequence

from articlecli.text.folding import word_list
from articlecli.text.patterns import lazy
from articlecli.text.scripts import holds_unspaced

SHORT = 40
"""Characters under which a line may be the site's name."""
_WORD = lazy(r"\w+")


class Furniture:
    """Lines of a page's furniture; only those that hold a word in question are split into words.

    Args:
        lines: The lines.

    """

    def __init__(self, lines: Sequence[str]) -> None:
        self._given = lines
        self._lines = [line.lower() for line in lines]
        self._whole = "\n".join(self._lines)

    def has(self, words: list[str]) -> bool:
        """Whether some words are all of a short line."""
        return len(" ".join(words)) < SHORT and words in self._near(words)

    def speaks_of(self, name: str) -> bool:
        """Whether a line has the words of a name; it may say more."""
        if holds_unspaced(name):
            return any(name.strip() in line for line in self._given)
        words = word_list(name)
        joined = f" {' '.join(words)} "
        return any(joined in f" {' '.join(line)} " for line in self._near(words))

    def _near(self, words: Sequence[str]) -> Iterator[list[str]]:
        """The words of each line that has the first of some."""
        first = words[0] if words else ""
        near = (line for line in self._lines if first in line) if first in self._whole else ()
        return map(_WORD.findall, near)
