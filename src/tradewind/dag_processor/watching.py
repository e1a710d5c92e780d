"""Hears from the kernel (inotify, FSEvents) which files below some folders have changed, and wakes the loop."""

from __future__ import annotations

import contextlib
import ctypes
import errno
import logging
import os
import queue
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Literal, NamedTuple

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
from watchdog.observers.api import BaseObserver, ObservedWatch

from tradewind.dagfiles.folder import is_folder

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
COMING_AND_GOING: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirDeletedEvent,
    DirMovedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileMovedEvent,
]
"""What counts of the folder above: ours may be moved away, or be a link that is made to lead elsewhere. A database
beside it is written to all the time."""
LIMITS = frozenset({errno.ENOSPC, errno.EMFILE, errno.ENOMEM})
_MOVED_ITSELF = 0x00000800
"""IN_MOVE_SELF: what does not happen."""
LIMIT_HINT = "raise fs.inotify.max_user_watches and max_user_instances (sysctl)"


class Watch(NamedTuple):
    path: str
    kind: Literal["all_below", "folder", "above"]
    inode: int
    """Another folder may have come in the place of the one that was watched."""


class Watcher(FileSystemEventHandler):
    """`watch` and `heard` are for one thread; events come from threads of the library."""

    def __init__(self) -> None:
        self.is_blind = False
        """The system refused: whoever wants to know has to look. Said once in the log."""
        self._observer = self._observer_if_allowed()
        self._watches: dict[Watch, ObservedWatch] = {}
        self._events: queue.SimpleQueue[tuple[str, bool]] = queue.SimpleQueue()
        self._read, self._write = os.pipe()
        for descriptor in (self._read, self._write):
            os.set_blocking(descriptor, False)

    def fileno(self) -> int:
        return self._read

    def start(self) -> None:
        if self._observer is not None:
            self._observer.start()

    def watch(self, folders: Iterable[Watch]) -> None:
        """From now on these and no others."""
        if self._observer is None:
            return
        wanted = set(folders)
        for watch in set(self._watches) - wanted:
            with contextlib.suppress(KeyError, OSError):
                self._observer.unschedule(self._watches[watch])
            del self._watches[watch]
        for watch in sorted(wanted - set(self._watches)):
            self._add(self._observer, watch)

    def look_for_limits(self) -> None:
        """The library says nothing of a folder below a watched one that the system refuses to watch."""
        if not self.is_blind and (refused := why_refused()) is not None:
            self._go_blind("a DAG folder", refused)

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
        if self._observer is not None:
            self._observer.stop()
            self._observer.join(5.0)
        for descriptor in (self._read, self._write):
            os.close(descriptor)
        self._read = self._write = -1

    def dispatch(self, event: FileSystemEvent) -> None:
        """In a thread of the library's."""
        is_open = isinstance(event, FileModifiedEvent) or (
            isinstance(event, FileCreatedEvent) and _is_empty(event.src_path)
        )
        for path in (event.src_path, event.dest_path):
            if path:
                self._events.put((os.fsdecode(path), is_open))
        with contextlib.suppress(OSError):  # full: the loop is awake already
            os.write(self._write, b".")

    def _observer_if_allowed(self) -> BaseObserver | None:
        try:
            return Observer()
        except OSError as error:
            if error.errno not in LIMITS:
                raise
            self._go_blind("any folder", error)
            return None

    def _add(self, observer: BaseObserver, watch: Watch) -> None:
        try:
            self._watches[watch] = observer.schedule(
                self,
                watch.path,
                recursive=watch.kind == "all_below",
                event_filter=COMING_AND_GOING if watch.kind == "above" else HEARD,
            )
        except OSError as error:
            if error.errno in LIMITS:
                self._go_blind(watch.path, error)

    def _go_blind(self, where: str, error: OSError) -> None:
        if not self.is_blind:
            self.is_blind = True
            _log.warning(
                "changes below %s cannot be heard of (%s): folders are looked through every few seconds instead; %s",
                where,
                error.strerror or error,
                LIMIT_HINT,
            )


def why_refused() -> OSError | None:
    """Whether the system watches one more folder; None where it does, or has no such limit."""
    if sys.platform != "linux":
        return None
    libc = ctypes.CDLL(None, use_errno=True)
    descriptor = libc.inotify_init1(os.O_CLOEXEC)
    try:
        is_refused = descriptor < 0 or libc.inotify_add_watch(descriptor, b"/", _MOVED_ITSELF) < 0
        found = OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno())) if is_refused else None
    finally:
        if descriptor >= 0:
            os.close(descriptor)
    return found if found is not None and found.errno in LIMITS else None


def _is_empty(path: bytes | str) -> bool:
    """A file that is being made is empty at first, and each write to it is heard of; one that was moved here from a
    folder we don't watch comes as a new one, too, and is whole."""
    try:
        return os.stat(path).st_size == 0
    except OSError:
        return True


def folders_to_watch(root: str, siblings: Iterable[str]) -> set[Watch]:
    """The folder, the one above, those beside it, and where links lead to from there; what is not there is left out."""
    tops = {os.path.realpath(folder) for folder in (root, *siblings) if os.path.isdir(folder)}
    linked = {place for top in tops for place in _behind_links(top)}
    tops |= {path for path, is_whole in linked if is_whole}
    tops = {path for path in tops if not any(path.startswith(other + os.sep) for other in tops)}
    flat = {path for path, is_whole in linked if not is_whole}
    flat = {path for path in flat if not any(f"{path}{os.sep}".startswith(top + os.sep) for top in tops)}
    above = {os.path.realpath(os.path.dirname(root)), os.path.dirname(os.path.realpath(root))} - flat
    kinds: tuple[tuple[Literal["all_below", "folder", "above"], set[str]], ...] = (
        ("all_below", tops),
        ("folder", flat),
        ("above", above),
    )
    return {Watch(path, kind, os.stat(path).st_ino) for kind, paths in kinds for path in paths if os.path.isdir(path)}


def _behind_links(folder: str) -> set[tuple[str, bool]]:
    """(path, with all below it) of what links in there lead to."""
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
                if is_folder(entry) and not entry.name.startswith((".", "__pycache__")):
                    waiting.append(entry.path)
    return found
