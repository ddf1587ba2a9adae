"""Compressed files of several parts → their bytes; of damaged gzip, all that is whole."""

import io
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO

from articlecli.errors import InputError

_MAGIC = b"\x1f\x8b\x08"
_INPUT = 65536
"""Bytes taken from the file at a time."""
_OUTPUT = 1 << 20
"""Bytes unpacked at a time."""


class DamagedError(InputError):
    """A hole in a file; it can be read on behind it."""


class Members(io.RawIOBase):
    """A file of gzip members, unpacked.

    A member that is damaged or cut short gives what it holds before the damage, then raises
    `DamagedError` once; what is read next comes from the next member that begins well.
    """

    def __init__(self, raw: BinaryIO, path: str) -> None:
        self._raw, self._path = raw, path
        self._packed = b""  # taken and not yet unpacked
        self._ready = b""
        self._problem = ""
        self._in_hole = False
        self._member: Any = None

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As `RawIOBase` has it; raises `DamagedError` at each hole, once."""
        while not self._ready:
            if self._problem:
                problem, self._problem = self._problem, ""
                raise DamagedError(f"is damaged or cut short ({problem})", "fetch it again",
                                   path=self._path)  # fmt: skip
            if not self._packed and not self._more():
                if self._member is None:
                    return 0
                self._member = None
                self._hole("it ends within a part")
            else:
                self._unpack()
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _more(self) -> bool:
        data = self._raw.read(_INPUT)
        self._packed += data
        return bool(data)

    def _unpack(self) -> None:
        """Unpack what there is of the member, or of the next one."""
        if self._member is None:
            self._packed = self._packed.lstrip(b"\0")  # tapes and disks fill up with it
            if len(self._packed) < len(_MAGIC) and self._more():
                return
            if not self._packed:
                return
            if not self._packed.startswith(_MAGIC):
                self._hole("it goes on with something else")
                self._skip()
                return
            self._member = zlib.decompressobj(31)
        before = self._member.copy()
        packed = self._packed
        try:
            self._ready = self._member.decompress(packed, _OUTPUT)
            self._packed = self._member.unconsumed_tail
        except zlib.error as error:
            self._ready = _until_damage(before, packed)
            self._hole(str(error).partition(": ")[2] or str(error))
            self._member = None
            self._packed = packed[1:]
            self._skip()
            return
        self._in_hole &= not self._ready
        if self._member.eof:
            self._packed = self._member.unused_data
            self._member = None

    def _hole(self, problem: str) -> None:
        """Note a hole; what follows on one with nothing between them belongs to it."""
        if self._ready or not self._in_hole:
            self._problem = problem
        self._in_hole = True

    def _skip(self) -> None:
        """Leave out what comes before the next member."""
        while True:
            at = self._packed.find(_MAGIC)
            # Reserved flags are zero: five of eight chance finds are none.
            while at >= 0 and len(self._packed) > at + 3 and self._packed[at + 3] > 31:
                at = self._packed.find(_MAGIC, at + 1)
            if at >= 0:
                self._packed = self._packed[at:]
                return
            self._packed = self._packed[-len(_MAGIC) :]
            if not self._more():
                self._packed = b""
                return


class Streams(io.RawIOBase):
    """A file of one or more compressed streams, unpacked; damage raises the library's own error.

    The standard library takes a second stream that is damaged for the end of the file, and says
    nothing of all that comes behind it.

    Args:
        raw: The file.
        start: Makes a decompressor of one stream.

    """

    def __init__(self, raw: BinaryIO, start: Callable[[], Any]) -> None:
        self._raw, self._start = raw, start
        self._stream: Any = None

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As `RawIOBase` has it.

        Raises:
            EOFError: It ends within a stream.

        """
        while True:
            if self._stream is None or self._stream.eof:
                packed = self._stream.unused_data if self._stream else b""
                packed = packed.lstrip(b"\0")  # padding
                while not packed:
                    if not (data := self._raw.read(_INPUT)):
                        return 0
                    packed = data.lstrip(b"\0")
                self._stream = self._start()
            else:
                packed = self._raw.read(_INPUT) if self._stream.needs_input else b""
                if not packed and self._stream.needs_input:
                    raise EOFError("it ends within a part")
            if data := self._stream.decompress(packed, len(buffer)):
                buffer[: len(data)] = data
                return len(data)


def _until_damage(member: Any, packed: bytes) -> bytes:
    """What a member holds before its damage: once more, byte by byte."""
    parts = []
    try:
        for at in range(len(packed)):
            parts.append(member.decompress(packed[at : at + 1]))
    except zlib.error:
        pass
    return b"".join(parts)
