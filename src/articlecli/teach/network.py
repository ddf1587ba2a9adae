"""The zone model's network in NumPy, and how its scores change with the rows of its table.

The same network as `articlecli.model.network`, with 1.0 for its 127 and without its rounding.
"""

from typing import Any

import numpy as np

from articlecli.model.features import Features
from articlecli.model.file import MOST, UNSIGNED, Mixture, Model
from articlecli.model.lanes import ONE

Array = Any
"""A NumPy array."""
WINDOWS = ((0, 0), (-1, -1), (1, 1), (-2, -2), (2, 2), (-6, -3), (3, 6), (-22, -7), (7, 22))
"""First and last place of each of the things that stand around a block, from the block on."""
PAD = 24


class Network:
    """A zone model's weights as arrays.

    Args:
        model: The weights.

    """

    def __init__(self, model: Model) -> None:
        width = self.width = model.width
        self._rows = model.rows
        self._bias = np.array(model.bias) / ONE
        self._layers = []
        for layer in model.layers:
            taps = np.stack([_dense(of, len(WINDOWS))[0].T for of in layer.taps])
            mix, bias = _dense(layer.mixtures, 3 * width)
            step = 1 << layer.shift
            self._layers.append(
                (taps / (1 << layer.tap_shift), mix / step, (bias - step // 2) / (ONE * step))
            )
        out, bias = _dense(model.out, width)
        self._out, self._out_bias = out * ONE * model.out_unit, bias * model.out_unit

    def row(self, number: int) -> Array:
        """A row of the table."""
        return (np.frombuffer(self._rows.weights(number), np.uint8).astype(float) - UNSIGNED) / ONE

    def embedded(self, features: Features) -> Array:
        """(blocks, width) sums of the blocks' rows, before they are held within 0..1."""
        page = sum((self.row(n) for n in features.page), self._bias)
        return np.stack([sum(map(self.row, ids[:MOST]), page) for ids in features.blocks])

    def scores(self, embedded: Array) -> tuple[Array, list[Array]]:
        """(blocks, 12) logits, and where each layer's values are free to move."""
        free, a = [_free(embedded)], embedded.clip(0, 1)
        for taps, mix, bias in self._layers:
            sums = _running(a)
            around = [_window(sums, *window) for window in WINDOWS]
            seen = [sum(t * near for t, near in zip(tap, around, strict=True)) for tap in taps]
            before = np.concatenate([a, *seen], 1) @ mix.T + bias
            free.append(_free(before))
            a = before.clip(0, 1)
        return a @ self._out.T + self._out_bias, free

    def gradient(self, of_scores: Array, free: list[Array]) -> Array:
        """What `embedded` gives, given what the scores are given: the loss's derivatives."""
        d, width = of_scores @ self._out, self.width
        for (taps, mix, _), moves in zip(reversed(self._layers), reversed(free[1:]), strict=True):
            inputs = (d * moves) @ mix
            d = inputs[:, :width].copy()
            for i, tap in enumerate(taps, 1):
                part = inputs[:, i * width : (i + 1) * width]
                for t, (first, last) in zip(tap, WINDOWS, strict=True):
                    d += _window(_running(part * t), -last, -first)
        return d * free[0]


def _dense(mixtures: tuple[Mixture, ...], columns: int) -> tuple[Array, Array]:
    """Sparse rows of a matrix as an array, and their biases."""
    matrix = np.zeros((len(mixtures), columns))
    for i, (pick, weights, _) in enumerate(mixtures):
        matrix[i, list(pick(range(columns)))] = weights
    return matrix, np.array([bias for _, _, bias in mixtures], float)


def _free(values: Array) -> Array:
    return (values > 0) & (values < 1)


def _running(a: Array) -> Array:
    """Sums of all rows so far, with room on both sides."""
    return np.cumsum(np.pad(a, ((PAD, PAD), (0, 0))), 0)


def _window(sums: Array, first: int, last: int) -> Array:
    """Sum over the rows from `first` to `last` places on, of each row; nothing beyond the ends."""
    rows = len(sums) - 2 * PAD
    return sums[PAD + last : PAD + last + rows] - sums[PAD + first - 1 : PAD + first - 1 + rows]
