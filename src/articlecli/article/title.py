"""The story's headline: the best of its copies, the site's name taken off."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from articlecli.text.folding import letters, word_list
from articlecli.text.headlines import alike_words, same_words
from articlecli.text.patterns import lazy
from articlecli.text.scripts import holds_unspaced

if TYPE_CHECKING:
    from articlecli.article.furniture import Furniture

_GAP = r"(?<!\s)\s++"
_SIGNS = "|｜_-–—·:•»«~/"
"""One of them is in every separator."""
_SEPARATOR = lazy(
    rf"{_GAP}[|\-–—·:•»«~/]++\s++|(?:{_GAP}|)[|｜]++\s*+|(?:{_GAP}|)::\s*+"
    rf"|{_GAP}-(?=[^\s\d])|(?<=\S)-\s++"
    # A name in a program has an underscore inside: "snake_case", but not "标题_网站".
    rf"|{_GAP}_++\s*+|(?<=[^\s_])_++\s++|__++|(?<=[^\x00-\x7f])_|_(?=[^\x00-\x7f])",
    needs=_SIGNS,
)
_MAY_PART = lazy(rf"[{re.escape(_SIGNS)}](?:(?<=[|｜_])|(?<=\s.)|(?<=-)\s|(?<=:):)", needs=_SIGNS)
"""What every separator has. It begins with a class of characters, and is found much faster."""
_WORD = lazy(r"\w+")
_GLUED_END = lazy(r"\s+\w")
"""What begins a text glued to a headline: no sign that parts the headline itself."""

_DOMAINS = frozenset(
    """
    com fr de net org pl ru gr cn es it info eu co uk ch at be pt nl
    """.split()
)

OPENING_QUOTES, CLOSING_QUOTES = frozenset('"“„«'), frozenset('"”“»')
"""Signs about a headline that is a quotation as a whole: no part of it is a site's name."""
DASHED = 3
"""Words of the longest name that is taken off after a dash without other evidence."""
HOST_PART = 5
"""Letters from which a name counts as part of a host: "at" is in `theatlantic.com`."""
GLUED = 20
"""Characters of the shortest copy of a headline that tells where a longer one was glued."""
LONGEST = 300
"""Characters of the longest line that is taken for the text of a `<title>`."""
SITE_WORDS = 5
"""Words of the longest segment that is taken for a site's name without other evidence."""


def choose_title(copies: Sequence[str], said: Sequence[Sequence[str]], before_body: int) -> int:
    """Which copy of the headline stands for the story.

    Args:
        copies: Texts of the title blocks in page order; at least one.
        said: Their words, from `word_list`.
        before_body: How many of them stand before the story's text.

    Returns:
        Position of the copy that others agree with, the one nearest above the text among equals.

    """
    if len(copies) == 1:
        return 0

    def worth(i: int) -> tuple[float, ...]:
        text, words = copies[i], said[i]
        votes = sum(alike_words(words, other) for j, other in enumerate(said) if j != i)
        whole = not text.rstrip().endswith(("…", "..."))
        # The copy with the site's name is as good as any, but the bare one needs no cutting.
        bare = said.count(words) > 1
        named = not bare and next(_separators(text), None) is not None
        # "Highlights", "In short": a headline has three words, or as much of an unspaced script.
        speaks = len(text) >= 20 or not text.isascii() or len(_WORD.findall(text)) >= 3
        return (votes, speaks, whole, not named, i < before_body, i if i < before_body else -i)

    return max(range(len(copies)), key=worth)


def strip_site(
    title: str,
    others: Sequence[str],
    page: Iterable[str],
    host: str,
    *,
    opening: str | None = "",
) -> str:
    """The headline without the name of the site or section at either end.

    Args:
        title: The chosen copy.
        others: The other copies of the headline.
        page: Lines of the page's furniture, where a site's name stands again; few titles need
            them.
        host: Host of the page's address, `""` where it is not known.
        opening: The story's beginning, where the title is the page's first line. The text of
            `<title>` stands there, a short end of which is taken for a site's name without other
            evidence, unless the story speaks of it. `None` for any other line.

    Returns:
        The headline; the title itself where nothing says that an end of it is no part of it.

    """
    title = _without_quotes(_without_glued(title, others), others)
    cuts = _cuts(title)
    for other in others:
        # A copy that this one begins with is the headline: what follows was glued to it.
        if len(other) >= GLUED and title.startswith(other) and not other.endswith(("…", "...")):
            after = title[len(other) :]
            if after and (after[0].isspace() or not other[-1].isalnum()):
                return other
    # A copy that is one end of this one, up to a separator, is the headline.
    for first in (True, False):
        for start, end in cuts:
            for other in others:
                if same_words(other, title[:start] if first else title[end:]):
                    return other
    if not cuts:
        return title.strip()
    from articlecli.article.furniture import Furniture  # few titles can be cut

    furniture = Furniture(list(page))
    plain = letters(host)
    may_name = opening is not None and len(title) <= LONGEST
    if may_name and (head := _own_line(title, cuts, furniture, plain)):
        return head
    while cuts:
        start, end = cuts[-1]
        head, tail = title[:start], title[end:]
        if ":" in title[start:end].strip() and "::" not in title[start:end]:
            break  # what follows a colon is the headline's other half
        guess = (
            opening is not None
            and _parts_a_site(title[start:end], tail)
            and not _speaks_of(opening, tail)
            and furniture.speaks_of(tail)
            and not any(same_words(title, other) for other in others)
        )
        if not _is_site(tail, head, furniture, plain, guess=guess):
            break
        title = head
        cuts.pop()
    if cuts:
        head, tail = title[: cuts[0][0]], title[cuts[0][1] :]
        words = word_list(head)
        known = furniture.has(words) or (len(words) < 4 and "".join(words) in plain)
        if known and plain and len(_WORD.findall(tail)) > 2 * len(words):
            title = tail
    return title.strip()


def _separators(title: str) -> Iterator[re.Match[str]]:
    """The separators of a headline. None begins before the first sign and the space before it."""
    sign = _MAY_PART.search(title)
    return _SEPARATOR.finditer(title, len(title[: sign.start()].rstrip())) if sign else iter(())


def _own_line(
    title: str, cuts: Sequence[tuple[int, int]], furniture: "Furniture", host: str
) -> str | None:
    """The beginning of a `<title>` that is a line of the page too: a menu names its pages."""
    for start, end in cuts:
        words, rest = word_list(title[:start]), word_list(title[end:])
        if (
            title[start:end].strip()[:1] in "|｜·•»«_"
            and furniture.has(words)
            and len(rest) <= SITE_WORDS
            and not _is_host(words, host)
        ):
            return title[:start].strip()
    return None


def _is_host(words: Sequence[str], host: str) -> bool:
    name = "".join(words)
    return len(name) >= HOST_PART and name in host


def last_part(title: str) -> str:
    """What stands behind the last separator of a `<title>`, the site's name most often."""
    cuts = _cuts(title)
    return title[cuts[-1][1] :] if cuts else ""


def own_name(title: str, page: Sequence[str], names: Sequence[str], host: str) -> str | None:
    """The name of a page without a story: the beginning of its `<title>` that is a line of it.

    Args:
        title: The text of `<title>`.
        page: The page's other lines.
        names: Names of the site, as far as they are declared: never the page's own.
        host: Host of the page's address, `""` where it is not known.

    Returns:
        The line, `None` where no beginning up to a separator is one.

    """
    if len(title) > LONGEST:
        return None
    cuts = _cuts(title)
    if not cuts:
        return None
    site = [word_list(name) for name in names]
    # Only lines that have the first word are split into words. Its last letter may be another one
    # where the word is the last: a sigma is.
    first = next(iter(word_list(title[: cuts[0][0]])), "")[:-1]
    near = [line for line in page if len(line) <= len(title) and first in line.lower()]
    lines = list(map(word_list, near))
    for end, _ in reversed(cuts):
        words = word_list(title[:end])
        if words in lines and words not in site and not _is_host(words, letters(host)):
            return title[:end].strip()
    return None


def _cuts(title: str) -> list[tuple[int, int]]:
    """Where a headline may be cut; nowhere where it is a quotation as a whole."""
    if _is_quoted(title):
        return []
    return [mark.span() for mark in _separators(title)]


def _is_quoted(title: str) -> bool:
    return title[:1] in OPENING_QUOTES and title[-1:] in CLOSING_QUOTES


def _without_quotes(title: str, others: Sequence[str]) -> str:
    """A headline; of one that is a quotation as a whole, a copy without the signs if there is."""
    same = (copy for copy in others if not _is_quoted(copy) and same_words(copy, title))
    return next(same, title) if _is_quoted(title) else title


def _without_glued(title: str, others: Sequence[str]) -> str:
    """The headline without what stands glued to it: "Story by Ann" beside "Story | Site".

    Where a third copy goes on as this one does, the site has shortened the other.
    """
    start = title[:GLUED]
    for other in others if title not in others else ():
        if not other.startswith(start):
            continue
        for mark in _separators(other):
            end = mark.start()
            if end < GLUED or other[:end] != title[:end] or not _GLUED_END.match(title, end):
                continue
            if not any(copy.startswith(title[: end + GLUED]) for copy in others):
                return title[:end]
    return title


def _parts_a_site(joint: str, tail: str) -> bool:
    """Whether a separator is one that parts a site's name off, and not half of a headline.

    A bar or a dot is; a dash is before a short name in capitals; a colon and a slash are not.
    """
    if any(sign in joint for sign in "|｜·•»«~_"):
        return True
    words = _WORD.findall(tail)
    dash = any(sign in joint for sign in "-–—")
    # A score ("2 - 1 United"), a number in a row ("- Part 2").
    numbered = any(word.isdigit() for word in words)
    return (
        dash
        and not numbered
        and 0 < len(words) <= DASHED
        and not any(word.islower() for word in words)
    )


def _speaks_of(opening: str, tail: str) -> bool:
    words = set(word_list(tail))
    if holds_unspaced(tail) or "." in tail:
        return False
    return bool(words) and words.issubset(word_list(opening))


def _is_site(tail: str, head: str, furniture: "Furniture", host: str, *, guess: bool) -> bool:
    words = word_list(tail)
    rest = _WORD.findall(head)
    if not words or (len(rest) < 3 and not holds_unspaced(head)):
        return False
    if furniture.has(words) or _is_host(words, host):
        return True
    if words[-1] in _DOMAINS and re.fullmatch(r"\S+\.\w{2,4}", tail.strip()):
        return True
    return guess and len(words) <= SITE_WORDS and len(words) < len(rest)
