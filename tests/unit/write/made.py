"""A made-up article with one of everything, and marks of every format in its words."""

from msgspec.structs import replace

from articlecli import extract
from articlecli.document import Image, Link
from articlecli.output import Article, BodyPart, Part, Removed, Teaser
from articlecli.zone import Zone

HOSTILE = 'a <b>&amp; "q" \x1b[1m\x00\x0b\ufffe ]]> </script> \u2028x'
"""Words that a format would take for marks, and characters that XML and YAML cannot hold."""


def part(kind: str, text: str, level: int = 0, line: int = 1, **more: object) -> BodyPart:
    """A block of the story."""
    return BodyPart(text=text, lines=((line, line),), kind=kind, level=level, **more)  # type: ignore[arg-type]


def full(words: str = HOSTILE) -> Article:
    """An article of which every field holds `words`."""
    link = Link("here", "https://example.org/a?b=1&c=<2>")
    bad = Link("there", "javascript:alert(1)")
    bare = extract("")
    return replace(
        bare,
        status="ok", reason=None, language="en", title=f"T {words}", byline=f"Ann {words}, Bo",
        authors=(f"Ann {words}", "Bo"),
        published="2024-05-06", lead=f"L {words}\n\nL two", site_name=words,
        keywords=(words, "two"), text=f"L {words}", confidence=0.75, flags=("truncated",),
        source=replace(bare.source, path="p.html", url="https://example.org/x?a=1&b=2"),
        body=(
            part("paragraph", f"P {words} here and there", line=2, links=(link, bad)),
            part("heading", f"H {words}", 3, line=3),
            part("list_item", f"I {words}", 1, line=4),
            part("list_item", "1. one", 2, line=5),
            part("list_item", "2. two", 2, line=6),
            part("list_item", "more", 1, line=7),
            part("quote", f"Q {words}", line=8),
            part("quote", "Q two", line=9),
            part("code", f"C {words}\n  x", line=10),
            part("table", f"a {words} | b", line=11),
            part("table", "1 | 2", line=12),
            part("caption", f"K {words}", line=13),
        ),
        teasers=(
            Teaser("T1", f"S {words}", "M", "More", True, ((20, 21),), url="https://example.org/t"),
            Teaser(f"T2 {words}", None, None, "More", False, ((22, 22),), url="javascript:x"),
        ),
        comments=(Part(f"Z {words}\nsaid", ((30, 31),)),),
        removed=(Removed(text=f"R {words}", lines=((40, 40),), zone=Zone.BOILERPLATE, reason="menu"),),
        images=(Image("https://example.org/i.png", f"A {words}", 8), Image("data:x", "bad", 9)),
    )  # fmt: skip
