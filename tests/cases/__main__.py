"""Write the golden cases anew, or check them.

    python -m tests.cases rerun [SLUG ...]           note what the tool says today
    python -m tests.cases rerun --right [SLUG ...]   what the tool says today is right
    python -m tests.cases check [SLUG ...]           print what differs from the cases

A new case is a folder with its page: `rerun` writes the rest from today's output. Read that, and
put right what is wrong in it; `rerun` then notes as a known difference what the tool does otherwise,
and you write why. Nothing that a person said is right is changed without `--right`.
"""

import argparse
import sys
from difflib import SequenceMatcher, unified_diff
from typing import Any

from tests import SAMPLES
from tests.cases import FIELDS, Case, Row, cases, written


def expected_of(case: Case, *, right: bool) -> dict[str, Any]:
    """What `expected.json` should hold."""
    told = dict(case.expected)
    known = told.pop("known_differences", {})
    out: dict[str, Any] = {"makes": told.pop("makes", "?")}
    if "url" in told:
        out["url"] = told.pop("url")
    for name in FIELDS:
        out[name] = case.found[name] if right or name not in told else told[name]
    case.expected = out
    differ = {
        name: {"why": known.get(name, {}).get("why", ""), "lines": lines}
        for name in FIELDS
        if (lines := case.difference(name))
    }
    differ |= {name: known[name] for name in ("zones", "text") if name in known}
    return out | ({"known_differences": differ} if differ else {})


def rows_of(case: Case, *, right: bool) -> list[Row]:
    """What `zones` should hold: zones that a person gave stay with their texts."""
    found = case.found_rows
    out = [Row(zone, zone, text) for zone, text in found]
    if right:
        return out
    before, now = [row.text for row in case.rows], [text for _, text in found]
    for tag, a, b, c, d in SequenceMatcher(a=before, b=now, autojunk=False).get_opcodes():
        if tag == "equal":
            for row, i in zip(case.rows[a:b], range(c, d), strict=True):
                out[i] = row._replace(today=out[i].today)
    return out


def rerun(case: Case, *, right: bool, write: bool) -> bool:
    """Print how a case's files should change, and change them if asked to; whether any should."""
    files = {
        "zones": "".join(f"{row}\n" for row in rows_of(case, right=right)),
        "expected.json": written(expected_of(case, right=right)),
    }
    changed = False
    for name, new in files.items():
        path = case.folder / name
        old = path.read_text(encoding="utf-8") if path.exists() else ""
        if old == new:
            continue
        changed = True
        label = f"{case.name}/{name}"
        sys.stdout.writelines(
            line if line.endswith("\n") else line + "\n"
            for line in unified_diff(
                old.split("\n"), new.split("\n"), f"{label} as it is", f"{label} today", n=1
            )
        )
        if write:
            path.write_text(new, encoding="utf-8")
    sample = SAMPLES / f"{case.name}{case.page.suffix}"
    if write and sample.exists():
        sample.write_bytes(case.data)
    return changed


def main() -> int:
    """Run the command; 1 where `check` finds a difference."""
    parser = argparse.ArgumentParser(prog="python -m tests.cases", description=__doc__,
                                     formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("command", choices=["rerun", "check"])
    parser.add_argument("slugs", nargs="*", metavar="SLUG")
    parser.add_argument("--right", action="store_true", help="today's output is right")
    given = parser.parse_args()
    chosen = [case for case in cases() if not given.slugs or case.name in given.slugs]
    write = given.command == "rerun"
    changed = [case.name for case in chosen if rerun(case, right=given.right, write=write)]
    print(f"{len(chosen)} cases, {len(changed)} differ", *changed)
    return int(bool(changed) and not write)


if __name__ == "__main__":
    sys.exit(main())
