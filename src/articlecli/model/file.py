"""The zone model's files: their format, and the weights read from them.

`data/zones.model` is for text, `data/zones-html.model` for HTML: one line of JSON, the header, then
the weights as bytes in the order that `parse_model` reads them. Written by `python -m lab
export`; the header tells what it was trained on. `network.py` says what the weights mean.
`data/models.sha256` has the SHA-256 of all, as `sha256sum -c` reads it.
"""

from array import array
from collections.abc import Callable, Sequence
from functools import cache, cached_property
from itertools import compress
from mmap import mmap
from operator import itemgetter
from sys import byteorder

from msgspec import DecodeError, Struct
from msgspec.json import decode as decode_json

from articlecli.core import sha256
from articlecli.data import map_data, read_data
from articlecli.errors import ModelError
from articlecli.model.features.slots import MARKUP_HASHES, ROWS, VERSION
from articlecli.zone import Zone

FORMAT = 4
TEXT, MARKUP, TYPES = "zones.model", "zones-html.model", "page-types.model"
"""The file for text, that for HTML, and that for the types of pages."""
SUMS = "models.sha256"
ZONES = tuple(Zone)
MOST = 250
"""Features of a block that are looked at: more could overflow the 16 bits of an embedding sum."""
UNSIGNED = 128
"""What a row of the embedding adds to each weight, so that none is negative."""

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
    """[2][width] in units of 2**-tap_shift, over what stands around a block, see `Lanes.around`."""
    mixtures: tuple[Mixture, ...]
    """[width] in units of 2**-shift, over the channels and their two sums."""
    tap_shift: int
    shift: int


class Rows(dict[int, int]):
    """Rows of the embedding table, each unpacked to 16 bits a weight when it is first asked for.

    What it holds follows from the table alone, whatever pages came before.
    """

    def __init__(self, table: bytes | memoryview, width: int) -> None:
        self.table, self._width = table, width

    def __missing__(self, number: int) -> int:
        wide = bytearray(2 * self._width)
        wide[::2] = self.table[number * self._width : (number + 1) * self._width]
        row = self[number] = int.from_bytes(wide, "little")
        return row

    def weights(self, number: int) -> bytes:
        """A row as the file has it: `width` weights, each plus 128."""
        return bytes(self.table[number * self._width : (number + 1) * self._width])

    def changed(self, numbers: Sequence[int], weights: bytes) -> "Rows":
        """The table with some rows in place of those that it has."""
        table, width = bytearray(self.table), self._width
        for i, number in enumerate(numbers):
            table[number * width : (number + 1) * width] = weights[i * width : (i + 1) * width]
        return Rows(bytes(table), width)


class Model(Struct, frozen=True, eq=False, dict=True):
    """Weights of the zone model."""

    header: Header
    rows: Rows
    """The embedding, each weight plus 128."""
    numbers: bytes | memoryview
    """All other weights, as they stand in the file: the core reads them itself."""

    @property
    def width(self) -> int:
        """Channels."""
        return self.header.width

    @property
    def out_unit(self) -> float:
        """What a score of 1 is in logits."""
        return self.header.out_unit

    @property
    def certainty(self) -> float:
        """The same for probabilities: made smaller, so that they mean what they say."""
        return self.header.out_unit / self.header.temperature

    @cached_property
    def transitions(self) -> tuple[tuple[int, ...], ...]:
        """[12][12] for a zone (column) after a zone (row), in the unit of the scores."""
        unit = self.header.out_unit
        return tuple(tuple(round(one / unit) for one in row) for row in self.header.transitions)

    @property
    def bias(self) -> tuple[int, ...]:
        """[width], of the embedding."""
        return self._matrices[0]

    @property
    def layers(self) -> tuple[Layer, ...]:
        """What mixes blocks with their neighbours."""
        return self._matrices[1]

    @property
    def out(self) -> tuple[Mixture, ...]:
        """[12] in units of 2**-out_shift / ONE."""
        return self._matrices[2]

    @cached_property
    def _matrices(self) -> tuple[tuple[int, ...], tuple[Layer, ...], tuple[Mixture, ...]]:
        return _matrices(self.numbers, self.header)


@cache
def load_model(*, markup: bool = False) -> Model:
    """A model that ships with the package.

    Args:
        markup: The one for blocks of HTML.

    Raises:
        ModelError: The file is missing, changed, or made for other features.

    """
    return parse_model(model_bytes(MARKUP if markup else TEXT), rows=ROWS + MARKUP_HASHES * markup)


def model_bytes(name: str) -> mmap:
    """The bytes of a model's file, mapped; they are those that it was made with.

    Raises:
        ModelError: The file is missing, or its SHA-256 is another one.

    """
    try:
        data, sums = map_data(name), read_data(SUMS).decode("ascii", "replace")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise ModelError(f"the model {name} cannot be read ({why}); reinstall articlecli") from None
    if sha256(data) != made_sum(sums, name):
        raise ModelError(
            f"the model {name} is damaged: its SHA-256 is not the one in {SUMS}; "
            "reinstall articlecli"
        )
    return data


def made_sum(sums: str, name: str) -> str | None:
    """The SHA-256 of a file in a list as `sha256sum` writes it, `None` where it is not there."""
    pairs = (line.split() for line in sums.splitlines())
    return next((pair[0] for pair in pairs if len(pair) == 2 and pair[1] == name), None)


def cut_header(data: bytes | mmap) -> tuple[bytes, memoryview]:
    """The first line of a model's file, and what follows it, which is not copied."""
    end = data.find(b"\n")
    return bytes(data[:end]), memoryview(data)[end + 1 :]


def parse_model(data: bytes | mmap, *, rows: int = ROWS) -> Model:
    """Model from the bytes of its file, made for features of so many rows.

    Raises:
        ModelError: The bytes are no model, or one made for other features.

    """
    head, body = cut_header(data)
    try:
        header = decode_json(head, type=Header)
    except (DecodeError, ValueError):
        raise ModelError("the zone model's header is damaged; reinstall articlecli") from None
    if (header.format, header.features, header.rows) != (FORMAT, VERSION, rows):
        raise ModelError("the zone model was made for another version; reinstall articlecli")
    width = header.width
    size = rows * width
    # The bias; of each layer nine neighbours' weights twice, a matrix, its bias; the last matrix.
    count = width + len(header.shifts) * (18 + 3 * width + 1) * width + (width + 1) * len(ZONES)
    if width < 1 or len(body) < size + 4 * count:
        raise ModelError("the zone model is cut short; reinstall articlecli")
    return Model(header, Rows(body[:size], width), body[size : size + 4 * count])


def _matrices(
    data: bytes | memoryview, header: Header
) -> tuple[tuple[int, ...], tuple[Layer, ...], tuple[Mixture, ...]]:
    """Bias, layers and the last matrix."""
    numbers, width = array("i"), header.width
    numbers.frombytes(data)
    if byteorder == "big":
        numbers.byteswap()
    at = 0

    def take(count: int) -> tuple[int, ...]:
        nonlocal at
        at += count
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
    return bias, tuple(layers), matrix(len(ZONES), width)


def _mixture(weights: Sequence[int], bias: int) -> Mixture:
    """A matrix row without its zeros; never fewer than two, as `itemgetter` gives a tuple then."""
    live = list(compress(range(len(weights)), weights))
    if len(live) < 2:
        live += [i for i in range(2) if i not in live][: 2 - len(live)]
        return itemgetter(*live), tuple(weights[i] for i in live), bias
    return itemgetter(*live), tuple(filter(None, weights)), bias
