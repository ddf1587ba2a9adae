"""Language of a page's story, told offline."""

MIN_CHARS = 40
"""Characters below which the identifier guesses: .99 right on paragraphs, .66 on single lines."""


def identify_language(text: str) -> str | None:
    """ISO 639-1 code of a text's language.

    Source: Resiliparse's n-gram identifier, chosen over three others in `docs/dependencies.md`.

    Returns:
        The code, or `None` for a text too short or too strange to tell.

    """
    if len(text.encode()) < MIN_CHARS:
        return None
    from resiliparse.parse.lang import detect_fast

    code, distance = detect_fast(text[:20_000])
    # Resiliparse's own advice: a distance from about 1,200 up is noise.
    if code == "unknown" or distance > 1300:
        return None
    return language_code(code)


def language_code(tag: str) -> str:
    """ISO 639-1 code of a language tag: `en` of `en-GB`, `no` of both ways to write Norwegian."""
    code = tag[:2].lower()
    return "no" if code in ("nb", "nn") else code
