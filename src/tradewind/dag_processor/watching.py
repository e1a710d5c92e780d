"""Hears from the kernel (inotify, FSEvents) which files below some folders have changed, and wakes the loop."""

from __future__ import annotations

import contextlib
import errno
import logging
import os
import queue
from collections.abc import Iterable
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch

_log = logging.getLogger(__name__)
HEARD: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
"""Not that a file was opened or read: we do that ourselves."""
LIMITS = frozenset({errno.ENOSPC, errno.EMFILE, errno.ENOMEM})
LIMIT_HINT = "raise fs.inotify.max_user_watches and max_user_instances (sysctl)"


class Watcher(FileSystemEventHandler):
    """`watch` and `heard` are for one thread; events come from threads of the library."""

    def __init__(self) -> None:
        self._observer = Observer()
        self._watches: dict[tuple[str, bool], ObservedWatch] = {}
        self._events: queue.SimpleQueue[tuple[str, bool]] = queue.SimpleQueue()
        self._read, self._write = os.pipe()
        for descriptor in (self._read, self._write):
            os.set_blocking(descriptor, False)
        self.is_blind = False
        """The system refused: whoever wants to know has to look. Said once in the log."""

    def fileno(self) -> int:
        return self._read

    def start(self) -> None:
        self._observer.start()

    def watch(self, folders: Iterable[tuple[str, bool]]) -> None:
        """From now on these (path, with all below it) and no others."""
        wanted = set(folders)
        for key in set(self._watches) - wanted:
            with contextlib.suppress(KeyError, OSError):
                self._observer.unschedule(self._watches[key])
            del self._watches[key]
        for path, is_recursive in sorted(wanted - set(self._watches)):
            self._add(path, is_recursive)

    def heard(self) -> list[tuple[str, bool]]:
        """(path, may still be written to) of what has changed since the last call."""
        with contextlib.suppress(BlockingIOError):
            while os.read(self._read, 4096):
                pass
        found: list[tuple[str, bool]] = []
        with contextlib.suppress(queue.Empty):
            while True:
                found.append(self._events.get_nowait())
        return found

    def stop(self) -> None:
        self._observer.stop()
        self._observer.join(5.0)
        for descriptor in (self._read, self._write):
            os.close(descriptor)
        self._read = self._write = -1

    def dispatch(self, event: FileSystemEvent) -> None:
        """In a thread of the library's."""
        is_open = isinstance(event, (FileModifiedEvent, FileCreatedEvent))
        for path in (event.src_path, event.dest_path):
            if path:
                self._events.put((os.fsdecode(path), is_open))
        with contextlib.suppress(OSError):  # full: the loop is awake already
            os.write(self._write, b".")

    def _add(self, path: str, is_recursive: bool) -> None:
        try:
            self._watches[path, is_recursive] = self._observer.schedule(
                self, path, recursive=is_recursive, event_filter=HEARD
            )
        except OSError as error:
            if error.errno in LIMITS and not self.is_blind:
                self.is_blind = True
                _log.warning(
                    "changes below %s cannot be heard of (%s): DAG folders are looked through every few seconds "
                    "instead; %s",
                    path,
                    error.strerror or error,
                    LIMIT_HINT,
                )


def folders_to_watch(root: str, siblings: Iterable[str]) -> set[tuple[str, bool]]:
    """The folder and those beside it, and where links lead to from there; what is not there is left out."""
    found: set[tuple[str, bool]] = set()
    for folder in (root, *siblings):
        if os.path.isdir(folder):
            found.add((os.path.realpath(folder), True))
            found |= _behind_links(folder)
    if os.path.islink(root) or not os.path.isdir(root):  # to see it appear, or lead elsewhere
        parent = os.path.dirname(root)
        if os.path.isdir(parent):
            found.add((os.path.realpath(parent), False))
    tops = [path for path, is_recursive in found if is_recursive]
    return {(path, deep) for path, deep in found if not any(path.startswith(top + os.sep) for top in tops)}


def _behind_links(folder: str) -> set[tuple[str, bool]]:
    found: set[tuple[str, bool]] = set()
    seen: set[str] = set()
    waiting = [folder]
    while waiting:
        place = waiting.pop()
        if (real := os.path.realpath(place)) in seen:
            continue
        seen.add(real)
        with contextlib.suppress(OSError), os.scandir(place) as entries:
            for entry in entries:
                if entry.is_symlink():
                    target = os.path.realpath(entry.path)
                    found.add((target, True) if os.path.isdir(target) else (str(Path(target).parent), False))
                if entry.is_dir() and not entry.name.startswith((".", "__pycache__")):
                    waiting.append(entry.path)
    return {(path, deep) for path, deep in found if os.path.isdir(path)}
