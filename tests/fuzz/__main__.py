"""Fuzz by coverage: `python -m tests.fuzz -max_total_time=600`; needs atheris.

The corpus that grows is in `build/fuzz`; what fails is written there too, as `crash-…`.
`-merge=1 tests/fuzz/corpus build/fuzz` keeps what adds coverage; `-set_cover_merge=1` keeps the least
that has it all, and `-use_counters=0` counts a line once, however often it ran.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["articlecli"]):
    from tests.fuzz.target import CORPUS, DICTIONARY, target


def main() -> None:
    """Run until the time is over or a law is broken."""
    grown = Path("build/fuzz")
    grown.mkdir(parents=True, exist_ok=True)
    given = sys.argv[1:]
    if not any(not one.startswith("-") for one in given):
        given += [str(grown), str(CORPUS)]
    usual = [f"-dict={DICTIONARY}", "-max_len=4000", "-timeout=60", "-rss_limit_mb=3000",
             f"-artifact_prefix={grown}/"]  # fmt: skip
    again = grown.with_suffix(".sh")  # a merge starts the program anew, as one file
    again.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tests.fuzz "$@"\n', encoding="utf-8")
    again.chmod(0o700)
    atheris.Setup([str(again.absolute()), *usual, *given], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
