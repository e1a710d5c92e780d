"""The environment of each peer: a virtual environment of its own, made on first use from pinned requirements."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

PEERS = Path(__file__).resolve().parent
FOLDER = PEERS.parent / ".envs"


@dataclass(frozen=True)
class Environment:
    peer: str

    @property
    def python(self) -> Path:
        return FOLDER / self.peer / "bin" / "python"

    @property
    def requirements(self) -> Path:
        return PEERS / self.peer / "requirements.txt"

    def made(self) -> Path:
        """Its interpreter; made anew where the requirements have changed since."""
        stamp = FOLDER / self.peer / "installed-from"
        wanted = hashlib.sha256(self.requirements.read_bytes()).hexdigest()
        if not stamp.exists() or stamp.read_text() != wanted:
            self._make()
            stamp.write_text(wanted)
        return self.python

    def versions(self) -> dict[str, str]:
        """Installed distributions by name."""
        command = [self.python, "-m", "pip", "list", "--format=freeze", "--disable-pip-version-check"]
        listed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
        return dict(line.split("==", 1) for line in listed.splitlines() if "==" in line)

    def _make(self) -> None:
        print(f"making an environment for {self.peer} (minutes) …", flush=True)
        shutil.rmtree(FOLDER / self.peer, ignore_errors=True)
        clean = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        subprocess.run([sys.executable, "-m", "venv", FOLDER / self.peer], check=True)
        # pip compiles what it installs, unlike uv: without byte code every process would compile its imports.
        install = [self.python, "-m", "pip", "install", "--quiet", "--compile", "-r", self.requirements]
        subprocess.run(install, check=True, env=clean)
