"""Regular expressions that are compiled when they are first used.

A page of text needs a fifth of them; compiling all took a seventh of the time of a cold
`articlecli extract`.
"""

import re
from typing import Any, cast


class _Lazy:
    """Stands for a compiled pattern; what is asked of it stays, so that it is looked up once."""

    def __init__(self, pattern: str, flags: int) -> None:
        self._source = pattern, flags
        self.pattern = pattern  # what is put together of others compiles none of them

    def __getattr__(self, name: str) -> Any:
        value = getattr(re.compile(*self._source), name)
        setattr(self, name, value)
        return value


def lazy(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What `re.compile` gives, compiled at its first use."""
    return cast("re.Pattern[str]", _Lazy(pattern, flags))
