"""Markdown as people and programs write it."""

import time

import pytest

from articlecli import Options, extract
from articlecli.blocks.from_text import text_blocks
from articlecli.text.lines import line_spans


def blocks_of(page: str) -> list[tuple[tuple[int, int], str | None, str]]:
    return [(b.lines, b.kind, b.text) for b in text_blocks(page, line_spans(page), markdown=True)]


TEXT = (
    "After forty years of work the keeper in the south of the town retires, and a computer takes over.\n\n"
    "## What comes next\n\nThe neighbours want a small museum in the tower, with lamps and old maps.\n"
)
FRONT = {
    "yaml": "---\ntitle: 'The keeper: a farewell'\nauthor: Ewa Nowak\ndate: 2023-05-03\ntags: [sea]\n---\n\n",
    "yaml list": "---\ntitle: >\n  The keeper:\n  a farewell\nauthors:\n  - name: Ewa Nowak\ndate: 3 May 2023\n---\n",
    "toml": '+++\ntitle = "The keeper: a farewell"\nauthors = ["Ewa Nowak"]\ndate = 2023-05-03\n+++\n\n',
    "broken": "---\ntitle: The keeper: a farewell\nauthor: Ewa Nowak\ndate: 2023-05-03\n---\n\n",
}


@pytest.mark.parametrize("form", FRONT)
def test_front_matter(form: str) -> None:
    """Its values are the article's, and none of its lines is in the text."""
    article = extract(FRONT[form] + TEXT)
    assert article.source.format == "markdown"
    assert article.title == "The keeper: a farewell"
    assert article.byline == "Ewa Nowak"
    assert article.published == "2023-05-03"
    assert article.text.startswith("After forty years")
    assert article.text.endswith("old maps.")


def test_front_matter_with_a_heading() -> None:
    """A copy of the title below it is not printed twice; tags are keywords."""
    article = extract(FRONT["yaml"] + "# The keeper: a farewell\n\n" + TEXT)
    assert article.keywords == ("sea",)
    assert "farewell" not in article.text


LAUGHS = "a0: &a0 [lamp, quay]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 40)
)
TAKEN_OVER = "a0: &a0 {x: 1}\n" + "".join(
    f"a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 9)}]}}\n" for n in range(1, 40)
)
BAD_FRONT = {
    "lists of lists": f"---\n{LAUGHS}tags: *a39\n---\n",
    "keys taken over": f"---\n{TAKEN_OVER}---\n",
    "a ring": "---\nauthors: &a [*a, Ewa Nowak]\ntags: &t {x: *t}\n---\n",
    "digits": f"---\nauthor: {'1' * 5000}\ntags: 0x{'f' * 5000}\n{'1' * 5000}: a\n---\n",
    "digits of TOML": f"+++\ntags = {'1' * 5000}\n+++\n",
    "sixtieths": f"---\ntags: {'1:' * 200_000}1\n---\n",
    "parts of sixtieths": f"---\ntags: {'1:' * 400}1.0\n---\n",
    "nest": f"---\ntags: {'[' * 20_000}{']' * 20_000}\n---\n",
    "nest of TOML": f"+++\ntags = {'[' * 5000}{']' * 5000}\n+++\n",
    "keys of TOML": f"+++\n{'a.' * 5000}b = 1\n+++\n",
    **{tag: f"---\ntags: !!{tag}\n---\n" for tag in (
        "int ''", "float ''", "bool x", "timestamp x", "binary é", "python/object:os.system a")},
    "a day that is none": "---\ndate: 2020-02-31\n---\n",
}  # fmt: skip


@pytest.mark.parametrize("form", BAD_FRONT)
def test_hostile_front_matter(form: str) -> None:
    """What YAML and TOML cannot say, or say without end, costs neither the page nor its time."""
    started = time.process_time()
    article = extract(BAD_FRONT[form] + TEXT, options=Options(input_format="markdown"))
    assert article.text.endswith("old maps.")
    assert time.process_time() - started < 2
    assert len(article.to_json()) < 20 * len(BAD_FRONT[form] + TEXT)


def test_front_matter_of_names() -> None:
    """Values that stand elsewhere are found there; a set has one order in all runs."""
    page = "---\nowner: &o Ewa Nowak\nauthor: *o\ntags: !!set {sea, oil, lamp}\n---\n" + TEXT
    article = extract(page)
    assert article.byline == "Ewa Nowak"
    assert article.keywords == ("lamp", "oil", "sea")


CASES = {
    "setext": ("Head\n====\n\nPart\n----\ntext", [((1, 2), "heading", "Head"), ((4, 5), "heading", "Part"),
                                                   ((6, 6), None, "text")]),
    "references": ('See the [plans][1] and [notes].\n\n[1]: https://quay.example/p "P"\n[notes]: /n',
                   [((1, 1), None, "See the plans and notes."), ((3, 3), None, '[1]: https://quay.example/p "P"'),
                    ((4, 4), None, "[notes]: /n")]),
    "table": ("Basin | Depth\n--- | ---:\nEast | **7** m\n", [((1, 2), "table", "Basin | Depth"),
                                                              ((3, 3), "table", "East | 7 m")]),
    "indented code": ("Run:\n\n    a --b\n\n      c\n\ntext", [((1, 1), None, "Run:"), ((3, 5), "code", "a --b\n\n  c"),
                                                               ((7, 7), None, "text")]),
    "indented items": ("Menu\n\n    * [A](/a)\n    * [B](/b)\n", [((1, 1), None, "Menu"), ((3, 3), "list_item", "A"),
                                                                  ((4, 4), "list_item", "B")]),
    "details": ("<details>\n<summary>More</summary>\n\nHidden.\n\n</details>\n\nShown.",
                [((1, 2), None, "More"), ((4, 6), None, "Hidden."), ((8, 8), None, "Shown.")]),
    "tasks and notes": ("- [x] done[^1]\n- [ ] open\n\n[^1]: A note.", [((1, 1), "list_item", "☑ done[1]"),
                        ((2, 2), "list_item", "☐ open"), ((4, 4), None, "[1]: A note.")]),
    "quote of two parts": ("> One.\n>\n> Two.", [((1, 2), "quote", "One."), ((3, 3), "quote", "Two.")]),
    "entities": ("A &amp; B `&lt;`", [((1, 1), None, "A & B <")]),
    "chinese": ("这是**重点**。", [((1, 1), None, "这是重点。")]),
    "an address broken by wrapping": ("Whoever wants to see it may look at [the map](https://quay.example/old-\nmap/3) which hangs there.",
                                      [((1, 2), None, "Whoever wants to see it may look at the map which hangs there.")]),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_blocks(name: str) -> None:
    """Each construct comes out as what it is, with all its lines."""
    page, expected = CASES[name]
    assert blocks_of(page) == expected


@pytest.mark.parametrize(
    "head",
    [
        '<p align="center"><img src="logo.png"></p>\n<h1 align="center">quayctl</h1>\n',
        '<div align="center">\n\n# quayctl\n\n</div>\n',
        "[![Build](https://ci.example/b.svg)](https://ci.example)\n\n# quayctl\n",
    ],
)
def test_readme(head: str) -> None:
    """A README that begins with tags or a badge is Markdown."""
    article = extract(
        head
        + "\nA small tool that plans which boat ties up at which quay every morning.\n\n## Install\n\n"
        "```sh\npip install quayctl\n```\n\n## Usage\n\nWrite a plan in the folder of the boats, and run the "
        "tool on it once a day.\n"
    )
    assert article.source.format == "markdown"
    assert article.title == "quayctl"
    assert [p.text for p in article.body if p.kind == "code"] == ["pip install quayctl"]
    assert "##" not in article.text


def test_html_stays_html() -> None:
    """Signs of Markdown inside a page of HTML do not change what it is."""
    page = "<div><h1>Notes</h1><pre># one\n# two</pre><p>Text of some length here.</p></div>"
    assert extract(page).source.format == "html"


@pytest.mark.parametrize(
    "page", ["[" * 3000, "> " * 500 + "x", "- " * 400 + "x", "`" * 2000, "<!--" * 500]
)
def test_hostile_nesting(page: str) -> None:
    """Deep and open marks give blocks, and no error."""
    assert extract(page, options=Options(input_format="markdown")).zones
