"""What is known of an article as YAML between two lines of `---`, at the head of Markdown.

The names are those that Obsidian, Hugo and pandoc read alike; the page's address is `source`, since
Hugo takes `url` for the place of its own page.
"""

import json
import re

from articlecli.output import Article

_UNPRINTABLE = re.compile(r"[\x7f-\x9f\u2028\u2029\ufeff\ud800-\udfff\ufffe\uffff]")


def front_matter(article: Article) -> str:
    """The block of YAML, ending in a line end. What is not known is left out.

    All values are strings in double quotes but for the date: no word of a page is taken for a
    number, a `yes` or a mark of YAML.
    """
    told: list[tuple[str, str | None]] = [
        ("title", _string(article.title)),
        ("author", _list(list(article.authors))),
        ("date", article.published),
        ("lang", _string(article.language)),
        ("description", _string(article.lead or article.description)),
        ("tags", _list(article.keywords)),
        ("site", _string(article.site_name)),
        ("source", _string(article.source.url or article.url)),
    ]
    lines = [f"{name}: {value}" for name, value in told if value]
    return "\n".join(["---", *lines, "---"]) + "\n"


def _string(text: str | None) -> str | None:
    if not text:
        return None
    # A string of JSON is one of YAML, but for characters that YAML has no room for.
    said = json.dumps(text, ensure_ascii=False)
    return _UNPRINTABLE.sub(lambda sign: f"\\u{ord(sign[0]):04x}", said)


def _list(texts: list[str] | tuple[str, ...]) -> str | None:
    return "[" + ", ".join(_string(text) or '""' for text in texts) + "]" if texts else None
