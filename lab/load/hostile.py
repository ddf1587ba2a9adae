"""How time and memory grow with the size of hostile pages.

    python -m lab hostile                              # all shapes at 10 and 100 KB
    python -m lab hostile --sizes 10k,100k,1m --only 'html: nest*'

Each page is extracted in a process of its own, with a limit of processor time and of memory. The
exponent is that of the last two sizes: 1 is time that grows as the page does, 2 with its square.
"""

import os
import resource
import time
from collections.abc import Iterator, Sequence
from fnmatch import fnmatchcase
from math import log
from typing import NamedTuple

from articlecli import Options, extract
from lab.load.shapes import SHAPES, Shape

SHORTEST = 0.02
"""Seconds under which a time is the clock's noise: no exponent is reckoned from less."""


class Cost(NamedTuple):
    """What one page took."""

    size: int
    """Characters."""
    seconds: float
    """Of the processor; the limit, where it was reached."""
    megabytes: float
    """Peak of the process, Python and the models included."""
    end: str
    """The empty string, or why it did not end well."""


class Growth(NamedTuple):
    """What a shape took at each size."""

    name: str
    costs: tuple[Cost, ...]

    @property
    def exponent(self) -> float:
        """Of the last two sizes; 0 where both are too quick to tell."""
        if len(self.costs) < 2 or self.costs[-1].seconds < SHORTEST:
            return 0.0
        one, two = self.costs[-2:]
        return log(two.seconds / max(one.seconds, SHORTEST / 10)) / log(two.size / one.size)


def cost_of(shape: Shape, size: int, seconds: int, gigabytes: float) -> Cost:
    """Extract one page of a shape in a process of its own."""
    page = shape.make(size)
    read, write = os.pipe()
    pid = os.fork()
    if pid == 0:
        told = b""
        try:
            limit = int(gigabytes * (1 << 30))
            resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
            resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
            started = time.process_time()
            try:
                extract(page, options=Options(input_format=shape.format)).to_json()
                end = ""
            except MemoryError:
                end = "memory"
            except Exception as error:  # what it raises is the finding
                end = type(error).__name__
            told = f"{time.process_time() - started} {end}".encode()
        finally:
            os.write(write, told)
            os._exit(0)
    os.close(write)
    with os.fdopen(read) as file:
        taken, _, end = file.read().partition(" ")
    _, status, usage = os.wait4(pid, 0)
    peak = usage.ru_maxrss / 1024
    if not taken:
        return Cost(len(page), float(seconds), peak, f"signal {os.WTERMSIG(status)}")
    return Cost(len(page), float(taken), peak, end)


def growths(
    only: Sequence[str], sizes: Sequence[int], seconds: int, gigabytes: float
) -> Iterator[Growth]:
    """Costs of all shapes whose names fit one of the patterns; none beyond a limit reached."""
    extract("Warm up: the models are read once, and not by each of the processes.")
    extract("<p>Warm up", options=Options(input_format="html"))
    extract("# Warm up", options=Options(input_format="markdown"))
    for name, shape in SHAPES.items():
        if not any(fnmatchcase(name, pattern) for pattern in only):
            continue
        costs: list[Cost] = []
        for size in sizes:
            costs.append(cost_of(shape, size, seconds, gigabytes))
            if costs[-1].end:
                break
        yield Growth(name, tuple(costs))


def table(found: Sequence[Growth], sizes: Sequence[int], top: int) -> str:
    """A table in Markdown, the slowest first."""
    heads = [f"{size // 1000} KB, s" for size in sizes]
    lines = ["| shape | " + " | ".join([*heads, "exponent", "peak, MB", "end"]) + " |",
             "|---" * (len(heads) + 4) + "|"]  # fmt: skip
    worst = sorted(found, key=lambda one: (one.costs[-1].end, one.costs[-1].seconds), reverse=True)
    for growth in worst[:top]:
        times = [f"{cost.seconds:.2f}" for cost in growth.costs]
        last = growth.costs[-1]
        cells = [growth.name, *times, *["–"] * (len(sizes) - len(times)),
                 f"{growth.exponent:.2f}", f"{last.megabytes:.0f}", last.end]  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)
