"""Names that the file system of the outputs takes for one: no page is written over another's."""

from collections.abc import Callable
from pathlib import Path
from unicodedata import normalize

import pytest

from articlecli.batch import Folder, Job, run
from articlecli.disk import places
from articlecli.disk.names import COMPOSED, takes_for_one
from tests.batch.test_batch import PAGE, files_of

COMPOSED_NAME, DECOMPOSED_NAME = (normalize(form, "über.txt") for form in ("NFC", "NFD"))


@pytest.fixture
def fold(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Makes every folder take names for one, as far as is asked."""

    def fold(*, case: bool = False, form: bool = False) -> None:
        def takes(_folder: str, name: str, _other: str) -> bool:
            return form if name == COMPOSED else case

        monkeypatch.setattr("articlecli.disk.names.takes_for_one", takes)

    return fold


def made(folder: Path, *names: str) -> Path:
    """A folder of pages."""
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(PAGE)
    if len([path for path in folder.rglob("*") if path.is_file()]) < len(names):
        pytest.skip("the file system of the tests takes such names for one itself")
    return folder


def ended(folder: Path, out: Path, **more: bool) -> tuple[int, list[str]]:
    """Pages that are done, and what was said of the others."""
    report = run(Job((str(folder),), Folder(str(out)), 1, quiet=True, **more))
    told = (out / "_run" / "errors.jsonl").read_text(encoding="utf-8").splitlines()
    return report.done, told


def test_names_that_differ_in_case(fold: Callable[..., None], tmp_path: Path) -> None:
    """The first has the place; the other fails and says why. Folders are no clash of their pages."""
    folder = made(tmp_path / "in", "A.txt", "a.txt", "b.txt", "sub/c.txt", "SUB/d.txt", "Sub/C.txt")
    fold(case=True)
    done, told = ended(folder, tmp_path / "out")
    assert done == 4
    assert "a.txt has the place of A.txt among the outputs" in told[0]
    assert "sub/c.txt has the place of Sub/C.txt" in told[1]
    assert len(told) == 2
    assert "A.txt.json" in files_of(tmp_path / "out")
    assert "a.txt.json" not in files_of(tmp_path / "out")


@pytest.mark.parametrize(("case", "form", "failed"), [(0, 0, 0), (1, 0, 0), (0, 1, 1), (1, 1, 1)])
def test_names_that_differ_in_form(
    fold: Callable[..., None], tmp_path: Path, case: int, form: int, failed: int
) -> None:
    """Composed letters and decomposed ones, where the file system takes them for one."""
    folder = made(tmp_path / "in", COMPOSED_NAME, DECOMPOSED_NAME)
    fold(case=bool(case), form=bool(form))
    done, told = ended(folder, tmp_path / "out")
    assert (done, len(told)) == (2 - failed, failed)


def test_the_notes_of_the_run(fold: Callable[..., None], tmp_path: Path) -> None:
    """They are safe from a page of a folder that is taken for theirs."""
    folder = made(tmp_path / "in", "a.txt", "_RUN/b.txt")
    fold(case=True)
    done, told = ended(folder, tmp_path / "out")
    assert done == 1
    assert "where _run is for the run's notes" in told[0]


def test_an_update_spares_the_output_of_the_other(
    fold: Callable[..., None], tmp_path: Path
) -> None:
    """What lies there under the name of the page without a place is the other's."""
    folder, out = made(tmp_path / "in", "A.txt", "a.txt", "b.txt"), tmp_path / "out"
    (folder / "A.txt").rename(tmp_path / "A.txt")
    fold(case=True)
    assert ended(folder, out) == (2, [])
    (tmp_path / "A.txt").rename(folder / "A.txt")
    for _ in range(2):
        done, [told] = ended(folder, out, update=True, prune=True)
        assert (done, "has the place of A.txt" in told) == (2, True)
    assert "a.txt.json" in files_of(out)  # on such a file system it is A's
    (folder / "a.txt").unlink()
    assert ended(folder, out, update=True, prune=True) == (2, [])
    assert "a.txt.json" in files_of(out)


def test_an_update_with_a_page_in_the_way_of_a_folder(tmp_path: Path) -> None:
    """The page that has no place fails again, and nothing is looked for where it would be."""
    folder = made(tmp_path / "in", "x.txt", "x.txt.json/b.txt")
    for _ in range(2):
        done, [told] = ended(folder, tmp_path / "out", update=True)
        assert (done, "needs a folder x.txt.json among the outputs" in told) == (1, True)


def test_a_folder_is_asked_only_where_it_matters(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Names that differ in more make no file, and where none can be made all are told apart."""
    asked = []
    monkeypatch.setattr("articlecli.disk.names.takes_for_one", lambda *told: asked.append(told))
    place_of = places(str(tmp_path / "not there"), ["a", "b", "é"])
    assert (place_of("A"), asked) == ("A", [])
    places(str(tmp_path / "not there"), ["a", "A"])
    assert {folder for folder, *_ in asked} == {str(tmp_path)}
    monkeypatch.undo()
    assert takes_for_one(str(tmp_path), "a", "a")
    assert not takes_for_one(str(tmp_path), "a", "b")
    assert not takes_for_one(str(tmp_path / "not there"), "a", "a")
    assert not list(tmp_path.iterdir())
