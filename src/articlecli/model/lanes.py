"""Big integers as vectors: one number holds a value for every block of a page.

A lane is `BITS` bits of such a number, the first block's the lowest. Adding two numbers, or
multiplying one by a weight, is then a vector operation that Python does in C, and exact. No sum may
leave its lane: `python -m lab export` proves for each model that none can reach `LIMIT`.
"""

from array import array
from collections.abc import Sequence
from operator import mul
from sys import byteorder

from articlecli.model.file import Mixture

BITS = 32
ONE = 127
"""Fixed-point one, and the ceiling of an activation."""
SIGN = BITS - 2
"""A lane holds 2**SIGN + x while x may be negative; the bit then tells x ≥ 0."""
LIMIT = 1 << 24
"""No sum of a network reaches it."""
NARROW = 1 << 15
"""No weight of a network and no input of a sum reaches it: the core multiplies 16 bits by 16."""


class Lanes:
    """Arithmetic on vectors of one length."""

    def __init__(self, count: int) -> None:
        self.count = count
        self._ones = int.from_bytes(b"\1\0\0\0" * count, "little")
        self._all_bits = (1 << BITS * count) - 1
        self._filled: dict[int, int] = {}
        self.zero = self.filled(1 << SIGN)
        """Zeros, biased: as a vector has them whose values may be negative."""

    def filled(self, value: int) -> int:
        """The same value in every lane; kept, as the same few are asked for again and again."""
        if value not in self._filled:
            self._filled[value] = self._ones * value
        return self._filled[value]

    def weighted(self, mixture: Mixture, vectors: Sequence[int]) -> int:
        """Bias and weighted sum of some of the vectors, biased."""
        pick, weights, bias = mixture
        start = self.zero + self._ones * bias if bias else self.zero
        total: int = sum(map(mul, weights, pick(vectors)), start)
        return total

    def scaled(self, biased: int, shift: int) -> int:
        """Each value >> shift, no longer biased: a negative one borrows from the next lane."""
        low = self.filled((1 << (SIGN + 1 - shift)) - 1)
        return ((biased >> shift) & low) - self.filled(1 << (SIGN - shift))

    def clamped(self, biased: int, shift: int = 0) -> int:
        """Each value >> shift, held within 0..ONE."""
        positive = (biased >> SIGN) & self._ones
        x = biased & ((positive << SIGN) - positive)
        if shift:
            x = (x >> shift) & self.filled((1 << (SIGN - shift)) - 1)
        over = ((x + self.filled((1 << SIGN) - ONE - 1)) >> SIGN) & self._ones
        return x - (x & ((over << SIGN) - over)) + over * ONE

    def around(self, a: int) -> tuple[int, ...]:
        """A vector, its neighbours, and sums over windows, each in the lane of the middle block.

        In the order of the files: itself; one and two before and after; 3–6 and 7–22 likewise.
        """
        full = self._all_bits
        up, down = a << BITS, a >> BITS
        up2, down2 = a << 2 * BITS, a >> 2 * BITS
        s2, r2 = a + up, a + down
        s4, r4 = s2 + (s2 << 2 * BITS), r2 + (r2 >> 2 * BITS)
        s8, r8 = s4 + (s4 << 4 * BITS), r4 + (r4 >> 4 * BITS)
        s16, r16 = s8 + (s8 << 8 * BITS), r8 + (r8 >> 8 * BITS)
        return (
            a,
            up & full,
            down,
            up2 & full,
            down2,
            (s4 << 3 * BITS) & full,
            r4 >> 3 * BITS,
            (s16 << 7 * BITS) & full,
            r16 >> 7 * BITS,
        )

    def values(self, biased: int) -> list[int]:
        """What the lanes hold."""
        column = array("I")
        column.frombytes(biased.to_bytes(4 * self.count, "little"))
        if byteorder == "big":
            column.byteswap()
        return [value - (1 << SIGN) for value in column]


def pack(values: "array[int]") -> int:
    """Vector of whole numbers that are not negative, the reverse of reading its lanes."""
    if byteorder == "big":
        values.byteswap()
    return int.from_bytes(values.tobytes(), "little")
