"""What a page may cost: its time and memory end, its neighbours do not notice."""

import ctypes
import os
import signal
import sys
import time

import pytest

from articlecli.batch.chunks import Chunk
from articlecli.batch.limits import LATE, Limits, TimeUp, page_limits
from articlecli.batch.outcome import Outcome, failure, out_of_time
from articlecli.batch.pool import run_chunks
from articlecli.batch.worker import Instructions
from articlecli.read.records import Record


def _limited(records: list[Record], instructions: Instructions) -> list[Outcome]:
    """Pages that take what their names say, such as one stuck where Python cannot stop it."""
    outcomes = []
    with page_limits(instructions.limits) as limits:
        for record in records:
            try:
                with limits:
                    if record.input == "stuck":
                        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGALRM})
                        ctypes.PyDLL(None).sleep(60)  # keeps Python's lock
                    if record.input == "greedy":
                        bytearray(1 << 30)
                    if record.input == "endless":
                        time.sleep(60)
                    if record.input == "slow":
                        time.sleep(0.4)
                if record.input == "before a pause":
                    time.sleep(1.2)
                outcomes.append(Outcome(record.input, None, "done"))
            except TimeUp:
                outcomes.append(out_of_time(record, instructions.limits.page_seconds))
            except MemoryError:
                outcomes.append(failure(record, "memory", "needs more memory"))
    return outcomes


@pytest.mark.skipif(os.name != "posix", reason="sleeps by the C library")
def test_a_page_that_is_stuck_in_a_library() -> None:
    """It ends soon after its own time, not after that of its chunk, and costs no other page."""
    names = [*"abcdef", "stuck", *"ghijkl"]
    limits = Limits(page_seconds=1.0)
    chunk = Chunk([Record(input=name) for name in names], Instructions(limits=limits))
    started = time.monotonic()
    [(_, outcomes)] = run_chunks([chunk], 1, call=_limited)
    # Once among the others, once alone, and the start of three processes on a busy machine.
    assert time.monotonic() - started < 2 * (limits.page_seconds + LATE) + 8
    assert [one.input for one in outcomes] == names
    assert {one.input: one.reason for one in outcomes if one.result == "failed"} == {
        "stuck": "time"
    }


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how large a process is")
def test_a_page_that_needs_too_much_memory() -> None:
    """It fails, and the pages behind it in the same process are done."""
    limits = Limits(page_memory=256 << 20)
    names = ["a", "b", "greedy", "c", "greedy", "greedy", "d"]
    chunk = Chunk([Record(input=name) for name in names], Instructions(limits=limits))
    [(_, outcomes)] = run_chunks([chunk], 1, call=_limited)
    assert [one.reason for one in outcomes] == [
        "memory" if name == "greedy" else None for name in names
    ]


@pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="has no timer")
def test_each_page_has_its_own_time() -> None:
    """One timer serves all pages: it stops none whose own time is not over, nor what is no page."""
    names = ["slow", "slow", "slow", "endless", "before a pause", "a", "endless", "slow"]
    chunk = Chunk(
        [Record(input=name) for name in names], Instructions(limits=Limits(page_seconds=1.0))
    )
    started = time.monotonic()
    [(_, outcomes)] = run_chunks([chunk], 1, call=_limited)
    assert time.monotonic() - started >= 4 * 0.4 + 1.2 + 2 * 1.0
    assert [one.reason for one in outcomes] == [
        "time" if name == "endless" else None for name in names
    ]
