"""Pages a second of a batch by engine, on this machine: its own pool, Ray tasks, Ray Data.

    python -m lab engines        # some minutes; needs ray[data]

The shards are WET files of flat pages, put together from `crowd.py`'s until they are as long as a
page of a crawl. Each engine reads them, extracts, and writes JSON; Ray's start is timed by itself.
Ray Data is what `--engine ray` was weighed against: records through `map_batches`, written as
Parquet, without accounting, limits or a way to go on. The engines take turns, and the best of each
one's rounds counts. Prints a table.
"""

import gzip
import os
import sys
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from shutil import rmtree
from typing import Any

from articlecli import extract, to_json
from articlecli.batch import Job, destination_of, run
from articlecli.ext.ray import RayEngine
from articlecli.options import Options
from articlecli.read.records import Fields, read_records
from lab.load.crowd import made_pages


def make_shards(folder: Path, pages: int, shards: int, length: int) -> None:
    """WET files of flat pages, each put together from samples until it is long enough."""
    folder.mkdir()
    texts = (text for name, text in made_pages(sys.maxsize) if name.endswith(".txt"))
    files = [gzip.open(folder / f"s{n:02}.warc.wet.gz", "wb", 6) for n in range(shards)]  # noqa: SIM115
    for number in range(pages):
        page = b""
        while len(page) < length:
            page += next(texts).encode()
        head = (
            "WARC/1.0\r\nWARC-Type: conversion\r\nWARC-Date: 2026-01-01T00:00:00Z\r\n"
            f"WARC-Record-ID: <urn:uuid:{number}>\r\nContent-Type: text/plain\r\n"
            f"WARC-Target-URI: https://crowd.example/{number}\r\nContent-Length: {len(page)}\r\n"
        )
        files[number % shards].write(f"{head}\r\n".encode() + page + b"\r\n\r\n")
    for file in files:
        file.close()


def read_shard(row: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A file → its pages, as rows of Ray Data."""
    for record in read_records(row["item"], "warc", Fields()):
        yield {"id": record.id, "url": record.url, "page": record.source}


def extract_rows(rows: dict[str, Any]) -> dict[str, Any]:
    """A block of Ray Data: pages → articles."""
    options = Options(input_format="text", encoding="utf-8")
    pages = zip(rows["page"], rows["url"], strict=True)
    return {"json": [to_json(extract(page, url=url, options=options)) for page, url in pages]}


def with_ray_data(source: Path, out: Path) -> None:
    """A run by Ray Data."""
    import ray.data

    ray.data.DataContext.get_current().enable_progress_bars = False
    pages = ray.data.from_items(sorted(map(str, source.iterdir()))).flat_map(read_shard)
    pages.map_batches(extract_rows, batch_size=32, batch_format="numpy").write_parquet(str(out))


def cpu_a_page(shard: Path, pages: int = 300) -> float:
    """Milliseconds of one core for a page, whatever else runs on the machine."""
    records = islice(read_records(str(shard), "warc", Fields()), pages)
    extract("warm")
    began, done = time.process_time(), 0
    for done, record in enumerate(records, 1):  # noqa: B007  # counted
        assert record.source is not None
        to_json(extract(record.source, options=Options(input_format="text", encoding="utf-8")))
    return 1000 * (time.process_time() - began) / done


def with_batch(source: Path, out: Path, workers: int, engine: Any) -> None:
    """A run of `batch`."""
    job = Job((str(source),), destination_of(str(out)), workers, quiet=True)
    assert run(job, engine).finished


@dataclass(frozen=True)
class Race:
    """What the engines are given."""

    pages: int
    length: int
    """Bytes of a page, at the least."""
    shards: int
    rounds: int
    workers: int


def race_engines(race: Race) -> None:
    """Let the engines take turns, and print the table."""
    warnings.simplefilter("ignore")
    os.environ |= {"RAY_USAGE_STATS_ENABLED": "0", "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0"}
    import ray

    workers = race.workers
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        source, out = root / "in", root / "out"
        make_shards(source, race.pages, race.shards, race.length)
        packed = sum(path.stat().st_size for path in source.iterdir()) / 1e6
        size = sum(
            len(record.source or b"")
            for path in source.iterdir()
            for record in read_records(str(path), "warc", Fields())
        )
        cpu = cpu_a_page(next(source.iterdir()))
        began = time.perf_counter()
        ray.init("local", num_cpus=workers, include_dashboard=False, log_to_driver=False,
                 logging_level="ERROR")  # fmt: skip
        start = time.perf_counter() - began
        engines: dict[str, Callable[[], None]] = {
            "`--engine local`": lambda: with_batch(source, out, workers, None),
            "`--engine ray` (tasks)": lambda: with_batch(
                source, out, workers, RayEngine(None, workers)
            ),
            "Ray Data": lambda: with_ray_data(source, out),
        }
        best = dict.fromkeys(engines, float("inf"))
        for _ in range(race.rounds):
            for engine, call in engines.items():
                began = time.perf_counter()
                call()
                best[engine] = min(best[engine], time.perf_counter() - began)
                rmtree(out)
                print(f"{engine}: {best[engine]:.1f} s", file=sys.stderr)
        print(f"{race.pages} pages in {race.shards} shards of {packed:.0f} MB packed, "
              f"{size / race.pages:.0f} bytes a page; {workers} workers, best of "
              f"{race.rounds}; Ray {ray.__version__} starts in {start:.1f} s; "
              f"{cpu:.1f} ms of one core a page\n")  # fmt: skip
        print("| engine | pages a second | MB a second |\n|---|---|---|")
        for engine, seconds in best.items():
            print(f"| {engine} | {race.pages / seconds:.0f} | {size / 1e6 / seconds:.2f} |")
