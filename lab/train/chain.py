"""Transitions between the zones of a page: fitting them, and the likeliest sequence."""

from collections.abc import Sequence

import numpy as np
import torch

from lab.train.batches import Batcher
from lab.train.network import Chain, Net


def viterbi(scores: torch.Tensor, chain: Chain) -> np.ndarray:
    """The likeliest sequence of zones."""
    between = chain.between.detach().numpy()
    rows = (scores * chain.scale).detach().numpy()
    best, back = rows[0], []
    for row in rows[1:]:
        ways = best[:, None] + between
        back.append(ways.argmax(0))
        best = ways.max(0) + row
    path = [int(best.argmax())]
    for pointers in reversed(back):
        path.append(int(pointers[path[-1]]))
    return np.array(path[::-1])


def fit_chain(net: Net, batcher: Batcher, chosen: Sequence[int], rng: np.random.Generator) -> Chain:
    """Transitions (and the scale of the scores) that make the gold sequences likeliest."""
    net.eval()
    chain = Chain()
    opt = torch.optim.Adam(chain.parameters(), lr=0.03)
    made = []
    with torch.no_grad():
        for i in chosen:
            given, bits, _ = batcher([i], train=False)
            made.append((net(*given), bits))
    made.sort(key=lambda pair: len(pair[0]))
    groups = [made[s : s + 16] for s in range(0, len(made), 16)]
    for epoch in range(4):
        losses = []
        for g in rng.permutation(len(groups)):
            group = groups[g]
            lengths = torch.tensor([len(scores) for scores, _ in group])
            scores = torch.nn.utils.rnn.pad_sequence([s for s, _ in group], batch_first=True)
            bits = torch.nn.utils.rnn.pad_sequence([b for _, b in group], batch_first=True)
            loss = chain.loss(scores, bits, lengths) + 1e-4 * (chain.between**2).sum()
            opt.zero_grad()
            loss.backward()
            opt.step()
            losses.append(loss.item())
        print(
            "chain", epoch, f"{np.mean(losses):.4f}", f"scale {chain.scale.item():.3f}", flush=True
        )
    return chain
