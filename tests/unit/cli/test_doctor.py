"""`articlecli doctor`, and models that are not what they were made."""

import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

import articlecli
from articlecli import ModelError
from articlecli.data import read_data
from articlecli.doctor import EXTRAS, FROM_314, NEEDED
from articlecli.model import file as model_file
from articlecli.model.file import MARKUP, SUMS, TEXT, TYPES, made_sum, model_bytes
from tests import ROOT, SAMPLES

PAGE = str(SAMPLES / "agency-en.txt")


def run(folder: Path | None, *args: str) -> subprocess.CompletedProcess[str]:
    """The command, of a copy of the package where a folder holds one."""
    env = dict(os.environ)
    if folder is not None:
        env["PYTHONPATH"] = str(folder)
    command = [sys.executable, "-m", "articlecli", *args]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A folder with a copy of the package."""
    package = Path(articlecli.__file__).parent
    shutil.copytree(package, tmp_path / "articlecli",
                    ignore=shutil.ignore_patterns("__pycache__"))  # fmt: skip
    return tmp_path


def damage(copy: Path, name: str, at: int) -> None:
    """Turn one byte of a data file into another."""
    path = copy / "articlecli" / "data" / name
    data = bytearray(path.read_bytes())
    data[at] ^= 1
    path.write_bytes(data)


def test_a_sound_installation() -> None:
    """Versions, models with their sums, extras and what they bring; exit 0."""
    done = run(None, "doctor")
    assert (done.returncode, done.stderr) == (0, "")
    assert f"articlecli   {articlecli.__version__}" in done.stdout
    for name in NEEDED:
        assert name == FROM_314 or re.search(rf"(?m)^  {name} +\d", done.stdout), name
    for name, (_, brings) in EXTRAS.items():
        assert f"  {name} " in done.stdout
        assert brings in done.stdout
    for name in (TEXT, MARKUP, TYPES):
        assert f"sha256 {made_sum(read_data(SUMS).decode(), name)}" in done.stdout
    told = json.loads(run(None, "doctor", "--json").stdout)
    assert told["problems"] == []
    assert all(one["licence"] for one in told["packages"])
    assert told["terminal"]["is_terminal"] is False


def test_an_extra_that_is_missing_or_broken(copy: Path) -> None:
    """One that is missing is no fault and told how to install it; one that is there must work."""
    (copy / "pyarrow.py").write_text("raise ImportError('not here')\n")
    done = run(copy, "doctor")
    if find_spec("pyarrow") is None:
        assert done.returncode == 0
        assert "Parquet in and out: pip install 'articlecli[parquet]'" in done.stdout
    else:
        assert done.returncode == 1
        assert "pyarrow cannot be loaded (ImportError: not here); reinstall it" in done.stderr


@pytest.mark.parametrize("name", [TEXT, MARKUP, TYPES])
def test_one_bit_of_a_model(copy: Path, name: str) -> None:
    """A model with another bit in its middle is one sentence, in doctor, extract and batch."""
    damage(copy, name, -500)
    sentence = f"the model {name} is damaged: its SHA-256 is not the one in {SUMS}; reinstall"
    page = PAGE
    if name == MARKUP:
        page = str(copy / "page.html")
        Path(page).write_text("<h1>Lamps</h1><p>The lamps along the quay are dark.</p>")
    for args in (["doctor"], ["extract", page], ["batch", page, "-o", str(copy / "out")]):
        done = run(copy, *args)
        assert done.returncode == 1, args
        assert sentence in done.stderr
        assert done.stderr.count("\n") == 1
    assert not (copy / "out" / "_run" / "state.json").exists()


def test_a_missing_model(copy: Path) -> None:
    """A model that is gone is one sentence too, in the JSON as well."""
    (copy / "articlecli" / "data" / TEXT).unlink()
    done = run(copy, "doctor", "--json")
    assert done.returncode == 1
    assert "cannot be read (No such file or directory); reinstall articlecli" in done.stderr
    assert json.loads(done.stdout)["problems"]


def test_a_broken_package(copy: Path) -> None:
    """A package that cannot be loaded is named."""
    (copy / "brotli.py").write_text("raise ImportError('wrong architecture')\n")
    done = run(copy, "doctor")
    assert done.returncode == 1
    assert "brotli cannot be loaded (ImportError: wrong architecture)" in done.stderr


def test_every_model_has_its_sum() -> None:
    """The list names the models that ship, and no others."""
    folder = Path(articlecli.__file__).parent / "data"
    names = {line.split()[1] for line in (folder / SUMS).read_text().splitlines()}
    assert names == {path.name for path in folder.glob("*.model")}
    for name in names:
        model_bytes(name)


def test_sums(monkeypatch: pytest.MonkeyPatch) -> None:
    """A list without the model, or that is no list, is damage as well."""
    assert made_sum("ab  a.model\ncd  b.model\n", "b.model") == "cd"
    assert made_sum("\n\0 x y z\n", "b.model") is None
    real = read_data
    monkeypatch.setattr(model_file, "read_data", lambda name: b"" if name == SUMS else real(name))
    with pytest.raises(ModelError, match="is damaged"):
        model_bytes(TEXT)


def test_an_empty_model_is_damage(tmp_path: Path) -> None:
    """No system maps an empty file."""
    (tmp_path / "empty.model").touch()
    with pytest.raises(ModelError, match="cannot be read"):
        model_bytes(str(tmp_path / "empty.model"))


def test_the_tables_are_those_of_the_project() -> None:
    """Packages and extras that the doctor looks at are those of pyproject.toml."""
    path = ROOT / "pyproject.toml"
    if not path.exists():
        pytest.skip("no pyproject.toml in this distribution")
    project = tomllib.loads(path.read_text(encoding="utf-8"))["project"]
    names = [re.match(r"[\w.-]+", line)[0] for line in project["dependencies"]]  # type: ignore[index]
    assert sorted(names) == sorted(NEEDED)
    for name, (packages, _) in EXTRAS.items():
        wanted = project["optional-dependencies"][name]
        assert {re.match(r"[\w.-]+", line)[0] for line in wanted} == set(packages)  # type: ignore[index]
    kinds = {"all", "test", "dev", "fuzz", "compare", "lab", "browser", "docs"}
    assert set(project["optional-dependencies"]) - kinds == set(EXTRAS)
