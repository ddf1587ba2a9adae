"""What a caller may choose about an extraction, in one frozen value."""

from typing import Literal, get_args

from msgspec import Struct

from articlecli.zone import PAGE_KINDS, PageKind, Zone

InputFormat = Literal["auto", "text", "html", "markdown"]
SecondOpinion = Literal["auto", "always", "never"]


class Phrase(Struct, frozen=True):
    """A phrase of the user's own that tells a line's zone; `read.wordlist` reads lists of them."""

    text: str
    """Looked for as a whole line, and at a line's start and end; case does not matter."""
    zone: Zone
    """The zone it speaks for."""
    always: bool = False
    """A rule, and not evidence that the rest of the page may outweigh."""


class Fitted(Struct, frozen=True):
    """What `articlecli adapt` changed of one zone model: rows of its table of words and tags."""

    base: str
    """Which model was fitted: the start of the SHA-256 of its file."""
    rows: tuple[int, ...]
    """Numbers of the features whose rows changed."""
    weights: bytes
    """Their rows as the model's file has them, one after the other: each weight plus 128."""


class Adaptation(Struct, frozen=True):
    """Zone models fitted to pages of a user's own, from `read_adaptation`; `docs/teach.md`."""

    text: Fitted | None = None
    """For pages of text; `None` for the model as it ships."""
    html: Fitted | None = None
    """For pages of HTML, likewise."""


class Options(Struct, frozen=True):
    """Choices for `extract`. The defaults suit any page."""

    input_format: InputFormat = "auto"
    """What to take the page for; `auto` looks at it."""
    encoding: str | None = None
    """Encoding of the bytes; `None` detects it."""
    language: str | None = None
    """ISO 639-1 code of the story's language; `None` detects it."""
    phrases: tuple[Phrase, ...] = ()
    """Phrases of the user's own, from `parse_phrases` or written down."""
    model: Adaptation | None = None
    """Zone models fitted to pages of the user's own, from `read_adaptation`."""
    min_confidence: float = 0.0
    """Confidence, 0–1, under which a page counts as one without a story."""
    types: tuple[PageKind, ...] = ()
    """Types of pages whose stories are wanted; none of them named means all."""
    second_opinion: SecondOpinion = "auto"
    """When trafilatura is asked about a page of HTML: where no story was found or the zones are
    unsure, `always`, or `never`."""

    def __post_init__(self) -> None:
        """Refuse what no page could be read with.

        Raises:
            ValueError: An input format that is none, a language that is no ISO 639-1 code, a
                confidence outside 0–1, a type of page or a time for a second opinion that is none.

        """
        for name, kind in (("input_format", InputFormat), ("second_opinion", SecondOpinion)):
            known, given = get_args(kind), getattr(self, name)
            if given not in known:
                raise ValueError(f"{name} {given!r} is none of {', '.join(known)}")
        code = self.language
        if code is not None and not (code.isascii() and code.islower() and len(code) == 2):
            raise ValueError(f"language {code!r} is no ISO 639-1 code, such as fr")
        if not 0 <= self.min_confidence <= 1:
            raise ValueError(f"min_confidence {self.min_confidence} is not between 0 and 1")
        for told in self.types:
            if told not in PAGE_KINDS:
                raise ValueError(f"types {told!r} is none of {', '.join(PAGE_KINDS)}")
