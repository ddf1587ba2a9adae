"""Fifth stage: blocks and zones → article."""

from articlecli.article.build import assemble

__all__ = ["assemble"]
