"""What a whole page tells of its type: a set of signs, each a number."""

from binascii import crc32
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from articlecli.document import Declared, Document, Verdict
from articlecli.evidence import Evidence
from articlecli.text.figures import holds_figure
from articlecli.text.patterns import lazy
from articlecli.text.phrases import WHOLE, load_phrases
from articlecli.zone import BODY, BOILERPLATE, HEADING, LEAD, TEASER_TEXT, TEASER_TITLE, Zone

VERSION = 1
"""Raised with every change here: weights go with one version."""
WORDS, SHAPES = 1 << 13, 1 << 12
"""Words are hashed into so many numbers, and all other signs into so many behind them."""
BUCKETS = WORDS + SHAPES
SHORT = 6
"""Words of the longest line whose words are signs: menus, labels, buttons, facts."""
HEADLINE, LONG = 18, 40
"""Words of the longest line that may be a headline, and of the shortest that is surely a text."""
HALF = 0.5
"""Share of a block's characters in links from which it is one."""
MOST_WORDS, MOST_MARKS = 800, 300
"""Different words of short lines, and of classes, that are looked at, the first ones of a page."""
NEAREST = 6
"""Words of the nearest elements that are looked at."""
MOST_PARTS = 12
"""Parts of an address that are looked at."""
_PART = lazy(r"[a-z]+|\d+")
_PRICE = lazy(r"[$€£¥₹₽₩]\s?\d|\d\s?[€₽₹]|\d[.,]\d\d\s?(?:zł|kr|lei|usd|eur)\b")
_CURRENCIES = (*"$€£¥₹₽₩", "zł", "kr", "lei", "usd", "eur")
_ZONES = tuple((zone, str(zone)) for zone in Zone)


def page_features(
    document: Document, evidence: Sequence[Evidence], verdicts: Sequence[Verdict]
) -> list[int]:
    """Numbers of the signs that a page has, each once, in no order that means anything.

    Args:
        document: The page.
        evidence: Of its blocks, from `evidence_of`.
        verdicts: The model's, one a block.

    """
    words = _words(evidence)
    words.update(name.encode() for name in _address(document))
    shapes = [*_zones(evidence, verdicts), *_shapes(document, evidence)]
    if document.declared is not None:
        words.update(_marks(document))
        shapes += _declared(document.declared)
        shapes += _links(document, evidence)
    found = {number % WORDS for number in map(crc32, words)}
    found.update(WORDS + crc32(shape.encode()) % SHAPES for shape in shapes)
    return list(found)


def _words(evidence: Sequence[Evidence]) -> set[bytes]:
    """Words of short lines, and of the first line, which most often is the page's title."""
    told = [own.words for own in evidence if own.count <= SHORT]
    found: set[bytes] = set()
    if sum(map(len, told)) <= MOST_WORDS:
        found.update(*told)
    else:
        for words in told:
            found.update(words)
            if len(found) > MOST_WORDS:
                break
    if evidence:
        found.update([b"t:" + word for word in evidence[0].words[:MOST_WORDS]])
    return found


def _zones(evidence: Sequence[Evidence], verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Masses and shares of the zones."""
    size = dict.fromkeys(Zone, 0)
    number = Counter([verdict.zone for verdict in verdicts])
    longest = run = best = 0
    for own, verdict in zip(evidence, verdicts, strict=True):
        zone, width = verdict.zone, own.width
        size[zone] += width
        if zone is BODY or zone is LEAD:
            run += width
            longest = max(longest, own.count)
            best = max(best, run)
        elif zone is TEASER_TITLE or zone is BOILERPLATE:
            run = 0
    whole = sum(size.values()) or 1
    for zone, name in _ZONES:
        yield f"z:{name}:{_share(size[zone], whole)}"
        yield f"n:{name}:{number[zone].bit_length()}"
    story = size[BODY] + size[LEAD] + size[HEADING]
    teasers = size[TEASER_TITLE] + size[TEASER_TEXT]
    heads = min(number[TEASER_TITLE].bit_length(), 6)
    yield f"story:{story.bit_length()}"
    yield f"story-best:{best.bit_length()}"
    yield f"story-longest:{longest.bit_length()}"
    yield f"story-heads:{best.bit_length()}:{heads}"
    yield f"story-teasers:{_share(story, story + teasers)}:{heads}"
    yield f"story-rest:{_share(story, story + size[BOILERPLATE])}"


def _shapes(document: Document, evidence: Sequence[Evidence]) -> Iterator[str]:
    """Masses and shares: of running text, of headline-like lines, of prices and days."""
    blocks = document.blocks
    text = longest = run = best = short = heads = prices = days = long = 0
    whole = 1
    for own in evidence:
        count, width = own.count, own.width
        whole += width
        if own.sentence:
            text += width
            run += width
            longest = max(longest, count)
            long += count >= LONG
            best = max(best, run)
            continue
        if count <= SHORT:
            short += 1
            days += b"0000" in own.key
        elif count <= HEADLINE:
            heads += 1
        if count <= HEADLINE and b"0" in own.key and _has_price(own.lower):
            prices += 1
        if count >= SHORT:
            run = 0
    yield f"text:{text.bit_length()}"
    yield f"best:{best.bit_length()}:{_share(best, text)}"
    yield f"best-whole:{_share(best, whole)}"
    yield f"longest:{longest.bit_length()}"
    yield f"long:{long.bit_length()}"
    yield f"text-whole:{_share(text, whole)}"
    yield f"blocks:{len(blocks).bit_length()}"
    yield f"short:{_share(short, len(blocks))}"
    yield f"heads:{heads.bit_length()}"
    yield f"heads-long:{heads.bit_length()}:{min(long.bit_length(), 4)}"
    yield f"best-heads:{best.bit_length()}:{min(heads.bit_length(), 6)}"
    yield f"prices:{prices.bit_length()}"
    yield f"days:{days.bit_length()}"
    yield f"copies:{_share(len(evidence) - len({own.key for own in evidence}), len(evidence))}"
    kinds = Counter([block.kind for block in blocks])
    for kind, count in kinds.items():
        yield f"k:{kind}:{count.bit_length()}"
    said = [own.concepts for own in evidence if own.concepts]
    phrases = Counter([at // 4 for concepts in said for at in concepts if at % 4 == WHOLE])
    names = load_phrases().names
    for concept, count in phrases.items():
        yield f"p:{names[concept]}"
        yield f"p:{names[concept]}:{count.bit_length()}"


def _has_price(lower: str) -> bool:
    """Whether a line has a price; the pattern is dear."""
    may_be = any(map(lower.__contains__, _CURRENCIES)) and holds_figure(lower)
    return may_be and _PRICE.search(lower) is not None


def _links(document: Document, evidence: Sequence[Evidence]) -> Iterator[str]:
    """How much of a page of HTML leads elsewhere."""
    linked = heads = free = whole = 0
    for own, block in zip(evidence, document.blocks, strict=True):
        if block.markup is None:
            continue
        whole += own.width
        if block.markup.linked > HALF:
            linked += own.width
            heads += own.count > SHORT
        elif own.sentence:
            free += own.width
    yield f"linked:{_share(linked, whole)}"
    yield f"linked-heads:{heads.bit_length()}"
    yield f"free:{free.bit_length()}:{min(heads.bit_length(), 6)}"


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


def _declared(head: Declared) -> Iterator[str]:
    """What the page says it is, and which facts it declares."""
    for kind in head.kinds:
        yield f"d:{kind}"
    for name in ("headline", "body", "published", "modified", "time", "description"):
        if getattr(head, name):
            yield f"has:{name}"
    if head.authors:
        yield "has:authors"


def _marks(document: Document) -> Iterable[bytes]:
    """Words of the classes near the page's text."""
    lists = dict.fromkeys([own.marks for block in document.blocks if (own := block.markup)])
    found: set[str] = set()
    for marks in lists:
        found.update(marks.rsplit(None, NEAREST)[-NEAREST:])
        if len(found) > MOST_MARKS:
            break
    return [b"m:" + mark.encode() for mark in found]
