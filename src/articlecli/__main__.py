"""`python -m articlecli`, and the command itself."""

import gc
from typing import NoReturn

CYCLES = 50_000
"""Objects between two looks for cycles among them. While modules are loaded nothing is garbage, and
looking every 700 objects, as Python does, took a fortieth of a cold `articlecli extract`."""


def main() -> NoReturn:
    """Run the command line and exit."""
    gc.set_threshold(CYCLES, *gc.get_threshold()[1:])
    from articlecli.cli import main as run  # only now: what it loads is most of the objects

    run()


if __name__ == "__main__":
    main()
