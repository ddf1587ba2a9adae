"""Pages made up by Hypothesis: flat ones of stock lines, and trees of HTML."""

from html import escape
from itertools import count
from typing import Any, NamedTuple

import pytest
from hypothesis import strategies as st

from articlecli import Article

LINES = st.sampled_from(
    [
        "Menu",
        "Home",
        "Accès direct au menu",
        "Plus d'articles",
        "Lire aussi : la halle rouvre",
        "Publié le 3 mai 2020",
        "Par Marie Dupont",
        "The harbour opens again after a long winter of repairs.",
        "© 2020",
        "Subscribe now",
        "Ships came back on Monday, said the mayor, and the cranes moved for the first time in a year.",
        "Die Halle öffnet am Samstag wieder, sagte der Bürgermeister vor zweihundert Gästen im Rathaus.",
        "青沙镇老码头改建为公共图书馆，下周一开放。",
        "Читайте также",
        "2 commentaires",
        "Bonjour, merci pour cet article !",
        "# Title",
        "- item",
        "> quote",
        "```",
        "",
        " a ",
        " b ",
        "",
        "",
        "   ",
        "\xa0",
        "\t\tcell\tcell",
        "x…",
        "Storm hits the coast of Brittany tonight",
        "Home News Sport Storm hits the coast of Brittany tonight",
        "![ ](x.gif) ![ ](y.gif) Storm hits the coast of Brittany tonight",
        "[ ](x)",
        "| --- | --- |",
        "| a | b |",
        "~~~",
        "<p>The ferry sails again.</p>",
        "<div class='menu'><a href='/'>Home</a>",
        "</ul></div>",
        "&copy; 2020 &nbsp;",
        "<!-- advertisement -->",
        "if a < b and b > c:",
    ]
)
FLAT = st.lists(st.one_of(LINES, st.text(max_size=40)), max_size=40).map("\n".join)
"""A flat page."""


class Tree(NamedTuple):
    """A page of HTML, and the words that its reader sees and does not see, in order."""

    html: str
    shown: list[str]
    hidden: list[str]


WORDS = st.sampled_from(
    [
        "Menu",
        "Read also",
        "By Ann Lee",
        "3 May 2020",
        "Subscribe",
        "said the mayor of the old harbour town on Monday",
        "The cranes moved for the first time in a year, and everybody came to see them.",
        "Storm & <waves>",
        "Опубликовано 3 мая 2020",
        "码头改建为公共图书馆",
        "été…",
        "12 °C",
        "“quoted”",
        "\xa0",
        "",
    ]
)
INLINE = st.sampled_from(
    ["b", "i", "em", "strong", "span", "a", "code", "abbr", "time", "q", "sub"]
)
BLOCK = st.sampled_from(
    ["div", "p", "section", "article", "main", "nav", "header", "footer", "aside", "h1", "h2", "h3",
     "blockquote", "pre", "figure", "figcaption", "details", "form", "address", "dl"]
)  # fmt: skip
UNSEEN = st.sampled_from(["script", "style", "template", "!--"])
MARKS = st.sampled_from(["", "menu", "related", "comments", "article-body", "byline", "footer"])

text = st.tuples(st.just("text"), WORDS)
phrase = st.recursive(
    text,
    lambda inside: st.tuples(st.just("tag"), INLINE, MARKS, st.lists(inside, max_size=3)),
    max_leaves=4,
)
run = st.lists(phrase, max_size=3)
leaf = st.one_of(
    st.tuples(st.just("tag"), BLOCK, MARKS, run),
    st.tuples(st.just("list"), st.sampled_from(["ul", "ol"]), st.lists(run, max_size=4)),
    st.tuples(st.just("table"), st.lists(st.lists(run, min_size=1, max_size=3), max_size=4)),
    st.tuples(st.just("unseen"), UNSEEN),
    st.tuples(st.just("break")),
    phrase,
)
body = st.lists(
    st.recursive(
        leaf,
        lambda inside: st.tuples(
            st.just("tag"),
            st.sampled_from(["div", "section", "article", "aside"]),
            MARKS,
            st.lists(inside, max_size=4),
        ),
        max_leaves=12,
    ),
    max_size=8,
)


def written(nodes: list, title: str) -> Tree:
    """A page of such nodes; each text ends in a word of its own, by which it is found again."""
    numbers = count(1)
    shown: list[str] = []
    hidden: list[str] = []

    def word(kept: list[str]) -> str:
        kept.append(f"w{next(numbers)}z")
        return kept[-1]

    def show(node: tuple) -> str:
        match node:
            case ("text", said):
                return f"{escape(said)} {word(shown)} "
            case ("tag", name, marks, inside):
                target = f' href="/{len(shown)}"' if name == "a" else ""
                return f'<{name} class="{marks}"{target}>{all_of(inside)}</{name}>'
            case ("list", name, items):
                return f"<{name}>{''.join(f'<li>{all_of(item)}' for item in items)}</{name}>"
            case ("table", rows):
                cells = ("".join(f"<td>{all_of(cell)}</td>" for cell in row) for row in rows)
                return f"<table>{''.join(f'<tr>{row}</tr>' for row in cells)}</table>"
            case ("unseen", "!--"):
                return f"<!-- {word(hidden)} -->"
            case ("unseen", name):
                return f"<{name}>{word(hidden)}</{name}>"
        return "<br>"

    def all_of(inside: list) -> str:
        return "".join(map(show, inside))

    head = f"<title>{title} {word(shown)}</title>" if title else ""
    return Tree(f"<html><head>{head}</head><body>{all_of(nodes)}</body></html>", shown, hidden)


TREE = st.builds(written, body, st.sampled_from(["", "Storm hits the coast | The Daily"]))
"""A page of HTML."""


def lines_of(article: Article) -> list[int]:
    """Every line that some part of the article holds."""
    ranges = [*article.title_lines, *article.lead_lines]
    for part in parts_of(article):
        ranges += part.lines
    return sorted(n for first, last in ranges for n in range(first, last + 1))


def parts_of(article: Article) -> list:
    """All parts but title and lead, which are texts."""
    return [*article.meta, *article.body, *article.entries, *article.teaser_sections, *article.teasers,
            *article.comments, *article.removed]  # fmt: skip


def gold_pages(limit: int) -> list[dict[str, Any]]:
    """Real pages of all sets, some of a set, as `text` and `html`; skips where there are none."""
    pages = pytest.importorskip("lab.gold.pages", reason="the lab's own packages are missing")
    if not pages.DATA.exists():
        pytest.skip("gold pages are not in this repository")
    from lab.measure.freeze import inputs

    return list(inputs(limit))
