"""The title among the blocks: which of its copies, which of its lines, without the site's name."""

from collections.abc import Iterator, Sequence

from articlecli.article.title import choose_title, strip_site
from articlecli.document import Block, Document
from articlecli.evidence import Evidence
from articlecli.text.addresses import host_of
from articlecli.text.dates import looks_dated
from articlecli.text.folding import word_bytes, word_list
from articlecli.text.headlines import alike_words, same_words
from articlecli.text.lexicon import words_of
from articlecli.zone import BODY, BOILERPLATE, LEAD, TITLE, Where

OPENING = 4
"""Paragraphs of the story that tell what its headline is about."""
WRAPPED = 55
"""Characters from which a line may be one that was wrapped: the next goes on with it."""
MOST_LINES = 6
"""Lines of the longest headline among which its copy is looked for."""


def settle_title(
    document: Document,
    evidence: Sequence[Evidence],
    where: Where,
    left_out: dict[int, str],
) -> tuple[tuple[int, ...], str | None]:
    """Positions of the blocks that the headline is made of, and its text.

    Args:
        document: The page.
        evidence: Of its blocks.
        where: Positions of the blocks of each zone.
        left_out: Takes the other blocks with the zone of a title, each with the reason.

    Returns:
        No position and `None` where no block has that zone.

    """
    blocks = document.blocks
    said = where[TITLE]
    if not said:
        return (), None
    story = sorted([*where[LEAD], *where[BODY]])
    start = story[0] if story else len(blocks)
    members = _members(blocks, said, start)
    others = [blocks[i].text for i in said if i not in members]
    text = " ".join(blocks[i].text for i in members)
    if len(members) == 1:
        text = _own_lines(document, evidence, members[0]) or text
    told = [blocks[i].text for i in story[:OPENING]]
    headline = strip_site(
        text,
        others,
        _names(document, where),
        _hosts(document),
        opening=" ".join(told) if members[0] == 0 else None,
    )
    own = word_list(headline) if others else []
    for i in said:
        if i not in members:
            same = alike_words(word_list(blocks[i].text), own)
            left_out[i] = "repeat of the title" if same else "second title"
    return tuple(members), headline


def _members(blocks: Sequence[Block], said: Sequence[int], start: int) -> list[int]:
    """The chosen block, and the next where it is the other half of a headline cut in two."""
    if len(said) == 1:
        return list(said)
    copies = [blocks[i].text for i in said]
    words = list(map(word_list, copies))
    skip = 0
    if said[0] == 0:
        # The text of `<title>` on the first line stands back behind a headline that says another.
        skip = int(not any(alike_words(words[0], copy) for copy in words[1:]))
    before = sum(i < start for i in said[skip:])
    chosen = skip + choose_title(copies[skip:], words[skip:], before)
    i = said[chosen]
    for first, second in ((i, i + 1), (i - 1, i)):
        if first in said and second in said:
            joined = f"{blocks[first].text} {blocks[second].text}"
            if any(same_words(joined, copy) for copy in copies):
                return [first, second]
            above, below = blocks[first].markup, blocks[second].markup
            if above and below and "/h1" in above.path and above.path == below.path:
                return [first, second]
            if first == i and blocks[second].gap == 0 and blocks[second].text[:1].islower():
                return [first, second]
    return [i]


def _own_lines(document: Document, evidence: Sequence[Evidence], i: int) -> str | None:
    """The headline among the lines of its block, where other lines were joined to it.

    Lines whose words stand on the page again as one block are the headline; a byline or a date
    below it is none of it.
    """
    first, last = document.blocks[i].lines
    if first == last or document.declared is not None:
        return None
    lines = [" ".join(line.split()) for line in _lines(document, i)]
    keys = {own.key for at, own in enumerate(evidence) if at != i}
    for count in range(min(len(lines), MOST_LINES), 0, -1):
        for at in range(len(lines) - count + 1):
            run = " ".join(lines[at : at + count])
            if 2 * len(run) > len(document.blocks[i].text) and word_bytes(run.lower()) in keys:
                return run if count < len(lines) else None
    for at in range(1, len(lines)):
        if len(lines[at - 1]) < WRAPPED and _is_note(lines[at]):
            return " ".join(lines[:at])
    return None


def _lines(document: Document, i: int) -> Iterator[str]:
    start, end = document.blocks[i].span
    first, last = document.blocks[i].lines
    for left, right in document.lines[first - 1 : last]:
        if line := document.text[max(left, start) : min(right, end)].strip():
            yield line


def _is_note(line: str) -> bool:
    """Whether a line says who wrote the story, or when."""
    words = word_list(line)
    return bool(words) and (words[0] in words_of("by") or looks_dated(line))


def _names(document: Document, where: Where) -> Iterator[str]:
    """Where the site's name may stand: what is declared, and lines of the page's furniture."""
    head, blocks = document.declared, document.blocks
    if head is not None:
        yield from filter(None, (head.site_name, head.publisher))
    yield from (blocks[i].text for i in where[BOILERPLATE])


def _hosts(document: Document) -> str:
    told = [document.page.source.url]
    if document.declared is not None:
        told.append(document.declared.canonical)
    return " ".join(host_of(address) for address in told if address)
