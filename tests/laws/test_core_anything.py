"""No call of the core crashes, whatever it is given: real calls with something odd in them.

The pages of a user never reach the core like this; it would take a mistake of ours. But a mistake
in Python ends in an exception, and one in C must not end in a crash or read what is not its own.
`.ci/sanitize` runs these too, with every access to memory watched.
"""

import copy
import os
from array import array
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from random import Random
from types import ModuleType
from typing import Any

import pytest
from selectolax.lexbor import LexborNode

from articlecli import extract
from articlecli.core import core_runs
from articlecli.options import Options

if not core_runs():
    pytest.skip("no core was built, or Python is asked for", allow_module_level=True)

import articlecli.evidence as evidence_module
from articlecli import _core
from articlecli.article import removed
from articlecli.blocks import compiled_html, compiled_text
from articlecli.model import compiled, compiled_headline, page_counts, page_type
from articlecli.rules import sight
from articlecli.text.figures import holds_figure

NAMES = [name for name in dir(_core) if callable(getattr(_core, name)) and name[0] != "_"]
MODULES: list[ModuleType] = [_core, compiled_html, compiled_text, compiled, compiled_headline]
TABLES: list[Callable[..., object]] = [
    compiled_html._tables.__wrapped__, compiled_text._reader.__wrapped__,
    compiled_text._joiner.__wrapped__, compiled._tables.__wrapped__,
    evidence_module._tables.__wrapped__, page_counts._tables.__wrapped__,
    sight._tables.__wrapped__, page_type._tables.__wrapped__, removed._tables.__wrapped__,
    removed._tag_tables.__wrapped__,
]  # fmt: skip
PAGE = """<html lang=fr><title>Lamps</title><nav class="menu a-b"><ul><li><a href=/x>Home</a></ul></nav>
<h1 itemprop=headline>The lamps of the quay</h1><p class=byline>By Ann Lee, 3 May 2024</p>
<p>They went <b>out</b> at noon&nbsp;; “nobody” saw it.<br>Then <q>rain</q> fell<sup>2</sup>.</p>
<table><tr><td colspan=2>a<td>b<tr><td>c</table><ol start=3><li>one<li>two</ol>
<pre><code>if a:
    b</code></pre><figure><img src=a.jpg alt=Quay><figcaption>The quay</figcaption></figure>"""
LINES = """Menu\nHome\n\nThe lamps of the quay\n\nThey went out at noon, and no-\nbody saw it, said the
mayor of the port.\n- one\n- two\n\n  a   1   2\n  b   3   4\n\nＡ字 字\u200b字 é&amp;\x85b\n> quoted\n"""


class Bad:
    """Raises, whatever it is asked."""

    def __getattr__(self, name: str) -> Any:
        raise RuntimeError(name)

    def __bool__(self) -> bool:
        raise RuntimeError("bool")

    def __len__(self) -> int:
        return 1 << 40

    def __eq__(self, other: object) -> bool:
        raise RuntimeError("eq")

    __hash__ = None  # type: ignore[assignment]


class Text(str):
    """Text of another type."""

    __slots__ = ()


class Pair(tuple[Any, ...]):
    """A tuple of another type."""

    __slots__ = ()


class Odd:
    """A node of a page, that answers oddly now and then."""

    def __init__(self, node: LexborNode, rolls: Random) -> None:
        self._node, self._rolls = node, rolls

    def __getattr__(self, name: str) -> Any:
        told = getattr(self._node, name)
        if self._rolls.random() < 0.02:
            return self._rolls.choice(ODD)
        return Odd(told, self._rolls) if isinstance(told, LexborNode) else told


ODD: list[Any] = [
    None, True, -1, 0, 1, 2, 7, 255, 1 << 31, -(1 << 31), (1 << 63) - 1, 1 << 64, 0.5, float("nan"),
    "", "a", "\ud800", "\0", "字" * 300, "a b\n" * 50, b"", b"\xff" * 9, bytearray(b"ab"), (), [],
    {}, frozenset(), (None,), [None], ("a",) * 40, ((1, 2),), {"a": None}, object(), Bad(), Text("a"),
    Pair((1, 2)), [Bad()], (Bad(),) * 3, array("q", [1] * 9), array("b"), iter(()), int, len,
    lambda *_: None, lambda *_: 1 << 70, lambda *_: "a" * 99, lambda *_: [],
]  # fmt: skip


@contextmanager
def written_down(calls: list[tuple[str, tuple[Any, ...]]]) -> Iterator[None]:
    """Note every call of the core."""

    def noting(name: str, real: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any) -> Any:
            calls.append((name, args))
            return real(*args)

        return call

    real = {name: getattr(_core, name) for name in NAMES}
    names = {id(function): name for name, function in real.items()}
    kept = [(module, key, value) for module in MODULES for key, value in vars(module).items()
            if id(value) in names]  # fmt: skip
    try:
        for module, key, value in kept:
            setattr(module, key, noting(names[id(value)], value))
        yield
    finally:
        for module, key, value in kept:
            setattr(module, key, value)


def real_calls() -> dict[str, list[tuple[Any, ...]]]:
    """Calls of the core for two small pages, by function."""
    calls: list[tuple[str, tuple[Any, ...]]] = []
    compiled._network.cache_clear()
    compiled._decoder.cache_clear()
    compiled_headline._tables.cache_clear()
    with written_down(calls):
        for table in TABLES:
            table()
        for page in (PAGE, LINES):
            extract(page, options=Options(second_opinion="never"))
        _core.unpack(_core.pack([1, 2], [[1], []]))
        _core.line_spans(LINES)
        _core.odd_signs(LINES)
        _core.few_names(PAGE, 9)
        _core.sha256(LINES.encode())
        _core.holding(LINES.split("\n"), "quay")
        _core.with_figure(holds_figure, LINES.split("\n"))
        rows, *_ = _core.read_rows(compiled_text._reader(), LINES, _core.line_spans(LINES))
        _core.rows(compiled_text.Row, rows)
    found: dict[str, list[tuple[Any, ...]]] = {}
    for name, args in calls:
        found.setdefault(name, []).append(args)
    return found


def changed(value: Any, rolls: Random) -> Any:
    """A value with something odd in it: itself, or a part of it."""
    roll = rolls.random()
    if isinstance(value, tuple | list) and value and roll < 0.85:
        parts = list(value)
        at = rolls.randrange(len(parts))
        if roll < 0.05:
            del parts[at]
        elif roll < 0.1:
            parts += parts[:at] * rolls.randint(1, 3)
        else:
            parts[at] = changed(parts[at], rolls)
        return type(value)(parts) if type(value) in (tuple, list) else tuple(parts)
    if isinstance(value, dict) and value and roll < 0.85:
        return {
            **value,
            rolls.choice(list(value)): changed(rolls.choice(list(value.values())), rolls),
        }
    if isinstance(value, bytes) and value and roll < 0.5:
        return bytes([*value[: rolls.randrange(len(value))], rolls.randrange(256)])
    if isinstance(value, LexborNode) and roll < 0.9:
        return Odd(value, rolls)
    names = [name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())]
    if names and roll < 0.85 and not isinstance(value, str | bytes | int):
        try:
            other, name = copy.copy(value), rolls.choice(names)
            object.__setattr__(other, name, changed(getattr(value, name), rolls))
        except (AttributeError, TypeError):  # it cannot be
            return rolls.choice(ODD)
        return other
    return rolls.choice(ODD)


CALLS = real_calls()
ROUNDS = int(os.environ.get("ARTICLECLI_ROUNDS", "400"))
"""Calls of a function with one seed."""


def test_every_function_is_called() -> None:
    """A function that is new is tried too."""
    assert CALLS.keys() == set(NAMES)


USERS = {"tables": "features", "walk_tables": "walk", "reader": "read_rows", "joiner": "join",
         "count_tables": "count_page", "sign_tables": "page_signs", "removal_tables": "reasons",
         "evidence_tables": "evidence", "network": "scores", "pack": "scores",
         "decoder": "decode", "headline_tables": "weigh", "type_tables": "page_sums"}  # fmt: skip
"""Who works with what a function gives."""


def odd_call(name: str, rolls: Random) -> Any:
    """A real call of a function with something odd in it; of tables, a page is looked at too."""
    args = list(rolls.choice(CALLS[name]))
    for _ in range(rolls.choice([1, 1, 1, 2, 4])):
        if not args or rolls.random() < 0.02:
            args = [rolls.choice(ODD) for _ in range(rolls.randint(0, 12))]
        else:
            # The first is most often a capsule, which is right or wrong as a whole.
            at = (
                rolls.randrange(len(args))
                if rolls.random() < 0.1
                else rolls.randint(-len(args), -1)
            )
            if type(args[at]).__name__ == "PyCapsule" and len(args) > 1:
                at = -1
            args[at] = changed(args[at], rolls)
    told = getattr(_core, name)(*args)
    if name in USERS:
        user = rolls.choice(CALLS[USERS[name]])
        at = int(name == "pack")
        getattr(_core, USERS[name])(*user[:at], told, *user[at + 1 :])
    if name == "tag_tables":
        *user, (by_signs, _, is_menu) = rolls.choice(CALLS["reasons"])
        _core.reasons(*user, (by_signs, lambda: told, is_menu))
    return told


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("name", NAMES)
def test_anything_is_an_answer_or_an_exception(name: str, seed: int) -> None:
    """One or more odd things in the arguments: never a crash."""
    rolls = Random(f"{name} {seed}")
    for _ in range(ROUNDS):
        with suppress(Exception):
            odd_call(name, rolls)
