"""What is installed, and whether it is sound: versions, models, extras, and two pages tried."""

import os
import platform
import sys
from collections.abc import Iterator
from hashlib import sha256
from importlib import import_module
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from re import findall, match

from msgspec import Struct

import articlecli
from articlecli import __version__
from articlecli.core import form
from articlecli.data import read_data
from articlecli.errors import ArticleCliError, ModelError
from articlecli.extractor import extract
from articlecli.model.file import MARKUP, TEXT, TYPES, load_model, model_bytes
from articlecli.model.page_type import load_types
from articlecli.options import InputFormat, Options

NEEDED = {
    "backports.zstd": "backports.zstd", "brotli": "brotli", "click": "click",
    "faust-cchardet": "cchardet", "filelock": "filelock", "lxml_html_clean": "lxml_html_clean",
    "markdown-it-py": "markdown_it", "msgspec": "msgspec", "pebble": "pebble", "pyyaml": "yaml",
    "resiliparse": "resiliparse.parse.lang", "rich": "rich", "selectolax": "selectolax.lexbor",
    "trafilatura": "trafilatura",
}  # fmt: skip
"""Packages that are always needed, and the module that shows that each can be loaded."""
EXTRAS = {
    "parquet": ({"pyarrow": "pyarrow"}, "Parquet in and out"),
    "ray": ({"ray": "ray"}, "batch --engine ray: many machines"),
    "datatrove": ({"datatrove": "datatrove", "orjson": "orjson"}, "a step of a datatrove pipeline"),
    "remote": ({"fsspec": "fsspec"}, "addresses such as s3:// and hf://"),
    "adapt": ({"numpy": "numpy"}, "adapt: the model fitted to pages of your own"),
}  # fmt: skip
"""Extra → its packages and what it brings."""
FROM_314 = "backports.zstd"
"""The one package that Python itself has from 3.14 on."""
TITLE = "New lamps for the quay of the old harbour"
_STORY = (
    "The harbour office said on Friday that the lamps along the quay will all be replaced by then.",
    "Work starts on Monday at the western end, and the quay stays open to walkers while it lasts.",
)
TRIED: dict[InputFormat, str] = {
    "text": "\n\n".join((f"Home | News | Sport\n\n{TITLE}", *_STORY, "Contact | Imprint")),
    "html": f"<title>{TITLE}</title><h1>{TITLE}</h1>" + "".join(f"<p>{one}</p>" for one in _STORY),
}
"""A page of each kind that has a model of its own."""


class Package(Struct, frozen=True):
    """A package that articlecli uses."""

    name: str
    version: str | None
    """`None` where it is not installed."""
    licence: str = ""
    problem: str | None = None
    """Why it can't be used, a clause."""


class ModelFile(Struct, frozen=True):
    """A model that ships with the package."""

    name: str
    size: int
    """Bytes."""
    sha256: str
    trained: str
    """Day, ISO 8601; empty where the file can't be read."""
    problem: str | None = None


class Extra(Struct, frozen=True):
    """Packages that are installed by `articlecli[name]`."""

    name: str
    brings: str
    installed: bool
    packages: tuple[Package, ...]


class Terminal(Struct, frozen=True):
    """What standard output can show."""

    is_terminal: bool
    colours: bool
    columns: int
    encoding: str
    file_names: str
    """Encoding of the names of files."""


class Diagnosis(Struct, frozen=True):
    """All that `articlecli doctor` tells."""

    version: str
    folder: str
    """Where the package is installed."""
    form: str
    """`compiled core` or `pure Python`: which form of the zone model runs; both answer the same."""
    python: str
    system: str
    packages: tuple[Package, ...]
    models: tuple[ModelFile, ...]
    extras: tuple[Extra, ...]
    terminal: Terminal
    settings: tuple[str, ...]
    """Files that set options."""
    problems: tuple[str, ...]
    """What keeps the installation from being sound, a clause each with its remedy."""


def diagnose(terminal: Terminal, settings: tuple[str, ...]) -> Diagnosis:
    """Look at the installation; raises nothing."""
    floors = _floors()
    packages = tuple(
        _package(name, module, floors)
        for name, module in NEEDED.items()
        if name != FROM_314 or sys.version_info < (3, 14)
    )
    models = tuple(_model(name) for name in (TEXT, MARKUP, TYPES))
    extras = tuple(_extra(name, floors) for name in EXTRAS)
    problems = [f"{one.name} {one.problem}" for one in packages if one.problem]
    problems += [one.problem for one in models if one.problem]
    problems += [
        f"{package.name} {package.problem}"
        for extra in extras
        for package in extra.packages
        if package.problem and package.version is not None
    ]
    if not problems:  # else it is known already why they fail
        problems += _failures()
    return Diagnosis(
        __version__, os.path.dirname(articlecli.__file__), form(),
        f"{platform.python_version()} ({platform.python_implementation()})",
        f"{platform.system()} {platform.machine()}",
        packages, models, extras, terminal, settings, tuple(problems),
    )  # fmt: skip


def _floors() -> dict[str, str]:
    """The lowest version of each package; empty where articlecli runs uninstalled."""
    try:
        wanted = distribution("articlecli").requires or ()
    except PackageNotFoundError:
        return {}
    found = (match(r"([\w.-]+)[^;]*?>=\s*([\d.]+)", line) for line in wanted)
    return {one[1].lower(): one[2] for one in found if one}


def _package(name: str, module: str, floors: dict[str, str]) -> Package:
    try:
        found = distribution(name)
    except PackageNotFoundError:
        return Package(name, None, problem="is missing; reinstall articlecli")
    version, licence = found.version, _licence(found)
    floor = floors.get(name, "0")
    if _numbers(version) < _numbers(floor):
        problem = f"is {version}, and {floor} or later is needed; reinstall articlecli"
        return Package(name, version, licence, problem)
    try:
        import_module(module)
    except Exception as error:  # noqa: BLE001  # a broken package may raise anything
        said = str(error).partition("\n")[0]
        problem = f"cannot be loaded ({type(error).__name__}: {said}); reinstall it"
        return Package(name, version, licence, problem)
    return Package(name, version, licence)


def _licence(found: Distribution) -> str:
    """As the package names it, in a few words."""
    about = found.metadata
    if "License-Expression" in about:
        return about["License-Expression"]
    kinds = [line.rpartition(" :: ")[2] for line in about.get_all("Classifier") or ()
             if line.startswith("License :: ")]  # fmt: skip
    if kinds := [kind for kind in kinds if kind != "OSI Approved"]:
        return " or ".join(kinds)
    return about["License"].strip().partition("\n")[0][:80] if "License" in about else ""


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, findall(r"\d+", version.partition("+")[0])[:4]))


def _model(name: str) -> ModelFile:
    try:
        data = read_data(name)
    except OSError as error:
        problem = f"the model {name} cannot be read ({error.strerror}); reinstall articlecli"
        return ModelFile(name, 0, "", "", problem)
    size, digest = len(data), sha256(data).hexdigest()
    try:
        model_bytes(name)
        loaded = load_types() if name == TYPES else load_model(markup=name == MARKUP)
    except ModelError as error:
        return ModelFile(name, size, digest, "", str(error))
    return ModelFile(name, size, digest, loaded.header.trained)


def _extra(name: str, floors: dict[str, str]) -> Extra:
    modules, brings = EXTRAS[name]
    packages = tuple(_package(one, module, floors) for one, module in modules.items())
    return Extra(name, brings, not any(one.problem for one in packages), packages)


def _failures() -> Iterator[str]:
    """What goes wrong on a page of text and one of HTML."""
    for kind, page in TRIED.items():
        try:
            article = extract(page, options=Options(input_format=kind))
        except (ArticleCliError, OSError) as error:
            yield f"a page of {kind} fails ({error}); reinstall articlecli"
        except Exception as error:  # noqa: BLE001  # whatever is broken must be told
            yield (f"a page of {kind} fails ({type(error).__name__}: {error}); reinstall "
                   "articlecli")  # fmt: skip
        else:
            if article.title != TITLE or _STORY[0] not in article.text:
                yield f"the story of a page of {kind} is not found; reinstall articlecli"
