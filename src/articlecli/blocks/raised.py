"""Raised and lowered text, which must not run into the number or the word beside it.

`10<sup>6</sup>` is 10⁶ and not 106, `H<sub>2</sub>O` is H₂O, the note in `1998<sup>1</sup>` is
1998¹. Letters stay as they are (1<sup>st</sup>, M<sup>me</sup>), since they change no number.
"""

from articlecli.text.patterns import lazy

RAISED = str.maketrans("0123456789+-−–=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ")
LOWERED = str.maketrans("0123456789+-−–=()nijkmxaeo", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎ₙᵢⱼₖₘₓₐₑₒ")
LONGEST = 12
"""Characters of the longest text that is an exponent or an index; more is small print."""
_LIST = lazy(r"\d{1,3}(?:\s?[,;–-]\s?\d{1,3})+")
"""Several notes; an exponent or an index is one number."""
_POWER = lazy(r"[nxkmij]")
"""Letters that raise a number to a power; others make it an ordinal (1er, 2e, 3o)."""


def beside(text: str, before: str, tag: str) -> str:
    """A piece of raised or lowered text as it can stand in a line.

    Args:
        text: The piece.
        before: What stands before it.
        tag: `sup` or `sub`.

    """
    said = text.strip()
    if not said or len(said) > LONGEST or _stands_alone(before):
        return text
    if tag == "sup" and _LIST.fullmatch(said):
        return text.replace(said, f"[{said}]")
    return text.replace(said, _signs(said, before[-1:], tag))


def _stands_alone(before: str) -> bool:
    """Whether nothing is there to run into: a bracket, or a fraction's bar below a plain figure."""
    return before[-1:] in "[(" or (before[-1:] in "/⁄" and before[-2:-1].isdecimal())


def _signs(said: str, last: str, tag: str) -> str:
    """The characters that Unicode has for it, else `^` or `_` where a figure would be changed."""
    number = any(map(str.isdecimal, said)) or (not said.isalpha() and said in "+-−–")
    if not number and not (tag == "sup" and last.isdigit() and _POWER.fullmatch(said)):
        return said
    signs = RAISED if tag == "sup" else LOWERED
    if all(ord(sign) in signs for sign in said):
        return said.translate(signs)
    if not last.isalnum() or " " in said or said[0] in "[(*":
        return said
    mark = "^" if tag == "sup" else "_"
    return f"{mark}({said})" if len(said) > 1 else mark + said
