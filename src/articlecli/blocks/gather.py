"""Text gathered between two block-level tags → a block.

Pieces are joined as a browser shows them: a space where two elements stand apart on the screen,
brackets about a footnote's number.
"""

import re
from collections.abc import Iterator, Sequence
from html import unescape

from articlecli.blocks.element import Element, kind_of
from articlecli.blocks.raised import beside
from articlecli.document import Block, Kind, Link, Mark, Markup
from articlecli.text.characters import without_invisible
from articlecli.text.patterns import lazy

APART = frozenset(("a", "b", "em", "i", "small", "span", "strong", "time"))
"""Inline tags whose elements may stand apart on the screen."""
NOTES = frozenset(("small", "span"))
"""Inline tags that a credit stands in, behind the last sentence of a caption."""
NOTES_BESIDE = NOTES | {"figcaption", "p", "div"}
_SENTENCE = lazy(r"\s\w*[^\W\d_]{4}[.!?]$")
"""The end of a sentence, and of no address or name in a program."""
SENTENCE_END = 40
"""Characters in which its last word is looked for."""
TITLED = 12
"""Characters of the shortest bold text that may be a heading in front of its paragraph."""
BROKEN = 40
"""Characters of the shortest line that may be broken by hand; shorter ones are entries or verse."""
_ENDS = lazy(r"[.!?…:;。！？\"»”)\]]\s*$")
"""The end of a sentence, after which `<br>` begins a new paragraph."""
_TWICE = lazy(r"&(?:amp;)*(?:#\d{2,6}|#[xX][\da-fA-F]{2,5}|(?!lt;|gt;)[a-zA-Z]{2,8}\d?);|&amp;")
"""What is left of an entity that a page escaped twice; `&lt;` is how one writes of tags."""
INVISIBLE = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"


class Gathered:
    """Text since the last block ended, piece by piece."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.owners: list[Element] = []
        self.breaks = 0
        """`<br>` after the last piece."""
        self.running = False
        """Words stand outside links: in a script without spaces, links among them are no menu."""
        self.line = 0
        """The first piece of the line that such a tag ended."""
        self._kinds: dict[str, tuple[Kind | None, int]] = {}

    def add(self, text: str, owner: Element) -> None:
        """A piece; with a space above it where a browser shows a gap and the page has none."""
        if text and owner.raised and self.pieces:
            text = raised_text(text, "".join(self.pieces[-2:]), owner.raised, owner.link)
        elif (
            self.pieces
            and text[:1].isalnum()
            and self.owners[-1] is not owner
            and _is_gap(self.pieces[-1], self.owners[-1], text, owner)
        ):
            if not (self.running and text[0] >= "\u2e80"):
                text = " " + text
        self.running = self.running or (owner.link is None and text[-1:].isalnum())
        self.append(text, owner)

    def append(self, text: str, owner: Element) -> None:
        """A piece as it is."""
        self.pieces.append(text)
        self.owners.append(owner)

    def goes_on(self, text: str) -> bool:
        """Whether text after `<br>` goes on with the sentence above: lines broken by hand."""
        if self.breaks != 1 or not text.lstrip()[:1].islower():
            return False
        return runs_on(self.pieces[self.line :], text)

    def block(self) -> Block | None:
        """The block made of the pieces (there is one), if a character of it can be seen."""
        pieces, owners = self.pieces, self.owners
        self.pieces, self.owners = [], []
        self.breaks, self.line, self.running = 0, 0, False
        first = owners[0]
        if first.code:
            raw = without_invisible("".join(pieces))
            text = code_text(raw)
        else:
            raw = cleaned(pieces, [owner.tag for owner in owners])
            text = " ".join(raw.split())
        if not text.strip() or not text.strip(INVISIBLE):
            return None
        path, marks = first.place()
        if path not in self._kinds:
            self._kinds[path] = kind_of(path)
        kind, level = ("code", 0) if first.code else self._kinds[path]
        linked, strong, hidden, styled = 0, True, first.hidden, False
        inline = set()
        for piece, owner in zip(pieces, owners, strict=True):
            if owner.link is not None:
                linked += len(piece)
            if owner.style:
                styled = True
            if not owner.block:
                inline.add(owner.tag)
            if not (owner.strong and owner.hidden) and piece.strip():
                strong = strong and owner.strong
                hidden = hidden and owner.hidden
        return Block(
            text=text,
            lines=(0, 0),
            span=(0, 0),
            kind=kind,
            level=level,
            markup=Markup(
                path=path,
                marks=marks,
                linked=min(linked / len(raw), 1.0),
                strong=strong,
                row=first.row,
                cell=first.cell,
                table=first.table,
                hidden=hidden,
                item=first.item,
                number=first.number,
                inline=frozenset(inline),
                links=tuple(_links(pieces, owners)) if linked else (),
                style=tuple(_style(pieces, owners, text)) if styled and not first.code else (),
            ),
        )


def raised_text(text: str, before: str, tag: str, link: str | None) -> str:
    """Text of `<sup>` or `<sub>` as it can stand behind other text, a footnote's in brackets."""
    if link and "#" in link and text.strip().isdecimal() and before[-1:] != "[":
        return f"[{text.strip()}]"
    return beside(text, before, tag)


def runs_on(above: Sequence[str], text: str) -> bool:
    """Whether a line, as its pieces, was broken by hand in front of a small letter."""
    line = "".join(above).strip()
    if _ENDS.search(line) or text.lstrip().startswith("http"):
        return False
    return len(line) >= BROKEN


def ends_sentence(text: str) -> bool:
    """Whether a sentence ends here."""
    return _SENTENCE.search(text[-SENTENCE_END:]) is not None


def code_text(raw: str) -> str:
    """Lines of code, blank ones around them left out."""
    return raw.replace("\r\n", "\n").replace("\r", "\n").strip("\n").rstrip()


def cleaned(pieces: Sequence[str], tags: Sequence[str]) -> str:
    """Text without the signs that nobody sees, entities that a page escaped twice read.

    Args:
        pieces: Pieces of the text.
        tags: The tag of each one's owner.

    """
    raw = "".join(pieces)
    if "&" in raw and _TWICE.search(raw):
        raw = "".join(
            piece if tag == "code" else _TWICE.sub(_once, piece)
            for piece, tag in zip(pieces, tags, strict=True)
        )
    return without_invisible(raw)


def _once(match: re.Match[str]) -> str:
    text = unescape(unescape(match[0]))
    return match[0] if "<" in text or ">" in text else text


def _is_gap(before: str, left: Element, text: str, right: Element) -> bool:
    """Whether two pieces stand apart on the screen: entries of a menu, a date and a name.

    Two links; or two elements side by side, or a bold heading and its text, where a small letter
    or figure would meet a capital, as it does within no word but a brand's.
    """
    a, b = before[-1:], text[0]
    if left.code:
        return False
    noted = right.tag in NOTES and left.tag in NOTES_BESIDE and b.isupper() and " " in text
    if noted and ends_sentence(before):
        return True
    if not a.isalnum():
        return False
    if right is left.up and left.strong and len(before.strip()) >= TITLED:
        return a.islower() and b.isupper()
    if left.block or right.block or not APART.issuperset((left.tag, right.tag)):
        return False
    if left.tag == right.tag == "a" or (left.link and right.link and left.link != right.link):
        return left.link != right.link
    if left.tag == right.tag == "time":
        return left is not right
    return left.up is right.up and (a.islower() or a.isdecimal()) and b.isupper()


def _style(pieces: Sequence[str], owners: Sequence[Element], text: str) -> Iterator[Mark]:
    """Words of a block that stand out; none where its pieces do not add up to its text."""
    styles = frozenset().union(*(owner.style for owner in owners))
    seen = [0]  # visible characters up to each piece
    for piece in pieces:
        seen.append(seen[-1] + len("".join(without_invisible(piece).split())))
    places = [place for place, char in enumerate(text) if not char.isspace()]
    if len(places) != seen[-1]:
        return
    for style in sorted(styles):
        begun = None
        for number, owner in enumerate([*owners, None]):
            if owner is not None and style in owner.style:
                begun = number if begun is None else begun
            elif begun is not None:
                first, last = seen[begun], seen[number]
                if first < last:
                    yield Mark(style, places[first], places[last - 1] + 1)
                begun = None


def _links(pieces: Sequence[str], owners: Sequence[Element]) -> Iterator[Link]:
    """Links of a block: neighbouring pieces with one target are one link."""
    text, target = "", None
    for piece, owner in zip(pieces, owners, strict=True):
        if owner.link != target:
            if target and text.strip():
                yield Link(" ".join(text.split()), target)
            text, target = "", owner.link
        text += piece
    if target and text.strip():
        yield Link(" ".join(text.split()), target)
