"""What a whole page tells of its type: a set of signs, each a number."""

from binascii import crc32
from collections.abc import Iterator
from functools import cache

from articlecli.document import Declared, Document
from articlecli.model.page_counts import WORDS, Counts, numbers_of
from articlecli.text.patterns import lazy
from articlecli.text.phrases import load_phrases
from articlecli.zone import BODY, BOILERPLATE, HEADING, LEAD, TEASER_TEXT, TEASER_TITLE, Zone

VERSION = 1
"""Raised with every change here and of what is counted: weights go with one version."""
SHAPES = 1 << 12
"""Signs other than words are hashed into so many numbers, behind those of words."""
BUCKETS = WORDS + SHAPES
MOST_PARTS = 12
"""Parts of an address that are looked at."""
_PART = lazy(r"[a-z]+|\d+")
_ZONES = tuple((f"z:{zone}", f"n:{zone}") for zone in Zone)
ZONES_USED = tuple(
    map(tuple(Zone).index, (BODY, LEAD, HEADING, TEASER_TITLE, TEASER_TEXT, BOILERPLATE))
)
"""Zones whose masses are held against each other."""
_BODY, _LEAD, _HEADING, _TEASER_TITLE, _TEASER_TEXT, _BOILERPLATE = ZONES_USED
_FACTS = tuple(
    (name, f"has:{name}")
    for name in ("headline", "body", "published", "modified", "time", "description", "authors")
)


def page_features(document: Document, counts: Counts) -> list[int]:
    """Numbers of the signs that a page has, each once, in no order that means anything.

    Args:
        document: The page.
        counts: Of its blocks, from `count_page`.

    """
    found = {*counts.words, *other_features(document), *_zones(counts), *_shapes(counts)}
    if document.declared is not None:
        found.update(counts.marks, _links(counts))
    return list(found)


def other_features(document: Document) -> list[int]:
    """Numbers of those signs that do not follow from the counts."""
    found = numbers_of([name.encode() for name in _address(document)])
    head = document.declared
    return found if head is None else [*found, *_declared(head)]


def _number(sign: str) -> int:
    return WORDS + crc32(sign.encode()) % SHAPES


@cache
def _sign(name: str, *values: int) -> int:
    """Number of a sign that has few values."""
    return _number(":".join([name, *map(str, values)]))


def _zones(counts: Counts) -> Iterator[int]:
    """Masses and shares of the zones."""
    size, number = counts.zone_widths, counts.zone_blocks
    whole = sum(size) or 1
    for i, (share, blocks) in enumerate(_ZONES):
        yield _sign(share, _share(size[i], whole))
        yield _sign(blocks, number[i].bit_length())
    story = size[_BODY] + size[_LEAD] + size[_HEADING]
    teasers = size[_TEASER_TITLE] + size[_TEASER_TEXT]
    heads = min(number[_TEASER_TITLE].bit_length(), 6)
    best = counts.story_best.bit_length()
    yield _sign("story", story.bit_length())
    yield _sign("story-best", best)
    yield _sign("story-longest", counts.story_longest.bit_length())
    yield _sign("story-heads", best, heads)
    yield _sign("story-teasers", _share(story, story + teasers), heads)
    yield _sign("story-rest", _share(story, story + size[_BOILERPLATE]))


def _shapes(counts: Counts) -> Iterator[int]:
    """Masses and shares: of running text, of headline-like lines, of prices and days."""
    text, best, blocks = counts.text, counts.text_best, sum(counts.zone_blocks)
    whole = 1 + sum(counts.zone_widths)
    heads, long = counts.heads.bit_length(), counts.long.bit_length()
    yield _sign("text", text.bit_length())
    yield _sign("best", best.bit_length(), _share(best, text))
    yield _sign("best-whole", _share(best, whole))
    yield _sign("longest", counts.text_longest.bit_length())
    yield _sign("long", long)
    yield _sign("text-whole", _share(text, whole))
    yield _sign("blocks", blocks.bit_length())
    yield _sign("short", _share(counts.short, blocks))
    yield _sign("heads", heads)
    yield _sign("heads-long", heads, min(long, 4))
    yield _sign("best-heads", best.bit_length(), min(heads, 6))
    yield _sign("prices", counts.prices.bit_length())
    yield _sign("days", counts.days.bit_length())
    yield _sign("copies", _share(counts.copies, blocks))
    for kind, count in counts.kinds.items():
        yield _sign(f"k:{kind}", count.bit_length())
    names = load_phrases().names
    for concept, count in counts.phrases.items():
        yield _sign(f"p:{names[concept]}")
        yield _sign(f"p:{names[concept]}", count.bit_length())


def _links(counts: Counts) -> Iterator[int]:
    """How much of a page of HTML leads elsewhere."""
    heads = counts.linked_heads.bit_length()
    yield _sign("linked", _share(counts.linked, counts.tagged_width))
    yield _sign("linked-heads", heads)
    yield _sign("free", counts.free.bit_length(), min(heads, 6))


def _share(part: int, whole: int) -> int:
    """A share in eight steps, the low ones fine."""
    return min((32 * part // whole).bit_length(), 7) if whole else 7


def _address(document: Document) -> Iterator[str]:
    """Parts of the page's address, as the caller or the page itself gives it."""
    head = document.declared
    told = document.page.source.url or (head.canonical if head else "")
    if "://" not in told:
        return
    host, _, path = told.lower().partition("://")[2].partition("/")
    parts = _PART.findall(path)[:MOST_PARTS]
    yield f"depth:{path.strip('/').count('/') if path.strip('/') else -1}"
    yield f"slug:{max(map(len, path.split('/'))).bit_length()}:{path.count('-').bit_length()}"
    for part in _PART.findall(host)[:-1]:
        yield f"h:{part}"
    for part in parts:
        yield f"u:{part if part.isalpha() else len(part)}"


def _declared(head: Declared) -> Iterator[int]:
    """What the page says it is, and which facts it declares."""
    for kind in head.kinds:
        yield _number(f"d:{kind}")
    for name, sign in _FACTS:
        if getattr(head, name):
            yield _sign(sign)
