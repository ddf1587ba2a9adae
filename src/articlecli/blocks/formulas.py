"""Formulas: MathML, KaTeX, MathJax and pictures of LaTeX → one line of text each.

A page has the same formula up to three times: as its source, as MathML for screen readers, as the
boxes that are drawn. The outermost element that holds them becomes one text: the LaTeX if the page
has it, between `$`, else the MathML written in a line, in which ½ is (1)/(2) and never 12.
"""

import re

from selectolax.lexbor import LexborHTMLParser, LexborNode

from articlecli.text.patterns import lazy

_WRAPPERS = (
    ".katex-display", ".katex", "mjx-container", ".MathJax_Display", ".MathJax", ".MathJax_SVG",
    ".mwe-math-element",
)  # fmt: skip
"""Elements that hold all forms of one formula, outermost first."""
_DRAWN = ".MathJax_Preview, .MathJax_Display, .MathJax, .MathJax_SVG, .MathJax_CHTML"
"""What MathJax puts in front of the script that holds the source."""
_PICTURES = "img.latex[alt], img.tex[alt], img[class*='mwe-math-fallback'][alt], img.mathtex[alt]"
_ANY = f"math, script[type^='math/'], {_PICTURES}"
"""Every source of a formula; to look for tags takes a tenth of the time of looking for classes."""
_STYLE = lazy(r"^\{\\displaystyle\s*(.*)\}$", re.DOTALL)
_INVISIBLE = dict.fromkeys(range(0x2061, 0x2065))
"""Signs for screen readers: function application, invisible times and comma."""
DEEPEST = 40
"""Levels of MathML that are written; deeper ones as their bare text."""


def write_formulas(tree: LexborHTMLParser) -> None:
    """Put a line of text in place of every formula of a page."""
    if tree.css_first(_ANY) is None:
        return
    for script in tree.css("script[type^='math/']"):
        _of_script(script)
    for selector in _WRAPPERS:
        for node in tree.css(selector):
            if source := _source(node):
                node.replace_with(source)
    for node in tree.css("math"):
        node.replace_with(_of_math(node))
    for node in tree.css(_PICTURES):
        if alt := (node.attributes.get("alt") or "").strip():
            node.replace_with(_latex(alt))


def _of_script(script: LexborNode) -> None:
    """The source that a script holds, in place of it and of what was drawn from it."""
    kind = (script.attributes.get("type") or "").lower()
    source = (script.text() or "").strip()
    before = script.prev
    for _ in range(4):
        while before is not None and before.tag == "-text" and not before.text().strip():
            before = before.prev
        if before is None or before.tag == "-text" or not before.css_matches(_DRAWN):
            break
        drawn, before = before, before.prev
        drawn.decompose()
    if "mml" in kind:
        found = LexborHTMLParser(source).css_first("math")
        text = _of_math(found) if found is not None else ""
    elif "tex" in kind:
        text = _latex(source, display="display" in kind)
    else:
        text = source
    script.replace_with(text)


def _source(node: LexborNode) -> str:
    """The formula that an element holds as MathML or as the text of a picture."""
    math = node.css_first("math")
    if math is not None:
        return _of_math(math)
    picture = node.css_first(_PICTURES)
    alt = (picture.attributes.get("alt") or "").strip() if picture is not None else ""
    return _latex(alt) if alt else ""


def _latex(source: str, *, display: bool = False) -> str:
    source = " ".join(_STYLE.sub(r"\1", source.strip().strip("$").strip()).split())
    mark = "$$" if display else "$"
    return f"{mark}{source}{mark}" if source else ""


def _of_math(math: LexborNode) -> str:
    display = math.attributes.get("display") == "block"
    told = math.css_first("annotation[encoding*='tex' i]")
    source = (told.text() if told is not None else "") or math.attributes.get("alttext") or ""
    if source.strip():
        return _latex(source, display=display)
    return " ".join(_line(math, DEEPEST).split())


def _line(node: LexborNode, depth: int) -> str:
    """MathML in a line."""
    if node.tag == "-text":
        return " ".join(node.text().translate(_INVISIBLE).split())
    if node.tag in ("annotation", "annotation-xml") or (node.tag or "-")[0] == "-":
        return ""
    if not depth:
        return node.text().strip()
    parts = [
        _line(child, depth - 1)
        for child in node.iter(include_text=True)
        if child.tag != "-text" or child.text().strip()
    ]
    return _written(node.tag or "", parts, node.attributes)


def _written(tag: str, parts: list[str], said: dict[str, str | None]) -> str:
    if tag in _SHAPES and len(parts) == _SHAPES[tag].count("{"):
        return _SHAPES[tag].format(*map(_held, parts))
    text = "".join(parts)
    if tag == "mo" and text in "=<>≤≥≠≈±→×÷⇒∈·":
        return f" {text} "
    if tag == "mspace":
        return " "
    if tag == "msqrt":
        return f"√{_held(text)}"
    if tag == "mtd":
        return text + ", "
    if tag == "mtr":
        return text.removesuffix(", ") + "; "
    if tag == "mtable":
        return text.removesuffix("; ")
    if tag == "mfenced":
        return f"{said.get('open') or '('}{', '.join(parts)}{said.get('close') or ')'}"
    return text


_SHAPES = {
    "mfrac": "({}/{})",
    "msup": "{}^{}",
    "msub": "{}_{}",
    "msubsup": "{}_{}^{}",
    "munderover": "{}_{}^{}",
    "munder": "{}_{}",
    "mover": "{}^{}",
    "mroot": "{}^(1/{})",
}


def _held(text: str) -> str:
    """A term that holds together beside `/` and `^`."""
    text = text.strip()
    whole = text.isalnum() or (text[:1] == "(" and text.find(")") == len(text) - 1)
    return text if len(text) < 2 or whole else f"({text})"
