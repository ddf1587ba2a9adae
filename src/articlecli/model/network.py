"""The zone model: features of a page's blocks → a score for every zone of every block.

The network is small and its weights are integers, so it is evaluated with Python's own big
integers: one number holds one channel of the whole page, 32 bits a block, and multiplying or
adding two of them is a vector operation in C. Nothing has to be installed or loaded for it, and
the result is exact: the same on every machine, whatever the processor.

The network, for a page of n blocks (`width` channels, everything in fixed point, 127 = 1.0):

    embed   sum of the rows of the block's and the page's features, held within 0..127  (n, width)
    layer   each channel, and two weighted sums of that channel over the neighbours (±1, ±2,
            the means of 3–6 and of 7–22 blocks before and after), mixed by a sparse matrix,
            shifted back to 7 bits and held within 0..127                               (n, width)
    out     a matrix                                                                    (n, 12)

The files (`data/zones.model` for text, `data/zones-html.model` for HTML): one line of JSON, the header, then the weights as bytes in the order
that `parse_model` reads them. Written by `python -m lab export`; the header tells what it was trained on.
"""  # noqa: E501

from array import array
from collections.abc import Callable, Sequence
from functools import cache
from operator import itemgetter, mul
from sys import byteorder

from msgspec import DecodeError, Struct
from msgspec.json import decode as decode_json

from articlecli.data import read_data
from articlecli.errors import ModelError
from articlecli.model.features import Features
from articlecli.model.features.slots import MARKUP_HASHES, ROWS, VERSION
from articlecli.zone import Zone

FORMAT = 4
BITS = 32
"""Bits of a field. `python -m lab export` proves for each model that no sum can reach bit 30."""
ONE = 127
"""Fixed-point one, and the ceiling of an activation."""
SIGN = BITS - 2
"""A field holds 2**SIGN + x while x may be negative; the bit then tells x ≥ 0."""

MOST = 250
"""Features of a block that are looked at: more could overflow the 16 bits of an embedding sum."""

ZONES = tuple(Zone)

Mixture = tuple[Callable[[Sequence[int]], tuple[int, ...]], tuple[int, ...], int]
"""Which inputs, their weights, and the bias, of one output of a sparse matrix."""


class Header(Struct, frozen=True):
    """The first line of the file: what the weights are for, and where they came from."""

    format: int
    features: int
    rows: int
    width: int
    shifts: tuple[tuple[int, int], ...]
    """Of each layer, those of the neighbours' weights and of the mixing weights."""
    out_unit: float
    temperature: float
    """What scores are divided by before they are made probabilities: 1 where unseen sites are as
    certain as those trained on."""
    transitions: tuple[tuple[float, ...], ...]
    trained: str
    """Day, ISO 8601."""
    command: str
    pages: dict[str, int]
    """Pages trained on, by set."""
    labelled_by_reading: int


class Layer(Struct, frozen=True):
    """One layer that mixes blocks with their neighbours."""

    taps: tuple[tuple[Mixture, ...], ...]
    """[2][width] in units of 2**-tap_shift, over what stands around a block, see `_around`."""
    mixtures: tuple[Mixture, ...]
    """[width] in units of 2**-shift, over the channels and their two sums."""
    tap_shift: int
    shift: int


class Rows(dict[int, int]):
    """Rows of the embedding table, each unpacked to 16 bits a weight when it is first asked for.

    What it holds follows from the table alone, whatever pages came before.
    """

    def __init__(self, table: bytes, width: int) -> None:
        self._table, self._width = table, width

    def __missing__(self, number: int) -> int:
        wide = bytearray(2 * self._width)
        wide[::2] = self._table[number * self._width : (number + 1) * self._width]
        row = self[number] = int.from_bytes(wide, "little")
        return row


class Model(Struct, frozen=True):
    """Weights of the zone model."""

    header: Header
    width: int
    rows: Rows
    """The embedding, each weight plus 128."""
    bias: tuple[int, ...]
    layers: tuple[Layer, ...]
    out: tuple[Mixture, ...]
    """[12] in units of 2**-out_shift / ONE."""
    out_unit: float
    """What a score of 1 is in logits."""
    certainty: float
    """The same for probabilities: made smaller, so that they mean what they say."""
    transitions: tuple[tuple[float, ...], ...]
    """[12][12] logits for a zone (column) after a zone (row)."""


@cache
def load_model(*, markup: bool = False) -> Model:
    """A model that ships with the package.

    Args:
        markup: The one for blocks of HTML.

    Raises:
        ModelError: The file is missing, cut short, or made for other features.

    """
    try:
        data = read_data("zones-html.model" if markup else "zones.model")
    except OSError as error:
        raise ModelError(f"the zone model cannot be read ({error}); reinstall articlecli") from None
    return parse_model(data, rows=ROWS + MARKUP_HASHES * markup)


def parse_model(data: bytes, *, rows: int = ROWS) -> Model:
    """Model from the bytes of its file, made for features of so many rows.

    Raises:
        ModelError: The bytes are no model, or one made for other features.

    """
    head, _, body = data.partition(b"\n")
    try:
        header = decode_json(head, type=Header)
    except (DecodeError, ValueError):
        raise ModelError("the zone model's header is damaged; reinstall articlecli") from None
    if (header.format, header.features, header.rows) != (FORMAT, VERSION, rows):
        raise ModelError("the zone model was made for another version; reinstall articlecli")
    width = header.width
    size = rows * width
    numbers = array("i")
    numbers.frombytes(body[size : len(body) - len(body[size:]) % 4])
    if byteorder == "big":
        numbers.byteswap()
    at = 0

    def take(count: int) -> tuple[int, ...]:
        nonlocal at
        at += count
        if at > len(numbers):
            raise ModelError("the zone model is cut short; reinstall articlecli")
        return tuple(numbers[at - count : at])

    def matrix(rows: int, columns: int) -> tuple[Mixture, ...]:
        weights = [take(columns) for _ in range(rows)]
        return tuple(_mixture(row, bias) for row, bias in zip(weights, take(rows), strict=True))

    bias = take(width)
    layers = []
    for tap_shift, shift in header.shifts:
        weights = [[take(width) for _ in range(9)] for _ in range(2)]
        taps = [tuple(_mixture(row, 0) for row in zip(*of, strict=True)) for of in weights]
        layers.append(Layer(tuple(taps), matrix(width, 3 * width), tap_shift, shift))
    return Model(
        header=header,
        width=width,
        rows=Rows(body[:size], width),
        bias=bias,
        layers=tuple(layers),
        out=matrix(12, width),
        out_unit=header.out_unit,
        certainty=header.out_unit / header.temperature,
        transitions=header.transitions,
    )


def _mixture(weights: Sequence[int], bias: int) -> Mixture:
    """A matrix row without its zeros; never fewer than two, as `itemgetter` gives a tuple then."""
    live = [i for i, weight in enumerate(weights) if weight]
    live += [i for i in range(2) if i not in live][: max(2 - len(live), 0)]
    return itemgetter(*live), tuple(weights[i] for i in live), bias


def zone_scores(model: Model, features: Features) -> list[tuple[int, ...]]:
    """Score of every zone for every block.

    Args:
        model: The weights.
        features: Feature numbers, from `articlecli.model.features.page_and_block_features`.

    Returns:
        Twelve integers a block in the order of `ZONES`, in units of `model.out_unit` logits.

    """
    count = len(features.blocks)
    if not count:
        return []
    ones = int.from_bytes(b"\1\0\0\0" * count, "little")
    channels = _embed(model, features, ones)
    for layer in model.layers:
        channels = _mix(layer, channels, ones, count)
    sign = ones << SIGN
    columns = []
    for pick, weights, bias in model.out:
        total = sum(map(mul, weights, pick(channels)), sign + bias * ones)
        column = array("I")
        column.frombytes(total.to_bytes(4 * count, "little"))
        if byteorder == "big":
            column.byteswap()
        columns.append([value - (1 << SIGN) for value in column])
    return list(zip(*columns, strict=True))


def _embed(model: Model, features: Features, ones: int) -> list[int]:
    width = model.width
    row = model.rows.__getitem__
    page = sum(map(row, features.page))
    size = 2 * width
    sums = b"".join(
        [sum(map(row, ids[:MOST]), page).to_bytes(size, "little") for ids in features.blocks]
    )
    flat = array("H")
    flat.frombytes(sums)
    if byteorder == "big":
        flat.byteswap()
    shared = len(features.page)
    counts = _pack(array("I", [128 * (shared + len(ids[:MOST])) for ids in features.blocks]))
    base = (ones << SIGN) - counts
    return [
        _clamp(_pack(array("I", flat[j::width])) + base + model.bias[j] * ones, 0, ones)
        for j in range(width)
    ]


def _mix(layer: Layer, channels: list[int], ones: int, count: int) -> list[int]:
    full = (1 << BITS * count) - 1
    sign = ones << SIGN
    low = ones * ((1 << (SIGN + 1 - layer.tap_shift)) - 1)
    lowered = ones << (SIGN - layer.tap_shift)
    inputs = list(channels)
    around = [_around(channel, full) for channel in channels]
    for taps in layer.taps:
        for near, (pick, weights, _) in zip(around, taps, strict=True):
            total = sum(map(mul, weights, pick(near)), sign)
            inputs.append(((total >> layer.tap_shift) & low) - lowered)
    return [
        _clamp(sum(map(mul, weights, pick(inputs)), sign + bias * ones), layer.shift, ones)
        for pick, weights, bias in layer.mixtures
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


def _pack(fields: "array[int]") -> int:
    if byteorder == "big":
        fields.byteswap()
    return int.from_bytes(fields.tobytes(), "little")
