"""The JSON Schema of the output: the schema itself, and a page that can be read."""

import json
import re
from inspect import cleandoc
from typing import Any

import articlecli
from articlecli import document, json_schema
from lab.docs.source import fields_of, linked
from lab.results import ROOT

HEAD = """\
# JSON Schema

What [the output](../output.md) may hold, field by field. [schema.json](schema.json) is the schema
for programs, as `articlecli schema` prints it. A field with a default is left out where it has
that value.
"""


def schema_file() -> str:
    """The schema, as the command prints it.

    The indent of docstrings in it, which depends on the version of msgspec, is taken off.
    """
    schema = json.loads(json_schema())
    for told in schema["$defs"].values():
        if "description" in told:
            told["description"] = cleandoc(told["description"])
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def schema_page() -> str:
    """A table of fields for each kind of object."""
    definitions: dict[str, Any] = json.loads(json_schema())["$defs"]
    tables = (_table(name, told) for name, told in definitions.items())
    return linked("\n".join([HEAD, *tables]))


def _table(name: str, told: dict[str, Any]) -> str:
    if "properties" not in told:
        values = ", ".join(f"`{value}`" for value in told.get("enum", ()))
        return f"## {name}\n\n{_first_line(told)}\n\n{values}\n"
    meanings = told_in_output() if name == "Article" else {}
    public = name in articlecli.__all__
    for told_field in fields_of(getattr(articlecli if public else document, name)):
        if told_field.meaning:
            meanings[told_field.name] = told_field.meaning
    rows = ["| field | type | meaning |", "|---|---|---|"]
    for field, kind in told["properties"].items():
        meaning = meanings.get(field, "").replace("`None`", "`null`").replace("|", "\\|")
        default = f"Default `{json.dumps(kind['default'])}`." if "default" in kind else ""
        rows.append(f"| `{field}` | {_kind(kind)} | {f'{meaning} {default}'.strip()} |")
    return f"## {name}\n\n{_first_line(told)}\n\n" + "\n".join(rows) + "\n"


def told_in_output() -> dict[str, str]:
    """Field of an article → what `docs/output.md` says of it."""
    text = (ROOT / "docs" / "output.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| (`\w+`(?:, `\w+`)*) \| (.+) \|$", text, re.MULTILINE)
    found: dict[str, str] = {}
    for names, meaning in rows:
        for name in re.findall(r"\w+", names):
            if meaning != "see below":
                found.setdefault(name, f"{meaning[0].upper()}{meaning[1:].rstrip('.')}.")
    return found


def _first_line(told: dict[str, Any]) -> str:
    return str(told.get("description", "")).partition("\n")[0]


def _kind(told: dict[str, Any]) -> str:
    """A type in words."""
    if "$ref" in told:
        name = told["$ref"].rsplit("/", 1)[-1]
        return f"[{name}](#{name.lower()})"
    if "anyOf" in told:
        return " or ".join(_kind(one) for one in told["anyOf"])
    if "enum" in told:
        return ", ".join(f"`{value}`" for value in told["enum"])
    if told.get("type") == "array":
        if "prefixItems" in told:
            return f"[{', '.join(_kind(one) for one in told['prefixItems'])}]"
        return f"list of {_kind(told.get('items') or {})}"
    if told.get("type") == "object" and "additionalProperties" in told:
        return f"object of {_kind(told['additionalProperties'])}"
    return str(told.get("type", "anything"))
