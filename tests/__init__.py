"""Tests. `CONTRIBUTING.md` says where each kind has its place."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "samples"
TOTALS = ("pages", "done", "no_article", "failed", "reasons", "languages", "page_types", "finished")
"""What reports of equal runs say alike: all but what tells of time."""
