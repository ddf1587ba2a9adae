"""Authors of the story: the sources of `byline`, in order of trust.

Persons come before what may be an organisation: a name that is declared and shown, one that is
marked or signed, one that stands alone about the story. A known given name tells a person.
"""

from collections.abc import Iterator
from functools import cache

from articlecli.article.author_lines import (
    known_names,
    meta_at_head,
    names_with_a_life,
    owner,
    signed_about,
)
from articlecli.article.byline import holds_word, names_beside_date
from articlecli.article.context import Context
from articlecli.article.fields import choose
from articlecli.article.site_name import SITE_NAME
from articlecli.text.addresses import host_of
from articlecli.text.folding import letters
from articlecli.text.names import has_given_name, split_names
from articlecli.text.scripts import holds_unspaced

TOLD_OF = 3
"""Times that a story names somebody whom it is about."""
ABOUT_AUTHOR = 400
"""Characters at the end of a story that may be about its author."""


def confirmed_persons(context: Context) -> str | None:
    """Declared authors with a given name, one of whom stands on the page."""
    names = declared_authors(context)
    if not names or not any(map(has_given_name, split_names(names))):
        return None
    declared = _split(names)
    shown = any(declared & _split(line) for line in _shown_authors(context))
    return names if shown or confirmed_authors(context) else None


def _shown_authors(context: Context) -> Iterator[str]:
    yield from context.marked
    yield from filter(None, [context.signed])


def _split(names: str) -> frozenset[str]:
    return frozenset(map(letters, split_names(names)))


def confirmed_handle(context: Context) -> str | None:
    """A declared author of one word who stands on the page and bears not the site's name."""
    names = confirmed_authors(context)
    return names if names and " " not in names and not _is_site(names, context) else None


def _is_site(name: str, context: Context) -> bool:
    head = context.head
    host = host_of(head.canonical or context.document.page.source.url or "")
    told = (head.site_name, head.publisher, *host.split("."))
    title = letters(head.title)
    return letters(name) in map(letters, told) or title.endswith(letters(name))


def marked_persons(context: Context) -> str | None:
    """Names with a known given name in blocks of HTML marked as the author's."""
    return next(filter(has_given_name, context.marked), None)


def signed_persons(context: Context) -> str | None:
    """Likewise on a meta line that says they are the authors'."""
    names = context.signed
    return names if names and has_given_name(names) else None


def signed_about_story(context: Context) -> str | None:
    """Likewise on any line about the story."""
    return next(signed_about(context.document.blocks, context.about), None)


def confirmed_authors(context: Context) -> str | None:
    """Declared authors one of whom stands on the page."""
    names = declared_authors(context)
    blocks = context.document.blocks if names else ()
    shown = any(block.markup and "author" in block.markup.declared for block in blocks)
    return names if shown else None


def declared_persons(context: Context) -> str | None:
    """Declared authors with a given name, shown or not."""
    names = declared_authors(context)
    return names if any(map(has_given_name, split_names(names))) else None


def signed_line(context: Context) -> str | None:
    """Names that a meta line says are the authors'; no word of the page's own."""
    names = context.signed
    if not names or " " in names:
        return names
    others = "\n".join([line for line in context.page if names not in line])
    return None if holds_word(others, names.lower()) else names


def signed_at_end(context: Context) -> str | None:
    """Names in brackets that the story ends with, or the line below it: Chinese papers sign so."""
    last = max(context.story.body, default=len(context.page))
    lines = list(filter(holds_unspaced, context.page[last : last + 2]))
    if not lines:
        return None
    from articlecli.article.east_asian import closing_names

    return next(filter(None, map(closing_names, lines)), None)


def marked_author(context: Context) -> str | None:
    """Names in blocks of HTML marked as the author's."""
    return next(iter(context.marked), None)


def beside_date(context: Context) -> str | None:
    """A name in a meta line with a date, or beside one."""
    names = names_beside_date(context.meta, context.page)
    return names if names and not _is_subject(names, context) else None


def handle_beside_date(context: Context) -> str | None:
    """An author of one word in a meta line with a date, or beside one."""
    lines = meta_at_head(context.story, context.document.blocks)
    if not lines:
        return None
    from articlecli.article.handles import handles_beside_date

    @cache
    def site() -> str | None:
        return choose(SITE_NAME, context).value

    return next(handles_beside_date(lines, context.text, site), None)


def _is_subject(names: str, context: Context) -> bool:
    """Whether the story speaks of somebody, save at its end, where it may speak of its author."""
    last = names.partition(",")[0].split()[-1]
    return context.text.count(last, 0, max(len(context.text) - ABOUT_AUTHOR, 0)) >= TOLD_OF


def name_about_story(context: Context) -> str | None:
    """A known name that stands alone about the story."""
    blocks = context.document.blocks
    found = known_names(context.story, blocks, context.about, context.document.text)
    return next((names for names in found if not _is_subject(names, context)), None)


def told_of(context: Context) -> str | None:
    """A name at the story's end of whom a few words tell."""
    return next(names_with_a_life(context.story, context.document.blocks), None)


def owner_of_site(context: Context) -> str | None:
    """The person whose name the site bears."""
    blocks = context.document.blocks
    return owner(context.head.title or blocks[0].text, blocks) if blocks else None


def declared_authors(context: Context) -> str | None:
    """Declared authors, shown or not."""
    return ", ".join(context.head.authors)


BYLINE = (
    confirmed_persons, confirmed_handle, marked_persons, signed_persons, signed_about_story,
    confirmed_authors, declared_persons, signed_line, signed_at_end, marked_author, beside_date,
    name_about_story, handle_beside_date, told_of, declared_authors, owner_of_site,
)  # fmt: skip
BYLINE_WITHOUT_STORY = (declared_authors,)
"""On a page without a story the lines may be of its entries' authors."""
