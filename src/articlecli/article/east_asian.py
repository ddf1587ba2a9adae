"""Names of Chinese, Japanese and Korean authors: told by a word before or behind them."""

import re
from functools import cache
from typing import Literal

from articlecli.text.lexicon import words_by_language
from articlecli.text.patterns import lazy

LONGEST_LINE = 80
"""Characters of the longest line that ends in a name and what stands behind it."""
_HAN_NAME = lazy(r"[\u4e00-\u9fff]{2,4}")
_HAN_JOINTS = lazy(r"[\s、，,·・/／|｜]+")
_CLOSING = lazy(
    r"[（(](?:[\u4e00-\u9fff]{0,6}(记者|記者|作者|文)[\s:：/／]*)?"
    r"([\u4e00-\u9fff]{2,3}(?:[\s、]+[\u4e00-\u9fff]{2,3}){0,3})[）)]\s*$"
)
_KOREAN_NAME = r"[가-힣]{2,4}"
_KOREAN_JOINTS = lazy(r"\s{0,3}[·,ㆍ・]\s{0,3}")
_JAPANESE = lazy(
    r"[（(【「]?([\u4e00-\u9fff々]{3,5}|[\u4e00-\u9fff々]{1,3}[\s\u3000][\u4e00-\u9fff々]{1,3})"
)


def east_asian_names(line: str) -> str | None:
    """Names on a line that says that they are the authors', joined by ", "; `None` for others."""
    return chinese_names(line, "named") or _korean_names(line) or _japanese_name(line)


def chinese_names(line: str, heading: Literal["named", "edited"]) -> str | None:
    """Names behind their word, which stands near the line's start or has a colon."""
    for mark in words_by_language(heading)["zh"]:
        before, _, after = line.partition(mark)
        near = len(before) < 12 and heading == "named"
        if not after or not (near or after[0] in ":："):
            continue
        names: list[str] = []
        for word in _HAN_JOINTS.split(after.lstrip(" :：/／|｜\u3000")):
            if not _HAN_NAME.fullmatch(word) or _ends_name(word) or len(names) == 6:
                break
            if names and len(word) > 3:
                break
            names.append(word)
        if names:
            return ", ".join(names)
    return None


def closing_names(text: str) -> str | None:
    """Chinese names that a story's last paragraph ends with: "（记者 李明）"; "（李明）" alone."""
    found = None if text.isascii() else _CLOSING.search(text)
    if not found or not (found[1] or found.start() == 0):
        return None
    surnames = tuple(words_by_language("surnames")["zh"])
    names = _HAN_JOINTS.split(found[2])
    return ", ".join(names) if all(name.startswith(surnames) for name in names) else None


def _ends_name(word: str) -> bool:
    return any(word.endswith(stop) for stop in words_by_language("stops")["zh"])


@cache
def _korean() -> re.Pattern[str]:
    words = "|".join(sorted(words_by_language("behind")["ko"], key=len, reverse=True))
    joint = _KOREAN_JOINTS.pattern
    return re.compile(
        rf"(?<![가-힣])({_KOREAN_NAME}(?:{joint}{_KOREAN_NAME})*)\s?(?:{words})(?![가-힣])"
    )


def _korean_names(line: str) -> str | None:
    """Names before "기자" and the like, each with a known surname."""
    if len(line) > LONGEST_LINE or not "가" <= max(line) <= "힣":
        return None
    surnames = tuple(words_by_language("surnames")["ko"])
    for found in _korean().finditer(line):
        names = [name for name in _KOREAN_JOINTS.split(found[1]) if name.startswith(surnames)]
        if names and len(names) == 1 + len(_KOREAN_JOINTS.findall(found[1])):
            return ", ".join(names)
    return None


def _japanese_name(line: str) -> str | None:
    """A name before "記者", where both are all of the line."""
    for word in words_by_language("behind")["ja"]:
        before, mark, after = line.partition(word)
        found = (
            _JAPANESE.fullmatch(before.strip()) if mark and not after.strip(" 】）)」") else None
        )
        if found:
            return found[1]
    return None
