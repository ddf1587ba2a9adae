"""Fuzz by coverage: `python -m tests.fuzz -max_total_time=600`; needs atheris.

The corpus that grows is in `build/fuzz`; what fails is written there too, as `crash-…`.
`-merge=1 tests/fuzz/corpus build/fuzz` keeps what adds coverage.
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
    atheris.Setup([sys.argv[0], *usual, *given], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
