"""`python -m articlecli`, and the command itself."""

import gc
import os
import sys
from typing import NoReturn

from articlecli.plain import run_plain

CYCLES = 50_000
"""Objects between two looks for cycles among them. While modules are loaded nothing is garbage, and
looking every 700 objects, as Python does, took a fortieth of a cold `articlecli extract`."""


def main() -> NoReturn:
    """Run the command line and exit."""
    gc.set_threshold(CYCLES, *gc.get_threshold()[1:])
    status = run_plain(sys.argv[1:])
    if status is not None:
        os._exit(status)  # all is written; taking a hundred modules apart is a tenth of the time
    from articlecli.cli import main as run  # only now: Click takes as long as a page

    run()


if __name__ == "__main__":
    main()
