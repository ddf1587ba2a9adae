"""Code in plain text: a run of lines that no prose looks like, kept whole with its indent."""

import re
from collections.abc import Collection, Sequence

from articlecli.blocks.marks import Mark
from articlecli.blocks.measures import CODE_SIGNS, CODE_WIDTH, CODE_WORDS
from articlecli.blocks.rows import Row
from articlecli.text.characters import shown
from articlecli.text.patterns import lazy

_PROMPT = lazy(
    r"(?:\$|PS [^>]{0,80}>|[A-Z]:\\[^>]{0,80}>|[\w.-]{1,80}@[\w.-]{1,80}:\S{0,80}[$#])\s"
    r"[a-z./~][\w./~-]*(?:\s|$)"
    r"|(?:>>>|In \[\d+\]:)\s(?=.*[=(\[.]|import\s)[a-z_\"'\[({]"
)
_CODE = lazy(
    r"""(?x)
    (?:import|from|using|package)\s[\w.*{}, ]+(?:;|\simport\s.+)?$
    | \#(?:!/|include\s*[<"]|define\s|pragma\s)
    | (?:async\s+)?(?:def|function|fn|func|class|interface|struct|impl|sub)\s+\w+\s*[(<:{]
    | (?:if|elif|for|foreach|while|switch|with|catch|match)\s*\(?.*[({\])\w"']\s*
      (?:\{|:|;?\s*(?:do|then))$
    | (?:else|try|finally|do|begin|loop)\s*[:{]$
    | (?:return|yield|raise|throw|await|new|delete|assert|print|echo|export|set)\b[^,.]*;?$
    | (?:const|let|var|val|int|float|double|char|bool|string|void|auto|public|private|static)\s
      [\w<>\[\], *&]+\s*[=({;]
    | (?:SELECT|INSERT\sINTO|UPDATE|CREATE\s(?:TABLE|INDEX)|DELETE\sFROM)\s.*\w
    | [a-zA-Z_$@*][\w.\[\]"'$]*(?:\s*,\s*[a-zA-Z_][\w.]*)*\s*(?:[-+*/|&%.]|:|<|>|!|=)?=\s*\S.*$
    | [a-zA-Z_$][\w.$]*\([^()]*(?:\([^()]*\)[^()]*)*\)\s*[;{:]?$
    | [})\]]+[;,)]*$ | .*[)=>\w]\s*\{$ | .*\};$ | (?=.*(?:\w\(|=|->|::)).*;$
    | </?[a-zA-Z][\w-]*(?:\s[^<>]*)?>.*$
    | (?:\#|//|/\*|\*|--)\s\S
    """,
    re.ASCII,
)
_WEAK = lazy(
    r"(?:return|yield|raise|throw|await|new|delete|assert|print|echo|export|set)\b(?!\()|#|//|/\*|\*|--|<|"
    r"(?:import|from|using|package)\s[a-z]+$|(?:SELECT|UPDATE)\s.*[.!?]$|[A-Z]\w*\(|\w+\([^.,=\"']+\)$",
    re.ASCII,
)
"""Lines of code that prose may look like: they go with surer ones beside them."""


_SIGN = lazy(f"[{re.escape(CODE_SIGNS)}]")


def mark_code(rows: Sequence[Row], text: str, sure: Collection[int] | None = None) -> bool:
    """Mark the rows that are lines of code; each listing has a level of its own.

    A listing has two sure lines, or one with a prompt; less sure ones and indented ones go with
    them. Where a figure stands behind the sign of a prompt, it is a sum of money.

    Args:
        rows: Rows of a page, marked where they are code.
        text: The page.
        sure: Which of them are sure lines, where that is known.

    Returns:
        Whether there is any code.

    """
    found = False
    if sure is None:
        sure = {
            i
            for i, row in enumerate(rows)
            if (_SIGN.search(row.text) or row.text.startswith(CODE_WORDS)) and is_sure(row.text)
        }
    end = 0
    for i in sorted(sure):
        if i < end:
            continue
        start = i
        while start > end and rows[start].gap <= 1 and _looks(rows[start - 1]):
            start -= 1
        end = i + 1
        while end < len(rows) and rows[end].gap <= 1:
            row = rows[end]
            indented = text[row.start : row.start + 2].isspace() and len(row.text) <= CODE_WIDTH
            if not (end in sure or indented or _looks(row)):
                break
            end += 1
        hits = sum(j in sure for j in range(start, end))
        if hits >= 2 or _PROMPT.match(rows[i].text):
            found = True
            for row in rows[start:end]:
                raw = shown(text[row.start : row.end], keep_entities=True).rstrip()
                row.mark = Mark("code", start + 2, raw.expandtabs(4))
                row.text = raw.strip() or row.text
    return found


def is_sure(text: str) -> bool:
    """Whether a line with one of the signs or words is one of code."""
    return len(text) <= CODE_WIDTH and bool(
        _PROMPT.match(text) or (_CODE.match(text) and not _WEAK.match(text))
    )


def _looks(row: Row) -> bool:
    return len(row.text) <= CODE_WIDTH and bool(_CODE.match(row.text))
