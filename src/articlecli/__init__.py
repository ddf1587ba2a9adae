"""articlecli: scraped web pages, most often flattened to text, into clean articles."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from articlecli.batch.extract_many import extract_many
    from articlecli.batch.outcome import Outcome
    from articlecli.document import Image, Link, Mark, Source
    from articlecli.errors import ArticleCliError, InputError, ModelError
    from articlecli.explain import ExplainedLine, Explanation
    from articlecli.extractor import Extractor, extract, extract_file
    from articlecli.model.attribution import Weight
    from articlecli.options import Adaptation, Options, Phrase
    from articlecli.output import Article, BodyPart, Line, Part, Removed, Teaser
    from articlecli.read.adaptation import read_adaptation
    from articlecli.read.phrase_list import parse_phrases
    from articlecli.write import from_json, json_schema, to_json, to_markdown, to_text
    from articlecli.zone import Zone

__all__ = [
    "Adaptation",
    "Article",
    "ArticleCliError",
    "BodyPart",
    "ExplainedLine",
    "Explanation",
    "Extractor",
    "Image",
    "InputError",
    "Line",
    "Link",
    "Mark",
    "ModelError",
    "Options",
    "Outcome",
    "Part",
    "Phrase",
    "Removed",
    "Source",
    "Teaser",
    "Weight",
    "Zone",
    "__version__",
    "extract",
    "extract_file",
    "extract_many",
    "from_json",
    "json_schema",
    "parse_phrases",
    "read_adaptation",
    "to_json",
    "to_markdown",
    "to_text",
]

__version__ = "0.1.0"

_HOMES = {
    "Adaptation": "options",
    "Article": "output",
    "ArticleCliError": "errors",
    "BodyPart": "output",
    "ExplainedLine": "explain",
    "Explanation": "explain",
    "Extractor": "extractor",
    "Image": "document",
    "InputError": "errors",
    "Line": "output",
    "Link": "document",
    "Mark": "document",
    "ModelError": "errors",
    "Options": "options",
    "Outcome": "batch.outcome",
    "Part": "output",
    "Phrase": "options",
    "Removed": "output",
    "Source": "document",
    "Teaser": "output",
    "Weight": "model.attribution",
    "Zone": "zone",
    "extract": "extractor",
    "extract_file": "extractor",
    "extract_many": "batch.extract_many",
    "from_json": "write",
    "json_schema": "write",
    "parse_phrases": "read.phrase_list",
    "read_adaptation": "read.adaptation",
    "to_json": "write",
    "to_markdown": "write",
    "to_text": "write",
}


def __dir__() -> list[str]:
    """The public names, so that Tab shows those that are not loaded yet."""
    return sorted({*__all__, *globals()})


def __getattr__(name: str) -> Any:
    """Load a public name when it is first asked for, so that `--help` loads none of them."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value = getattr(import_module(f"articlecli.{_HOMES[name]}"), name)
    globals()[name] = value
    return value
