"""Two networks in one, side by side: the scores are the weighted mean of theirs.

    python -m lab join --model zones-html.model --beside zones.model --share 0.35 --out build/joined.npz

The model for HTML leans on the tags of the sites it saw; the model for text has never seen one.
Two that were trained from other first numbers err on other pages. Where a site is new their mean is
right more often than either. Both have layers of the same form, so the mean is one network again: the
channels of both, and no weight between the two halves.
"""

import json
from pathlib import Path

import numpy as np

from articlecli.model.lanes import ONE
from lab.train.network import OUT_SCALE, read_shipped

UNIT = 1 / (OUT_SCALE * ONE)
"""What a score of 1 is in logits before a file's own scale."""


def join(model: Path, beside: Path, out: Path, share: float) -> None:
    """Write the archive of the joined network.

    Args:
        model: A model file, that for HTML where the other is for text; its transitions stay.
        beside: The other.
        out: Archive to write.
        share: Weight of the other in the scores, 0–1.

    """
    heads = [json.loads(path.read_bytes().partition(b"\n")[0]) for path in (model, beside)]
    nets = [
        {name: weights.numpy() for name, weights in net.state_dict().items()}
        for net in (read_shipped(model, heads[0]["rows"]), read_shipped(beside, heads[1]["rows"]))
    ]
    made, rows = {}, heads[0]["rows"]
    # Logits as each file means them, then divided by how sure it may be.
    factors = [
        weight * head["out_unit"] * heads[0]["temperature"] / head["temperature"] / UNIT
        for weight, head in zip((1 - share, share), heads, strict=True)
    ]
    for name in nets[0]:
        own, other = (net[name] for net in nets)
        if name == "embed.weight":
            other = np.pad(other, ((0, rows - len(other)), (0, 0)))
        if name == "out.bias":
            made[name] = own * factors[0] + other * factors[1]
        elif name == "out.weight":
            made[name] = np.concatenate([own * factors[0], other * factors[1]], 1)
        elif name.startswith("mask") or (name.startswith("mix") and name.endswith("weight")):
            made[name] = _side_by_side(own, other)
        else:  # the embedding, its bias, the neighbours' weights, a layer's bias
            made[name] = np.concatenate([own, other], -1)
    facts = {key: heads[0][key] for key in ("trained", "pages", "labelled_by_reading")}
    facts["command"] = f"{heads[0]['command']}; then joined with another"
    np.savez(
        out,
        width=sum(head["width"] for head in heads),
        layers=len(heads[0]["shifts"]),
        transitions=np.array(heads[0]["transitions"]),
        scale=1.0,
        facts=json.dumps(facts),
        **made,
    )


def _side_by_side(own: np.ndarray, other: np.ndarray) -> np.ndarray:
    """Mixing weights (width, 3 × width) of two networks: channels, and their two sums, in turn."""
    made = np.zeros((len(own) + len(other), own.shape[1] + other.shape[1]), own.dtype)
    at = 0
    for a, b in zip(np.split(own, 3, 1), np.split(other, 3, 1), strict=True):
        made[: len(own), at : at + a.shape[1]] = a
        made[len(own) :, at + a.shape[1] : at + a.shape[1] + b.shape[1]] = b
        at += a.shape[1] + b.shape[1]
    return made
