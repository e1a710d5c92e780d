"""Gives Jinja the template files of a snapshot, so that a `.sql` file edited meanwhile does not change a run."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from jinja2 import BaseLoader, Environment, TemplateNotFound

from tradewind.dagfiles.pinned import PinnedFiles


class SnapshotLoader(BaseLoader):
    """Looks a name up below each search folder: in the snapshot first, then on disk (folders outside of it)."""

    def __init__(self, files: PinnedFiles, folders: Sequence[str]) -> None:
        self._files = files
        self._folders = [os.path.normpath(os.path.join(files.root, folder)) for folder in folders]

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        for folder in self._folders:
            path = os.path.normpath(os.path.join(folder, template))
            text = self._read(path)
            if text is not None:
                return text, path, lambda: True
        raise TemplateNotFound(template, f"{template} is not in {', '.join(self._folders)}")

    def list_templates(self) -> list[str]:
        return sorted(
            {
                os.path.relpath(path, folder)
                for folder in self._folders
                for path in map(self._files.absolute, self._files.names())
                if path.startswith(folder + os.sep)
            }
        )

    def _read(self, path: str) -> str | None:
        for read in (self._files.read, _read_file):
            try:
                return read(path).decode("utf-8")
            except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
                continue
        return None


def _read_file(path: str) -> bytes:
    with open(path, "rb") as stream:
        return stream.read()
