"""Compressed files of several parts → their bytes; of damaged gzip, all that is whole."""

import io
import re
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO

from articlecli.errors import InputError

_MAGIC = b"\x1f\x8b\x08"
_ZEROS = re.compile(rb"\0*")
_HEAD = re.compile(rb"\x1f\x8b\x08[\0-\x1f]")
"""How a member begins. Reserved flags are zero (RFC 1952): seven of eight chance finds are none."""
_HEAD_BYTES = 4
_INPUT = 16384
"""Bytes taken from the file at a time; behind each member, what is left of them is copied."""
_OUTPUT = 1 << 20
"""Bytes unpacked at a time."""
_FIRST = 256
"""Bytes first given to a member behind damage, where most are none; then four times as many."""
_MUTE = 1 << 17
"""Bytes after which a member that gave nothing is none: a header may have a name without end."""
_AGAIN = 8
"""How often bytes behind damage may be looked at, on average: each may seem to begin a member that
runs on far and then fails."""
_COST = 1024
"""Bytes that are unpacked in the time that it takes to try a false beginning."""


class DamagedError(InputError):
    """A hole in a file; it can be read on behind it."""


class Members(io.RawIOBase):
    """A file of gzip members, unpacked.

    A member that is damaged or cut short gives what it holds before the damage, then raises
    `DamagedError` once; what is read next comes from the next member that begins well.
    """

    def __init__(self, raw: BinaryIO, path: str) -> None:
        self._raw, self._path = raw, path
        self._packed, self._at = b"", 0  # taken, and where in it unpacking goes on
        self._ready = b""
        self._problem = ""
        self._in_hole = False
        self._member: Any = None
        self._start = 0  # of the member; below zero if it is no longer held
        self._piece = _INPUT  # bytes given to the member at a time
        self._mute = True  # it has given nothing
        self._room = _OUTPUT  # bytes that may still be looked at in vain

    def readable(self) -> bool:
        """It can be read."""
        return True

    def readinto(self, buffer: Any) -> int:
        """As `RawIOBase` has it; raises `DamagedError` at each hole, once."""
        size = 0
        while size < len(buffer):
            if self._ready:
                piece = self._ready[: len(buffer) - size]
                buffer[size : size + len(piece)] = piece
                self._ready = self._ready[len(piece) :]
                size += len(piece)
            elif size and (self._problem or self._at == len(self._packed)):
                break  # what was taken has given some, and the file may be one that grows
            elif self._problem:
                problem, self._problem = self._problem, ""
                raise DamagedError(f"is damaged or cut short ({problem})", "fetch it again",
                                   path=self._path)  # fmt: skip
            elif self._at < len(self._packed) or self._more():
                self._unpack()
            elif self._member is None:
                break
            else:
                self._member = None
                self._hole("it ends within a part")
        return size

    def _more(self) -> bool:
        data = self._raw.read(_INPUT)
        self._packed = self._packed[self._at :] + data
        self._start, self._at = self._start - self._at, 0
        self._room += _AGAIN * len(data)
        return bool(data)

    def _unpack(self) -> None:
        """Unpack what there is of the member, or of the next one."""
        fresh = self._member is None
        if fresh and not self._begin():
            return
        before = None if fresh else self._member.copy()
        piece = memoryview(self._packed)[self._at : self._at + self._piece]
        try:
            self._ready = self._member.decompress(piece, _OUTPUT)
        except zlib.error as error:
            self._ready, well = _until_damage(before or zlib.decompressobj(31), piece)
            self._fail(str(error).partition(": ")[2] or str(error), self._at + well)
            return
        left = len(self._member.unconsumed_tail) + len(self._member.unused_data)
        self._at += len(piece) - left
        self._piece = min(4 * self._piece, _INPUT)
        self._mute &= not self._ready
        self._in_hole &= not self._ready
        if self._member.eof:
            self._member = None
        elif self._mute and self._at - self._start > _MUTE:
            self._fail("a part begins and holds nothing", self._at)

    def _begin(self) -> bool:
        """Begin the next member; whether there is one."""
        zeros = _ZEROS.match(self._packed, self._at)  # tapes and disks fill up with them
        self._at = zeros.end() if zeros else self._at
        if len(self._packed) - self._at < len(_MAGIC) and self._more():
            return False
        if self._at == len(self._packed):
            return False
        if not self._packed.startswith(_MAGIC, self._at):
            self._hole("it goes on with something else")
            self._skip()
            return False
        self._member, self._start, self._mute = zlib.decompressobj(31), self._at, True
        return True

    def _fail(self, problem: str, end: int) -> None:
        """Give a member up, and look for the next: behind where it began, if that is cheap enough.

        Args:
            problem: What is wrong with it.
            end: Where in what is taken it went wrong.

        """
        self._hole(problem)
        self._member, self._piece = None, _FIRST
        self._room -= max(_COST, end - self._start)
        far = max(end, self._start + _COST // _AGAIN)
        self._at = min(max(0, self._start if self._room > 0 else far) + 1, len(self._packed))
        self._skip()

    def _hole(self, problem: str) -> None:
        """Note a hole; what follows on one with nothing between them belongs to it."""
        if self._ready or not self._in_hole:
            self._problem = problem
        self._in_hole = True

    def _skip(self) -> None:
        """Leave out what comes before the next member."""
        self._piece = _FIRST
        while (head := _HEAD.search(self._packed, self._at)) is None:
            self._at = max(self._at, len(self._packed) - _HEAD_BYTES + 1)
            if not self._more():
                self._at = len(self._packed)
                return
        self._at = head.start()


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


def _until_damage(member: Any, packed: memoryview) -> tuple[bytes, int]:
    """What a member holds before its damage, and how many bytes are well: by halves."""
    parts, at, end = [], 0, len(packed)
    while end - at > 1:
        half = (at + end) // 2
        before = member.copy()
        try:
            parts.append(member.decompress(packed[at:half]))
            at = half
        except zlib.error:
            member, end = before, half
    return b"".join(parts), at
