"""How many words a text has."""


def count_words(text: str) -> int:
    """Words of a text; two characters of a script without spaces count as one."""
    spaced = len(text.split())
    if text.isascii() or max(text) < "\u2e80":
        return spaced
    return max(spaced, sum(c >= "\u2e80" for c in text) // 2)
