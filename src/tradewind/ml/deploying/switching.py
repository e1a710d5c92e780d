"""A folder of versions and a link `current` to one of them, which moves in one step."""

from __future__ import annotations

import os
import shutil
import time
import uuid
from collections.abc import Callable
from pathlib import Path

CURRENT, VERSIONS = "current", "versions"


class VersionedFolder:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.current = folder / CURRENT

    def add(self, version: str, fill: Callable[[Path], None]) -> Path:
        """A new folder, whole or not there at all; nobody uses it yet."""
        now = time.strftime("%Y%m%dT%H%M%S", time.gmtime())
        made = self.folder / VERSIONS / f"{version}-{now}-{uuid.uuid4().hex[:6]}"
        unfinished = made.with_name(f".{made.name}")
        unfinished.mkdir(parents=True)
        try:
            fill(unfinished)
            os.replace(unfinished, made)
        except BaseException:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise
        return made

    def used(self) -> str:
        """What the link leads to, as it says it; "" where there is none."""
        try:
            return os.readlink(self.current)
        except FileNotFoundError:
            return ""

    def switch(self, to: str) -> None:
        """Whoever follows the link sees the old or the new. "": no link any more."""
        if not to:
            self.current.unlink(missing_ok=True)
            return
        link = self.folder / f".{CURRENT}-{uuid.uuid4().hex}"
        link.symlink_to(to)
        os.replace(link, self.current)

    def forget_all_but(self, keep: int) -> None:
        """The newest, and the one that is used."""
        used = self.current.resolve()
        every = [one for one in (self.folder / VERSIONS).iterdir() if not one.name.startswith(".")]
        for one in sorted(every, key=lambda one: one.stat().st_mtime_ns, reverse=True)[keep:]:
            if one.resolve() != used:
                shutil.rmtree(one, ignore_errors=True)
