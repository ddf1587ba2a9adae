"""Language of a page's story, told offline."""

from typing import cast

MIN_CHARS = 40
"""Characters below which the identifier guesses: .99 right on paragraphs, .66 on single lines."""


NOISE = 1300
"""Distance above which nothing is known: Resiliparse's own advice is some 1,200."""
CLOSE = 1.05
"""Distance, as a share of the nearest language's, up to which the declared one is as likely: near
languages (Norwegian and Danish, Galician and Portuguese) lie as close as that."""
CANDIDATES = 4


def identify_language(text: str, declared: str = "") -> str | None:
    """ISO 639-1 code of a text's language.

    Source: Resiliparse's n-gram identifier, chosen over three others in `docs/dependencies.md`.

    Args:
        text: The words.
        declared: Code that the page declares. It counts among languages that are equally likely,
            such as close relatives, or all where a text is made of names.

    Returns:
        The code, or `None` for a text too short or too strange to tell.

    """
    if len(text) < MIN_CHARS and len(text.encode()) < MIN_CHARS:
        return None
    from resiliparse.parse.lang import detect_fast

    # Its stub tells less than it returns: code and distance, nearest first.
    found = cast("list[tuple[str, int]]", detect_fast(text[:20_000], n_results=CANDIDATES))
    if not found or found[0][0] == "unknown" or found[0][1] > NOISE:
        return None
    nearest = found[0][1]
    likely = [language_code(code) for code, distance in found if distance <= CLOSE * nearest]
    return declared if declared in likely else likely[0]


def language_code(tag: str) -> str:
    """ISO 639-1 code of a language tag: `en` of `en-GB`, `no` of both ways to write Norwegian."""
    code = tag[:2].lower()
    return "no" if code in ("nb", "nn") else code
