"""Bytes → text: byte-order marks, declared and detected encodings."""

import codecs
import re

from articlecli.core import core_runs
from articlecli.errors import InputError
from articlecli.read.labels import codec_of

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_DECLARED = (
    rb"""(?i)<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:.-]+)"""
    rb"""|<\?xml[^>]{0,100}?encoding=["']([\w.-]+)"""
)
_WIDE = (("utf-32-le", 4), ("utf-32-be", 4), ("utf-16-le", 2), ("utf-16-be", 2))
_SWITCHES = (
    (b"\x1b$)C", "iso2022_kr"),
    (b"\x1b$B", "iso2022_jp_ext"),
    (b"\x1b$@", "iso2022_jp_ext"),
    (b"\x1b$(D", "iso2022_jp_ext"),
)
_ASCII = bytes(range(128))
_CONTROLS = bytes(b for b in range(32) if b not in b"\t\n\f\r\x1b\0")
_MOJIBAKE = "Ã[\x80-\xbf\u0192\u2030\u20ac]|â€[™œ\x9dž“”]|Ð[\u0080-\u00bf]Ñ|ï»¿|Â[«»° ]"
_SURROGATE = "[\ud800-\udfff]"

HEAD = 4096
"""Bytes in which a declared encoding is looked for (HTML's own rule says 1,024)."""
SAMPLE = 65536
"""Bytes that are enough to tell an encoding, or that a file is no text."""
UTF8_SURE = 2
"""Good characters for each bad one from which a page is UTF-8: of text in an encoding of two bytes
a character, such as GB 18030, a sixth reads as UTF-8 by accident, of others next to nothing."""
SURE = 20
"""The same for what a page declares, which nearly any bytes can be read in."""
WESTERN = 0.4
"""Share of letters beyond ASCII that no language of windows-1252 reaches; Vietnamese, which is not
one, has a fourth."""
READABLE = 0.97
"""Share of characters that can be printed, from which a decoding is no accident."""
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
        return _checked(*_decode_as(data, encoding, path))
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _with_notes(data[len(mark) :], name)
    sample = data[:SAMPLE]
    if known := _wide(sample) or _escaped(data):
        return _with_notes(data, known)
    _refuse_binary(sample, path)
    # Bytes beyond ASCII that are UTF-8 are so by no accident, whatever a template declares.
    if not data.isascii() and (found := _read_as(data, "utf-8", UTF8_SURE)) is not None:
        return _checked(found, "utf-8")
    said = declared(data)
    if said and (found := _read_as(data, said, SURE)) is not None:
        if said != "windows-1252" or _looks_western(found):
            return _checked(found, said)
    try:
        return _checked(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        # A page cut in the middle of a character is still UTF-8.
        if error.start > 0.5 * len(data) and error.start > len(data) - 4:
            return _with_notes(data, "utf-8")
    return _with_notes(data, _detect(data))


def declared(data: bytes) -> str | None:
    """The codec that a page of HTML or XML declares, if it is one that can be meant."""
    head = data[:HEAD]
    if b"charset" not in head and b"encoding" not in head:
        return None
    match = re.search(_DECLARED, head)
    return codec_of((match[1] or match[2]).decode("ascii", "replace")) if match else None


def borne_out(label: str | None, data: bytes) -> str | None:
    """The codec that a header names, if the bytes bear it out; servers name one for all pages."""
    name = codec_of(label) if label else None
    if name is None or (name != "utf-8" and _read_as(data, "utf-8", UTF8_SURE) is not None):
        return None
    try:
        text = data.decode(name)
    except UnicodeError:
        return None  # `decode` looks at the bytes, and bears a bad one
    return name if name != "windows-1252" or _looks_western(text) else None


def _read_as(data: bytes, name: str, sure: int) -> str | None:
    """Text of bytes that are in an encoding but for some; `None` for bytes that are not.

    Args:
        data: The bytes, of which some may be damaged.
        name: The codec.
        sure: Characters beyond ASCII that must be read well for each that is not.

    """
    try:
        return data.decode(name)
    except UnicodeError:
        text = data.decode(name, "replace")
    bad = text.count("\ufffd")
    good = sum(1 for character in text if character > "\x7f") - bad
    return text if good >= sure * bad else None


def _looks_western(text: str) -> bool:
    """Whether text read as windows-1252 can be: letters beyond ASCII are few in all its languages.

    It can hold any bytes, and templates declare it for pages that are in something else.
    """
    letters = re.findall(r"[^\W\d_]", re.sub(r"<[^>]*>", "", text[:SAMPLE]))
    beyond = sum(letter > "\x7f" for letter in letters)
    return bool(beyond < 20 or beyond < WESTERN * len(letters))


def checked(text: str) -> tuple[str, list[str]]:
    """A text that can be written as UTF-8, and what is odd about it.

    Returns:
        The text, with U+FFFD for each lone surrogate, and its notes: `nul_bytes`, `mojibake`,
        `undecodable_bytes`.

    """
    try:
        nuls, bad, begun = _odd_signs(text)
    except UnicodeEncodeError:
        text = safe_text(text)
        nuls, bad, begun = _odd_signs(text)
    notes = []
    if nuls:
        notes.append("nul_bytes")
    if bad:
        notes.append("undecodable_bytes")
    if begun >= 2 and len(re.findall(_MOJIBAKE, text)) >= 2:
        notes.append("mojibake")
    return text, notes


def odd_signs(text: str) -> tuple[int, int, int]:
    """Whether a text has NULs, characters U+FFFD, and two signs with which mojibake may begin.

    Raises:
        UnicodeEncodeError: Half a character stands alone.

    """
    text.encode()
    may_begin = 2 * any(sign in text for sign in "ÃâÐïÂ")
    return "\0" in text, "\ufffd" in text, may_begin


def safe_text(text: str) -> str:
    """The text with each lone surrogate replaced by U+FFFD, so that it can be written as UTF-8."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return re.sub(_SURROGATE, "\ufffd", text)
    return text


def _checked(text: str, name: str) -> tuple[str, str, list[str]]:
    text, notes = checked(text)
    return text, name, notes


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
        return data.decode(encoding), codec.name
    except UnicodeError as error:
        raise InputError(
            f"is not in the encoding {encoding}",
            "name another encoding or leave it to be detected",
            path=path,
            offset=getattr(error, "start", None),
        ) from None


def _refuse_binary(sample: bytes, path: str | None) -> None:
    odd = len(sample) - len(sample.translate(None, _CONTROLS))
    if odd > CONTROL_SHARE * len(sample) or sample.count(0) > 0.3 * len(sample):
        raise InputError("is binary data, not text", "give the text or HTML of the page", path=path)


def _wide(sample: bytes) -> str | None:
    """UTF-16 or UTF-32 without a byte-order mark.

    Only bytes that are so decode as UTF-32. For UTF-16 the line ends and spaces must be there in
    its form, and the rest must be characters that a page can hold.
    """
    if not 0 < sample.count(0) < len(sample):
        return None
    sample = sample[: len(sample) // 4 * 4]
    for name, pad in _WIDE:
        space, line = (" ".encode(name), "\n".encode(name))
        if not (space in sample or line in sample):
            continue
        try:
            text = sample.decode(name)
        except UnicodeDecodeError as error:
            if error.start < len(sample) - pad:
                continue
            text = sample[: error.start].decode(name)  # cut inside a pair
        seen = sum(c.isprintable() or c in "\n\r\t\f\xa0\xad" for c in text)
        spaces = sum(c in " \n\r\t\u3000" for c in text)
        if text and seen > READABLE * len(text) and spaces:
            return name
    return None


def _escaped(data: bytes) -> str | None:
    """ISO-2022, which is ASCII with escapes that switch the alphabet."""
    # One byte is looked for first: that takes a tenth of the time.
    if b"\x1b" not in data or len(data.translate(None, _ASCII)) > CONTROL_SHARE * len(data):
        return None
    for mark, name in _SWITCHES:
        if mark in data:
            return name
    return None


def _detect(data: bytes) -> str:
    sample = data[:SAMPLE]
    import cchardet  # 20 ms to import, and nine pages of ten are UTF-8

    # ASCII lines say nothing about the encoding and outweigh those that do.
    telling = b"\n".join(line for line in sample.split(b"\n") if not line.isascii()) or sample
    found = cchardet.detect(telling)["encoding"] or cchardet.detect(sample)["encoding"]
    return codec_of(found or "windows-1252") or "windows-1252"


if core_runs():  # it leaves the text's UTF-8 beside the text, so that nobody makes it again
    from articlecli._core import odd_signs as _odd_signs
else:
    _odd_signs = odd_signs
