"""What all commands share: how they speak, write, and check what they were given."""

import os
import sys
from collections.abc import Iterable
from typing import Any, BinaryIO

import click

from articlecli.errors import ArticleCliError, InputError
from articlecli.plain import shown_path, write_whole


def put(out: BinaryIO, data: bytes) -> None:
    """Write and flush; a reader that has gone (`| head`) has got what it wanted.

    Click turns a closed pipe into exit status 1 before `main` sees it, so it is met here.
    """
    try:
        write_whole(out, data)
        out.flush()
    except BrokenPipeError:
        raise click.exceptions.Exit(0) from None


def put_text(out: BinaryIO, data: bytes) -> None:
    """Write text of pages as `put` does; on a terminal nothing that commands it is left in it."""
    if data and out.isatty():
        from articlecli.show.safe import safe

        data = safe(data.decode("utf-8", "replace")).encode()
    put(out, data)


def check_encoding(encoding: str | None) -> None:
    """Refuse an encoding that Python does not know."""
    if encoding is None:
        return
    import codecs

    try:
        codecs.lookup(encoding)
    except (LookupError, ValueError):
        raise click.UsageError(
            f"--encoding {encoding} is not known; name one that Python knows, such as utf-8, "
            "windows-1252, shift_jis or koi8-r."
        ) from None


def phrases_of(path: str) -> Any:
    """The phrases of a list; a list that cannot be used is wrong usage."""
    from articlecli.read.files import read_bytes
    from articlecli.read.phrase_list import parse_phrases

    try:
        return parse_phrases(read_bytes(path).decode("utf-8-sig"), path=shown_path(path))
    except UnicodeDecodeError:
        raise click.UsageError(
            f"--phrases: {shown_path(path)} is not UTF-8 text; save it as UTF-8."
        ) from None
    except ArticleCliError as error:
        raise click.UsageError(f"--phrases: {error}.") from None


def model_of(path: str) -> Any:
    """The zone models of a file that `adapt` wrote; a file that is none is wrong usage."""
    from articlecli.read.adaptation import read_adaptation

    try:
        return read_adaptation(path)
    except ArticleCliError as error:
        raise click.UsageError(f"--model: {error}.") from None


def nearest(name: str, known: Iterable[str]) -> str:
    """` Did you mean …?` with the likeliest of the known names, the empty string where none is."""
    from difflib import get_close_matches  # only for those who mistyped

    found = get_close_matches(name, list(known), 1)
    return f" Did you mean {found[0]}?" if found else ""


def check_output(output: str | None, read: Iterable[str | None]) -> None:
    """Refuse an output that is one of the files read, or a page in one of the folders read."""
    if output and os.path.exists(output) and any(path and _reads(path, output) for path in read):
        raise click.UsageError(f"--output {output} is one of the inputs; name another file.")


def _reads(path: str, output: str) -> bool:
    if not os.path.isdir(path):
        return os.path.exists(path) and os.path.samefile(path, output)
    folder, file = os.path.realpath(path), os.path.realpath(output)
    if os.path.isdir(file) or not file.startswith(os.path.join(folder, "")):
        return False
    from articlecli.batch.inputs import kind_of

    return kind_of(file) is not None


def listed_paths(file: str, *, null: bool) -> tuple[str, ...]:
    """Paths in a list, one a line, or each ended by a NUL byte.

    Raises:
        InputError: The list cannot be read.

    """
    from articlecli.read.files import read_bytes

    if file == "-":
        if sys.stdin is None:
            raise InputError("is closed", "pipe the paths in or name a file", path="standard input")
        data = sys.stdin.buffer.read()
    else:
        data = read_bytes(file)
    lines = data.split(b"\0") if null else data.splitlines()
    return tuple(os.fsdecode(line) for line in lines if line.strip())
