"""Build hook: the wheel has the core where it can be built, and is pure Python where it cannot.

Nobody needs a compiler: what the core does is there in Python too. `ARTICLECLI_CORE=off` builds the
pure wheel, `ARTICLECLI_CORE=on` fails where the core cannot be built.
"""

import os
import platform
import sys
from pathlib import Path
from runpy import run_path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface
from packaging.tags import sys_tags


class CoreHook(BuildHookInterface):
    """Compiles `src/core` before a wheel is put together."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the core, and tell the wheel of it.

        Args:
            version: `editable` or `standard`.
            build_data: What hatchling makes the wheel from; changed here.

        """
        wanted = os.environ.get("ARTICLECLI_CORE", "").lower()
        if self.target_name != "wheel" or wanted == "off":
            return
        root = Path(self.root)
        build = run_path(str(root / "src" / "core" / "build.py"))
        editable = version == "editable"
        folder = root / "src" / "articlecli" if editable else root / "build" / "core"
        try:
            made = build["build_core"](folder)
        except build["NotBuiltError"] as problem:
            if wanted == "on":
                raise
            said = f"articlecli: the core is not built, all runs in Python: {problem}"
            print(said, file=sys.stderr)
            return
        print(f"articlecli: the core is built ({made.name})", file=sys.stderr)
        build_data["pure_python"] = False
        build_data["tag"] = f"cp311-abi3-{_platform()}"
        if not editable:
            build_data["force_include"][str(made)] = f"articlecli/{made.name}"


def _platform() -> str:
    """The tag of this machine; `auditwheel` and the like widen it for wheels to publish."""
    wide = ("manylinux", "musllinux")
    found = next(tag.platform for tag in sys_tags() if not tag.platform.startswith(wide))
    oldest = os.environ.get("MACOSX_DEPLOYMENT_TARGET")
    if sys.platform == "darwin" and oldest:
        machine = os.environ.get("ARCHFLAGS", "").split()[-1:] or [platform.machine()]
        return f"macosx_{oldest.replace('.', '_')}_{machine[0]}"
    return found
