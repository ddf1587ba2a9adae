"""`articlecli urls`: feeds and sitemaps to addresses."""

from collections.abc import Iterator

import click

from articlecli.cli.commands import Command
from articlecli.cli.common import put_text
from articlecli.errors import ArticleCliError, InputError
from articlecli.plain import EXIT_FAILED, say


@click.command(cls=Command)
@click.option("--feed", multiple=True, metavar="URL", help="A feed: RSS, Atom or JSON; may be "
              "given again.")  # fmt: skip
@click.option("--sitemap", multiple=True, metavar="URL", help="A sitemap, as XML or text; may be "
              "given again.")  # fmt: skip
@click.option("--nested", is_flag=True, help="Fetch the sitemaps too that a sitemap lists.")
def urls(feed: tuple[str, ...], sitemap: tuple[str, ...], *, nested: bool) -> None:
    """Print the addresses that feeds and sitemaps list, one a line.

    That is what `batch -` takes. Nothing but the feeds and sitemaps themselves is fetched.

    Exit status: 0 all done, 1 some feed or sitemap failed, 2 wrong usage.
    """
    from articlecli.disk import standard_output

    if not feed and not sitemap:
        raise click.UsageError("name a --feed or a --sitemap.")
    for address in (*feed, *sitemap):
        if not address.startswith(("http://", "https://")):
            raise click.UsageError(f"{address} is no address; it begins with https:// or http://.")
    out, failed, seen = standard_output(), False, set[str]()
    waiting = [(address, True) for address in feed] + [(address, False) for address in sitemap]
    asked: list[str] = []
    while waiting:
        address, is_feed = waiting.pop(0)
        if address in asked:
            continue
        try:
            pages, sitemaps = _read(address, asked, is_feed=is_feed)
        except ArticleCliError as error:
            failed = True
            say(str(error))
            continue
        finally:
            asked.append(address)
        new = [page for page in dict.fromkeys(pages) if page not in seen]
        seen.update(new)
        put_text(out, "".join(f"{page}\n" for page in new).encode())
        if nested:
            waiting += [(one, False) for one in sitemaps]
        elif sitemaps:
            say(f"{address} lists {len(sitemaps)} sitemaps, such as {sitemaps[0]}; --nested reads "
                "them too")  # fmt: skip
    if failed:
        raise SystemExit(EXIT_FAILED)


def _read(address: str, asked: list[str], *, is_feed: bool) -> tuple[list[str], list[str]]:
    """Addresses of pages and of sitemaps that a feed or sitemap lists."""
    from articlecli.cli.web import text_at, wait_for

    wait_for(address, asked)
    text, place = text_at(address)
    if is_feed:
        pages = list(_of_feed(text, place))
        if not pages:
            raise InputError("lists no pages", "check that it is a feed", path=address)
        return pages, []
    pages, sitemaps = _of_sitemap(text, place)
    if not pages and not sitemaps:
        raise InputError("lists no pages", "check that it is a sitemap", path=address)
    return pages, sitemaps


def _of_feed(text: str, place: str) -> Iterator[str]:
    import html
    from urllib.parse import urljoin, urlsplit

    from trafilatura.feeds import FeedParameters, find_links

    parts = urlsplit(place)
    parameters = FeedParameters(f"{parts.scheme}://{parts.netloc}", parts.netloc, place)
    for link in find_links(text.strip(), parameters):
        page = urljoin(place, html.unescape(link).strip())
        # Feeds name their site's front page beside the stories.
        if page.startswith(("http://", "https://")) and urlsplit(page).path not in ("", "/"):
            yield page


def _of_sitemap(text: str, place: str) -> tuple[list[str], list[str]]:
    """Pages and sitemaps."""
    from urllib.parse import urlsplit

    from trafilatura.sitemaps import SitemapObject

    class Sitemap(SitemapObject):  # type: ignore[misc]  # trafilatura may not be installed
        def handle_link(self, link: str) -> None:
            self.urls.append(link)  # as it stands: its own way drops hosts that are no domains

    parts = urlsplit(place)
    found = Sitemap(f"{parts.scheme}://{parts.netloc}", parts.netloc, [])
    found.content, found.current_url = text.strip(), place
    found.process()
    links = [str(link) for link in found.urls if link.startswith(("http://", "https://"))]
    return ([], links) if "<sitemapindex" in text[:1000] else (links, [])
