"""The public names of the package, as a page of the documents."""

import ast
import inspect
import re
from collections.abc import Iterator
from enum import Enum
from typing import Any

import articlecli
from lab.docs.schema import told_in_output
from lab.docs.source import fields_of, linked, methods_of, node_of, signature_of

HEAD = """\
# Python

Everything here is imported from `articlecli`; nothing else is promised to stay as it is. The type
hints are complete: an editor shows the same.

```python
from articlecli import Options, extract, extract_file, extract_many
```
"""
FIRST = ("extract", "extract_file", "extract_many", "Extractor", "Options", "Phrase",
         "parse_phrases", "Article", "BodyPart", "Teaser", "Removed", "Part", "Line", "Zone",
         "Source", "Link", "Image")  # fmt: skip
"""Names in the order in which they are told; those not named here follow in the alphabet's."""
_SECTION = re.compile(r"(Args|Returns|Yields|Raises):$")
_ITEM = re.compile(r"    ([\w*.]+): (.*)")


def names_page() -> str:
    """A section a name."""
    public = [name for name in articlecli.__all__ if not name.startswith("_")]
    ordered = [name for name in FIRST if name in public]
    ordered += [name for name in public if name not in FIRST]
    return linked("\n".join([HEAD, *(_section(name) for name in ordered)]))


def _section(name: str) -> str:
    thing = getattr(articlecli, name)
    lines = [f"## {name}\n"]
    node = node_of(thing)
    if not isinstance(node, ast.ClassDef):
        return "\n".join([*lines, _code(signature_of(node)), _prose(ast.get_docstring(node))])
    start = _constructor(node, name)
    lines += [_code(start)] if start else []
    lines.append(_prose(ast.get_docstring(node)))
    if issubclass(thing, Enum):
        lines.append(", ".join(f"`{one.value}`" for one in thing) + "\n")
    elif not start:
        lines += _fields(thing)
    for method in methods_of(node):
        called = signature_of(method, f"{name}.{method.name}")
        lines += [f"### {name}.{method.name}\n", _code(called), _prose(ast.get_docstring(method))]
    return "\n".join(lines)


def _constructor(node: ast.ClassDef, name: str) -> str | None:
    for child in node.body:
        if isinstance(child, ast.FunctionDef) and child.name == "__init__":
            return signature_of(child, name).removesuffix(" -> None")
    return None


def _fields(thing: Any) -> Iterator[str]:
    fields = list(fields_of(thing))
    if not fields or inspect.isroutine(thing):
        return
    more = told_in_output() if thing is articlecli.Article else {}
    yield "| field | type | meaning |\n|---|---|---|"
    for field in fields:
        kind = field.type.replace("|", "\\|").strip("'")
        default = f"Default `{field.default}`." if field.default is not None else ""
        meaning = field.meaning or more.get(field.name, "")
        told = f"{meaning} {default}".strip().replace("|", "\\|")
        yield f"| `{field.name}` | `{kind}` | {told} |"
    yield ""


def _code(text: str) -> str:
    return f"```python\n{text}\n```\n"


def _prose(docstring: str | None) -> str:
    """A docstring as Markdown: its sections become lists."""
    out: list[str] = []
    section = ""
    for line in (docstring or "").splitlines():
        if found := _SECTION.match(line):
            section = found[1]
            out.append(f"**{section}**\n")
        elif section and line.startswith("    "):
            item = _ITEM.match(line)
            told = f"`{item[1]}`: {item[2]}" if item else line.strip()
            goes_on = line.startswith("        ") or not (item or out[-1].endswith("**\n"))
            out.append(f"  {told}" if goes_on else f"- {told}")
        else:
            section = "" if line.strip() else section
            out.append(line)
    return "\n".join(out).strip() + "\n"
