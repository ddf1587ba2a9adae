"""Sixth stage: verdicts → article."""

from articlecli.article.build import assemble

__all__ = ["assemble"]
