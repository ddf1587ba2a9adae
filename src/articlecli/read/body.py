"""A body as HTTP sent it → the bytes of the page: chunks, and gzip, deflate, br, zstd."""

import re
import zlib
from collections.abc import Callable

from articlecli.read.files import LIMIT

_SIZE = rb"(?:\r?\n)?([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n"
_PIECE = 1024
"""Bytes unpacked at a time: what came before damage is kept to within so many, and a
bomb goes off no further."""
_MAGIC = ((b"\x1f\x8b\x08", "gzip"), (b"\x28\xb5\x2f\xfd", "zstd"))


def decoded(body: bytes, transfer: str, coding: str, most: int = LIMIT) -> bytes:
    """The page in a body.

    Headers lie: a crawler that has unpacked the body may have kept them, a server may not have
    sent any. A body that is not what they say is taken as it is, and one that shows what it is
    is unpacked; of one that is damaged or cut short, what can be had.

    Args:
        body: As it was stored.
        transfer: `Transfer-Encoding`, empty where nothing was said.
        coding: `Content-Encoding`, likewise.
        most: Bytes after which no more is unpacked.

    """
    if "chunked" in transfer.lower():
        body = _joined(body)
    for name in reversed(coding.lower().split(",")):
        body = _unpacked(body, name.strip(), most)
    for magic, name in _MAGIC:
        if body.startswith(magic):
            body = _unpacked(body, name, most)
    return body


def _joined(body: bytes) -> bytes:
    """The chunks without their sizes; the body as it is where it has none."""
    parts, at = [], 0
    size_line = re.compile(_SIZE)
    while match := size_line.match(body, at):
        size, at = int(match[1], 16), match.end()
        parts.append(body[at : at + size])
        at += size
        if size == 0 or at >= len(body):
            return b"".join(parts)
    return b"".join(parts) if len(parts) > 1 else body


def _unpacked(body: bytes, name: str, most: int) -> bytes:
    for step in _steps(name):
        if data := _all_of(step, body, most):
            return data
    return body


def _steps(name: str) -> list[Callable[[bytes], bytes]]:
    """Ways in which a coding may have been meant."""
    if name in ("gzip", "x-gzip"):
        return [zlib.decompressobj(31).decompress]
    if name == "deflate":  # with zlib's header as is written, or without as some servers did
        return [zlib.decompressobj(15).decompress, zlib.decompressobj(-15).decompress]
    if name == "br":
        import brotli

        return [brotli.Decompressor().process]
    if name == "zstd":
        from articlecli.read.packed import zstd_module

        return [zstd_module().ZstdDecompressor().decompress]
    return []


def _all_of(step: Callable[[bytes], bytes], body: bytes, most: int) -> bytes:
    """What a decompressor gives until it ends, fails, or has given too much."""
    parts, size = [], 0
    for at in range(0, len(body), _PIECE):
        try:
            part = step(body[at : at + _PIECE])
        except Exception:  # noqa: BLE001  # each library has an error of its own
            break
        parts.append(part)
        size += len(part)
        if size > most:
            break
    return b"".join(parts)
