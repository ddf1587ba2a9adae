"""What the source says of a function or class: signature, docstring, what each field means."""

import ast
import inspect
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

Function = ast.FunctionDef | ast.AsyncFunctionDef


class Field(NamedTuple):
    """A field of a class."""

    name: str
    type: str
    """As the source writes it."""
    default: str | None
    meaning: str
    """The string under it, on one line; empty where there is none."""


@cache
def _module(path: str) -> ast.Module:
    return ast.parse(Path(path).read_text(encoding="utf-8"))


def node_of(thing: Any) -> Function | ast.ClassDef:
    """The definition of a function or class of a module.

    Raises:
        LookupError: Its file has no such definition.

    """
    path = inspect.getsourcefile(thing)
    for node in _module(path or "").body:
        if isinstance(node, Function | ast.ClassDef) and node.name == thing.__name__:
            return node
    raise LookupError(thing.__name__)


def fields_of(thing: type) -> Iterator[Field]:
    """Fields of a class and of those it is made from, the inherited ones first."""
    for one in reversed(thing.__mro__):
        if one.__module__.startswith("articlecli"):
            node = node_of(one)
            body = [*node.body, None]
            for statement, after in zip(body, body[1:], strict=False):
                if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                    if statement.target.id.startswith("_"):
                        continue
                    default = ast.unparse(statement.value) if statement.value else None
                    yield Field(statement.target.id, ast.unparse(statement.annotation), default,
                                _string(after))  # fmt: skip


def linked(text: str) -> str:
    """Text for a page of `docs/reference/`: documents that it names become links."""
    return re.sub(r"`docs/([\w-]+)\.md`", r"[\1](../\1.md)", text)


def _string(statement: ast.stmt | None) -> str:
    if isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant):
        return " ".join(str(statement.value.value).split())
    return ""


def methods_of(node: Function | ast.ClassDef) -> Iterator[Function]:
    """Public methods of a class, in the order of the source."""
    for child in node.body:
        if isinstance(child, Function) and not child.name.startswith("_"):
            yield child


def signature_of(node: Function, name: str = "") -> str:
    """`name(argument: type = default) -> type`, an argument a line where it is long."""
    arguments = [part for part in _arguments(node.args) if part not in ("self", "cls")]
    returns = ast.unparse(node.returns).strip("'\"") if node.returns else "None"
    short = f"{name or node.name}({', '.join(arguments)}) -> {returns}"
    if len(short) <= 88:
        return short
    inner = "".join(f"    {argument},\n" for argument in arguments)
    return f"{name or node.name}(\n{inner}) -> {returns}"


def _arguments(args: ast.arguments) -> Iterator[str]:
    plain = [*args.posonlyargs, *args.args]
    without = len(plain) - len(args.defaults)
    for number, arg in enumerate(plain):
        yield _argument(arg, args.defaults[number - without] if number >= without else None)
        if args.posonlyargs and number + 1 == len(args.posonlyargs):
            yield "/"
    if args.vararg:
        yield f"*{_argument(args.vararg, None)}"
    elif args.kwonlyargs:
        yield "*"
    for arg, default in zip(args.kwonlyargs, args.kw_defaults, strict=True):
        yield _argument(arg, default)
    if args.kwarg:
        yield f"**{_argument(args.kwarg, None)}"


def _argument(arg: ast.arg, default: ast.expr | None) -> str:
    told = arg.arg
    if arg.annotation:
        told += ": " + ast.unparse(arg.annotation).strip("'")
    return f"{told} = {ast.unparse(default)}" if default else told
