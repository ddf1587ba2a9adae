"""articlecli on HTML less one of its parts, or with one more, for `compare.py --parts`."""

from collections.abc import Callable

from msgspec.structs import replace

from articlecli.article import assemble
from articlecli.blocks import split_page
from articlecli.document import Block, Declared, Page
from articlecli.model import label_blocks
from articlecli.options import Options
from articlecli.output import Article
from articlecli.read import read_page

UNSURE = 0.75
"""Confidence under which trafilatura is asked for a second opinion."""
Change = Callable[[Page, list[Block]], tuple[Page, list[Block]]]


def _whole(page: Page, blocks: list[Block]) -> tuple[Page, list[Block]]:
    return page, blocks


def _no_declarations(page: Page, blocks: list[Block]) -> tuple[Page, list[Block]]:
    """Without JSON-LD, OpenGraph and `<meta>`; `<title>` is a line of the page and stays."""
    bare = [replace(b, markup=b.markup and replace(b.markup, declared=frozenset())) for b in blocks]
    head = page.head or Declared()
    return replace(page, head=Declared(title=head.title, language=head.language)), bare


def _no_marks(page: Page, blocks: list[Block]) -> tuple[Page, list[Block]]:
    """Without the words of classes, ids and roles."""
    return page, [replace(b, markup=b.markup and replace(b.markup, marks="")) for b in blocks]


def _no_tags(page: Page, blocks: list[Block]) -> tuple[Page, list[Block]]:
    """Without the tags above a block, and whether it is bold; class words stay."""
    return page, [
        replace(b, markup=b.markup and replace(b.markup, path="", strong=False, inline=frozenset()))
        for b in blocks
    ]


def _article(page: dict, change: Change) -> Article:
    options = Options(input_format="html")
    read, blocks = change(*split_page(read_page(page["html"], url=None, options=options)))
    return assemble(read, blocks, label_blocks(blocks), language=None)


def _found(article: Article) -> dict[str, str | None]:
    return {"text": article.text, "title": article.title, "author": article.byline,
            "date": article.published}  # fmt: skip


def _asking(when: Callable[[Article], bool]) -> Callable[[dict, str], dict[str, str | None]]:
    """With trafilatura's text in place of the article's where it is asked."""

    def call(page: dict, _: str) -> dict[str, str | None]:
        import trafilatura

        article = _article(page, _whole)
        found = _found(article)
        if when(article):
            found["text"] = (
                trafilatura.extract(page["html"], include_comments=False) or found["text"]
            )
        return found

    return call


PARTS: dict[str, tuple[str, Callable[[dict, str], dict[str, str | None]]]] = {
    "HTML": ("articlecli", lambda page, _: _found(_article(page, _whole))),
    "without declarations": (
        "articlecli", lambda page, _: _found(_article(page, _no_declarations))
    ),
    "without class words": ("articlecli", lambda page, _: _found(_article(page, _no_marks))),
    "without tags": ("articlecli", lambda page, _: _found(_article(page, _no_tags))),
    "trafilatura where no story": ("articlecli", _asking(lambda a: a.status == "no_article")),
    "trafilatura where unsure": ("articlecli", _asking(lambda a: a.confidence < UNSURE)),
}  # fmt: skip
