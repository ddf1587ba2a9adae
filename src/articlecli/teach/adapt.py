"""A zone model fitted to pages whose lines a person gave zones.

What a site's own words and class names mean is what the model that ships cannot know, so their rows
of its table are fitted, and nothing else: the layers above, and what all pages share (lengths,
places, stock phrases), stay. Each row is held to what it was, as strongly as the training pages
use it (`usage.py`): a class name of one site moves freely, a common word hardly. That is elastic
weight consolidation with second moments of the features in place of Fisher's information.

Source: J. Kirkpatrick and others, Overcoming catastrophic forgetting in neural networks, 2017.
Constants were chosen on labelled pages of unseen sites; `python -m lab teach` measures.
"""

from collections.abc import Callable, Sequence

import numpy as np
from msgspec import Struct

from articlecli.document import Block
from articlecli.evidence import evidence_of
from articlecli.model.features import page_and_block_features
from articlecli.model.file import MOST, UNSIGNED, ZONES, load_model
from articlecli.model.lanes import ONE
from articlecli.options import Adaptation, Fitted
from articlecli.read.adaptation import base_of
from articlecli.teach.gold import GoldPage
from articlecli.teach.network import Array, Network
from articlecli.teach.usage import FIRST, read_usage

RATE = 0.03
"""Step of each weight (Adam), of 1.0 = 127."""
DECAY, ANCHOR = 0.5, 1500.0
"""How strongly a row is held: for itself, and for being on all lines of the training pages; in
lines of the pages that it is fitted to."""
STOPS = (5, 10, 20, 30, 45, 70, 100)
"""Steps after which to stop."""
USUAL = 30
"""The same where there are too few pages to try."""
FEWEST, FOLDS = 3, 4
"""Pages from which each is left out in turn, to see when to stop; groups of them at most."""


class Fit(Struct, frozen=True):
    """How fitting one model went."""

    kind: str
    """`text` or `html`."""
    pages: int
    lines: int
    rows: int
    """Words, tags and class names whose rows were changed."""
    steps: int
    before: float
    """Share of the lines that the model that ships gives their zones, 0–1."""
    after: float | None
    """The same of pages that were left out of the fitting; `None` for fewer than three pages."""


class Sample(Struct, frozen=True):
    """A page as the network sees it."""

    sums: Array
    """(blocks, width) of all rows as they ship."""
    ids: list[list[int]]
    """Hashed features of each block."""
    zones: Array
    """(blocks,) numbers of the zones, -1 where nobody gave one."""


class Uses:
    """Which of some rows each block of a page adds up.

    Args:
        sample: The page.
        numbers: Of the rows, ascending.

    """

    def __init__(self, sample: Sample, numbers: Array) -> None:
        at = {number: i for i, number in enumerate(numbers.tolist())}
        # Each block adds up a row of zeros too, as none may be without any.
        rows = [[*(at[n] for n in own if n in at), len(at)] for own in sample.ids]
        self._rows = np.array([row for own in rows for row in own], int)
        self._starts = np.cumsum([0, *map(len, rows[:-1])])
        order = np.argsort(self._rows, kind="stable")
        owners: Array = np.repeat(np.arange(len(rows)), [len(own) for own in rows])
        self._owners = owners[order]
        self._used, self._groups = np.unique(self._rows[order], return_index=True)

    def sums(self, rows: Array) -> Array:
        """(blocks, width) sums of each block's rows."""
        padded = np.concatenate([rows, np.zeros((1, rows.shape[1]))])
        return np.add.reduceat(padded[self._rows], self._starts)

    def add(self, of_blocks: Array, total: Array) -> None:
        """Add to each row what the blocks that use it have: the reverse of `sums`."""
        sums = np.add.reduceat(of_blocks[self._owners], self._groups)
        total[self._used[:-1]] += sums[:-1]


def adapt(
    gold: Sequence[GoldPage], say: Callable[[str], None] = lambda _: None
) -> tuple[Adaptation, list[Fit]]:
    """Models fitted to pages: that for text to pages of text and Markdown, that for HTML to HTML.

    Args:
        gold: The pages.
        say: Gets a line of progress now and then.

    Returns:
        The models, for `Options.model`, and how it went. The same pages in the same order give the
        same numbers on the same machine.

    """
    fitted: dict[str, Fitted] = {}
    fits = []
    for kind in ("text", "html"):
        pages = [page for page in gold if page.blocks and _kind(page.blocks) == kind]
        if pages:
            say(f"{len(pages)} page{'s' if len(pages) > 1 else ''} of {kind}")
            fitted[kind], fit = _fitted(kind, pages, say)
            fits.append(fit)
    return Adaptation(fitted.get("text"), fitted.get("html")), fits


def _kind(blocks: Sequence[Block]) -> str:
    return "html" if any(block.markup for block in blocks) else "text"


def _fitted(kind: str, pages: Sequence[GoldPage], say: Callable[[str], None]) -> tuple[Fitted, Fit]:
    network = Network(load_model(markup=kind == "html"))
    samples = [_sample(network, page) for page in pages]
    held = DECAY + ANCHOR * np.array(read_usage())
    steps, after = USUAL, None
    if len(samples) >= FEWEST:
        folds = min(FOLDS, len(samples))
        trials = []
        for fold in range(folds):
            say(f"without {fold + 1} of {folds}")
            kept = [s for i, s in enumerate(samples) if i % folds != fold]
            left = [s for i, s in enumerate(samples) if i % folds == fold]
            trials.append(_trial(network, kept, left, held))
        loss, right = np.sum(trials, 0)
        best = int(loss.argmin())
        steps = (0, *STOPS)[best]
        after = float(right[best] / _lines(samples))
    model = _packed(kind, network, *descend(network, samples, held, (steps,))[-1])
    lines = _lines(samples)
    before = _judged(network, samples, (np.zeros(0, int), np.zeros((0, network.width))))[1] / lines
    return model, Fit(kind, len(pages), lines, len(model.rows), steps, before, after)


def _packed(kind: str, network: Network, numbers: Array, changes: Array) -> Fitted:
    """Rows that changed by a whole step or more, as the model's file has them."""
    moved = np.rint(changes * ONE).any(1)
    numbers, changes = numbers[moved], changes[moved]
    ships = np.array([network.row(n) for n in numbers]).reshape(len(numbers), network.width)
    weights = np.rint((ships + changes) * ONE).clip(-UNSIGNED + 1, UNSIGNED - 1) + UNSIGNED
    return Fitted(base_of(kind), tuple(numbers.tolist()), weights.astype(np.uint8).tobytes())


def _sample(network: Network, page: GoldPage) -> Sample:
    features = page_and_block_features(page.blocks, evidence_of(page.blocks))
    ids = [[n for n in own[:MOST] if n >= FIRST] for own in features.blocks]
    zones = [-1 if zone is None else ZONES.index(zone) for zone in page.zones]
    return Sample(network.embedded(features), ids, np.array(zones))


def _lines(samples: Sequence[Sample]) -> int:
    return max(int(sum((sample.zones >= 0).sum() for sample in samples)), 1)


def _trial(
    network: Network, kept: Sequence[Sample], left: Sequence[Sample], held: Array
) -> list[list[float]]:
    """Loss and right lines of pages left out, at each stop; the first is no step at all."""
    runs = descend(network, kept, held, STOPS)
    nothing = (runs[0][0], np.zeros_like(runs[0][1]))
    judged = [_judged(network, left, run) for run in (nothing, *runs)]
    return [[loss for loss, _ in judged], [right for _, right in judged]]


def _judged(network: Network, samples: Sequence[Sample], run: tuple[Array, Array]) -> list[float]:
    """Minus log likelihood of the zones, and the lines whose best zone is right."""
    loss = right = 0.0
    for sample in samples:
        scores, _ = network.scores(sample.sums + Uses(sample, run[0]).sums(run[1]))
        p, sure = _probabilities(scores), sample.zones >= 0
        loss -= float(np.log(p[sure, sample.zones[sure]] + 1e-12).sum())
        right += float((p.argmax(1) == sample.zones)[sure].sum())
    return [loss, right]


def descend(
    network: Network, samples: Sequence[Sample], held: Array, stops: Sequence[int]
) -> list[tuple[Array, Array]]:
    """Numbers of the rows that the pages use, and how each is changed after so many steps.

    Args:
        network: The network.
        samples: The pages.
        held: How strongly each hashed feature is held to its row.
        stops: Numbers of steps, ascending.

    """
    used = sorted({n for sample in samples for own in sample.ids for n in own})
    numbers = np.array(used, int)
    changes = np.zeros((len(numbers), network.width))
    uses = [Uses(sample, numbers) for sample in samples]
    hold, lines = held[numbers - FIRST][:, None], _lines(samples)
    slope, square = np.zeros_like(changes), np.zeros_like(changes)
    out = [(numbers, changes.copy())] if 0 in stops else []
    for step in range(1, max(stops) + 1):
        total = hold * changes
        for sample, use in zip(samples, uses, strict=True):
            scores, free = network.scores(sample.sums + use.sums(changes))
            wrong = _probabilities(scores)
            sure = sample.zones >= 0
            wrong[sure, sample.zones[sure]] -= 1
            use.add(network.gradient(wrong * sure[:, None], free), total)
        total /= lines
        slope = 0.9 * slope + 0.1 * total
        square = 0.99 * square + 0.01 * total**2
        rate = RATE / (1 - 0.9**step)
        changes -= rate * slope / (np.sqrt(square / (1 - 0.99**step)) + 1e-8)
        if step in stops:
            out.append((numbers, changes.copy()))
    return out


def _probabilities(scores: Array) -> Array:
    e = np.exp(scores - scores.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)
