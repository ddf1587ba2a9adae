"""Trained weights → the integer model file that the package ships.

    python -m lab export --model build/model.npz --out src/articlecli/data/zones.model

Rounds the weights, proves that no sum can leave its field, and checks the file against the same
integers in NumPy on random features. Beside the file, its SHA-256 is put into `models.sha256`.
"""

import json
from hashlib import sha256
from pathlib import Path

import numpy as np

from articlecli.model.features import Features
from articlecli.model.features.slots import VERSION
from articlecli.model.file import FORMAT, SUMS, parse_model
from articlecli.model.lanes import LIMIT, NARROW, ONE
from articlecli.model.network import zone_scores

TAP_SHIFT = 7
"""Weights of neighbours in steps of 1/128."""


def quantize(npz: dict[str, np.ndarray]) -> dict:
    """Integer weights and the shifts they go with."""
    width, layers = int(npz["width"]), int(npz["layers"])
    table = np.clip(np.rint(npz["embed.weight"] * ONE), -127, 127).astype(int)
    made = {
        "width": width,
        "table": table,
        "bias": np.rint(npz["bias"] * ONE).astype(int),
        "layers": [],
    }
    sizes = np.array([1, 1, 1, 1, 1, 4, 4, 16, 16])
    for i in range(layers):
        taps = npz[f"taps.{i}"] * npz[f"tap_mask{i}"] / sizes[None, :, None]
        taps = np.rint(taps * (1 << TAP_SHIFT)).astype(int)
        weights, bias = npz[f"mix.{i}.weight"] * npz[f"mask{i}"], npz[f"mix.{i}.bias"]
        shift = 7
        while np.abs(weights).max() * (1 << shift) > 2000:
            shift -= 1
        # The input's own reach: channels, sums of neighbours.
        reach = (np.abs(taps) * sizes[None, :, None]).sum(1) * ONE  # (2, width)
        assert reach.max() < LIMIT
        assert np.abs(taps).max() < NARROW
        reach = np.concatenate([np.full(width, ONE), *(reach >> TAP_SHIFT) + 1])
        assert reach.max() < NARROW
        made["layers"].append(
            {
                "taps": taps,
                "mix": _matrix(weights, bias, shift, reach),
                "shift": shift,
            }
        )
    scale = 256
    made["out"] = (
        np.rint(npz["out.weight"] * scale).astype(int),
        np.rint(npz["out.bias"] * scale * ONE).astype(int),
    )
    made["out_unit"] = 1 / (scale * ONE)
    return made


def _matrix(
    weights: np.ndarray, bias: np.ndarray, shift: int, reach: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Integer weights and bias; proves that no sum leaves its field."""
    weights = np.rint(weights * (1 << shift)).astype(int)
    # Half a step of 1 << shift, so that the shift rounds instead of cutting.
    bias = np.rint(bias * ONE * (1 << shift)).astype(int) + (1 << shift >> 1)
    assert ((np.abs(weights) * reach).sum(1) + np.abs(bias)).max() < LIMIT, "field overflow"
    assert np.abs(weights).max() < NARROW
    return weights, bias


def write(
    made: dict, facts: dict, transitions: np.ndarray, scale: float, temperature: float
) -> bytes:
    """Bytes of the model file."""
    header = {
        "format": FORMAT,
        "features": VERSION,
        "rows": len(made["table"]),
        "width": made["width"],
        "shifts": [[TAP_SHIFT, layer["shift"]] for layer in made["layers"]],
        "out_unit": made["out_unit"] * scale,
        "temperature": temperature,
        "transitions": [[round(float(v), 3) for v in row] for row in transitions],
        **facts,
    }
    numbers = [made["bias"]]
    for layer in made["layers"]:
        numbers += [layer["taps"].ravel()]
        weights, bias = layer["mix"]
        numbers += [weights.ravel(), bias]
    numbers += [made["out"][0].ravel(), made["out"][1]]
    flat = np.concatenate(numbers)
    body = (made["table"] + 128).astype(np.uint8).tobytes() + flat.astype("<i4").tobytes()
    return json.dumps(header, ensure_ascii=False).encode() + b"\n" + body


def reference(made: dict, features: Features) -> np.ndarray:
    """Scores by NumPy, with the same integers."""
    table = made["table"]
    a = np.stack([table[features.page + ids].sum(0) for ids in features.blocks]) + made["bias"]
    a = a.clip(0, ONE)
    for layer in made["layers"]:
        n = len(a)
        pad = np.pad(a, ((23, 23), (0, 0)))
        around = [pad[23 + o : 23 + o + n] for o in (0, -1, 1, -2, 2)]
        for lo, hi in ((3, 6), (7, 22)):
            for sign in (-1, 1):
                around.append(
                    sum(pad[23 + sign * k : 23 + sign * k + n] for k in range(lo, hi + 1))
                )
        around = np.stack(around)
        sums = ((around * t[:, None, :]).sum(0) >> TAP_SHIFT for t in layer["taps"])
        weights, bias = layer["mix"]
        a = ((np.concatenate([a, *sums], 1) @ weights.T + bias) >> layer["shift"]).clip(0, ONE)
    return a @ made["out"][0].T + made["out"][1]


def export(trained: Path, out: Path, temperature: float) -> None:
    """Write a trained archive as a model file; `calibrate` finds the temperature."""
    with np.load(trained) as npz:
        weights = dict(npz)
    made = quantize(weights)
    facts = json.loads(str(weights["facts"]))
    data = write(made, facts, weights["transitions"], float(weights["scale"]), temperature)
    rows = len(made["table"])
    model = parse_model(data, rows=rows)
    rng = np.random.default_rng(0)
    for count in (1, 2, 7, 40, 200):
        blocks = [rng.integers(0, rows, rng.integers(1, 60)).tolist() for _ in range(count)]
        features = Features(rng.integers(0, rows, 3).tolist(), blocks)
        assert np.array_equal(zone_scores(model, features), reference(made, features)), count
    out.write_bytes(data)
    note_sum(out)
    print(f"{out}: {len(data) / 1e6:.2f} MB, checked against NumPy")


def note_sum(out: Path) -> None:
    """Put the SHA-256 of a model into the list beside it, as `sha256sum` writes it."""
    sums = out.with_name(SUMS)
    lines = sums.read_text(encoding="ascii").splitlines() if sums.exists() else []
    others = [line for line in lines if line.split()[-1] != out.name]
    lines = sorted([*others, f"{sha256(out.read_bytes()).hexdigest()}  {out.name}"])
    sums.write_text("".join(f"{line}\n" for line in lines), encoding="ascii")
