"""The zone model: features of a page's blocks → a score for every zone of every block.

The network is small and its weights are integers, so it is evaluated with Python's own big
integers: one number holds one channel of the whole page, 32 bits a block, and multiplying or
adding two of them is a vector operation in C. A page of 250 blocks takes about as long as importing
NumPy would take a fiftieth of, with nothing to install, and the result is exact: the same on every
machine, whatever the processor.

The network, for a page of n blocks (`width` channels, everything in fixed point, 127 = 1.0):

    embed   sum of the rows of the block's features, clamped to 0..127        (n, width)
    layer   each channel, and two weighted sums of that channel over the neighbours (±1, ±2,
            the means of 3–6 and of 7–22 blocks before and after), mixed by a matrix,
            shifted back to 7 bits and clamped                                 (n, width), twice
    out     a matrix                                                           (n, 12)

The file (`data/zones.model`): one line of JSON, the header, then the weights as bytes in the order
that `load_model` reads them. Written by `tools/export.py`; the header tells what it was trained on.
"""

import json
from array import array
from collections.abc import Sequence
from functools import cache
from operator import mul
from sys import byteorder

from msgspec import Struct

from articlecli.data import read_data
from articlecli.errors import ModelError
from articlecli.features.slots import ROWS, VERSION
from articlecli.types import Zone

FORMAT = 1
BITS = 32
"""Bits of a field. `tools/export.py` proves for each model that no sum can reach bit 30."""
ONE = 127
"""Fixed-point one, and the ceiling of an activation."""
SIGN = BITS - 2
"""A field holds 2**SIGN + x while x may be negative; the bit then tells x ≥ 0."""

ZONES = tuple(Zone)


class Layer(Struct, frozen=True):
    """One layer that mixes blocks with their neighbours."""

    taps: tuple[tuple[tuple[int, ...], ...], ...]
    """[2][9][width] weights of the neighbours, in units of 2**-tap_shift."""
    weights: tuple[tuple[int, ...], ...]
    """[width][3 · width] weights of the channels and their two sums, in units of 2**-shift."""
    bias: tuple[int, ...]
    tap_shift: int
    shift: int


class Model(Struct, frozen=True):
    """Weights of the zone model."""

    header: dict[str, object]
    width: int
    table: bytes
    """Embedding, `width` bytes a row, each weight plus 128."""
    bias: tuple[int, ...]
    layers: tuple[Layer, ...]
    weights: tuple[tuple[int, ...], ...]
    """[12][width] weights of the zones, in units of 2**-out_shift / ONE."""
    out_bias: tuple[int, ...]
    out_unit: float
    """What a score of 1 is in logits."""
    transitions: tuple[tuple[float, ...], ...]
    """[12][12] logits for a zone (column) after a zone (row)."""
    rows: dict[int, int]
    """Memo of table rows already unpacked: what it holds follows from `table` alone."""


@cache
def load_model() -> Model:
    """The model that ships with the package.

    Raises:
        ModelError: The file is missing, cut short, or made for other features.
    """
    try:
        data = read_data("zones.model")
    except OSError as error:
        raise ModelError(f"the zone model cannot be read ({error}); reinstall articlecli") from None
    return parse_model(data)


def parse_model(data: bytes) -> Model:
    """Model from the bytes of its file.

    Raises:
        ModelError: The bytes are no model, or one made for other features.
    """
    head, _, body = data.partition(b"\n")
    try:
        header = json.loads(head)
        width, layers = header["width"], header["layers"]
        made_for = header["format"], header["features"], header["rows"]
    except (ValueError, KeyError, TypeError):
        raise ModelError("the zone model's header is damaged; reinstall articlecli") from None
    if made_for != (FORMAT, VERSION, ROWS):
        raise ModelError("the zone model was made for another version; reinstall articlecli")
    size = ROWS * width
    numbers = array("i")
    numbers.frombytes(body[size : len(body) - len(body[size:]) % 4])
    if byteorder == "big":
        numbers.byteswap()
    expected = width + layers * (18 * width + 3 * width * width + width) + 12 * width + 12
    if len(body) != size + 4 * expected:
        raise ModelError("the zone model is cut short; reinstall articlecli")
    at = 0

    def take(count: int) -> tuple[int, ...]:
        nonlocal at
        at += count
        return tuple(numbers[at - count : at])

    bias = take(width)
    made = []
    for shifts in header["shifts"]:
        taps = tuple(tuple(take(width) for _ in range(9)) for _ in range(2))
        weights = tuple(take(3 * width) for _ in range(width))
        made.append(Layer(taps, weights, take(width), *shifts))
    return Model(
        header=header,
        width=width,
        table=body[:size],
        bias=bias,
        layers=tuple(made),
        weights=tuple(take(width) for _ in range(12)),
        out_bias=take(12),
        out_unit=header["out_unit"],
        transitions=tuple(tuple(row) for row in header["transitions"]),
        rows={},
    )


def zone_scores(model: Model, features: Sequence[Sequence[int]]) -> list[tuple[int, ...]]:
    """Score of every zone for every block.

    Args:
        model: The weights.
        features: Feature numbers of each block, from `articlecli.features.block_features`.

    Returns:
        Twelve integers a block in the order of `ZONES`, in units of `model.out_unit` logits.
    """
    count = len(features)
    if not count:
        return []
    ones = int.from_bytes(b"\1\0\0\0" * count, "little")
    channels = _embed(model, features, ones)
    for layer in model.layers:
        channels = _mix(layer, channels, ones, count)
    sign = ones << SIGN
    columns = []
    for weights, bias in zip(model.weights, model.out_bias, strict=True):
        total = sum(map(mul, weights, channels), sign + bias * ones)
        column = array("I")
        column.frombytes(total.to_bytes(4 * count, "little"))
        if byteorder == "big":
            column.byteswap()
        columns.append([value - (1 << SIGN) for value in column])
    return list(zip(*columns, strict=True))


def _embed(model: Model, features: Sequence[Sequence[int]], ones: int) -> list[int]:
    width = model.width
    table = model.table
    known = model.rows
    sums = bytearray()
    for ids in features:
        total = 0
        for number in ids:
            row = known.get(number)
            if row is None:
                wide = bytearray(2 * width)
                wide[::2] = table[number * width : (number + 1) * width]
                row = known[number] = int.from_bytes(wide, "little")
            total += row
        sums += total.to_bytes(2 * width, "little")
    flat = array("H")
    flat.frombytes(sums)
    if byteorder == "big":
        flat.byteswap()
    counts = _pack(array("I", [128 * len(ids) for ids in features]))
    sign = ones << SIGN
    return [
        _clamp(_pack(array("I", flat[j::width])) + sign + model.bias[j] * ones - counts, 0, ones)
        for j in range(width)
    ]


def _mix(layer: Layer, channels: list[int], ones: int, count: int) -> list[int]:
    bits = BITS * count
    full = (1 << bits) - 1
    sign = ones << SIGN
    low = ones * ((1 << (SIGN + 1 - layer.tap_shift)) - 1)
    lowered = ones << (SIGN - layer.tap_shift)
    inputs = list(channels)
    for taps in layer.taps:
        for channel, weights in zip(channels, zip(*taps, strict=True), strict=True):
            total = sum(map(mul, weights, _around(channel, full)), sign)
            inputs.append(((total >> layer.tap_shift) & low) - lowered)
    return [
        _clamp(sum(map(mul, weights, inputs), sign + bias * ones), layer.shift, ones)
        for weights, bias in zip(layer.weights, layer.bias, strict=True)
    ]


def _around(a: int, full: int) -> tuple[int, ...]:
    """A channel, its neighbours, and sums over windows, each in the fields of the middle block."""
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


def _clamp(biased: int, shift: int, ones: int) -> int:
    """Fields 2**SIGN + x → x >> shift, held within 0..ONE."""
    positive = (biased >> SIGN) & ones
    x = biased & ((positive << SIGN) - positive)
    if shift:
        x = (x >> shift) & (ones * ((1 << (SIGN - shift)) - 1))
    over = ((x + ones * ((1 << SIGN) - ONE - 1)) >> SIGN) & ones
    return x - (x & ((over << SIGN) - over)) + over * ONE


def _pack(fields: array) -> int:
    if byteorder == "big":
        fields.byteswap()
    return int.from_bytes(fields.tobytes(), "little")
