"""Tests. `CONTRIBUTING.md` says where each kind has its place."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
