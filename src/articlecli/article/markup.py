"""What only HTML tells of an article: declarations, where links lead, pictures."""

from collections.abc import Sequence
from datetime import date

from msgspec.structs import replace

from articlecli.article.story import Story
from articlecli.article.teasers import TEASER_ZONES, Draft
from articlecli.document import Block, Declared, Image, Link
from articlecli.output import Article, BodyPart
from articlecli.text.addresses import base_address, whole_address
from articlecli.text.dates import find_date
from articlecli.zone import TITLE


def with_markup(  # noqa: PLR0913
    article: Article,
    head: Declared,
    blocks: Sequence[Block],
    story: Story,
    drafts: Sequence[Draft],
    *,
    locale: str | None = None,
) -> Article:
    """An article of a page of HTML, completed.

    Args:
        article: What the lines alone gave.
        head: The page's head.
        blocks: All its blocks.
        story: Which of them are the story.
        drafts: Which of them each teaser was made of, in the order of `article.teasers`.
        locale: The story's language and region, by which numeric dates are read.

    """
    base = base_address(head, article.source.url)
    language = article.language or head.language.partition("-")[0] or None
    article = replace(
        article,
        language=language if language and len(language) == 2 else None,
        teasers=tuple(
            replace(teaser, url=_target(draft, blocks, base))
            for teaser, draft in zip(article.teasers, drafts, strict=True)
        ),
        site_name=head.site_name or None,
    )
    if not story.found:
        return article
    items = _first_of_items(blocks)
    return replace(
        article,
        title=_title(article.title, head.headline),
        byline=_byline(article.byline, head, blocks),
        published=_published(_day(head.published, locale), article.published)
        or article.published
        or _day(head.time, locale)
        or _shown_date(blocks, story, locale or language),
        keywords=head.keywords,
        body=tuple(
            replace(_in_list(part, blocks[i], items), links=_links(blocks[i], base))
            for part, i in zip(article.body, story.body, strict=True)
        ),
        images=tuple(_pictures(head, story, base)),
    )


def _title(title: str | None, headline: str) -> str | None:
    """The title, whole: the declared one where the page's is a piece of it or has a kicker."""
    if not title or not headline:
        return title or headline or None
    if title.endswith(headline) or headline.endswith(title):
        return headline
    rest = headline[len(title) :].strip() if headline.startswith(title) else ""
    return headline if rest[:1].isalnum() else title


def _byline(byline: str | None, head: Declared, blocks: Sequence[Block]) -> str | None:
    """Declared authors, unless they stand nowhere on a page that names somebody else."""
    shown = any(block.markup and "author" in block.markup.declared for block in blocks)
    declared = ", ".join(head.authors) or None
    return (declared or byline) if shown or not byline else byline


NEAR_TITLE = 3
"""Blocks above the headline among which a line that the zones left out may have the date."""
LONGEST_AGO = 365
"""Days that a page may be saved anew after it was published."""
DATE_LINE = 60
"""Characters of the longest such line."""


def _published(declared: str | None, shown: str | None) -> str | None:
    """The declared date, if there is one, or the earlier one that the page shows.

    A day after the declared one is the same day elsewhere: declarations are in UTC. Shown dates
    beyond that are those of updates, and one long before is of something else. Where the two differ
    by less, 19 gold pages of the sites that training sees have the shown day, 6 the declared one.
    """
    if not declared or not shown:
        return declared
    days = (date.fromisoformat(shown) - date.fromisoformat(declared)).days
    return shown if -LONGEST_AGO <= days <= 1 else declared


def _shown_date(blocks: Sequence[Block], story: Story, language: str | None) -> str | None:
    """A date on a short line about the headline, whatever zone it was taken for."""
    start = max(min([*story.title[-1:], *story.lead, *story.body], default=0) - NEAR_TITLE, 0)
    end = min(story.body, default=start) + 1
    for i in range(start, end):
        if len(blocks[i].text) <= DATE_LINE and story.zones[i] not in TEASER_ZONES:
            if found := find_date(blocks[i].text, language):
                return found
    return None


def _day(declared: str, locale: str | None) -> str | None:
    """Declared date; 12.04.2019 is in April, and 04/12/2019 where the month is written first."""
    english = locale if locale and locale.startswith("en-") else None
    dotted = declared[:3].rstrip("0123456789").endswith(".") or declared[1:2] == "."
    return find_date(declared[:60], "de" if dotted else english or "en")


def _first_of_items(blocks: Sequence[Block]) -> dict[int, tuple[int, int]]:
    """List item → number of its first block, and how many blocks it has."""
    found: dict[int, tuple[int, int]] = {}
    for block in blocks:
        if block.markup and block.markup.item:
            first, count = found.get(block.markup.item, (block.lines[0], 0))
            found[block.markup.item] = first, count + 1
    return found


LONG_ITEM = 3
"""Blocks from which a list item is a text of its own: a post of a thread, an answer."""


def _in_list(part: BodyPart, block: Block, items: dict[int, tuple[int, int]]) -> BodyPart:
    """A part as it stands in its list: what follows an item's first block is no item of its own."""
    if part.kind != "list_item" or block.markup is None or not block.markup.item:
        return part
    first, count = items[block.markup.item]
    if count >= LONG_ITEM or block.lines[0] != first:
        return replace(part, kind="paragraph", level=0)
    return replace(part, number=block.markup.number)


def _links(block: Block, base: str) -> tuple[Link, ...]:
    if block.markup is None:
        return ()
    found = ((link.text, whole_address(link.target, base)) for link in block.markup.links)
    return tuple(Link(text, target) for text, target in found if target)


def _target(draft: Draft, blocks: Sequence[Block], base: str) -> str | None:
    """Where a teaser leads: the first link of its headline, or of its summary."""
    for i in [*draft.titles, *draft.texts]:
        if links := _links(blocks[i], base):
            return links[0].target
    return None


def _pictures(head: Declared, story: Story, base: str) -> list[Image]:
    """Pictures between the headline and the last line of the story, each once.

    One that stands directly above a line of something else (a teaser, a button) is that one's.
    """
    titles = [i for i, zone in enumerate(story.zones) if zone is TITLE and i]
    members = sorted({*titles[:1], *story.lead, *story.body})
    own = {*members, *story.title}
    found: dict[str, Image] = {}
    for image in head.images:
        source = whole_address(image.source, base)
        below = story.zones[image.block] if image.block < len(story.zones) else None
        if not members or not source or not members[0] < image.block <= members[-1] + 1:
            continue
        if image.block in own or (image.block - 1 in own and below not in TEASER_ZONES):
            found.setdefault(source, Image(source, " ".join(image.alt.split()), image.block))
    return list(found.values())
