"""Other extractors, each called its own way, and articlecli beside them."""

from collections.abc import Callable
from typing import Any

Page = dict[str, Any]
Found = dict[str, str | None]
"""`text`, and where the extractor gives them `title`, `author`, `date`."""
Peer = Callable[[Page, str], Found]
"""A gold page and its flat text → what the extractor found."""


def _articlecli_text(page: Page, flat: str) -> Found:
    import articlecli

    article = articlecli.extract(flat, options=articlecli.Options(input_format="text"))
    return {"text": article.text, "title": article.title, "author": article.byline,
            "date": article.published}  # fmt: skip


def _articlecli_html(page: Page, flat: str) -> Found:
    import articlecli

    article = articlecli.extract(page["html"], options=articlecli.Options(input_format="html"))
    return {"text": article.text, "title": article.title, "author": article.byline,
            "date": article.published}  # fmt: skip


def _trafilatura(page: Page, flat: str) -> Found:
    import trafilatura

    found = trafilatura.bare_extraction(page["html"], include_comments=False, with_metadata=True)
    if found is None:
        return {"text": ""}
    return {"text": found.text, "title": found.title, "author": found.author, "date": found.date}


def _readability(page: Page, flat: str) -> Found:
    import lxml.html
    from readability import Document

    found = Document(page["html"])
    return {"text": lxml.html.fromstring(found.summary()).text_content(), "title": found.title()}


def _resiliparse(page: Page, flat: str) -> Found:
    from resiliparse.extract.html2text import extract_plain_text

    return {"text": extract_plain_text(page["html"], main_content=True)}


def _justext(page: Page, flat: str) -> Found:
    import justext

    names = {"de": "German", "fr": "French", "es": "Spanish", "pl": "Polish", "ru": "Russian",
             "el": "Greek", "it": "Italian", "pt": "Portuguese"}  # fmt: skip
    stop = justext.get_stoplist(names.get(page.get("lang") or "en", "English"))
    found = justext.justext(page["html"].encode(), stop, encoding="utf-8")
    return {"text": "\n".join(p.text for p in found if not p.is_boilerplate)}


def _boilerpy3(page: Page, flat: str) -> Found:
    from boilerpy3 import extractors

    return {"text": extractors.ArticleExtractor(raise_on_failure=False).get_content(page["html"])}


def _newspaper(page: Page, flat: str) -> Found:
    import newspaper

    article = newspaper.Article(
        page.get("url") or "http://example.org/", language=page.get("lang") or "en"
    )
    article.download(input_html=page["html"])
    article.parse()
    date = article.publish_date
    return {"text": article.text, "title": article.title, "author": ", ".join(article.authors),
            "date": date.date().isoformat() if date else None}  # fmt: skip


def _everything(page: Page, flat: str) -> Found:
    return {"text": flat}


PEERS: dict[str, tuple[str, Peer]] = {
    "articlecli, text": ("articlecli", _articlecli_text),
    "articlecli, HTML": ("articlecli", _articlecli_html),
    "trafilatura": ("trafilatura", _trafilatura),
    "readability": ("readability-lxml", _readability),
    "resiliparse": ("resiliparse", _resiliparse),
    "jusText": ("jusText", _justext),
    "boilerpy3": ("boilerpy3", _boilerpy3),
    "newspaper": ("newspaper4k", _newspaper),
    "all lines": ("articlecli", _everything),
}
"""Name → distribution that tells its version, and the call."""
