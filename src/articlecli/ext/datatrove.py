"""A step of a datatrove pipeline: pages in, their stories out."""

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from articlecli.batch.limits import Limits
from articlecli.batch.outcome import Outcome
from articlecli.batch.worker import Instructions, extract_records
from articlecli.extras import remedy
from articlecli.options import Options
from articlecli.output import Article
from articlecli.read.records import Record
from articlecli.write import to_json

try:
    from datatrove.data import Document
    from datatrove.pipeline.base import PipelineStep
    from datatrove.utils.logging import logger
    from datatrove.utils.typeshelper import StatHints
except ImportError as error:
    raise ImportError(
        f"articlecli.ext.datatrove needs datatrove; {remedy('datatrove')}", name=error.name
    ) from error

FIELDS = ("title", "byline", "published", "lead", "language", "confidence", "flags", "teasers")
"""Of the JSON (`docs/output.md`), put into a document's metadata."""


class ArticleExtractor(PipelineStep):  # type: ignore[misc]  # datatrove has no types
    """Replaces a document's text, a page as it was scraped, by the story in it.

    The address is taken from `metadata["url"]`. Into the metadata go the fields named, as in the
    JSON, and `status` and `reason`. A page without a story is dropped, or kept with an empty text;
    one that failed (too long, too large, no text at all) is dropped and logged with the reason.
    Stats: `total`, `done`, `no_article`, `failed`, each reason as `failed: time`, and datatrove's
    own `forwarded` and `dropped`.

    Args:
        options: Choices for the extraction.
        fields: Fields of the JSON that go into the metadata.
        keep_empty: Keep pages without a story.
        page_seconds: Time after which a page is given up; counted in the main thread of a task,
            where datatrove runs its steps.
        page_bytes: Characters from which a page is refused.

    """

    name = "📰 articlecli"
    type = "🛢 - EXTRAC"

    def __init__(
        self,
        options: Options | None = None,
        *,
        fields: Iterable[str] = FIELDS,
        keep_empty: bool = False,
        page_seconds: float = 30.0,
        page_bytes: int = 16 << 20,
    ) -> None:
        super().__init__()
        self.fields = tuple(fields)
        unknown = sorted(set(self.fields) - set(Article.__struct_fields__))
        if unknown:
            raise ValueError(f"no field of the JSON is called {', '.join(unknown)}")
        self.keep_empty = keep_empty
        self.instructions = Instructions(
            options or Options(), limits=Limits(page_seconds, page_bytes), mode="return"
        )

    def run(
        self, data: Iterable[Document] | None, rank: int = 0, world_size: int = 1
    ) -> Iterator[Document]:
        """Extract each document, in order.

        Args:
            data: Documents, each a page.
            rank: Number of this task; named in the log.
            world_size: Number of all tasks; makes no difference here.

        """
        del world_size
        for document in data or ():
            self.stat_update(StatHints.total)
            with self.track_time():
                outcome = self._outcome(document)
            self.stat_update(outcome.result)
            if outcome.reason:
                self.stat_update(f"{outcome.result}: {outcome.reason}")
            if outcome.article is None:
                logger.warning(f"task {rank}: {outcome.message}")
            if outcome.article is None or (outcome.result == "no_article" and not self.keep_empty):
                self.stat_update(StatHints.dropped)
                continue
            document.text = outcome.article.text
            document.metadata |= self._metadata(outcome.article)
            self.stat_update(StatHints.forwarded)
            self.update_doc_stats(document)
            yield document

    def _outcome(self, document: Document) -> Outcome:
        url = document.metadata.get("url")
        url = url if isinstance(url, str) else None
        record = Record(str(document.id), document.text, url, input="document")
        [outcome] = extract_records([record], self.instructions)
        return outcome

    def _metadata(self, article: Article) -> dict[str, Any]:
        """What goes into the metadata."""
        fields = msgspec.json.decode(to_json(article))
        return {name: fields.get(name) for name in ("status", "reason", *self.fields)}
