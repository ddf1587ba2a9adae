"""A batch on a Ray cluster: the same bytes as on one machine, whatever dies."""

import importlib.util
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import SAMPLES, TOTALS

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="needs the extra ray"),
    pytest.mark.filterwarnings("ignore"),  # Ray leaves sockets and files to the collector
]

PAGE = (SAMPLES / "agency-en.txt").read_text(encoding="utf-8")
FAULTS = """
import os, signal, time
from articlecli.batch import pool
from articlecli.extractor import Extractor

extract_page = Extractor.extract_page
pool.GRACE = 1.0

def faulty(extractor, page, **more):
    if "a deadly page" in page.text:
        os.kill(os.getpid(), signal.SIGKILL)
    if "an endless page" in page.text:
        time.sleep(60)
    if "a stuck page" in page.text:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
        time.sleep(60)
    if "a slow page" in page.text:
        time.sleep(0.03)
    return extract_page(extractor, page, **more)

Extractor.extract_page = faulty
"""
"""Put in every interpreter's start: pages that do to a worker what no page of ours does."""


def page(number: int, word: str = "a") -> str:
    """One of many pages, with a word that makes it a bad one."""
    return PAGE.replace("the", f"the {number}", 3) + f"\n\nThis is {word} page.\n"


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Two nodes of two cores each, all with the faults."""
    site = tmp_path_factory.mktemp("site")
    (site / "sitecustomize.py").write_text(FAULTS)
    given = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    paths = [os.path.abspath(path) for path in given if path]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join([str(site), *paths]))
        patch.setenv("RAY_USAGE_STATS_ENABLED", "0")
        from ray.cluster_utils import Cluster

        nodes = Cluster(
            initialize_head=True, head_node_args={"num_cpus": 2, "include_dashboard": False}
        )
        nodes.add_node(num_cpus=2)
        yield nodes
        nodes.shutdown()


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    """Pages and shards, some of which kill, hang or are none."""
    folder = tmp_path / "in"
    (folder / "more").mkdir(parents=True)
    for number in range(40):
        (folder / "more" / f"p{number:02}.txt").write_text(page(number))
    (folder / "more" / "p17.txt").write_text(page(17, "a deadly"))
    (folder / "more" / "gone.txt").symlink_to(folder / "nowhere")
    shards: dict[str, dict[int, str]] = {
        "a": {},
        "b": {50: "a deadly"},
        "c": {3: "an endless"},
        "d": {},
    }
    for name, bad in shards.items():
        rows = [json.dumps({"id": n, "text": page(n, bad.get(n, "a"))}) for n in range(90)]
        (folder / f"{name}.jsonl").write_text("\n".join([*rows, "no json"]) + "\n")
    return folder


def start(source: Path, out: Path, *more: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "articlecli", "batch", str(source), "-o", str(out), "-q",
               "--page-time", "1", *more]  # fmt: skip
    return subprocess.Popen(
        command, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )


def finish(process: subprocess.Popen[bytes], status: int) -> None:
    said, errors = process.communicate(timeout=50)
    assert process.returncode == status, errors.decode()
    assert said == b""


def results(out: Path) -> dict[str, Any]:
    """Every byte that counts: outputs, failures, and the totals."""
    notes = out / "_run" if out.is_dir() else Path(f"{out}._run")
    files = [path for path in sorted(out.rglob("*")) if path.is_file()] if out.is_dir() else [out]
    found: dict[str, Any] = {
        str(path.relative_to(out)): path.read_bytes() for path in files if "_run" not in path.parts
    }
    found["errors"] = (notes / "errors.jsonl").read_bytes()
    report = json.loads((notes / "report.json").read_text())
    assert not (notes / "parts").exists()
    return found | {key: report[key] for key in TOTALS}


def wait_for(what: Callable[[], bool], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < end
        time.sleep(0.05)


@pytest.mark.parametrize(
    ("output", "more"), [("out", []), ("out.jsonl", []), ("out", ["--learn-furniture"])]
)
def test_the_same_bytes(
    cluster: Any, pages: Path, tmp_path: Path, output: str, more: list[str]
) -> None:
    """Outputs, failures and totals are the local engine's; a page that kills costs only itself."""
    (tmp_path / "ray").mkdir()
    (tmp_path / "local").mkdir()
    there, here = tmp_path / "ray" / output, tmp_path / "local" / output
    finish(start(pages, there, "--engine", "ray", "--address", cluster.address, *more), 1)
    finish(start(pages, here, *more), 1)
    assert results(there) == results(here)
    told = [json.loads(line) for line in results(there)["errors"].splitlines()]
    reasons = {(line["input"], line["record"]): line["reason"] for line in told}
    assert reasons == {
        ("b.jsonl", "50"): "killed",
        ("c.jsonl", "3"): "time",
        ("more/gone.txt", None): "unreadable",
        ("more/p17.txt", None): "killed",
        **{(f"{name}.jsonl", "91"): "unreadable" for name in "abcd"},
    }


def test_a_page_stuck_beyond_python(cluster: Any, tmp_path: Path) -> None:
    """A page that no signal reaches ends with its time, and the others are done."""
    folder = tmp_path / "in"
    folder.mkdir()
    for number, word in enumerate(["a", "a stuck", "a"]):
        (folder / f"p{number}.txt").write_text(page(number, word))
    finish(start(folder, tmp_path / "out", "--engine", "ray", "--address", cluster.address), 1)
    found = results(tmp_path / "out")
    assert (found["pages"], found["done"]) == (3, 2)
    assert found["reasons"] == {"failed: time": 1}


@pytest.fixture(scope="module")
def slow(cluster: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, Any]]:
    """Shards that take a second or two each, and what a calm run on this machine makes of them."""
    assert cluster  # its faults are wanted here too
    root = tmp_path_factory.mktemp("slow")
    (root / "in").mkdir()
    for name in "abcdefgh":
        rows = [json.dumps({"text": page(number, "a slow")}) for number in range(48)]
        (root / "in" / f"{name}.jsonl").write_text("\n".join([*rows, "no json"]) + "\n")
    finish(start(root / "in", root / "calm"), 1)
    return root / "in", results(root / "calm")


def test_a_lost_machine(cluster: Any, slow: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    """What a machine held that died in mid run is done by another, to the same bytes."""
    source, calm = slow
    doomed = cluster.add_node(num_cpus=2)
    out = tmp_path / "out"
    running = start(source, out, "--engine", "ray", "--address", cluster.address)
    # More shards are begun than the nodes that stay have cores.
    wait_for(lambda: len(list((out / "_run" / "parts").glob("*"))) > 4)
    cluster.remove_node(doomed, allow_graceful=False)
    assert running.poll() is None
    finish(running, 1)
    assert results(out) == calm


@pytest.mark.parametrize("after", ["ray", "local"])
def test_a_killed_driver(
    cluster: Any, slow: tuple[Path, dict[str, Any]], tmp_path: Path, after: str
) -> None:
    """A run whose driver was killed goes on, on the cluster or here, and keeps finished shards."""
    source, calm = slow
    there = ("--engine", "ray", "--address", cluster.address)
    out = tmp_path / "out"
    running = start(source, out, *there)
    wait_for(lambda: any((out / "_run" / "parts").glob("*.tally")))
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate()
    finish(start(source, out, *(there if after == "ray" else ())), 1)
    assert results(out) == calm


def test_begun_here_and_finished_there(
    cluster: Any, slow: tuple[Path, dict[str, Any]], tmp_path: Path
) -> None:
    """A run that stopped on one machine in mid shard goes on with a cluster."""
    source, calm = slow
    out = tmp_path / "out"
    running = start(source, out)
    state = out / "_run" / "state.json"
    wait_for(lambda: state.exists() and json.loads(state.read_text())["place"][1] > 0)
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate()
    finish(start(source, out, "--engine", "ray", "--address", cluster.address), 1)
    assert results(out) == calm


def test_told_to_end(cluster: Any, slow: tuple[Path, dict[str, Any]], tmp_path: Path) -> None:
    """A driver that is told to end does so, as any command does, and can go on."""
    source, _ = slow
    out = tmp_path / "out"
    running = start(source, out, "--engine", "ray", "--address", cluster.address)
    wait_for(lambda: any((out / "_run" / "parts").glob("*")))
    running.terminate()
    finish(running, 128 + signal.SIGTERM)
    assert not json.loads((out / "_run" / "state.json").read_text())["finished"]


def test_no_cluster(tmp_path: Path) -> None:
    """An address where nothing answers is one sentence."""
    (tmp_path / "p.txt").write_text(PAGE)
    process = start(tmp_path / "p.txt", tmp_path / "o", "--engine", "ray", "--address", "nonsense")
    _, errors = process.communicate(timeout=50)
    assert process.returncode == 1
    assert b"--address" in errors
    assert b"Traceback" not in errors
