"""Hears of changes in folders from the kernel (inotify): one descriptor for all who wait in an event loop, no threads.

Where there is no inotify (macOS), or the folder lies on a file system that other machines write to, nobody is told:
`watch_folder` gives None then, and the caller has to look from time to time.
"""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import struct
import sys
from collections.abc import Generator
from weakref import WeakKeyDictionary

_EVENTS = 0x00000100 | 0x00000080 | 0x00000008 | 0x00000400 | 0x00000800
"""IN_CREATE, IN_MOVED_TO, IN_CLOSE_WRITE, IN_DELETE_SELF, IN_MOVE_SELF."""
_IGNORED = 0x00008000
"""IN_IGNORED: the kernel has given the watch up."""
_ONLYDIR = 0x01000000
_HEADER = struct.Struct("iIII")
_READ_BYTES = 1 << 16
_SHARED = frozenset({"nfs", "nfs4", "cifs", "smb3", "smbfs", "9p", "ceph", "glusterfs", "lustre", "afs", "virtiofs"})
"""File systems whose files change without this kernel's knowledge; those through FUSE are taken for such, too."""


@contextlib.contextmanager
def watching(folders: list[str]) -> Generator[asyncio.Event | None]:
    """An event that is set whenever something appears in one of these folders, or they go away. None where the kernel
    cannot tell; also for a folder that is not there."""
    loop = asyncio.get_running_loop()
    inotify = _inotifies.get(loop)
    if inotify is None:
        inotify = _inotifies[loop] = Inotify(loop)
    event = asyncio.Event()
    taken = [number for folder in folders if (number := inotify.add(folder, event)) is not None]
    try:
        yield event if len(taken) == len(folders) else None
    finally:
        for number in taken:
            inotify.remove(number, event)


class Inotify:
    """Of one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._waiting: dict[int, set[asyncio.Event]] = {}
        self._libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
        self._descriptor = -1

    def add(self, folder: str, event: asyncio.Event) -> int | None:
        """The kernel gives the same number to all who watch one folder."""
        if self._libc is None or not is_local(folder):
            return None
        if self._descriptor < 0:
            self._descriptor = self._libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
            if self._descriptor < 0:
                self._libc = None
                return None
            self._loop.add_reader(self._descriptor, self._read)
        number = self._libc.inotify_add_watch(self._descriptor, os.fsencode(folder), _EVENTS | _ONLYDIR)
        if number < 0:  # it is not there, or there are too many watches
            return None
        self._waiting.setdefault(number, set()).add(event)
        return number

    def remove(self, number: int, event: asyncio.Event) -> None:
        events = self._waiting.get(number)
        if events is None:
            return
        events.discard(event)
        if not events:
            del self._waiting[number]
            if self._libc is not None:
                self._libc.inotify_rm_watch(self._descriptor, number)

    def _read(self) -> None:
        try:
            data = os.read(self._descriptor, _READ_BYTES)
        except BlockingIOError:
            return
        place = 0
        while place < len(data):
            number, mask, _, length = _HEADER.unpack_from(data, place)
            place += _HEADER.size + length
            if number < 0:  # the queue was full: something was missed somewhere
                for events in self._waiting.values():
                    _set_all(events)
                continue
            _set_all(self._waiting.get(number, set()))
            if mask & _IGNORED:
                self._waiting.pop(number, None)


def is_local(folder: str) -> bool:
    """Whether the kernel hears of every change below this folder."""
    kind = _file_system_of(os.path.realpath(folder))
    return kind not in _SHARED and not kind.startswith("fuse")


def _file_system_of(path: str) -> str:
    """Type of the file system that `path` lies on, by the longest mount point above it."""
    best, kind = "", ""
    with contextlib.suppress(OSError), open("/proc/self/mounts", encoding="utf-8", errors="replace") as mounts:
        for line in mounts:
            _, place, found, *_ = line.split(" ")
            place = place.replace("\\040", " ")
            if len(place) >= len(best) and (path == place or path.startswith(place.rstrip("/") + "/")):
                best, kind = place, found
    return kind


def _set_all(events: set[asyncio.Event]) -> None:
    for event in events:
        event.set()


_inotifies: WeakKeyDictionary[asyncio.AbstractEventLoop, Inotify] = WeakKeyDictionary()
