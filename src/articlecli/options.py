"""What a caller may choose about an extraction, in one frozen value."""

from typing import Literal

from msgspec import Struct

InputFormat = Literal["auto", "text", "html", "markdown"]


class Options(Struct, frozen=True):
    """Choices for `extract`. The defaults suit any page."""

    input_format: InputFormat = "auto"
    """What to take the page for; `auto` looks at it."""
    encoding: str | None = None
    """Encoding of the bytes; `None` detects it."""
    language: str | None = None
    """ISO 639-1 code of the story's language; `None` detects it."""
