"""Regular expressions that are compiled when they are first used.

A page of text needs a fifth of them; compiling all took a seventh of the time of a cold
`articlecli extract`.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any, AnyStr, cast


class _Lazy:
    """Stands for a compiled pattern; what is asked of it stays, so that it is looked up once."""

    def __init__(self, pattern: Any, flags: int, needs: Sequence[str]) -> None:
        self._source = pattern, flags
        self.pattern = pattern  # what is put together of others compiles none of them
        self.needs = needs

    def __getattr__(self, name: str) -> Any:
        return self._guarded(name) if self.needs and name in _NOTHING else self._compiled(name)

    def _compiled(self, name: str) -> Any:
        value = getattr(re.compile(*self._source), name)
        setattr(self, name, value)
        return value

    def _guarded(self, name: str) -> Callable[..., Any]:
        def asked(*args: Any, **more: Any) -> Any:
            text = args[name == "sub"]  # its first argument is what comes in place
            if any(map(text.__contains__, self.needs)):
                return self._compiled(name)(*args, **more)
            return _NOTHING[name](text)

        return asked


_NOTHING: dict[str, Callable[[str], Any]] = {
    **dict.fromkeys(("search", "match", "fullmatch"), lambda _: None),
    "finditer": lambda _: iter(()),
    "findall": lambda _: [],
    "split": lambda text: [text],
    "sub": lambda text: text,
}
"""What a pattern gives of a text in which it finds nothing."""


def lazy(pattern: AnyStr, flags: int = 0, *, needs: Sequence[str] = ()) -> re.Pattern[AnyStr]:
    """What `re.compile` gives, compiled at its first use.

    A class of characters takes 60 ns for each of its characters to compile, 3 ms for most of
    Unicode: such a one is told by the bytes of UTF-8.

    Args:
        pattern: The pattern.
        flags: Those of `re`.
        needs: Signs or words, one of which is in every text in which the pattern finds something.
            Until one comes along the pattern is not compiled.

    """
    return cast("re.Pattern[AnyStr]", _Lazy(pattern, flags, needs))
