"""articlecli on HTML less one of its parts, or with one more: `python -m lab compare --parts`."""

from collections.abc import Callable

from msgspec.structs import replace

from articlecli.article import assemble
from articlecli.blocks import split_page
from articlecli.document import Declared, Document
from articlecli.evidence import evidence_of
from articlecli.extractor import extract
from articlecli.model import label_blocks
from articlecli.model.by_type import settle_by_type
from articlecli.options import Options, SecondOpinion
from articlecli.output import Article
from articlecli.read import read_page
from articlecli.rules import apply_rules
from lab.measure.peers import Found, Page, Peer

Change = Callable[[Document], Document]


def _whole(document: Document) -> Document:
    return document


def _markup(document: Document, **changes: object) -> Document:
    blocks = [replace(b, markup=b.markup and replace(b.markup, **changes)) for b in document.blocks]
    return replace(document, blocks=tuple(blocks))


def _no_declarations(document: Document) -> Document:
    """Without JSON-LD, OpenGraph and `<meta>`; `<title>` is a line of the page and stays."""
    told = document.declared or Declared()
    bare = _markup(document, declared=frozenset())
    return replace(bare, declared=Declared(title=told.title, language=told.language))


def _no_marks(document: Document) -> Document:
    """Without the words of classes, ids and roles."""
    return _markup(document, marks="")


def _no_tags(document: Document) -> Document:
    """Without the tags above a block, and whether it is bold; class words stay."""
    return _markup(document, path="", strong=False, inline=frozenset())


def _article(page: Page, change: Change) -> Article:
    options = Options(input_format="html")
    document = change(split_page(read_page(page["html"], url=None, options=options)))
    evidence = evidence_of(document.blocks)
    labelled = label_blocks(document.blocks, evidence)
    verdicts, told = settle_by_type(document, evidence, labelled)
    verdicts = apply_rules(document, evidence, verdicts)
    return assemble(document, evidence, verdicts, told, options)


def _found(article: Article) -> Found:
    return {"text": article.text, "title": article.title, "author": article.byline,
            "date": article.published}  # fmt: skip


def _asking(when: SecondOpinion) -> Peer:
    """As it is, asking trafilatura so."""

    def call(page: Page, _: str) -> Found:
        options = Options(input_format="html", second_opinion=when)
        return _found(extract(page["html"], options=options))

    return call


PARTS: dict[str, tuple[str, Peer]] = {
    "HTML": ("articlecli", lambda page, _: _found(_article(page, _whole))),
    "without declarations": (
        "articlecli", lambda page, _: _found(_article(page, _no_declarations))
    ),
    "without class words": ("articlecli", lambda page, _: _found(_article(page, _no_marks))),
    "without tags": ("articlecli", lambda page, _: _found(_article(page, _no_tags))),
    "no second opinion": ("articlecli", _asking("never")),
    "second opinion in doubt": ("articlecli", _asking("auto")),
    "second opinion always": ("articlecli", _asking("always")),
}  # fmt: skip
