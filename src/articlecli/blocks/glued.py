"""Lines that hold more than one thing: a menu and a headline, or a whole page."""

from collections.abc import Collection

from articlecli.blocks.marks import NO_MARK
from articlecli.blocks.measures import (
    HEADLINE_END,
    HEADLINE_ROWS,
    HEADLINE_SPACES,
    HEADLINE_WIDTHS,
    LONGEST_LINE,
    MENU_WIDTH,
    ONE_LINE,
    ONE_LINE_SHARE,
)
from articlecli.blocks.rows import Row, cut_row
from articlecli.text.dates import date_spans
from articlecli.text.patterns import lazy
from articlecli.text.phrases import load_phrases
from articlecli.text.sentences import sentence_ends

HEAD = 400
"""Characters in front of which the first sentence of such a page ends, its menu included."""
LONGEST_MENU = 6
"""Words of the longest stock phrase that is taken off."""
UNKNOWN = 2
"""Words between two stock phrases that are entries of the same menu."""
MOST_CUTS, MOST_ENDS = 2000, 200
"""Cuts of one line, from its start and from its end: each copies what is left of the line."""
LONGEST_NAME = 4
"""Words of the longest name between "By" and a date."""
_WORDS = lazy(r"\S+")
_RIGHTS = lazy(r"(?<=\s)[©Ⓒ]")


def cut_glued(rows: list[Row], text: str) -> list[Row]:
    """Cut lines that hold a headline of the page after or before something else.

    "Home News Sport Storm hits the coast" is cut where a line "Storm hits the coast" stands
    elsewhere on the page. "Storm hits the coast - The Daily" is not: there a separator says that
    the page's title is meant, and taking the site's name off a title is the article stage's work.
    """
    heads: dict[str, str] = {}
    tails: dict[str, str] = {}
    shortest, longest = HEADLINE_WIDTHS
    for row in rows[:HEADLINE_ROWS]:
        if shortest <= len(row.text) <= longest and row.text.count(" ") >= HEADLINE_SPACES:
            for known, end in ((heads, row.text[:HEADLINE_END]), (tails, row.text[-HEADLINE_END:])):
                if len(known.get(end, row.text)) >= len(row.text):
                    known[end] = row.text
    out: list[Row] = []
    done = 0
    for i, row in enumerate(rows):
        whole = row.text
        if len(whole) > MENU_WIDTH and (
            whole[-HEADLINE_END:] in tails or whole[:HEADLINE_END] in heads
        ):
            at = _cut_at(
                whole,
                heads.get(whole[:HEADLINE_END], whole),
                tails.get(whole[-HEADLINE_END:], whole),
            )
            if at and row.mark is NO_MARK and "](" not in text[row.start : row.end]:
                out += [*rows[done:i], *cut_row(row, at, text)]
                done = i + 1
    return out + rows[done:] if out else rows


def _cut_at(whole: str, head: str, tail: str) -> int:
    """Where a line is cut that begins or ends with a headline; 0 where it is not."""
    size = len(whole)
    if size > len(tail) + 2 and whole.endswith(tail) and _is_menu(whole[: -len(tail)]):
        return size - len(tail)
    if size > len(head) + 2 and whole.startswith(head) and _begins(whole[len(head) :].lstrip()):
        return len(head)
    return 0


def _is_menu(words: str) -> bool:
    """Whether what stands before a headline is a menu: most of its words are capitalised."""
    each = words.split()
    named = sum(not word[0].islower() for word in each)
    return bool(each) and each[-1][-1].isalnum() and named >= 0.6 * len(each)


def _begins(rest: str) -> bool:
    """Whether what follows a headline begins something of its own, and is not its sentence."""
    return rest[:1].isalnum() and not rest[0].islower()


def cut_single_line(rows: list[Row], text: str) -> list[Row]:
    """Cut a page that is one line: menus off both ends, then the date line, then by sentences.

    The sentences are one paragraph, as far as the page tells: each but the first `resumes`.
    """
    sizes = [len(row.text) for row in rows]
    most = max(sizes, default=0)
    if not ONE_LINE <= most <= LONGEST_LINE or most < ONE_LINE_SHARE * sum(sizes):
        return rows
    longest = rows[sizes.index(most)]
    ends = sentence_ends(longest.text)
    if len(ends) < 2 or longest.mark is not NO_MARK:
        return rows
    whole = longest.text
    head = min(ends[0], HEAD)
    cuts = _menu_cuts(whole, 0, head)
    tail = _tail(whole, ends)
    if tail < len(whole):
        cuts += [tail, *_tail_cuts(whole, tail)]
    if not cuts:
        return rows  # a paragraph by itself
    first = max((at for at in cuts if at < head), default=0)
    for start, end in date_spans(whole[:head]):
        if start > first:
            cuts += [start, end, *_name_cut(whole, first, start)]
    ends = [at for at in ends if at <= tail]
    joints = frozenset(at for at in ends if at < tail)
    out: list[Row] = []
    for row in rows:
        out += _split(row, sorted({*cuts, *ends}), joints, text) if row is longest else [row]
    return out


def _tail(whole: str, ends: list[int]) -> int:
    """Where the menus behind the last sentence begin: at a stock phrase, or at the rights."""
    for at, end in zip(ends, [*ends[1:], len(whole)], strict=True):
        start = at
        while start < len(whole) and whole[start].isspace():
            start += 1
        if start < len(whole) and (_menu_cuts(whole, start, end) or whole[start] in "©Ⓒ"):
            return at
    return ends[-1]


def _name_cut(whole: str, start: int, end: int) -> list[int]:
    """Where "By Anna Berg" begins in front of a date."""
    phrases = load_phrases()
    by = phrases.names.index("by_author")
    words = [m.start() + start for m in _WORDS.finditer(whole[start:end])]
    for at in reversed(words[-LONGEST_NAME - 1 : -1]):
        word, _, name = whole[at:end].partition(" ")
        if by in phrases.concepts.get(word.lower().rstrip(":"), ()):
            return [at] if all(not part[0].islower() for part in name.split()) else []
    return []


def _split(row: Row, cuts: list[int], joints: frozenset[int], text: str) -> list[Row]:
    out: list[Row] = []
    rest, done = row, 0
    starts = set(joints)
    for at in [*cuts[:MOST_CUTS], *cuts[MOST_CUTS:][-MOST_ENDS:]]:
        if row.text[done:at].strip() and row.text[at:].strip():
            left, rest = cut_row(rest, at - done, text)
            left.resumes = done in starts
            out.append(left)
            done = at + len(row.text[at:]) - len(row.text[at:].lstrip())
            if at in joints:
                starts.add(done)
    rest.resumes = done in starts
    return [*out, rest]


def _menu_cuts(whole: str, start: int, end: int) -> list[int]:
    """Ends of the stock phrases that stand one after another from `start` on."""
    concepts = load_phrases().concepts
    words = [(m.start() + start, m.end() + start) for m in _WORDS.finditer(whole[start:end])]
    cuts: list[int] = []
    i = known = 0
    while i < len(words):
        if size := _phrase(whole, words[i : i + LONGEST_MENU], concepts):
            # What no list knows ("Sport") is an entry where it stands between two that one does.
            cuts += [end for _, end in words[known:i]]
            i += size
            cuts.append(words[i - 1][1])
            known = i
        elif whole[slice(*words[i])] in "|·•»›>/" or (
            known and i - known < UNKNOWN and whole[words[i][0]].isupper()
        ):
            i += 1
        else:
            break
    return cuts


def _phrase(whole: str, words: list[tuple[int, int]], concepts: Collection[str]) -> int:
    """Words of the stock phrase that a text begins with; 0 where there is none.

    Short words are none: "Le" stands before dates, and at the head of headlines.
    """
    for size in range(min(LONGEST_MENU, len(words)), 0, -1):
        phrase = whole[words[0][0] : words[size - 1][1]]
        bare = phrase.lower().strip(" |·»›:")
        if not phrase[0].islower() and bare in concepts and (len(bare) > 3 or bare > "\u2e80"):
            return size
    return 0


def _tail_cuts(whole: str, start: int) -> list[int]:
    """Cuts in what follows the last sentence: stock phrases at its head and end, rights."""
    concepts = load_phrases().concepts
    cuts = _menu_cuts(whole, start, len(whole))
    if rights := _RIGHTS.search(whole, start):
        cuts.append(rights.start())
    words = [(m.start() + start, m.end() + start) for m in _WORDS.finditer(whole[start:])]
    for i, (begin, _) in enumerate(words):
        for size in range(min(LONGEST_MENU, len(words) - i), 1, -1):
            last = words[i + size - 1][1]
            if not whole[begin].islower() and whole[begin:last].lower() in concepts:
                cuts += [begin, last]
                break
    return [at for at in cuts if at < len(whole)]
