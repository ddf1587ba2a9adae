"""Figures that were measured, kept with what they were measured on and with.

A file of `lab/results/<date>-<commit>/` holds one run of one command: `command`, `when`, `commit`
(the last that changed `src/`), `python`, `versions` of what was measured, `sets`, `limit` (pages a
set, if not all), and `figures`. Nothing here needs the gold pages.
"""

import json
import platform
import subprocess
from datetime import datetime
from pathlib import Path
from typing import Any

import articlecli

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "results"


def save(
    command: str,
    figures: dict[str, Any],
    *,
    sets: list[str],
    limit: int | None = None,
    versions: dict[str, str] | None = None,
) -> Path:
    """Store the figures of a run; a second run on a day and commit replaces the first."""
    now, commit = datetime.now().astimezone(), commit_of(ROOT)
    record = {
        "command": command,
        "when": now.isoformat(timespec="seconds"),
        "commit": commit,
        "python": platform.python_version(),
        "versions": {"articlecli": articlecli.__version__, **(versions or {})},
        "sets": sets,
        "limit": limit,
        "figures": figures,
    }
    path = RESULTS / f"{now.date().isoformat()}-{commit}" / f"{command}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(record, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    return path


def commit_of(folder: Path) -> str:
    """The last commit that changed `src/`; `-dirty` where files differ; else `unknown`."""

    def git(*args: str) -> str:
        done = subprocess.run(
            ["git", *args, "--", "src"], cwd=folder, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    commit = git("log", "-1", "--format=%h")
    return f"{commit}{'-dirty' if git('status', '--porcelain') else ''}" if commit else "unknown"


def newest(command: str, folder: Path = RESULTS) -> dict[str, Any] | None:
    """The last full run of a command that is stored; `None` if there is none."""
    records: list[dict[str, Any]] = [
        json.loads(path.read_text(encoding="utf-8")) for path in folder.glob(f"*/{command}.json")
    ]
    whole = [record for record in records if record["limit"] is None]
    return max(whole, key=lambda record: record["when"], default=None)
