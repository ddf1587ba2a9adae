"""Where links of a page of HTML lead, and the pictures of its story."""

from articlecli.article.story import Story
from articlecli.article.teasers import TEASER_ZONES
from articlecli.document import Block, Document, Image, Link
from articlecli.text.addresses import base_address, whole_address
from articlecli.zone import TITLE


def base_of(document: Document) -> str:
    """What relative addresses of a page are relative to; the empty string where nothing says."""
    head = document.declared
    return base_address(head, document.page.source.url) if head else ""


def links_of(block: Block, base: str) -> tuple[Link, ...]:
    """Links in a block, their addresses whole; none of a page of text."""
    if block.markup is None or not block.markup.links:
        return ()
    found = ((link.text, whole_address(link.target, base)) for link in block.markup.links)
    return tuple(Link(text, target) for text, target in found if target)


def pictures_of(document: Document, story: Story, base: str) -> tuple[Image, ...]:
    """Pictures between the headline and the last line of the story, each once.

    One that stands directly above a line of something else (a teaser, a button) is that one's.
    """
    if document.declared is None or not story.found:
        return ()
    titles = [i for i in story.where[TITLE] if i]
    members = sorted({*titles[:1], *story.lead, *story.body})
    own = {*members, *story.title}
    found: dict[str, Image] = {}
    for image in document.declared.images:
        if not members or not members[0] < image.block <= members[-1] + 1:
            continue
        below = story.zones[image.block] if image.block < len(story.zones) else None
        if image.block in own or (image.block - 1 in own and below not in TEASER_ZONES):
            if source := whole_address(image.source, base):
                found.setdefault(source, Image(source, " ".join(image.alt.split()), image.block))
    return tuple(found.values())
