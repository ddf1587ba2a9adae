"""Bytes → text: byte-order marks, declared and detected encodings."""

import codecs
import re

from articlecli.errors import InputError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_MAGIC = (
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"BZh", "bzip2-compressed data"),
    (b"\xfd7zXZ", "xz-compressed data"),
    (b"\x28\xb5\x2f\xfd", "zstandard-compressed data"),
    (b"\x7fELF", "a program"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"PAR1", "a Parquet file"),
    (b"SQLite format 3", "a database"),
)
_DECLARED = (
    rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]+)"""
    rb"""|<\?xml[^>]{0,100}?encoding=["']([\w.-]+)"""
)
_NEVER_DECLARED = frozenset(
    """
    utf-16 utf-16-le utf-16-be utf-32 utf-32-le utf-32-be utf-7 unicode-escape
    raw-unicode-escape idna punycode undefined
    """.split()
)
"""What a declaration that can be read as ASCII cannot mean, and codecs that rewrite the text."""
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\f\r\x1b\0")
_MOJIBAKE = "Ã[\x80-\xbf\u0192\u2030\u20ac]|â€[™œ\x9dž“”]|Ð[\u0080-\u00bf]Ñ|ï»¿|Â[«»° ]"
_SURROGATE = "[\ud800-\udfff]"

HEAD = 4096
"""Bytes in which a declared encoding is looked for (HTML's own rule says 1,024)."""
SAMPLE = 65536
"""Bytes that are enough to tell an encoding, or that a file is no text."""
CONTROL_SHARE = 0.02
"""Share of control characters from which bytes are taken for no text."""


def decode(data: bytes, encoding: str | None, path: str | None) -> tuple[str, str, list[str]]:
    """Text of a page's bytes.

    Args:
        data: The bytes.
        encoding: Encoding named by the user; `None` finds out.
        path: The input, for the error's sentence.

    Returns:
        The text (no lone surrogates), the encoding's name, and what was noticed.

    Raises:
        InputError: No text at all, an unknown encoding, or bytes that are not in the one named.

    """
    if encoding is not None:
        text, name = _decode_as(data, encoding, path)
        return text, name, notes_on(text)
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _with_notes(data[len(mark) :], name)
    _refuse_binary(data, path)
    head = data[:HEAD]
    # Bytes beyond ASCII that are UTF-8 are so by no accident, whatever a template declares.
    unlike = not data.isascii() and _is_utf8(data)
    if (
        not unlike
        and (b"charset" in head or b"encoding" in head)
        and (match := re.search(_DECLARED, head))
    ):
        name = usual((match[1] or match[2]).decode("ascii", "replace").lower())
        try:
            if codecs.lookup(name).name.replace("_", "-") not in _NEVER_DECLARED:
                return _checked(data.decode(name), name)
        except (LookupError, UnicodeError):
            pass  # the declaration is wrong, as on every hundredth page: the bytes decide
    try:
        return _checked(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        # A page cut in the middle of a character is still UTF-8.
        if error.start > 0.5 * len(data) and error.start > len(data) - 4:
            return _with_notes(data, "utf-8")
    return _with_notes(data, _detect(data))


def borne_out(encoding: str, data: bytes) -> str | None:
    """An encoding that HTTP named, if the bytes bear it out; servers name one for all pages."""
    for name in ("utf-8", encoding):
        try:
            data.decode(name)
        except (LookupError, UnicodeError):
            continue
        return name if name == encoding else None
    return None


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def notes_on(text: str) -> list[str]:
    """What is odd about a decoded text: `nul_bytes`, `mojibake`, `undecodable_bytes`."""
    notes = []
    if "\0" in text:
        notes.append("nul_bytes")
    if "\ufffd" in text:
        notes.append("undecodable_bytes")
    if any(sign in text for sign in "ÃâÐïÂ") and len(re.findall(_MOJIBAKE, text)) >= 2:
        notes.append("mojibake")
    return notes


def safe_text(text: str) -> str:
    """The text with each lone surrogate replaced by U+FFFD, so that it can be written as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return re.sub(_SURROGATE, "\ufffd", text)
    return text


def _checked(text: str, name: str) -> tuple[str, str, list[str]]:
    text = safe_text(text)
    return text, name, notes_on(text)


def _with_notes(data: bytes, name: str) -> tuple[str, str, list[str]]:
    return _checked(data.decode(name, "replace"), name)


def _decode_as(data: bytes, encoding: str, path: str | None) -> tuple[str, str]:
    try:
        codec = codecs.lookup(encoding)
        if not codec._is_text_encoding:  # noqa: SLF001
            raise LookupError  # noqa: TRY301
    except (LookupError, ValueError):
        raise InputError(
            f"cannot be read in the encoding {encoding!r}, which is not known",
            "name one that Python knows, such as utf-8, windows-1252, shift_jis or koi8-r",
            path=path,
        ) from None
    for mark, name in _BOMS:
        if data.startswith(mark) and codec.name == codecs.lookup(name).name:
            data = data[len(mark) :]
    try:
        return safe_text(data.decode(encoding)), codec.name
    except UnicodeError as error:
        raise InputError(
            f"is not in the encoding {encoding}",
            "name another encoding or leave it to be detected",
            path=path,
            offset=getattr(error, "start", None),
        ) from None


def _refuse_binary(data: bytes, path: str | None) -> None:
    for magic, name in _MAGIC:
        if data.startswith(magic):
            raise InputError(f"is {name}, not text", "give the text or HTML of the page", path=path)
    sample = data[:SAMPLE]
    odd = len(sample) - len(sample.translate(None, _CONTROLS))
    nuls = sample.count(0)
    if odd > CONTROL_SHARE * len(sample) or (nuls > 0.3 * len(sample) and not _utf16(sample)):
        raise InputError("is binary data, not text", "give the text or HTML of the page", path=path)


def _utf16(sample: bytes) -> str | None:
    """UTF-16 without its mark: every other byte is zero, as Latin text has it."""
    size = len(sample) // 2
    if size and sample[1::2].count(0) > 0.4 * size and sample[::2].count(0) < 0.05 * size:
        return "utf-16-le"
    if size and sample[::2].count(0) > 0.4 * size and sample[1::2].count(0) < 0.05 * size:
        return "utf-16-be"
    return None


def _detect(data: bytes) -> str:
    sample = data[:SAMPLE]
    if name := _utf16(sample):
        return name
    import cchardet  # 20 ms to import, and nine pages of ten are UTF-8

    # ASCII lines say nothing about the encoding and outweigh those that do.
    telling = b"\n".join(line for line in sample.split(b"\n") if not line.isascii()) or sample
    found = cchardet.detect(telling)["encoding"] or cchardet.detect(sample)["encoding"]
    name = usual((found or "windows-1252").lower())
    try:
        codecs.lookup(name)
    except LookupError:
        return "windows-1252"
    return name


def usual(name: str) -> str:
    """The superset that browsers take for an encoding's name (WHATWG Encoding Standard)."""
    return {
        "iso-8859-1": "windows-1252",
        "latin1": "windows-1252",
        "latin-1": "windows-1252",
        "ascii": "windows-1252",
        "us-ascii": "windows-1252",
        "iso-8859-9": "windows-1254",
        "gb2312": "gb18030",
        "gbk": "gb18030",
        "gb-2312": "gb18030",
        "shift-jis": "cp932",
        "shift_jis": "cp932",
        "x-sjis": "cp932",
        "ks_c_5601-1987": "cp949",
        "euc-kr": "cp949",
    }.get(name, name)
