"""A run that is stopped, whenever and however often, ends in the bytes of a calm run."""

import os
import subprocess
import sys

import pytest

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
