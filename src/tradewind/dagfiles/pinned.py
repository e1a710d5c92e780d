"""A snapshot seen as files at their original places: asks by absolute path, answers from blobs."""

from __future__ import annotations

import os
from pathlib import Path

from tradewind.dagfiles.blobs import blob_path
from tradewind.model.errors import NotFoundError
from tradewind.model.warm import Snapshot


class PinnedFiles:
    """The snapshot's files by the absolute path they had when it was taken, and the folders they lie in."""

    def __init__(self, snapshot: Snapshot, blobs: Path) -> None:
        self.root = snapshot.root
        self.blobs = str(blobs)
        self._content = {self.absolute(relative): content for relative, content in snapshot.files.items()}
        self.folders = frozenset(_folders_of(self._content, self.root))

    def absolute(self, relative: str) -> str:
        path = f"{self.root}/{relative}"
        return os.path.normpath(path) if ".." in relative else path

    def relative(self, path: str) -> str:
        """As users name the file: below the root, or beside it (`../include/x.py`)."""
        return os.path.relpath(path, self.root).replace(os.sep, "/")

    def content(self, path: str) -> str | None:
        """Hash of the file's bytes, None where the snapshot does not have it."""
        return self._content.get(path)

    def read(self, path: str) -> bytes:
        """The file's bytes as they were. Raises FileNotFoundError where the snapshot, or its blob, is not there."""
        content = self._content.get(path)
        if content is None:
            raise FileNotFoundError(path)
        with open(blob_path(self.blobs, content), "rb") as stream:
            return stream.read()

    def read_text(self, relative: str) -> str:
        """A template file's text. Raises NotFoundError with the name as the author gave it."""
        path = os.path.normpath(os.path.join(self.root, relative))
        try:
            return self.read(path).decode("utf-8", errors="replace")
        except FileNotFoundError:
            raise NotFoundError(
                f"the DAG folder {self.root} has no file {relative}",
                hint="template files are found relative to the DAG file, or below `template_searchpath`",
            ) from None

    def is_ours(self, path: str) -> bool:
        """Whether a frame of a traceback is the user's: pinned, or at least below the root."""
        return path in self._content or path.startswith(self.root + os.sep)

    def modules_in(self, folder: str) -> list[str]:
        """Names of the modules and packages directly in this folder."""
        tails = (path[len(folder) + 1 :] for path in self._content if path.startswith(folder + os.sep))
        packages = {tail.removesuffix("/__init__.py") for tail in tails if tail.endswith("/__init__.py")}
        tails = (path[len(folder) + 1 :] for path in self._content if path.startswith(folder + os.sep))
        modules = {tail.removesuffix(".py") for tail in tails if tail.endswith(".py")} - {"__init__"}
        return sorted(name for name in packages | modules if "/" not in name)

    def names(self) -> list[str]:
        return [self.relative(path) for path in self._content]


def _folders_of(files: dict[str, str], root: str) -> set[str]:
    folders = {root}
    stop = os.path.dirname(root)
    for file in files:
        folder = os.path.dirname(file)
        while folder not in folders and len(folder) > len(stop):
            folders.add(folder)
            folder = os.path.dirname(folder)
    return folders
