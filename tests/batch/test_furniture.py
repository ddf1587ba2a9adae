"""What the pages of a site share: counting, going on after a stop, and the stories that stay."""

import json
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articlecli.batch import Job, destination_of, run, site_counts
from articlecli.batch.chunks import Chunk
from articlecli.batch.engine import Local
from articlecli.batch.outcome import Outcome
from articlecli.batch.sketch import (
    KEY,
    MOST_PAGES,
    ROWS,
    WIDEST,
    Sketch,
    keys_of,
    lines_of,
    site_counts_of,
    site_of,
)
from articlecli.batch.worker import extract_records
from articlecli.blocks import split_page
from articlecli.document import Block, SiteCounts
from articlecli.extractor import extract_page
from articlecli.options import Options
from articlecli.read import read_page
from articlecli.text.folding import numberless

MENU = ["Home", "Harbour", "Markets", "Weather", "Letters", "Sign in"]
PROMISE = (
    "Readers who write to the lighthouse desk before noon have their letters answered by the same "
    "evening, and the best of them are printed on Saturday."
)
STORY = """The old {topic} opens again

{date}

After eleven years of scaffolding the old {topic} received its first visitors on Monday, and the \
queue reached as far as the fountain behind the {topic} gate.

The council had twice voted to sell the {topic}, but a group of pensioners raised the money in \
coins, and the treasurer still counts them in the {topic} cellar.

Entry to the {topic} is free until autumn, when the roof is to be painted in the colour \
that the children of the village chose for the {topic} at their spring fair.{promise}"""
ENDS = """
until the lamps went out and the last ferry left for the northern islands, where the mayor had \
promised breakfast to whoever stayed awake.
in four languages, among them two that nobody in the village could name, and the band knew only \
the first verse, which it repeated with great force.
and the brass band answered from the pier with a march that was forbidden for thirty years, \
because it had once frightened the horses of a duke.
""".strip().splitlines()
TOPICS = """
    ferry bakery orchard bridge library museum quarry windmill station theatre vineyard brewery
    tannery aviary chapel foundry arcade smithy granary boathouse
""".split()


def page_of(topic: str, *, date: str = "3 May 2024", promise: bool = True) -> str:
    """An invented page: menu, headline, three paragraphs about a topic, a promise, a footer."""
    story = STORY.format(topic=topic, date=date, promise=f"\n\n{PROMISE}" * promise)
    return "\n\n".join([*MENU, story, "All rights reserved", "Imprint"]) + "\n"


def folder_of(path: Path, pages: dict[str, str]) -> Path:
    for name, text in pages.items():
        target = path / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return path


def batch(*args: str | Path, check: int | None = 0) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "articlecli", "batch", *map(str, args)]
    done = subprocess.run(command, capture_output=True, timeout=120, check=False)
    if check is not None:
        assert done.returncode == check, done.stderr.decode()
    return done


def files_of(folder: Path) -> dict[str, bytes]:
    """Every output, and what was learned."""
    found = {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*.json"))
        if "_run" not in path.parts
    }
    return found | {"learned": (folder / "_run" / site_counts.NAME).read_bytes()}


def text_of(folder: Path, name: str) -> str:
    return json.loads((folder / f"{name}.json").read_text())["text"]


def blocks_of(text: str):
    return split_page(read_page(text, url=None, options=Options(input_format="text"))).blocks


@pytest.fixture
def site(tmp_path: Path) -> Path:
    pages = {f"{topic}.txt": page_of(topic) for topic in TOPICS}
    return folder_of(tmp_path / "site", pages)


def test_shared_line_leaves_the_story(site: Path, tmp_path: Path) -> None:
    """A paragraph that all pages have is taken for story without the others, and not with them."""
    batch(site, "-o", tmp_path / "alone")
    batch(site, "-o", tmp_path / "out", "--learn-furniture")
    for topic in TOPICS:
        before, after = (text_of(tmp_path / o, f"{topic}.txt") for o in ("alone", "out"))
        assert PROMISE in before
        assert PROMISE not in after
        assert before.replace("\n\n" + PROMISE, "") == after


def test_any_number_of_workers(site: Path, tmp_path: Path) -> None:
    """What is learned and what comes out depend on the inputs alone."""
    outs = []
    for workers in (1, 2, 3):
        batch(site, "-o", tmp_path / str(workers), "--learn-furniture", "--workers", str(workers))
        outs.append(files_of(tmp_path / str(workers)))
    assert outs[0] == outs[1] == outs[2]


def test_copies_of_one_story_are_one_page(tmp_path: Path) -> None:
    """A story under six dates and with other menus is one page, and no evidence against itself."""
    pages = {
        f"copy{i}.txt": f"Edition {i}\n\n" + page_of("ferry", date=f"{i} May 2024", promise=False)
        for i in range(6)
    }
    folder_of(tmp_path / "site", pages)
    batch(tmp_path / "site", "-o", tmp_path / "alone")
    batch(tmp_path / "site", "-o", tmp_path / "out", "--learn-furniture")
    for name in pages:
        assert text_of(tmp_path / "out", name) == text_of(tmp_path / "alone", name) != ""


def test_two_pages_say_nothing(tmp_path: Path) -> None:
    """Of a site with two pages nothing is known, whatever they share."""
    folder_of(tmp_path / "site", {f"{topic}.txt": page_of(topic) for topic in TOPICS[:2]})
    batch(tmp_path / "site", "-o", tmp_path / "out", "--learn-furniture")
    assert PROMISE in text_of(tmp_path / "out", "ferry.txt")


def test_versions_of_one_story_keep_it() -> None:
    """Versions that differ in their long paragraphs share the others, and each keeps its story."""
    text = page_of("ferry", promise=False)
    versions = [
        text.replace("All rights", f"They sang {end} They sang {end}\n\nAll rights") for end in ENDS
    ]
    sketch = Sketch(bytearray(ROWS << 12))
    for text in versions:
        assert sketch.add(keys_of("x", blocks_of(text)))
    for text in versions:
        page = read_page(text, url=None, options=Options())
        shared = site_counts_of(sketch, "x", blocks_of(text))
        assert shared is not None
        assert max(shared.holding) == shared.pages == 3
        article = extract_page(page, options=Options(), furniture=lambda *_, s=shared: s)
        assert "After eleven years" in article.text


def test_last_of_a_story_stays() -> None:
    """A page whose whole story is shared keeps it: evidence is no rule."""
    text = page_of("ferry", promise=False)
    page = read_page(text, url=None, options=Options())
    alone = extract_page(page, options=Options())
    assert alone.status == "ok"
    article = extract_page(
        page,
        options=Options(),
        furniture=lambda document: SiteCounts(90, (90,) * len(document.blocks)),
    )
    assert article.status == "ok"


def test_title_stays() -> None:
    """A headline that stands in the teasers of all other pages remains the headline."""
    page = read_page(page_of("ferry"), url=None, options=Options())
    article = extract_page(
        page,
        options=Options(),
        furniture=lambda document: SiteCounts(
            90, tuple(90 * ("opens" in b.text) for b in document.blocks)
        ),
    )
    assert article.title == "The old ferry opens again"


def test_sites_are_told_apart(tmp_path: Path) -> None:
    """The host of a record's address, the folder of a page, the shard without addresses."""
    options = Options()

    def site(url: str | None, name: str, *, shard: bool) -> str:
        return site_of(split_page(read_page("x", url=url, options=options)), name, shard=shard)

    assert site("https://www.Sea.example/a?b", "s.jsonl", shard=True) == "sea.example"
    assert site(None, "s.jsonl", shard=True) == "/s.jsonl"
    assert site("http://[", "a/b/c.txt", shard=False) == "/a/b"
    html = '<link rel="canonical" href="https://hill.example/1"><p>One line of text.</p>'
    read = read_page(html, url=None, options=Options(input_format="html"))
    assert site_of(split_page(read), "a/b.html", shard=False) == "hill.example"
    rows = [
        {"text": page_of(topic), "url": f"https://{host}.example/{topic}"}
        for host, topics in (("sea", TOPICS[:-2]), ("hill", TOPICS[-2:]))
        for topic in topics
    ]
    shard = tmp_path / "shard.jsonl"
    shard.write_text("".join(json.dumps(row) + "\n" for row in rows))
    batch(shard, "-o", tmp_path / "out.jsonl", "--learn-furniture")
    lines = (tmp_path / "out.jsonl").read_text().splitlines()
    kept = [PROMISE in json.loads(line)["text"] for line in lines]
    assert kept == [False] * 18 + [True] * 2


def test_learned_once_and_noticed_when_lost(site: Path, tmp_path: Path) -> None:
    """A run that goes on uses what it learned; if that is lost and the inputs changed, it says so."""
    out = tmp_path / "out"
    batch(site, "-o", out, "--learn-furniture")
    learned = out / "_run" / site_counts.NAME
    before = learned.stat().st_mtime_ns
    batch(site, "-o", out, "--learn-furniture")
    assert learned.stat().st_mtime_ns == before
    learned.unlink()
    batch(site, "-o", out, "--learn-furniture")  # learned again, and the same
    learned.unlink()
    changed = page_of("ferry").replace("pensioners", "fishermans")  # as long as before
    (site / "ferry.txt").write_text(changed)
    done = batch(site, "-o", out, "--learn-furniture", check=1)
    assert b"furniture" in done.stderr
    batch(site, "-o", out, check=1)  # nor goes it on without
    batch(site, "-o", out, "--learn-furniture", "--fresh")


def test_damaged_counts_are_learned_again(site: Path, tmp_path: Path) -> None:
    """Cut or changed anywhere, they are said to be damaged and learned again: the same bytes."""
    out = tmp_path / "out"
    batch(site, "-o", out, "--learn-furniture")
    whole = files_of(out)
    learned = out / "_run" / site_counts.NAME
    data = whole["learned"]
    flipped = bytearray(data)
    flipped[-1000] ^= 1
    for damaged in (data[:-1], data[:70], data[:64], data[:50], bytes(flipped), data + b"x"):
        learned.write_bytes(damaged)
        done = batch(site, "-o", out, "--learn-furniture")
        assert b"furniture.bin is damaged; it is learned again" in done.stderr
        assert files_of(out) == whole
    (out / "_run" / "run.json").unlink()  # as a stop between the two passes leaves it
    (out / "_run" / "state.json").unlink()
    learned.write_bytes(flipped)
    batch(site, "-o", out, "--learn-furniture")
    assert files_of(out) == whole


@pytest.mark.parametrize("after", [0.3, 0.6, 1.0])
def test_stopped_at_any_time(site: Path, tmp_path: Path, after: float) -> None:
    """A run killed in the first pass or the second ends as one that was never stopped."""
    batch(site, "-o", tmp_path / "whole", "--learn-furniture")
    out = tmp_path / "out"
    command = [sys.executable, "-m", "articlecli", "batch", str(site), "-o", str(out),
               "--learn-furniture", "--workers", "1"]  # fmt: skip
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as running:
        time.sleep(after)
        running.send_signal(signal.SIGKILL)
    time.sleep(0.5)  # its workers see that it is gone
    batch(site, "-o", out, "--learn-furniture")
    assert files_of(out) == files_of(tmp_path / "whole")


def test_memory_is_bounded() -> None:
    """A sketch is never larger than it says, and a full one stops learning before it lies."""
    assert ROWS * WIDEST <= 64 << 20
    sketch = Sketch(bytearray(ROWS * 256))
    taken = 0
    for number in range(400):
        lines = (f"Line {chr(97 + k)}{number:b} of a page, long enough" for k in range(12))
        text = "\n\n".join(lines)
        words = text.replace("0", "o").replace("1", "l")
        taken += sketch.add(keys_of(f"site {number}", blocks_of(words)))
    assert 5 < taken < 200
    assert (
        sum(
            site_counts_of(sketch, f"new {k}", blocks_of(page_of("ferry"))) is not None
            for k in range(20)
        )
        < 5
    )


def test_long_lines_alone_are_counted() -> None:
    """A line that weighs nothing takes no room, unless a longer number makes the same line long."""
    long = "The harbour office is closed on the first day of each month."
    texts = [f"Short line\n\nNo. {10 ** (k + 22)} of all\n\n{long}\n\n{k} pages" for k in range(3)]
    assert len(keys_of("x", blocks_of(texts[0]))) == KEY * (2 + 3)
    sketch = Sketch(bytearray(ROWS << 12))
    for text, end in zip(texts, ENDS, strict=True):
        assert sketch.add(keys_of("x", blocks_of(f"{text}\n\nThey sang {end}")))
    shared = site_counts_of(sketch, "x", blocks := blocks_of(texts[0]))
    assert shared is not None
    assert dict(zip((block.text for block in blocks), shared.holding, strict=True))[long] == 3
    assert site_counts_of(sketch, "x", blocks_of("Short line\n\nNo. 4 of all")) is None


@given(st.lists(st.text(st.sampled_from("aΣßé 0٣１²\t\n\x85\xa0\u3000\0\ud800"), max_size=9)))
def test_lines_are_folded_together_as_alone(texts: list[str]) -> None:
    """White space, case and numbers fold the same, whatever stands beside a line."""
    alone = [re.sub(r"\d+", "0", " ".join(text.lower().split())) for text in texts]
    assert [numberless(text) for text in texts] == alone
    assert lines_of([Block(text, (1, 1), (0, 1)) for text in texts]) == alone


def test_pages_of_a_site_known_well_are_not_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first pass leaves them out, and learns what it learns with them."""
    rows = [{"text": page_of(t), "url": f"https://sea.example/{t}"} for t in TOPICS * 6]
    shard = tmp_path / "shard.jsonl"
    shard.write_text("".join(json.dumps(row) + "\n" for row in rows))
    monkeypatch.setattr("articlecli.batch.sketch.MOST_PAGES", 5)
    asked: list[int] = []
    learned = []
    for name in ("some", "all"):
        if name == "all":
            monkeypatch.setattr(site_counts, "host_of", lambda _address: None)
        job = Job((str(shard),), destination_of(str(tmp_path / f"{name}.jsonl")), 1,
                  learn_sites=True, quiet=True)  # fmt: skip
        asked.append(0)

        class Engine(Local):
            def run(self, chunks: Iterable[Chunk]) -> Iterator[tuple[Chunk, list[Outcome]]]:
                for chunk in chunks:
                    asked[-1] += len(chunk.records)
                    yield chunk, extract_records(chunk.records, chunk.instructions)

        run(job, Engine(1))
        learned.append((tmp_path / f"{name}.jsonl._run" / site_counts.NAME).read_bytes())
    assert learned[0] == learned[1]
    assert asked[0] < asked[1] == 2 * len(rows)


def test_site_is_known_well_after_some_pages() -> None:
    """Of a large site the first pages are enough, and shares stay right for the others."""
    sketch = Sketch(bytearray(ROWS << 16))
    names = [f"{a}{b}" for a in "abcdefghijklmnopqrs" for b in "abcdefghijklmnopqrs"]
    counted = sum(sketch.add(keys_of("x", blocks_of(page_of(name)))) for name in names)
    assert counted == MOST_PAGES
    blocks = blocks_of(page_of("zz"))
    shared = site_counts_of(sketch, "x", blocks)
    assert shared is not None
    assert shared.pages == MOST_PAGES
    holding = dict(zip((b.text for b in blocks), shared.holding, strict=True))
    assert holding[PROMISE] == MOST_PAGES
    assert holding["The old zz opens again"] == 0
