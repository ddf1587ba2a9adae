"""Mails as text: header lines at their head, quoted lines in their text."""

from collections.abc import Sequence

from articlecli.blocks.marks import NO_MARK, Mark
from articlecli.blocks.rows import Row
from articlecli.document import Block, Field
from articlecli.text.patterns import lazy

_ADDRESS = lazy(r"(?<!\s)\s*+[<(\[]?(?<![\w.+-])[\w.+-]++@[\w.-]+[>)\]]?")
_HEADER = lazy(r"([A-Za-z][A-Za-z-]{1,30}):(?:\s|$)")
_FIELDS: dict[str, Field] = {"subject": "title", "from": "author", "date": "date", "sent": "date"}
_OTHERS = frozenset(
    """
    to cc bcc reply-to sender message-id in-reply-to references mime-version content-type
    content-transfer-encoding received return-path delivered-to list-id list-unsubscribe
    user-agent precedence attachments importance delivery-date envelope-to
    """.split()
)
"""Names of header fields (RFC 5322 and what mail programs add)."""
QUOTED = 30
"""Characters of the shortest quoted sentence outside a mail."""
_SENTENCE = lazy(r"(?<!\.\.)[.?!。！？।][\"'”’»)]*$")


def mark_mail(rows: Sequence[Row]) -> bool:
    """Mark the header lines that a page begins with, if a subject is among them; whether any is."""
    head: list[tuple[Row, Field | None]] = []
    for row in rows:
        name = _HEADER.match(row.text)
        key = name[1].lower() if name else ""
        if key in _FIELDS or key in _OTHERS or key.startswith("x-"):
            head.append((row, _FIELDS.get(key, "other")))
        elif head and not row.gap and row.text and not name:
            head.append((row, None))  # a folded header goes on, or the mail begins
        else:
            break
    while head and head[-1][1] is None:
        head.pop()
    fields = [field for _, field in head]
    if "title" not in fields or (len(fields) == 1 and len(rows) < 3):
        return False
    for row, field in head:
        row.mark = NO_MARK
        row.field = field or "other"
        if field in ("title", "author", "date"):
            row.text = row.text.partition(":")[2].strip() or row.text
    return True


def mark_quotes(rows: Sequence[Row]) -> None:
    """Mark runs of lines that begin with `>`: in a mail all, elsewhere those that end a sentence.

    Menus and lists of articles have the sign as an arrow.
    """
    signed = [i for i, row in enumerate(rows) if row.text[0] == ">"]
    mail = bool(signed) and any(row.field for row in rows)
    end = 0
    for i in signed:
        if i < end:
            continue
        end = i + 1
        while end < len(rows) and rows[end].text[0] == ">" and not rows[end].gap:
            end += 1
        run = rows[i:end]
        bare = [row.text.lstrip("> ") for row in run]
        whole = " ".join(bare).rstrip()
        if whole and (mail or (len(whole) >= QUOTED and _SENTENCE.search(whole))):
            for row, text in zip(run, bare, strict=True):
                row.mark = Mark("quote", 0, text)
                row.silent = not text


def mail_values(blocks: Sequence[Block]) -> dict[str, str]:
    """What the header lines of a mail tell, by the names that front matter has for it."""
    values: dict[str, str] = {}
    for block in blocks:
        if block.field in ("title", "author", "date"):
            text = _ADDRESS.sub("", block.text)
            values.setdefault(block.field, text.strip("\"' ") or block.text)
    return values
