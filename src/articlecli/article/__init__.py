"""Fifth stage: blocks and zones → article."""

from articlecli.article.assemble import assemble

__all__ = ["assemble"]
