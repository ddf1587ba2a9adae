"""Compile the core: `python src/core/build.py` puts it beside the package of this checkout.

It takes a C compiler, `Python.h` and nothing else. `CC` names another compiler, `CFLAGS` and
`LDFLAGS` add to what it is told. `hatch_build.py` calls `build_core` when the package is installed
or made a wheel.
"""

import os
import shlex
import subprocess
import sys
import sysconfig
from hashlib import sha256
from pathlib import Path

HERE = Path(__file__).parent
WINDOWS = sys.platform == "win32"
NAME = "_core.pyd" if WINDOWS else "_core.abi3.so"
"""File of the module: one for Python 3.11 and all later ones."""


class NotBuiltError(Exception):
    """The core cannot be built here; the message says why, in a clause."""


def sources_sum() -> str:
    """What the sources are told by: the core holds it, so that a test can tell an old one."""
    files = sorted([*HERE.glob("*.c"), *HERE.glob("*.h")])
    return sha256(
        b"".join(file.read_bytes().replace(b"\r\n", b"\n") for file in files)
    ).hexdigest()[:16]


def build_core(folder: Path, *more: str) -> Path:
    """Compile the core into a folder.

    Args:
        folder: Where the module goes.
        more: Further flags for the compiler.

    Raises:
        NotBuiltError: There is no compiler, no `Python.h`, or it did not compile.

    """
    include = Path(sysconfig.get_path("include"))
    if not (include / "Python.h").exists():
        raise NotBuiltError("there is no Python.h (a package python3-dev or the like has it)")
    compiler = shlex.split(os.environ.get("CC") or sysconfig.get_config_var("CC") or "cc")
    folder.mkdir(parents=True, exist_ok=True)
    made, fresh = folder / NAME, folder / f"{NAME}.new"
    command = [
        *compiler,
        *("-O3", "-std=c11", "-fwrapv", "-fvisibility=hidden", "-Wall", "-Wextra"),
        *(() if WINDOWS else ("-fPIC",)),
        *(
            ("-bundle", "-undefined", "dynamic_lookup")
            if sys.platform == "darwin"
            else ("-shared",)
        ),
        *shlex.split(os.environ.get("ARCHFLAGS", "")),
        *shlex.split(os.environ.get("CFLAGS", "")),
        *more,
        f'-DSOURCES="{sources_sum()}"',
        f"-I{include}",
        *map(str, sorted(HERE.glob("*.c"))),
        *("-o", str(fresh)),
        *shlex.split(os.environ.get("LDFLAGS", "")),
        *(
            (f"-L{Path(sys.base_prefix) / 'libs'}", "-lpython3", "-static-libgcc")
            if WINDOWS
            else ()
        ),
    ]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except OSError as error:
        raise NotBuiltError(f"there is no C compiler ({compiler[0]}: {error.strerror})") from None
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if "error" in line] or ["no reason given"]
        raise NotBuiltError(f"{compiler[0]} failed: {said[0].strip()}")
    if done.stderr.strip():
        print(done.stderr, file=sys.stderr)
    os.replace(fresh, made)  # a running process keeps the file that it has loaded
    return made


if __name__ == "__main__":
    try:
        print(build_core(HERE.parent / "articlecli", *sys.argv[1:]))
    except NotBuiltError as problem:
        sys.exit(f"the core is not built: {problem}")
