"""Which files of a folder are its code: Python and template-like text, not data, environments or build products."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

MAX_FILE_BYTES = 1 << 20
MAX_ARCHIVE_BYTES = 16 << 20
TEMPLATE_SUFFIXES = frozenset(
    {".sql", ".sh", ".j2", ".jinja", ".jinja2", ".json", ".yaml", ".yml", ".toml", ".cfg", ".ini", ".md", ".html"}
    | {".txt", ".hql"}
)
CODE_SUFFIXES = TEMPLATE_SUFFIXES | {".py", ".zip"}
SKIPPED_FOLDERS = frozenset({"__pycache__", "node_modules", "site-packages", "build"})
VISITS_PER_FILE = 20
"""A walk gives up after this many directory entries for each file it may find: a home folder is not a DAG folder."""


class FolderTooLargeError(Exception):
    """The folder holds more code than a snapshot may, or too much else to look through. Its text says which."""


@dataclass(frozen=True)
class FoundFile:
    relative: str
    """Below the folder, with forward slashes."""
    path: str
    size_bytes: int
    mtime_ns: int
    inode: int


def code_files(folder: Path, *, max_files: int, max_bytes: int, skip: Path | None = None) -> list[FoundFile]:
    """The folder's code, sorted by relative path; `skip` is a folder never entered (our own home).

    Raises FolderTooLargeError as soon as a bound is passed."""
    found: list[FoundFile] = []
    visits, total_bytes = 0, 0
    for entry in walk(folder, skip=skip):
        visits += 1
        if visits > max_files * VISITS_PER_FILE:
            raise FolderTooLargeError(f"more than {max_files * VISITS_PER_FILE:,} files lie in {folder}")
        file = _code_file(entry, folder)
        if file is None:
            continue
        found.append(file)
        total_bytes += file.size_bytes
        if len(found) > max_files:
            raise FolderTooLargeError(f"more than {max_files:,} code files lie in {folder}")
        if total_bytes > max_bytes:
            raise FolderTooLargeError(f"the code in {folder} is over {max_bytes:,} bytes")
    return sorted(found, key=lambda file: file.relative)


def walk(
    folder: Path, *, skip: Path | None = None, on_error: Callable[[OSError], None] = lambda error: None
) -> Iterator[os.DirEntry[str]]:
    """Every file below the folder outside skipped folders. Links are followed, each real folder is entered once.
    Links to nowhere count as files that cannot be read; pipes, sockets and devices are left out: reading one may never
    end.

    Raises NotADirectoryError for the folder itself; unreadable folders below it are passed over, and said to
    `on_error`."""
    if not folder.is_dir():
        raise NotADirectoryError(f"{folder} is not a folder")
    skipped = os.path.realpath(skip) if skip else ""
    seen = {os.path.realpath(folder)}
    waiting = [str(folder)]
    while waiting:
        for entry in _entries(waiting.pop(), on_error):
            if not is_folder(entry):
                if not _is_special(entry):
                    yield entry
            elif _is_code_folder(entry):
                real = os.path.realpath(entry.path)
                if real not in seen and real != skipped:
                    seen.add(real)
                    waiting.append(entry.path)


def _entries(folder: str, on_error: Callable[[OSError], None]) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError as error:
        on_error(error)
        return []


def is_folder(entry: os.DirEntry[str]) -> bool:
    """Also behind a link; a link that leads back to itself is none."""
    try:
        return entry.is_dir()
    except OSError:
        return False


def _is_special(entry: os.DirEntry[str]) -> bool:
    try:
        return not (entry.is_file() or (entry.is_symlink() and not os.path.exists(entry.path)))
    except OSError:
        return False


def _is_code_folder(entry: os.DirEntry[str]) -> bool:
    if entry.name.startswith(".") or entry.name in SKIPPED_FOLDERS:
        return False
    return not os.path.exists(os.path.join(entry.path, "pyvenv.cfg"))


def _code_file(entry: os.DirEntry[str], folder: Path) -> FoundFile | None:
    if entry.name.startswith(".") or os.path.splitext(entry.name)[1].lower() not in CODE_SUFFIXES:
        return None
    try:
        return found_file(entry.path, folder)
    except OSError:  # a dangling link, or a file that went away since the folder was listed
        return None


def relative_to(path: str, folder: Path) -> str:
    """With forward slashes. Most paths are what a walk of the folder gave: thousands of them are cut, not compared."""
    top = f"{folder}{os.sep}"
    relative = path[len(top) :] if path.startswith(top) else os.path.relpath(path, folder)
    return relative.replace(os.sep, "/")


def found_file(path: str, folder: Path, *, any_size: bool = False) -> FoundFile | None:
    """The file as it is on disk; None where it is too large to be code. Raises OSError where it cannot be seen."""
    status = os.stat(path)
    most = MAX_ARCHIVE_BYTES if path.lower().endswith(".zip") else MAX_FILE_BYTES
    if status.st_size > most and not any_size:
        return None
    return FoundFile(relative_to(path, folder), path, status.st_size, status.st_mtime_ns, status.st_ino)
