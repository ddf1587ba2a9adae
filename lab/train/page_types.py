"""Train what tells a page's type: `data/page-types.model`.

    python -m lab page-types --out src/articlecli/data/page-types.model

A page's signs are those of `articlecli.model.page_features`, with the zones that the shipped model
gives it: train this again behind every new zone model. Each page is learned from as text and as
HTML, with and without its address, and stories also cut out of their page, as people keep them.
"""

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from articlecli.blocks import split_page
from articlecli.evidence import evidence_of
from articlecli.model import label_blocks
from articlecli.model.file import UNSIGNED
from articlecli.model.page_counts import WORDS, count_page
from articlecli.model.page_features import BUCKETS, VERSION, page_features
from articlecli.model.page_type import FORMAT, OF_ENTRIES, WIDTH
from articlecli.options import Options
from articlecli.read import read_page
from articlecli.zone import PAGE_KINDS
from lab.gold import pages
from lab.gold.types import AS_TYPE, labelled_pages
from lab.make.flatten import lines_of
from lab.train.export import note_sum

NEWS = ("naeb", "daniel", "fundus", "trafilatura")
"""Sets of articles."""
OF_EACH = 120
"""Pages of each of those that are learned from: they are all alike."""
KEPT = frozenset({"title", "lead", "body", "heading"})
"""Zones of a story that was cut out of its page."""
EPOCHS, RATE, BATCH = 40, 0.02, 256
DECAY = (1e-4, 3e-5)
"""Weight of the squares of the weights of words, and of the other signs."""
DROPPED = (0.5, 0.2)
"""Share of them that a step of training does not see: none may decide alone."""


def examples() -> Iterator[dict[str, Any]]:
    """Pages with their type, whether they have a story, and the page each way."""
    known = set()
    for page in labelled_pages():
        known.add((page["set"], page["id"]))
        cut = [
            line
            for line, zone in zip(page["lines"], page["zones"], strict=True)
            if page["story"] and zone in KEPT
        ]
        yield _example(page, page["page_type"], page["story"], page["lines"], cut)
    for name in ("wcxb", *NEWS):
        chosen = list(pages.load(name))
        for page in Random(0).sample(chosen, min(OF_EACH, len(chosen))) if name in NEWS else chosen:
            tree = pages.parse(page["html"])
            if (page["set"], page["id"]) in known or tree is None:
                continue
            lines = lines_of(pages.dom_blocks(tree), "wet", pages.page_title(tree), Random(0))[0]
            kind = page["type"] if name == "wcxb" else "article"
            yield _example(page, kind, kind not in OF_ENTRIES, lines, ())


def _example(
    page: dict[str, Any], kind: str, story: bool, lines: Sequence[str], cut: Sequence[str]
) -> dict[str, Any]:
    ways = {"text": "\n".join(lines), "html": page["html"], "cut": "\n".join(cut)}
    return {
        "fold": pages.fold(pages.site(page)),
        "type": PAGE_KINDS.index(AS_TYPE.get(kind, kind)),
        "story": story,
        "url": page.get("url"),
        "ways": {way: text for way, text in ways.items() if text},
    }


def signs_of(page: dict[str, Any]) -> dict[str, Any]:
    """The same without the page itself, with its signs each way, with its address and without."""
    found = {}
    for way, text in page["ways"].items():
        options = Options(input_format="html" if way == "html" else "text")
        for url in (page["url"], None):
            document = split_page(read_page(text, url=url, options=options))
            if not document.blocks:
                break
            evidence = evidence_of(document.blocks)
            if url == page["url"]:
                verdicts = label_blocks(document.blocks, evidence)
                counts = count_page(document.blocks, evidence, verdicts)
            found[way, bool(url)] = page_features(document, counts)
            if url is None or way == "cut":
                break
    return {key: page[key] for key in ("fold", "type", "story")} | {"signs": found}


def read_signs() -> list[dict[str, Any]]:
    """Signs of all examples; ten minutes on two cores."""
    with ProcessPoolExecutor(2) as pool:
        return list(pool.map(signs_of, examples(), chunksize=8))


def fit(rows: Sequence[dict[str, Any]]) -> tuple[np.ndarray, np.ndarray]:
    """Weights (BUCKETS, WIDTH) and bias (WIDTH,) of a logistic regression, float32."""
    import torch  # needed here alone
    from torch.nn import functional

    torch.manual_seed(0)
    torch.set_num_threads(1)
    samples = [(row, signs) for row in rows for signs in row["signs"].values()]
    share = torch.tensor([1 / len(row["signs"]) for row, _ in samples])
    types = torch.tensor([row["type"] for row, _ in samples])
    story = torch.tensor([float(row["story"]) for row, _ in samples])
    bags = [torch.tensor(signs) for _, signs in samples]
    table = torch.nn.EmbeddingBag(BUCKETS, WIDTH, mode="sum")
    torch.nn.init.zeros_(table.weight)
    bias = torch.nn.Parameter(torch.zeros(WIDTH))
    optimizer = torch.optim.Adam([table.weight, bias], lr=RATE)
    steps = EPOCHS * (len(samples) // BATCH + 1)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: 1 - step / steps)
    for _ in range(EPOCHS):
        for batch in torch.randperm(len(samples)).split(BATCH):
            ids = torch.cat([bags[i] for i in batch])
            sizes = torch.tensor([len(bags[i]) for i in batch])
            starts = torch.cat([torch.zeros(1, dtype=torch.long), sizes.cumsum(0)[:-1]])
            keep = torch.rand(len(ids)) > torch.where(ids < WORDS, *DROPPED)
            scores = table(ids, starts, per_sample_weights=keep.float()) + bias
            wrong = functional.cross_entropy(scores[:, :-1], types[batch], reduction="none")
            wrong = wrong + functional.binary_cross_entropy_with_logits(
                scores[:, -1], story[batch], reduction="none"
            )
            size = (table.weight[:WORDS] ** 2).sum() * DECAY[0]
            size = size + (table.weight[WORDS:] ** 2).sum() * DECAY[1]
            loss = (wrong * share[batch]).sum() / share[batch].sum() + size
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            schedule.step()
    kept = table.weight.detach().numpy()
    kept[:WORDS] *= 1 - DROPPED[0]
    kept[WORDS:] *= 1 - DROPPED[1]
    return kept, bias.detach().numpy()


def train_types(out: Path, command: str) -> None:
    """Train on all sites but the unseen ones, and write the file."""
    rows = [row for row in read_signs() if row["fold"] != pages.UNSEEN]
    weights, bias = fit(rows)
    write_types(out, weights, bias, len(rows), command)


def write_types(out: Path, weights: np.ndarray, bias: np.ndarray, count: int, command: str) -> None:
    """Write the file that the package ships; the largest weight is 127 steps."""
    unit = float(np.abs(weights).max()) / 127
    header = {
        "format": FORMAT,
        "features": VERSION,
        "unit": unit,
        "bias": [round(float(value), 4) for value in bias],
        "trained": date.today().isoformat(),
        "command": command,
        "pages": count,
    }
    table = np.rint(weights / unit).astype(int) + UNSIGNED
    out.write_bytes(json.dumps(header).encode() + b"\n" + table.astype(np.uint8).tobytes())
    note_sum(out)
