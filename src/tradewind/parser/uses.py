"""What one DAG file depends on below its root: modules it imported, files it read, folders it listed. When one of them
changes, the DAG file is parsed again."""

from __future__ import annotations

import os
import sys
from itertools import islice
from typing import Any

from tradewind.dagfiles.pinned import PinnedFiles

LISTINGS = frozenset({"os.listdir", "os.scandir"})
USES_AT_MOST = 10_000
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT


class Uses:
    """From the moment it is made it hears of every file that this process opens; there is no end to that, so only a
    process that is about to die makes one."""

    def __init__(self, files: PinnedFiles, file: str) -> None:
        self._files = files
        self._own = files.absolute(file)
        self._seen: set[str] = set()
        self._modules_before = len(sys.modules)
        folders = sorted(files.folders | {files.root}, key=len)
        self._tops = tuple({top + os.sep for top in folders if not any(top.startswith(o + os.sep) for o in folders)})
        sys.addaudithook(self._heard)

    def found(self) -> tuple[str, ...]:
        """Relative to the root, sorted; a folder that was listed ends in a slash."""
        # The newest alone: looking at each module would copy the pages of all that the server has imported.
        newest = list(islice(reversed(sys.modules), max(0, len(sys.modules) - self._modules_before)))
        modules = {getattr(sys.modules[name], "__file__", None) for name in newest}
        paths = {path for path in modules if isinstance(path, str) and self._files.content(path)}
        found = {self._files.relative(path) for path in paths if path != self._own}
        for path in self._seen:
            slash = "/" if path.endswith(os.sep) else ""
            found.add(self._files.relative(path.rstrip(os.sep)) + slash)
        return tuple(sorted(found))

    def _heard(self, event: str, arguments: tuple[Any, ...]) -> None:
        is_listing = event in LISTINGS
        if not is_listing and event != "open":
            return
        path = arguments[0]
        if not isinstance(path, (str, bytes)) or len(self._seen) >= USES_AT_MOST or _is_importing():
            return
        if not is_listing and arguments[2] & WRITING:
            return  # what it writes itself must not have it parsed again, for ever
        place = os.path.abspath(os.fsdecode(path))
        if is_listing:
            place += os.sep
        if place.startswith(self._tops) and place != self._own and "__pycache__" not in place:
            self._seen.add(place)


def _is_importing() -> bool:
    """Python itself lists and opens what it imports from; that is known from the modules."""
    frame = sys._getframe(2)  # pyright: ignore[reportPrivateUsage]
    return frame.f_code.co_filename.startswith("<frozen importlib")
