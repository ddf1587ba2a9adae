"""A run that is stopped, whenever and however often, ends in the bytes of a calm run."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from articlecli.batch.outcome import Outcome
from articlecli.batch.worker import Instructions
from articlecli.disk import locked
from articlecli.read.records import Record
from tests import ROOT

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="stops forked processes")


def stopped(*args: str) -> None:
    done = subprocess.run([sys.executable, "-m", "tests.batch.stops", *args], cwd=ROOT,
                          capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "every run ended in the calm run's bytes" in done.stdout


def test_some_moments() -> None:
    """Chains of kills and Ctrl-Cs at moments of a run's writing, to each kind of output."""
    stopped("--chains", "2")


@pytest.mark.slow
def test_every_moment() -> None:
    """Each operation on a file, killed before it and interrupted at it; longer chains besides."""
    stopped("--every", "--chains", "20", "--seed", "3")


def busy(_records: list[Record], _instructions: Instructions) -> list[Outcome]:
    """A chunk that never ends."""
    print("at work", flush=True)
    while True:
        pass


def test_workers_end_with_their_run() -> None:
    """A run that was killed leaves nobody who writes pages into the next one's folder."""
    code = (
        "from articlecli.batch.chunks import Chunk\n"
        "from articlecli.batch.pool import run_chunks\n"
        "from articlecli.batch.worker import Instructions\n"
        "from articlecli.read.records import Record\n"
        "from tests.batch.test_stops import busy\n"
        "list(run_chunks([Chunk([Record()], Instructions())] * 2, 2, call=busy))\n"
    )
    run = subprocess.Popen([sys.executable, "-c", code], cwd=ROOT, stdout=subprocess.PIPE,
                           stderr=subprocess.DEVNULL, start_new_session=True)  # fmt: skip
    try:
        assert run.stdout is not None
        assert run.stdout.readline() == b"at work\n"
        run.kill()
        run.communicate(timeout=20)  # the output ends with the last process that holds it
    finally:
        with suppress(ProcessLookupError):
            os.killpg(run.pid, signal.SIGKILL)


def test_a_run_that_begins_while_a_killed_one_ends(tmp_path: Path) -> None:
    """It waits a moment for the folder instead of refusing."""
    code = (
        "import sys, time\n"
        "from articlecli.disk import locked\n"
        "with locked(sys.argv[1]):\n"
        "    print('held', flush=True)\n"
        "    time.sleep(0.5)\n"
    )
    other = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], stdout=subprocess.PIPE)
    with other:
        assert other.stdout is not None
        assert other.stdout.readline() == b"held\n"
        with locked(str(tmp_path)):
            pass


def test_ctrl_c_while_workers_load() -> None:
    """What the workers are forked from goes on loading, and says nothing of it."""
    code = (
        "import os, signal\n"
        "from multiprocessing.forkserver import _forkserver as server\n"
        "from articlecli.processes import workers_context\n"
        "signal.signal(signal.SIGINT, lambda *_: None)\n"
        "workers_context()\n"
        "first = server._forkserver_pid\n"
        "os.killpg(0, signal.SIGINT)\n"
        "from articlecli import extract_many\n"
        "print([one.result for one in extract_many(['A page.'], workers=2)])\n"
        "assert server._forkserver_pid == first\n"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True,
                          start_new_session=True, check=False)  # fmt: skip
    assert (done.stdout, done.stderr) == ("['no_article']\n", "")
