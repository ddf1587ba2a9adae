"""What the extras of the package bring, and how to install it where articlecli runs."""

import sys

EXTRAS = {
    "parquet": ("pyarrow",),
    "ray": ("ray",),
    "datatrove": ("datatrove", "orjson"),
    "remote": ("fsspec",),
    "adapt": ("numpy",),
}
"""Extra → its packages, those of `pyproject.toml`."""
_TOOLS = {
    "uv-receipt.toml": "uv pip install --python {place} {packages}",
    "pipx_metadata.json": "pipx inject articlecli {packages}",
}
"""Note that an installer of tools leaves in their environment → how to add to it."""


def remedy(extra: str) -> str:
    """How to install what an extra brings, as a command for a shell.

    The packages themselves are named and not the extra: that works however articlecli came here.

    Args:
        extra: A key of `EXTRAS`.

    """
    from os.path import exists, join
    from shlex import quote

    packages = " ".join(EXTRAS[extra])
    for note, command in _TOOLS.items():
        if exists(join(sys.prefix, note)):
            return command.format(place=quote(sys.prefix), packages=packages)
    return f"{quote(sys.executable or 'python')} -m pip install {packages}"
