"""The road a page takes: read → blocks → evidence → model → rules → article (→ opinion)."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NoReturn

from articlecli.article import assemble
from articlecli.blocks import split_page
from articlecli.document import Document, Page, SiteCounts, Verdict
from articlecli.evidence import Evidence, evidence_of
from articlecli.model import label_blocks
from articlecli.model.adapted import model_for
from articlecli.model.by_type import settle_by_type
from articlecli.options import Options, Phrase
from articlecli.output import Article
from articlecli.read import read_page
from articlecli.rules import apply_rules

if TYPE_CHECKING:
    from os import PathLike

    from articlecli.batch.extract_many import PageOf
    from articlecli.batch.outcome import Outcome
    from articlecli.explain import Explanation
    from articlecli.model.weights import PhraseTable
    from articlecli.opinion.second import Ended

Furniture = Callable[[Document], SiteCounts | None]
"""What is known of a page's site: how many of its pages hold the page's lines too."""


class Extractor:
    """Choices made ready once, for many pages.

    It never changes, so that threads may share one, and it can be pickled. Two with equal options
    give the same bytes for a page.

    Args:
        options: Choices; the defaults suit any page.

    Raises:
        TypeError: `options` is no `Options`.

    """

    __slots__ = ("_phrases", "options")
    options: Options
    _phrases: "PhraseTable | None"

    def __init__(self, options: Options | None = None) -> None:
        if options is None:
            options = Options()
        elif not isinstance(options, Options):
            raise TypeError(
                f"options is {type(options).__name__}; give articlecli.Options(...), "
                "such as Options(language='fr')"
            )
        object.__setattr__(self, "options", options)
        object.__setattr__(self, "_phrases", _made_ready(options.phrases))

    def extract(
        self, source: str | bytes, *, url: str | None = None, fetched: str | None = None
    ) -> Article:
        """Turn one page into an article; see `articlecli.extract`."""
        return self.extract_page(read_page(source, url=url, options=self.options, fetched=fetched))

    def extract_page(self, page: Page, *, furniture: Furniture | None = None) -> Article:
        """The road after reading, for callers that read pages themselves.

        Args:
            page: The page.
            furniture: What is known of the page's site. It can thin out a story, and never take the
                last of it: a page that would have none then is done without.

        """
        document = split_page(page)
        evidence = evidence_of(document.blocks)
        shared = furniture(document) if furniture is not None else None
        article, _ = self._article(document, evidence, shared)
        if shared is not None and article.status == "no_article":
            article, _ = self._article(document, evidence, None)
        return article

    def extract_many(self, pages: "Iterable[PageOf]", *, workers: int = 1) -> "Iterator[Outcome]":
        """Extract many pages and give how each ended; see `articlecli.extract_many`."""
        from articlecli.batch.extract_many import extract_many  # a batch is built on this module

        return extract_many(pages, workers=workers, options=self.options)

    def explain(
        self, source: str | bytes, *, url: str | None = None, fetched: str | None = None
    ) -> "Explanation":
        """An article together with what became of each line of the page, and why.

        Raises:
            InputError: As for `extract`.

        """
        page = read_page(source, url=url, options=self.options, fetched=fetched)
        return self.explain_page(page)

    def explain_page(self, page: Page) -> "Explanation":
        """The same after reading."""
        from articlecli.explain import explained  # few programs ask

        document = split_page(page)
        evidence = evidence_of(document.blocks)
        article, verdicts = self._article(document, evidence, None)
        return explained(document, evidence, verdicts, article, self.options.model)

    def _article(
        self, document: Document, evidence: Sequence[Evidence], shared: SiteCounts | None
    ) -> "Ended":
        labelled = self._labelled(document, evidence, shared)
        ended = self._ended(document, document, evidence, labelled)
        if document.page.source.format != "html":
            return ended
        # Only here, so that a page of text never waits for what only one of HTML may need.
        from articlecli.opinion.evidence import is_doubtful, with_opinion
        from articlecli.opinion.unmarked import by_text, gave_little, unmarked

        judged = document
        if gave_little(ended[0]):
            bare = unmarked(document)
            by_words = by_text(self._labelled(bare, evidence, shared))
            other = self._ended(document, bare, evidence, by_words)
            if other[0].text and not (ended[0].text and gave_little(other[0])):
                judged, labelled, ended = bare, by_words, other
        asked = self.options.second_opinion
        taught = self.options.model is not None  # by a person, who knows the site better
        doubtful = asked == "auto" and not taught and is_doubtful(ended[0], evidence, ended[1])
        if asked == "always" or doubtful:
            from articlecli.opinion.second import decided_anew

            model = model_for(self.options.model, markup=judged is document)

            def with_text(text: str) -> "Ended":
                told = with_opinion(evidence, labelled, text, model)
                return self._ended(document, judged, evidence, told)

            ended = decided_anew(document, ended, with_text)
        return ended

    def _labelled(
        self, document: Document, evidence: Sequence[Evidence], shared: SiteCounts | None
    ) -> Sequence[Verdict]:
        return label_blocks(document.blocks, evidence, self._phrases, shared, self.options.model)

    def _ended(
        self,
        document: Document,
        judged: Document,
        evidence: Sequence[Evidence],
        labelled: Sequence[Verdict],
    ) -> "Ended":
        """The road from the model's verdicts on: what is judged may know less than is printed."""
        verdicts, told = settle_by_type(judged, evidence, labelled, self.options.model)
        settled = apply_rules(judged, evidence, verdicts)
        return assemble(document, evidence, settled, told, self.options), settled

    def __setattr__(self, name: str, value: object) -> NoReturn:
        raise AttributeError(f"an Extractor never changes; make another one to set {name}")

    def __delattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"an Extractor never changes; {name} stays")

    def __reduce__(self) -> tuple[type["Extractor"], tuple[Options]]:
        return Extractor, (self.options,)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Extractor) and other.options == self.options

    def __hash__(self) -> int:
        return hash(self.options)

    def __repr__(self) -> str:
        return f"Extractor({self.options!r})"


def _made_ready(phrases: Sequence[Phrase]) -> "PhraseTable | None":
    if not phrases:
        return None
    from articlecli.model.weights import phrase_table  # most callers have none of their own

    return phrase_table(phrases)


def extract(
    source: str | bytes,
    *,
    url: str | None = None,
    fetched: str | None = None,
    options: Options | None = None,
) -> Article:
    """Turn one page into an article.

    Args:
        source: The page itself, text or bytes (flattened text, Markdown or HTML), not its path.
        url: Address of the page, if known; returned in `Article.source`.
        fetched: When it was fetched, ISO 8601, if known: what "3 hours ago" on it counts from.
        options: Choices; the defaults suit any page.

    Returns:
        The article. A page without a story gives one too, with `status` `no_article`, a reason
        and whatever teasers and comments the page holds.

    Raises:
        InputError: The bytes are no text at all, or not in the encoding named in `options`.
        TypeError: `source` is no str or bytes, `url` or `fetched` no str, or `options` no
            `Options`.

    """
    if url is not None and not isinstance(url, str):
        raise TypeError(f"url is {type(url).__name__}; give the page's address as str")
    if fetched is not None and not isinstance(fetched, str):
        raise TypeError(f"fetched is {type(fetched).__name__}; give the moment as ISO 8601, str")
    return Extractor(options).extract(source, url=url, fetched=fetched)


def extract_file(
    path: "str | PathLike[str]",
    *,
    url: str | None = None,
    fetched: str | None = None,
    options: Options | None = None,
) -> Article:
    """Turn the page in a file into an article.

    Args:
        path: A file, one compressed (`.gz`, `.zst`, `.bz2`, `.xz`), or `-` for standard input.
        url: Address of the page, if known.
        fetched: When it was fetched, ISO 8601, if known.
        options: Choices; the defaults suit any page.

    Raises:
        InputError: The file cannot be read, or is no page.

    """
    from os import fspath

    from articlecli.read import read_bytes

    extractor, named = Extractor(options), fspath(path)
    page = read_page(
        read_bytes(named), url=url, options=extractor.options, path=named, fetched=fetched
    )
    return extractor.extract_page(page)


def extract_page(page: Page, *, options: Options, furniture: Furniture | None = None) -> Article:
    """The road after reading; see `Extractor.extract_page`."""
    return Extractor(options).extract_page(page, furniture=furniture)
