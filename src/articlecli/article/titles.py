"""Where the title comes from: what the page shows, what it declares, what it calls itself."""

from articlecli.article.context import Context
from articlecli.article.title import last_part, own_name, strip_site
from articlecli.text.addresses import host_of
from articlecli.text.headlines import same_words

TOP_HEADING = "/h1/"


def whole_headline(context: Context) -> str | None:
    """The declared headline where the page's is a piece of it, has a kicker or the site's name."""
    shown, declared = context.story.headline, context.head.headline
    if not shown or not declared or shown == declared:
        return None
    if shown.endswith(declared):
        return declared
    if declared.endswith(shown):
        # What stands before a sign is a kicker that the page does not show.
        before = declared[: -len(shown)].rstrip()
        return declared if before[-1:].isalnum() or shown[0].islower() else None
    if shown.startswith(declared) and context.story.title[:1] == (0,):
        return declared
    rest = declared[len(shown) :].strip() if declared.startswith(shown) else ""
    return declared if rest[:1].isalnum() else None


def shown_headline(context: Context) -> str | None:
    """The headline on the page, the site's name taken off."""
    return context.story.headline


def declared_headline(context: Context) -> str | None:
    """The declared headline."""
    return context.head.headline


def own_heading(context: Context) -> str | None:
    """What a page without a story calls itself: its only `<h1>`, or how its `<title>` begins."""
    if context.story.found:
        return None
    head, blocks = context.head, context.document.blocks
    names = [name for name in (head.site_name, head.publisher, last_part(head.title)) if name]
    tops = {
        block.text
        for block in blocks
        if (markup := block.markup) and "/h1" in markup.path and TOP_HEADING in f"{markup.path}/"
    }
    if len(tops) == 1:
        top = tops.pop()
        if not any(same_words(top, name) for name in names):
            return top
    told = head.title or (context.page[0] if context.page else "")
    return own_name(told, context.page[not head.title :], names, host_of(head.canonical))


def page_title(context: Context) -> str | None:
    """The text of `<title>`, of a page without a story; without the site's name."""
    if context.story.found:
        return None
    head = context.head
    names = [*filter(None, (head.site_name, head.publisher)), *context.page[1:]]
    return strip_site(head.title, (), names, host_of(head.canonical), opening="")


TITLE = (own_heading, whole_headline, shown_headline, declared_headline, page_title)
