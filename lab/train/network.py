"""The zone model's network in PyTorch, and its losses.

`articlecli.model.network` evaluates the same network with integers.

An embedding bag over a block's features, layers that mix each block with what stands around it,
and a score for each zone; then transitions between the zones of a page (a linear chain).
"""

import json
from pathlib import Path

import numpy as np
import torch
from torch import nn

from articlecli.model.lanes import ONE
from articlecli.zone import Zone

ZONES = len(Zone)
GAP = 24
"""Empty rows between pages, so that no window reaches into the next page."""
WINDOWS = ((3, 6), (7, 22))
WINDOW_SIZES = (1, 1, 1, 1, 1, 4, 4, 16, 16)
"""Blocks in each of the nine things that stand around a block."""
OUT_SCALE = 256
"""Distances over which blocks before and after are averaged."""


def read_net(path: Path) -> "Net":
    """The network of an archive that `train.py` wrote."""
    with np.load(path) as npz:
        net = Net(len(npz["embed.weight"]), int(npz["width"]), int(npz["layers"]))
        net.load_state_dict({name: torch.from_numpy(npz[name]) for name in net.state_dict()})
    return net.eval()


def read_shipped(path: Path, rows: int) -> "Net":
    """The network of a model file that `export` wrote, its integers as numbers again.

    Weights that were pruned stay zero.
    """
    data = path.read_bytes()
    head, _, body = data.partition(b"\n")
    header = json.loads(head)
    width = header["width"]
    if header["rows"] != rows:
        raise ValueError(f"{path} is for {header['rows']} features, the examples have {rows}")
    net = Net(rows, width, len(header["shifts"]))
    table = np.frombuffer(body[: rows * width], np.uint8).astype(np.float32) - 128
    numbers = np.frombuffer(body[rows * width :], "<i4").astype(np.float32)
    at = 0

    def take(*shape: int) -> torch.Tensor:
        nonlocal at
        size = int(np.prod(shape))
        at += size
        return torch.from_numpy(numbers[at - size : at].reshape(shape).copy())

    sizes = torch.tensor(WINDOW_SIZES, dtype=torch.float32)
    with torch.no_grad():
        net.embed.weight.copy_(torch.from_numpy(table.reshape(rows, width)) / ONE)
        net.bias.copy_(take(width) / ONE)
        for i, (tap_shift, shift) in enumerate(header["shifts"]):
            taps = take(2, 9, width) / (1 << tap_shift) * sizes[None, :, None]
            weights, bias = take(width, 3 * width), take(width)
            net.taps[i].copy_(taps)
            net.get_buffer(f"tap_mask{i}").copy_((taps != 0).float())
            net.mix[i].weight.copy_(weights / (1 << shift))
            net.get_buffer(f"mask{i}").copy_((weights != 0).float())
            net.mix[i].bias.copy_((bias - (1 << shift >> 1)) / (ONE * (1 << shift)))
        scale = OUT_SCALE
        net.out.weight.copy_(take(ZONES, width) / scale)
        net.out.bias.copy_(take(ZONES) / (scale * ONE))
    return net


class Net(nn.Module):
    """What `articlecli.model.network` evaluates; see there for the shapes.

    Args:
        rows: Features there are.
        width: Channels of a block.
        layers: Layers that mix a block with its neighbours.

    """

    def __init__(self, rows: int, width: int, layers: int) -> None:
        super().__init__()
        self.embed = nn.EmbeddingBag(rows, width, mode="sum")
        nn.init.normal_(self.embed.weight, std=0.05)
        self.bias = nn.Parameter(torch.full((width,), 0.3))
        self.taps = nn.ParameterList()
        self.mix = nn.ModuleList()
        for _ in range(layers):
            self.taps.append(nn.Parameter(torch.randn(2, 9, width) * 0.3))
            self.mix.append(nn.Linear(3 * width, width))
        for i, (mix, taps) in enumerate(zip(self.mix, self.taps, strict=True)):
            self.register_buffer(f"mask{i}", torch.ones_like(mix.weight))
            self.register_buffer(f"tap_mask{i}", torch.ones_like(taps))
        self.out = nn.Linear(width, ZONES)

    def forward(
        self,
        ids: torch.Tensor,
        offsets: torch.Tensor,
        place: torch.Tensor,
        length: int,
        drop: float = 0.0,
    ) -> torch.Tensor:
        """ids/offsets: bag of each block; place: row of each block in the gapped sequence."""
        bag = self.embed(ids, offsets) + self.bias
        bag = bag.clamp(0, 1)
        live = torch.zeros(length, 1)
        live[place] = 1
        a = torch.zeros(length, bag.shape[1]).index_copy(0, place, bag)
        for i, (taps, mix) in enumerate(zip(self.taps, self.mix, strict=True)):
            a = nn.functional.dropout(a, drop, self.training)
            around = contexts(a)
            kept = taps * self.get_buffer(f"tap_mask{i}")
            d = (around[None] * kept[:, :, None, :]).sum(1)
            weight = mix.weight * self.get_buffer(f"mask{i}")
            a = (
                nn.functional.linear(torch.cat([a, d[0], d[1]], 1), weight, mix.bias).clamp(0, 1)
                * live
            )
        a = nn.functional.dropout(a, drop, self.training)
        return self.out(a[place])

    def prune(self, density: float) -> None:
        """Keep the largest weights of each matrix; the others stay zero from now on.

        Of the neighbours' weights more are kept: they are few, and each does more.
        """
        for i, (mix, taps) in enumerate(zip(self.mix, self.taps, strict=True)):
            _keep(mix.weight, self.get_buffer(f"mask{i}"), density)
            _keep(taps, self.get_buffer(f"tap_mask{i}"), (1 + density) / 2)


def _keep(weights: torch.Tensor, mask: torch.Tensor, share: float) -> None:
    size = (weights * mask).detach().abs()
    floor = size.flatten().kthvalue(max(1, int((1 - share) * size.numel()))).values
    mask.copy_((size > floor).float())


def contexts(a: torch.Tensor) -> torch.Tensor:
    """(rows, width) → (9, rows, width): neighbours and means of windows before and after."""
    rows = a.shape[0]
    pad = nn.functional.pad(a, (0, 0, GAP, GAP))
    sums = nn.functional.pad(pad.cumsum(0), (0, 0, 1, 0))

    def window(lo: int, hi: int) -> torch.Tensor:
        s = GAP + lo
        e = GAP + hi + 1
        return (sums[e : e + rows] - sums[s : s + rows]) / (hi - lo + 1)

    out = [pad[GAP + o : GAP + o + rows] for o in (0, -1, 1, -2, 2)]
    for near, far in WINDOWS:
        out += [window(-far, -near), window(near, far)]
    return torch.stack(out)


def set_loss(
    logits: torch.Tensor, bits: torch.Tensor, weight: torch.Tensor, smooth: float = 0.004
) -> torch.Tensor:
    """Minus log of the probability that the zone is one of the allowed, weighted."""
    logp = logits.log_softmax(1)
    inside = logp.masked_fill(~bits, -1e9).logsumexp(1)
    open_ = bits.all(1)
    loss = -(inside * weight)[~open_].sum() / weight[~open_].sum()
    return loss - smooth * logp.mean()


def soft_loss(logits: torch.Tensor, soft: torch.Tensor, weight: torch.Tensor) -> torch.Tensor:
    """Cross entropy with the probabilities that others gave, weighted."""
    loss = -(soft * logits.log_softmax(1)).sum(1)
    return (loss * weight).sum() / weight.sum()


class Chain(nn.Module):
    """Transitions between zones, on top of scores that stay as they are."""

    def __init__(self) -> None:
        super().__init__()
        self.between = nn.Parameter(torch.zeros(ZONES, ZONES))
        self.scale = nn.Parameter(torch.tensor(1.0))

    def loss(self, scores: torch.Tensor, bits: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        """Minus log likelihood a block of the allowed zones of padded pages (pages, blocks, 12)."""
        scores = scores * self.scale
        total = self._sum(scores, lengths)
        allowed = self._sum(scores.masked_fill(~bits, -1e4), lengths)
        return (total - allowed).sum() / lengths.sum()

    def _sum(self, scores: torch.Tensor, lengths: torch.Tensor) -> torch.Tensor:
        a = scores[:, 0]
        for t in range(1, scores.shape[1]):
            b = (a[:, :, None] + self.between).logsumexp(1) + scores[:, t]
            a = torch.where((t < lengths)[:, None], b, a)
        return a.logsumexp(1)
