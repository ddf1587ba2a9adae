"""A plain call: one page to standard output, nothing else asked for. It starts without Click.

Most calls of `articlecli extract` are plain, and loading Click takes longer than their page. What
else is asked for is Click's: other commands and options, options from the environment or from
files, a terminal, a path that may be no single page. `extract` has the same functions do its pages,
and `tests/unit/cli/test_plain.py` holds both to the same bytes.
"""

import errno
import os
import sys
import typing
from collections.abc import Callable, Sequence
from stat import S_ISFIFO, S_ISREG, S_ISSOCK
from types import ModuleType
from typing import Any, BinaryIO, NamedTuple

from articlecli.core import SWITCH
from articlecli.errors import ArticleCliError

EXIT_FAILED = 1
"""Some input failed; each one has been named on standard error."""
EXIT_INTERRUPTED = 130
ONE_PAGE = (".txt", ".html", ".htm", ".md")
"""Ends of names that need no look at what else they may mean."""
JSON = ("json", "jsonl")
FORMATS = (*JSON, "text", "markdown")
"""Values of `--format` that a plain call may have."""


class Done(NamedTuple):
    """How a page ended."""

    name: str
    """The page as messages name it."""
    article: Any
    """`None` of one that failed."""
    message: str | None = None
    """Why it failed."""


def run_plain(words: Sequence[str]) -> int | None:
    """The exit status of a plain call, `None` of any other: nothing was read or written then.

    Args:
        words: The command line without the command.

    """
    asked = _asked(words)
    if asked is None or not _is_alone() or config_files():
        return None
    path, told = asked
    try:
        _import_msgspec()
        from articlecli.options import Options
        from articlecli.write.render import Render

        options, render = Options(), Render(format=told, teasers=told in JSON)
        page, data = written(extracted(path, None, options), render.article)
        if page.article is None:
            say(page.message or "")
            return EXIT_FAILED
        tell_empty(page, told)
        write_whole(sys.stdout.buffer, data)
        sys.stdout.flush()
    except BrokenPipeError:
        pass  # a reader that has gone (`| head`) has got what it wanted
    except OSError as error:
        say(unwritten(error))
        return EXIT_FAILED
    except KeyboardInterrupt:
        if sys.stderr is not None:
            print(file=sys.stderr)  # below the ^C
        return EXIT_INTERRUPTED
    return 0


def _asked(words: Sequence[str]) -> tuple[str, Any] | None:
    """Path and format of a plain command line."""
    left = list(words[words[:1] == ["extract"] :])
    told = "json"
    if left[:1] in (["-f"], ["--format"]):
        told, left = "".join(left[1:2]), left[2:]
    elif left[1:2] in (["-f"], ["--format"]):
        told, left = "".join(left[2:3]), [left[0], *left[3:]]
    if told not in FORMATS or len(left) > 1:
        return None
    path = left[0] if left else "-"
    if path == "-":
        return ("-", told) if is_fed() else None
    if path.startswith("-") or not path.lower().endswith(ONE_PAGE):
        return None
    try:
        return (path, told) if S_ISREG(os.stat(path).st_mode) else None
    except (OSError, ValueError):
        return None


def _is_alone() -> bool:
    """Whether nothing around the command line has a say: no terminal, no variable of ours."""
    if os.name != "posix" or sys.stdout is None or sys.stdout.isatty():
        return False
    own = [name for name in os.environ if name.lstrip("_").startswith("ARTICLECLI_")]
    return not own or own == [SWITCH]


def _import_msgspec() -> None:
    """Import msgspec without what it loads beside itself, two thirds of its time.

    That is `typing_extensions`, which older Pythons need, with `inspect`, `ast` and the tokenizer;
    what describes types for a schema, loaded when something of it is asked for after all; two types
    of values that the JSON of a plain call never holds; and the types that Python's compiler works
    with, which is called once to see what `ForwardRef` takes. Its process ends with the page.
    All this can go once msgspec itself loads them when they are asked for.
    """
    if "msgspec" in sys.modules:
        return
    stand_ins: dict[str, Any] = {name: _PutOff(name) for name in _UNASKED}
    stand_ins |= {name: ModuleType(name) for name in ("decimal", "uuid")}
    stand_ins["decimal"].Decimal = type("Decimal", (), {})
    stand_ins["uuid"].UUID = type("UUID", (), {})
    stand_ins["uuid"].SafeUUID = type("SafeUUID", (), {"unknown": None})
    stand_ins["typing_extensions"] = None  # "not installed"
    stand_ins = {name: one for name, one in stand_ins.items() if name not in sys.modules}
    sys.modules.update(stand_ins)
    reference: Any = typing.ForwardRef
    setattr(typing, "ForwardRef", lambda _name, **_kind: None)  # noqa: B010  # a type stays one
    try:
        import msgspec  # noqa: F401
    except (AttributeError, ImportError):
        pass  # a version that needs more of them; it is loaded whole
    finally:
        setattr(typing, "ForwardRef", reference)  # noqa: B010
        for name in stand_ins:
            del sys.modules[name]


_UNASKED = ("textwrap", "msgspec.inspect", "msgspec.msgpack", "msgspec.toml", "msgspec.yaml")


class _PutOff(ModuleType):
    """Stands for a module that is loaded when something of it is asked for."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):  # the import itself looks for these
            raise AttributeError(name)
        from importlib import import_module

        return getattr(import_module(self.__name__), name)


def is_fed() -> bool:
    """Whether something is piped or redirected into standard input."""
    try:
        mode = os.fstat(sys.stdin.fileno()).st_mode
    except (AttributeError, OSError, ValueError):
        return False
    return S_ISFIFO(mode) or S_ISREG(mode) or S_ISSOCK(mode)


def config_files() -> list[str]:
    """Configuration files that are there, the nearest first; see `cli.settings`."""
    found: list[str] = []
    folder = _here()
    while folder and not found:
        for name in ("articlecli.toml", "pyproject.toml"):
            path = os.path.join(folder, name)
            if os.path.isfile(path) and (name[0] == "a" or _has_table(path)):
                found.append(path)
                break
        folder = "" if os.path.dirname(folder) == folder else os.path.dirname(folder)
    home = os.environ.get("XDG_CONFIG_HOME") or os.path.expanduser("~/.config")
    path = os.path.join(home, "articlecli", "config.toml")
    return [*found, path] if os.path.isfile(path) else found


def _here() -> str:
    try:
        return os.getcwd()
    except OSError:
        return ""  # the folder was removed


def _has_table(path: str) -> bool:
    try:
        with open(path, "rb") as file:
            return b"tool.articlecli" in file.read()
    except OSError:
        return False


def extracted(
    path: str,
    url: str | None,
    options: Any,
    fetch: Callable[[], Any] | None = None,
    fetched: str | None = None,
) -> Done:
    """The page at a path, extracted; one that fails must not cost the others.

    Args:
        path: A file, or `-` for standard input.
        url: Its address, if known.
        options: Choices, as `Options`.
        fetch: What gives the page of a path that is no file.
        fetched: When the page of a file was fetched, ISO 8601, if known.

    """
    from articlecli.extractor import extract_page
    from articlecli.read import read_bytes, read_page

    named = shown_path(path)
    try:
        if fetch is not None:
            page = fetch()
        else:
            name = "-" if path == "-" else named
            data = read_bytes(path)
            page = read_page(data, url=url, options=options, path=name, fetched=fetched)
        return Done(named, extract_page(page, options=options))
    except ArticleCliError as error:
        return Done(named, None, str(error))
    except Exception as error:  # noqa: BLE001  # as said above
        return Done(named, None, _fault(named, error))


def written(page: Done, write: Callable[[Any], bytes]) -> tuple[Done, bytes]:
    """The page's bytes, or how it failed after all."""
    try:
        return page, b"" if page.article is None else write(page.article)
    except Exception as error:  # noqa: BLE001  # one page must not cost the others
        return Done(page.name, None, _fault(page.name, error)), b""


def _fault(name: str, error: Exception) -> str:
    return (
        f"{name} caused an internal error in articlecli "
        f"({type(error).__name__}: {error}); please report it with the page"
    )


def write_whole(out: BinaryIO, data: bytes) -> None:
    """Write all of it.

    A stream without a buffer (`PYTHONUNBUFFERED`) takes what the disk has room for, and raises
    nothing before the next write.

    Raises:
        OSError: It cannot be written.

    """
    left = memoryview(data)
    while left:
        taken = out.write(left)
        if taken is None:  # it was told not to wait
            raise BlockingIOError(errno.EAGAIN, os.strerror(errno.EAGAIN))
        left = left[taken:]


def tell_empty(page: Done, told: str) -> None:
    """On standard error, what text cannot say: that there is no story in it."""
    if page.article.status == "no_article" and told in ("text", "markdown"):
        say(f"{page.name} has no story ({page.article.reason})")


def shown_path(path: str) -> str:
    """A path as it is named in messages."""
    from articlecli.read.paths import shown

    return "standard input" if path == "-" else shown(path)


def say(message: str) -> None:
    """One sentence on standard error, with nothing in it that commands a terminal."""
    if not message.isprintable():  # names of files and records are other people's
        from articlecli.show.safe import safe

        message = safe(message)
    if sys.stderr is not None:
        print(f"articlecli: {message}", file=sys.stderr, flush=True)


def unwritten(error: OSError) -> str:
    """Why the output cannot be written."""
    named = error.filename or "the output"
    return f"{named} cannot be written ({error.strerror}); check the disk and the path"
