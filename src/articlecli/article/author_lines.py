"""Authors' names on the lines about the story: by the page's marks, or because they are names."""

from collections.abc import Iterator, Sequence

from articlecli.article.byline import SIGNS_AROUND, after_by, holds_word, life_of
from articlecli.article.line_names import handle, names_at_start, without_letters
from articlecli.article.story import Story
from articlecli.article.teasers import TEASER_ZONES
from articlecli.document import Block
from articlecli.text.dates import looks_dated
from articlecli.text.names import has_given_name, is_known_person, is_role
from articlecli.text.patterns import lazy
from articlecli.zone import BODY, COMMENT, LEAD, META

ABOVE_TITLE = 3
"""Blocks above the headline that may name the author."""
INSIDE = 8
"""Blocks from the story's first on that may: a byline below the first picture."""
BELOW_STORY = 6
"""Blocks below the story's last that may: a signature, a box about the author."""
WITHOUT_TITLE = 8
"""Blocks above the story among which an author is looked for where no headline stands there."""
LONGEST_LINE = 160
"""Characters of the longest line about the story that is read."""
NEAREST_MARKS = 6
"""Words of class and the like, the nearest, that say what a block is."""
_MARKED = lazy(
    r"(?:^|[\s_-])(?:by-?lines?|(?:post|article|entry|story)?-?(?:authors?|autor|writt?er))"
    r"(?:$|[\s_-])|author_?-?name|user_?-?name"
)
_AUTHORS = ("author", "authors", "autor", "writer", "writter")
_MARKS = frozenset(("byline", "bylines")).union(
    f"{of}{who}" for of in ("", "post", "article", "entry", "story") for who in _AUTHORS
)
"""The words that it finds; two that a hyphen joins or separates are left to it."""
_NOT_MARKED = lazy(r"comment|related|avatar|share|social|more|role|job|description|bio(?:$|[_-])")
_WORD = lazy(r"\w+")
MOST_MARKED = 5
"""Authors of one story that are marked one by one; more are a list of people."""
_RIGHTS = lazy(r"(?i)(?:copyright|©|\(c\))[\s©\d,–-]*(?:by\s)?")
_SITE_PARTS = lazy(r"(?<!\s)\s++[-–—|·•:»]\s++", needs="-–—|·•:»")
_OTHERS = TEASER_ZONES | {COMMENT, BODY, LEAD}
"""Zones of lines that are the story's own, or somebody else's."""


def lines_about(story: Story, blocks: Sequence[Block]) -> list[int]:
    """Blocks that may name the author: below the headline, above it, below the story, its meta.

    Teasers and comments are left out: they have authors of their own.
    """
    text = [*story.lead, *story.body]
    if not text:
        return []
    first, last = min(text), max(text)
    head = max((i for i in story.title if i < last), default=0) or max(first - WITHOUT_TITLE, 0)
    end = min(max(first, head + 1) + INSIDE, last)
    order = (
        *range(head + 1, end),
        *range(head - 1, max(head - 1 - ABOVE_TITLE, -1), -1),
        *range(last + 1, min(last + 1 + BELOW_STORY, len(blocks))),
        *story.where[META],
    )
    return [
        i
        for i in dict.fromkeys(order)
        if story.zones[i] not in _OTHERS and len(blocks[i].text) <= LONGEST_LINE
    ]


def meta_at_head(story: Story, blocks: Sequence[Block]) -> list[str]:
    """The meta lines about the head of the story: those of later posts have other authors."""
    first = min([*story.lead, *story.body], default=0)
    head = max((i for i in story.title if i < first), default=max(first - WITHOUT_TITLE, 0))
    near = range(max(head - ABOVE_TITLE, 0), min(first + ABOVE_TITLE, len(blocks)))
    return [blocks[i].text for i in near if story.zones[i] is META]


def marked_names(blocks: Sequence[Block], indices: Sequence[int]) -> Iterator[str]:
    """Names in blocks that HTML marks as the author's; several that are marked alike as one."""
    found: dict[str, list[str]] = {}
    for i in indices:
        markup = blocks[i].markup
        if markup is None or not _may_be_marked(markup.marks):
            continue
        marks = " ".join(markup.marks.rsplit(None, NEAREST_MARKS)[-NEAREST_MARKS:])
        if not _is_marked(marks) or _NOT_MARKED.search(marks.split(" ")[-1]):
            continue
        rest = after_by(blocks[i].text)
        text = blocks[i].text if rest is None else rest
        names = names_at_start(text) or handle(text)
        if names and names not in found.setdefault(marks, []):
            found[marks].append(names)
    for alike in found.values():
        several = len(alike) <= MOST_MARKED and all(map(is_known_person, alike))
        yield from [", ".join(alike)] if several else alike


def _may_be_marked(marks: str) -> bool:
    """Whether classes have a piece of those that mark an author."""
    return "aut" in marks or "line" in marks or "writ" in marks or "user" in marks


def _is_marked(marks: str) -> bool:
    """Whether classes mark an author, as `_MARKED` says, which is slow."""
    words = marks.replace("_", " ").replace("-", " ").split()
    if not _MARKS.isdisjoint(words):
        return True
    return ("name" in marks or "by-line" in marks) and _MARKED.search(marks) is not None


def signed_about(blocks: Sequence[Block], indices: Sequence[int]) -> Iterator[str]:
    """Known names behind "By", on lines that are not the story's meta."""
    for i in indices:
        text = blocks[i].text
        rest = after_by(text)
        if rest == "" and i + 1 < len(blocks):
            rest = blocks[i + 1].text
        if rest and has_given_name(rest) and (names := names_at_start(rest)):
            yield names


def known_names(
    story: Story, blocks: Sequence[Block], indices: Sequence[int], page: str
) -> Iterator[str]:
    """Names that stand alone and begin with a known given name, or have a role behind them."""
    for i in indices:
        text = blocks[i].text
        if text[0].islower() or not has_given_name(text):
            continue
        names = names_at_start(text)
        if not names or not all(map(is_known_person, without_letters(names))):
            continue
        family = _WORD.findall(names.partition(",")[0].lower())[-1]
        if holds_word(page, family):
            continue
        alone = len(text) <= len(names) + SIGNS_AROUND
        if alone or (story.zones[i] is META and not looks_dated(text)):
            yield names


def names_with_a_life(story: Story, blocks: Sequence[Block]) -> Iterator[str]:
    """Names at the story's end of whom a few words tell: "Ann Lee is a columnist"."""
    last = max([*story.lead, *story.body], default=0)
    for i in range(max(last - 2, 0), min(last + BELOW_STORY, len(blocks))):
        if story.zones[i] in TEASER_ZONES:
            continue
        match = life_of(blocks[i].text)
        if match and is_known_person(match[1]) and is_role(match[2]):
            yield match[1].strip()


def owner(title: str, blocks: Sequence[Block]) -> str | None:
    """The person whose name a site bears: at the end of `<title>`, and on a line of its own."""
    name = _SITE_PARTS.split(title)[-1]
    if name == title or not is_known_person(name):
        return None
    alone = any(block.text == name or _is_right(block.text, name) for block in blocks)
    return name if alone else None


def _is_right(line: str, name: str) -> bool:
    """Whether a line is a copyright line of somebody's: "© 2021 Ann Lee"."""
    found = _RIGHTS.match(line)
    return found is not None and line[found.end() :].startswith(name)
