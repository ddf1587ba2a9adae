"""The step of a datatrove pipeline, in real pipelines."""

import gzip
import importlib.util
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from articlecli import extract
from articlecli.write import to_json
from tests import SAMPLES

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        importlib.util.find_spec("datatrove") is None, reason="needs the extra datatrove"
    ),
    pytest.mark.filterwarnings("ignore"),  # of datatrove's own libraries
]

PAGE = (SAMPLES / "agency-en.txt").read_text(encoding="utf-8")
HTML = (SAMPLES / "science-blog-en.html").read_text(encoding="utf-8")


@pytest.fixture
def shards(tmp_path: Path) -> Path:
    """Two shards of documents: a flat page, one of HTML, one without a story, one too large."""
    folder = tmp_path / "in"
    folder.mkdir()
    rows = [
        {"id": "flat", "text": PAGE, "url": "https://agency.example/story", "crawl": "2026-05"},
        {"id": "html", "text": HTML},
        {"id": "menu", "text": "Home\nNews\nSport\nLogin\n"},
        {"id": "huge", "text": "word " * 30_000},
    ]
    for name in ("a", "b"):
        (folder / f"{name}.jsonl").write_text("\n".join(map(json.dumps, rows)) + "\n")
    return folder


def pipeline(shards: Path, out: Path, **choices: Any) -> Any:
    """Reader, step and writer, as two tasks."""
    from datatrove.executor import LocalPipelineExecutor
    from datatrove.pipeline.readers import JsonlReader
    from datatrove.pipeline.writers import JsonlWriter

    from articlecli.ext.datatrove import ArticleExtractor

    return LocalPipelineExecutor(
        [
            JsonlReader(str(shards)),
            ArticleExtractor(page_bytes=100_000, **choices),
            JsonlWriter(str(out / "articles")),
        ],
        tasks=2,
        workers=1,
        logging_dir=str(out / "logs"),
    )


def articles(out: Path) -> list[dict[str, Any]]:
    return [
        json.loads(line)
        for path in sorted((out / "articles").iterdir())
        for line in gzip.decompress(path.read_bytes()).splitlines()
    ]


def test_a_pipeline(shards: Path, tmp_path: Path) -> None:
    """Stories come out with their facts, the others are counted, failures logged by name."""
    stats = pipeline(shards, tmp_path / "out").run()
    found = articles(tmp_path / "out")
    assert [row["id"] for row in found] == ["flat", "html"] * 2
    flat = found[0]
    whole = json.loads(to_json(extract(PAGE, url="https://agency.example/story")))
    assert flat["text"] == whole["text"]
    assert flat["metadata"]["crawl"] == "2026-05"
    assert flat["metadata"]["url"] == "https://agency.example/story"
    for name in ("title", "lead", "language", "teasers", "confidence", "status"):
        assert flat["metadata"][name] == whole[name]
    step = next(one for one in stats.stats if "articlecli" in one.name)
    counted = {name: stat.total for name, stat in step.stats.items()}
    assert counted["total"] == 8
    assert (counted["done"], counted["no_article"], counted["failed"]) == (4, 2, 2)
    assert (counted["forwarded"], counted["dropped"]) == (4, 4)
    assert counted["failed: unreadable"] == 2
    logs = "".join(path.read_text() for path in (tmp_path / "out" / "logs" / "logs").iterdir())
    assert logs.count("record huge is larger than 100000 bytes") == 2


def test_pages_without_a_story_may_stay(shards: Path, tmp_path: Path) -> None:
    """They are kept with an empty text, and say why; only the fields named are put in."""
    pipeline(shards, tmp_path / "out", keep_empty=True, fields=["title"]).run()
    found = articles(tmp_path / "out")
    assert [row["id"] for row in found] == ["flat", "html", "menu"] * 2
    assert not found[2].get("text")  # datatrove's writer leaves out what is empty
    assert found[2]["metadata"] == {**found[2]["metadata"], "status": "no_article", "title": None}
    assert found[2]["metadata"]["reason"]
    assert "teasers" not in found[0]["metadata"]


def test_a_field_that_is_none() -> None:
    """A field that the JSON does not have is refused at once."""
    from articlecli.ext.datatrove import ArticleExtractor

    with pytest.raises(ValueError, match="headline"):
        ArticleExtractor(fields=["headline"])


def test_completed_tasks_are_skipped(shards: Path, tmp_path: Path) -> None:
    """A pipeline that runs again does only what is not completed."""
    out = tmp_path / "out"
    pipeline(shards, out).run()
    first = {path.name: path.read_bytes() for path in (out / "articles").iterdir()}
    (out / "articles" / "00000.jsonl.gz").unlink()
    (out / "articles" / "00001.jsonl.gz").unlink()
    (out / "logs" / "completions" / "00001").unlink()
    pipeline(shards, out).run()
    again = {path.name: path.read_bytes() for path in (out / "articles").iterdir()}
    assert set(again) == {"00001.jsonl.gz"}
    assert gzip.decompress(again["00001.jsonl.gz"]) == gzip.decompress(first["00001.jsonl.gz"])


def test_datatrove_that_is_missing(tmp_path: Path) -> None:
    """Without datatrove the import says how to get it."""
    (tmp_path / "datatrove.py").write_text("raise ModuleNotFoundError('none', name='datatrove')\n")
    code = f"import sys; sys.path.insert(0, {str(tmp_path)!r}); import articlecli.ext.datatrove"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False
    )
    assert "pip install datatrove orjson" in done.stderr.splitlines()[-1]
