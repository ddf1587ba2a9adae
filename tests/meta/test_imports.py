"""How the modules of the package hang together: down the road, without circles, under one name."""

import ast
import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import NamedTuple

import pytest

import articlecli

PACKAGE = Path(articlecli.__file__).parent
ROAD = ["core", "late", "data", "errors", "extras", "zone", "document", "options", "output", "text", "read", "blocks", "evidence",
        "model", "rules", "article", "opinion", "explain", "disk", "write", "show",
        "extractor", "doctor", "processes", "batch", "teach", "report", "ext", "plain", "cli", "__main__"]  # fmt: skip
"""Modules and folders in the order in which they may know one another; `__init__` knows all."""

CLIMBS = {
    ("articlecli.output", "articlecli.write"),
    ("articlecli.output", "articlecli.show.terminal"),
    ("articlecli.output", "articlecli.show.notebook"),
    ("articlecli.extractor", "articlecli.batch.extract_many"),
    ("articlecli.extractor", "articlecli.batch.outcome"),
}
"""Imports up the road: methods that hand an article to the writers, and an extractor to a batch."""

KNOWN_CIRCLES: list[set[str]] = []
"""Circles that are still there. The list may only become shorter."""

HIDDEN: set[str] = set()
"""Modules that a function of the same name hides. The list may only become shorter."""


class Import(NamedTuple):
    """One module that another one names."""

    source: str
    target: str
    typing: bool
    """Under `if TYPE_CHECKING:`, so that it is never loaded."""


def name_of(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {name_of(path): path for path in sorted(PACKAGE.rglob("*.py"))}


def targets(node: ast.Import | ast.ImportFrom, source: str) -> Iterator[str]:
    """Modules of the package that one import statement loads, in whatever form it is written."""
    if isinstance(node, ast.Import):
        names = [alias.name for alias in node.names]
    else:
        base = node.module or ""
        if node.level:
            is_package = MODULES[source].name == "__init__.py"
            above = source.split(".")[: len(source.split(".")) - node.level + is_package]
            base = ".".join([*above, *([node.module] if node.module else [])])
        # `from a import b` loads `a.b` where that is a module, and `a` in any case.
        names = [
            whole if (whole := f"{base}.{alias.name}") in MODULES else base for alias in node.names
        ]
    yield from dict.fromkeys(name for name in names if name in MODULES)


def imports_of(tree: ast.AST, source: str, *, typing: bool = False) -> Iterator[Import]:
    """All imports of a module: at its head, inside functions, under conditions."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
            for below in node.body:
                yield from imports_of(ast.Module([below], []), source, typing=True)
            for other in node.orelse:
                yield from imports_of(ast.Module([other], []), source, typing=typing)
        elif isinstance(node, ast.Import | ast.ImportFrom):
            for target in targets(node, source):
                yield Import(source, target, typing)
        else:
            yield from imports_of(node, source, typing=typing)


@cache
def imports() -> list[Import]:
    """Every import inside the package."""
    return [
        found
        for name, path in MODULES.items()
        for found in imports_of(ast.parse(path.read_text(encoding="utf-8")), name)
        if found.target != name
    ]


def stage(module: str) -> str:
    return module.split(".")[1] if "." in module else ""


def test_the_road_has_every_stage() -> None:
    """Whatever stands in the package has its place on the road."""
    assert {stage(name) for name in MODULES} - {""} == set(ROAD)


def test_imports_go_down_the_road() -> None:
    """A stage knows those before it and none after it, types included."""
    for source, target, _ in imports():
        if not stage(source) or (source, target) in CLIMBS:
            continue
        if stage(target):  # the package itself has names from all stages, and loads them late
            assert ROAD.index(stage(target)) <= ROAD.index(stage(source)), f"{source}: {target}"


def test_the_package_itself_is_asked_for_its_version_only() -> None:
    """`from articlecli import extract` inside the package would go round the road."""
    for name, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and node.module == "articlecli" and not node.level:
                asked = {
                    alias.name for alias in node.names if f"articlecli.{alias.name}" not in MODULES
                }
                assert asked <= {"__version__"}, f"{name}: {asked}"


def test_folders_know_modules_and_not_each_other_s_private_names() -> None:
    """A name that begins with an underscore is used in its own module only."""
    for name, path in MODULES.items():
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("articlecli"):
                private = [a.name for a in node.names if a.name[0] == "_" and a.name[:2] != "__"]
                assert not private, f"{name} imports {private}"


def circles() -> list[set[str]]:
    """Sets of modules that know each other, straight or by way of others."""
    known: dict[str, set[str]] = {name: set() for name in MODULES}
    for source, target, _ in imports():
        if (source, target) not in CLIMBS and stage(source):
            known[source].add(target)
    reached: dict[str, set[str]] = {}
    for name in MODULES:
        seen, waiting = set[str](), list(known[name])
        while waiting:
            if (other := waiting.pop()) not in seen:
                seen.add(other)
                waiting += known[other]
        reached[name] = seen
    found: list[set[str]] = []
    for name in MODULES:
        circle = {other for other in reached[name] if name in reached[other]}
        if circle and circle not in found:
            found.append(circle)
    return found


def test_no_circles() -> None:
    """No module knows one that knows it, not even inside a folder or a function."""
    assert circles() == KNOWN_CIRCLES


def hidden() -> set[str]:
    """Modules that cannot be reached as an attribute of their folder."""
    for module in pkgutil.walk_packages([str(PACKAGE)], "articlecli."):
        if "__main__" not in module.name and not module.name.startswith("articlecli.ext."):
            import_module(module.name)
    out = set()
    for name in MODULES:
        folder, _, last = name.rpartition(".")
        if folder and last != "__main__" and not name.startswith("articlecli.ext."):
            if not isinstance(getattr(import_module(folder), last), ModuleType):
                out.add(name)
    return out


def test_no_function_hides_a_module() -> None:
    """`articlecli.batch.run` is either a module or a function; not one and, after an import, the other.

    The names that the package itself gives (`articlecli.extract`) are functions and no modules.
    """
    assert hidden() == HIDDEN


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("import articlecli.zone", {"articlecli.zone"}),
        ("import articlecli.zone as z, os", {"articlecli.zone"}),
        ("from articlecli import zone", {"articlecli.zone"}),
        ("from articlecli.zone import Zone", {"articlecli.zone"}),
        ("from . import render", {"articlecli.write.render"}),
        ("from .render import Render", {"articlecli.write.render"}),
        ("from ..zone import Zone", {"articlecli.zone"}),
        ("from .. import zone", {"articlecli.zone"}),
        ("def f():\n    if x:\n        from articlecli import zone", {"articlecli.zone"}),
        ("try:\n    import articlecli.zone\nexcept ImportError: pass", {"articlecli.zone"}),
    ],
)
def test_every_form_of_import_is_seen(line: str, found: set[str]) -> None:
    """The tests above look through every way to write an import."""
    assert {i.target for i in imports_of(ast.parse(line), "articlecli.write.json")} == found
    under = f"if TYPE_CHECKING:\n    {line.replace(chr(10), chr(10) + '    ')}"
    assert all(i.typing for i in imports_of(ast.parse(under), "articlecli.write.json"))
