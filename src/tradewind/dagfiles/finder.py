"""Lets `import` find the snapshot's modules instead of the files on disk, at the original paths.

A hook on sys.path entries rather than a finder of its own: Python's own machinery then handles packages, namespace
packages, relative imports and the order of sys.path. `__file__` and tracebacks name the original file, so data beside
a DAG file is found, while the code stays what it was when the snapshot was taken.
"""

from __future__ import annotations

import contextlib
import hashlib
import importlib.util
import linecache
import marshal
import os
import sys
from collections.abc import Callable, Iterator
from importlib.machinery import (
    BYTECODE_SUFFIXES,
    EXTENSION_SUFFIXES,
    SOURCE_SUFFIXES,
    ExtensionFileLoader,
    FileFinder,
    ModuleSpec,
    SourceFileLoader,
    SourcelessFileLoader,
)
from types import CodeType, ModuleType
from typing import Any

from tradewind.dagfiles.blobs import blob_path, write_atomically
from tradewind.dagfiles.pinned import PinnedFiles
from tradewind.model.errors import HomeError


def install(files: PinnedFiles) -> Callable[[], None]:
    """Serve imports below the snapshot's root from it, from now on. Returns what undoes it."""

    def hook(path: str) -> PinnedPathFinder:
        place = os.path.abspath(path)
        if place in files.folders or place == os.path.dirname(files.root):
            return PinnedPathFinder(place, files)
        raise ImportError(f"{path} is not part of the snapshot")

    def forget_cached() -> None:
        for path in [p for p in sys.path_importer_cache if os.path.abspath(p).startswith(os.path.dirname(files.root))]:
            del sys.path_importer_cache[path]

    def uninstall() -> None:
        with contextlib.suppress(ValueError):
            sys.path_hooks.remove(hook)
        forget_cached()

    sys.path_hooks.insert(0, hook)
    forget_cached()
    return uninstall


class PinnedPathFinder:
    """Finds the modules of one folder: pinned ones first; then what a snapshot leaves out (compiled extensions)."""

    def __init__(self, folder: str, files: PinnedFiles) -> None:
        self._folder = folder
        self._files = files
        self._on_disk = FileFinder(
            folder,
            (ExtensionFileLoader, EXTENSION_SUFFIXES),
            (SourceFileLoader, SOURCE_SUFFIXES),
            (SourcelessFileLoader, BYTECODE_SUFFIXES),
        )

    def find_spec(self, fullname: str, target: ModuleType | None = None) -> ModuleSpec | None:
        place = os.path.join(self._folder, fullname.rpartition(".")[2])
        package = os.path.join(place, "__init__.py")
        if self._files.content(package):
            return pinned_spec(fullname, package, self._files, submodule_search_locations=[place])
        if self._files.content(f"{place}.py"):
            return pinned_spec(fullname, f"{place}.py", self._files)
        spec = self._on_disk.find_spec(fullname, target)
        if (spec is None or spec.loader is None) and place in self._files.folders:
            spec = ModuleSpec(fullname, None, is_package=True)
            spec.submodule_search_locations = [place]
        return spec

    def iter_modules(self, prefix: str = "") -> Iterator[tuple[str, bool]]:
        """What `pkgutil.iter_modules` lists: (name, is a package) of the folder's pinned modules."""
        for name in self._files.modules_in(self._folder):
            yield prefix + name, bool(self._files.content(os.path.join(self._folder, name, "__init__.py")))

    def invalidate_caches(self) -> None:
        self._on_disk.invalidate_caches()


def pinned_spec(
    fullname: str, path: str, files: PinnedFiles, *, submodule_search_locations: list[str] | None = None
) -> ModuleSpec:
    loader = PinnedLoader(fullname, path, files)
    spec = importlib.util.spec_from_file_location(
        fullname, path, loader=loader, submodule_search_locations=submodule_search_locations
    )
    assert spec is not None, "a loader was given"
    return spec


class PinnedLoader(SourceFileLoader):
    """Executes a module from its blob; its bytecode is kept beside the blob."""

    def __init__(self, fullname: str, path: str, files: PinnedFiles) -> None:
        super().__init__(fullname, path)
        self._files = files

    def get_data(self, path: str) -> bytes:
        """Also what `pkgutil.get_data` reads: pinned files first, then data on disk."""
        try:
            return self._files.read(path)
        except FileNotFoundError:
            return super().get_data(path)

    def get_code(self, fullname: str) -> CodeType | None:
        cache = self._bytecode_path()
        code = _read_bytecode(cache)
        if code is None:
            code = self.source_to_code(self.get_data(self.path), self.path)
            with contextlib.suppress(HomeError):  # a read-only home only costs compiling again
                write_atomically(cache, importlib.util.MAGIC_NUMBER + marshal.dumps(code))
        return code

    def exec_module(self, module: ModuleType) -> None:
        remember_source(self.path, self.get_data(self.path))
        super().exec_module(module)

    def _bytecode_path(self) -> str:
        """Code remembers its file name, and equal bytes may lie at two places: the path is part of the key."""
        content = self._files.content(self.path)
        assert content is not None, f"{self.path} is not pinned"
        place = hashlib.blake2b(self.path.encode(), digest_size=8).hexdigest()
        kind = f"{sys.implementation.cache_tag}-{sys.flags.optimize}"
        return f"{blob_path(self._files.blobs, content)}.{place}.{kind}.pyc"


def remember_source(path: str, data: bytes) -> None:
    """Make tracebacks and `inspect.getsource` show the pinned text, whatever lies on disk by then."""
    try:
        text = importlib.util.decode_source(data)
    except (SyntaxError, UnicodeDecodeError):
        return
    lines = [line + "\n" for line in text.split("\n")]
    # No time of change: linecache then never compares the entry with the file on disk.
    cache: dict[str, Any] = linecache.cache
    cache[path] = (len(data), None, lines, path)


def _read_bytecode(cache: str) -> CodeType | None:
    try:
        with open(cache, "rb") as stream:
            data = stream.read()
        magic = importlib.util.MAGIC_NUMBER
        return marshal.loads(memoryview(data)[len(magic) :]) if data.startswith(magic) else None
    except (OSError, EOFError, ValueError, TypeError):
        return None
