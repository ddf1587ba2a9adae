"""Which blocks say what the page's head declares."""

from articlecli.blocks.from_html import html_blocks

LEAD = "The ferry to the island sails again after ten years in the dock"
FIRST = "The people who waited for it at the pier at dawn are on board, and so is the mayor."


def said(head: str) -> dict[str, set[str]]:
    """Text → what it says of the head."""
    body = f"<p>{LEAD}.</p><p>{FIRST}</p><p>Share this page with all of your friends today</p>"
    _, blocks = html_blocks(f"<html><head>{head}</head><body>{body}</body></html>")
    return {block.text: set(block.markup.declared) for block in blocks if block.markup}


def test_description() -> None:
    """A block that is in the declared description is marked, and no other."""
    marks = said(f'<meta name="description" content="{LEAD}, says the harbour master.">')
    assert marks[f"{LEAD}."] == {"description"}
    assert marks[FIRST] == set()


def test_article_body() -> None:
    """Blocks of the declared story are marked; JSON-LD may declare it without its tags."""
    marks = said(
        '<script type="application/ld+json">{"@type": "NewsArticle", "articleBody": '
        f'"{LEAD}. {FIRST} And more."}}</script>'
    )
    assert marks[FIRST] == {"body"}
    assert "body" in marks[f"{LEAD}."]
    assert marks["Share this page with all of your friends today"] == set()
