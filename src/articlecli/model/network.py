"""The zone model: features of a page's blocks → a score for every zone of every block.

The network is small and its weights are integers, so it is evaluated with Python's own big
integers (`lanes.py`). Nothing has to be installed or loaded for it, and the result is exact: the
same on every machine, whatever the processor.

The network, for a page of n blocks (`width` channels, everything in fixed point, 127 = 1.0):

    embed   sum of the rows of the block's and the page's features, held within 0..127  (n, width)
    layer   each channel, and two weighted sums of that channel over the neighbours (±1, ±2,
            the means of 3–6 and of 7–22 blocks before and after), mixed by a sparse matrix,
            shifted back to 7 bits and held within 0..127                               (n, width)
    out     a matrix                                                                    (n, 12)
"""

from array import array
from sys import byteorder

from articlecli.model.features import Features
from articlecli.model.file import MOST, UNSIGNED, Layer, Model
from articlecli.model.lanes import Lanes, pack


def zone_scores(model: Model, features: Features) -> list[tuple[int, ...]]:
    """Score of every zone for every block.

    Args:
        model: The weights.
        features: Feature numbers, from `articlecli.model.features.page_and_block_features`.

    Returns:
        Twelve integers a block in the order of `ZONES`, in units of `model.out_unit` logits.

    """
    if not features.blocks:
        return []
    lanes = Lanes(len(features.blocks))
    return scores_of(model, embedded(model, features, lanes), lanes)


def scores_of(model: Model, channels: list[int], lanes: Lanes) -> list[tuple[int, ...]]:
    """Scores from the embedding's channels, one big integer each."""
    for layer in model.layers:
        channels = _mix(layer, channels, lanes)
    columns = [lanes.values(lanes.weighted(mixture, channels)) for mixture in model.out]
    return list(zip(*columns, strict=True))


def embedded(model: Model, features: Features, lanes: Lanes) -> list[int]:
    """Channels of the embedding, one big integer each: what the blocks' own features add up to."""
    width, shared = model.width, len(features.page)
    row = model.rows.__getitem__
    page = sum(map(row, features.page))
    size = 2 * width
    flat = array("H")
    flat.frombytes(
        b"".join(
            [sum(map(row, ids[:MOST]), page).to_bytes(size, "little") for ids in features.blocks]
        )
    )
    if byteorder == "big":
        flat.byteswap()
    rows = pack(array("I", [UNSIGNED * (shared + len(ids[:MOST])) for ids in features.blocks]))
    zero = lanes.zero - rows
    return [
        lanes.clamped(pack(array("I", flat[j::width])) + zero + lanes.filled(model.bias[j]))
        for j in range(width)
    ]


def _mix(layer: Layer, channels: list[int], lanes: Lanes) -> list[int]:
    around = [lanes.around(channel) for channel in channels]
    sums = [
        lanes.scaled(lanes.weighted(tap, near), layer.tap_shift)
        for taps in layer.taps
        for tap, near in zip(taps, around, strict=True)
    ]
    inputs = channels + sums
    return [
        lanes.clamped(lanes.weighted(mixture, inputs), layer.shift) for mixture in layer.mixtures
    ]
