"""Hears of changes in folders from the kernel (inotify): one descriptor for all who wait in an event loop, no threads.

Where there is no inotify (macOS), or the folder lies on a file system that other machines write to, nobody is told:
`watching` gives None then, and the caller has to look from time to time.
"""

from __future__ import annotations

import asyncio
import contextlib
import contextvars
import ctypes
import fnmatch
import os
import re
import struct
import sys
from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TypeAlias
from weakref import WeakKeyDictionary

Place: TypeAlias = tuple[str, str]
"""A folder, and the name, or pattern, of what is waited for in it."""
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
def watching(places: Sequence[Place]) -> Generator[asyncio.Event | None]:
    """An event that is set whenever something of this name appears in one of these folders, or a folder goes away. None
    where the kernel cannot tell; also for a folder that is not there."""
    loop = asyncio.get_running_loop()
    inotify = _inotifies.get(loop)
    if inotify is None:
        inotify = _inotifies[loop] = Inotify(loop)
    event = asyncio.Event()
    taken = [(number, name) for folder, name in places if (number := inotify.add(folder, name, event)) is not None]
    try:
        yield event if len(taken) == len(places) else None
    finally:
        for number, name in taken:
            inotify.remove(number, name, event)


@dataclass
class _Folder:
    """Who waits for what in one folder. Thousands may wait for a name each: only those that are meant are woken."""

    by_name: dict[str, set[asyncio.Event]] = field(default_factory=dict[str, set[asyncio.Event]])
    by_pattern: dict[str, set[asyncio.Event]] = field(default_factory=dict[str, set[asyncio.Event]])

    def of(self, name: str) -> dict[str, set[asyncio.Event]]:
        return self.by_pattern if any(sign in name for sign in "*?[") else self.by_name

    def meant(self, name: str) -> Iterable[asyncio.Event]:
        yield from self.by_name.get(name, ())
        for pattern, events in self.by_pattern.items():
            if _compiled(pattern).match(name):
                yield from events

    def all(self) -> Iterable[asyncio.Event]:
        for events in (*self.by_name.values(), *self.by_pattern.values()):
            yield from events


class Inotify:
    """Of one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._folders: dict[int, _Folder] = {}
        self._libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None
        self._descriptor = -1

    def add(self, folder: str, name: str, event: asyncio.Event) -> int | None:
        """The kernel gives the same number to all who watch one folder."""
        if self._libc is None or not is_local(folder):
            return None
        if self._descriptor < 0:
            self._descriptor = self._libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC)
            if self._descriptor < 0:
                self._libc = None
                return None
            # In a context of its own: what happens here is not the doing of whoever was first to wait.
            contextvars.Context().run(self._loop.add_reader, self._descriptor, self._read)
        number = self._libc.inotify_add_watch(self._descriptor, os.fsencode(folder), _EVENTS | _ONLYDIR)
        if number < 0:  # it is not there, or there are too many watches
            return None
        self._folders.setdefault(number, _Folder()).of(name).setdefault(name, set()).add(event)
        return number

    def remove(self, number: int, name: str, event: asyncio.Event) -> None:
        folder = self._folders.get(number)
        if folder is None:
            return
        waiting = folder.of(name)
        events = waiting.get(name, set())
        events.discard(event)
        if not events:
            waiting.pop(name, None)
        if not folder.by_name and not folder.by_pattern:
            del self._folders[number]
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
            name = os.fsdecode(data[place + _HEADER.size : place + _HEADER.size + length].rstrip(b"\0"))
            place += _HEADER.size + length
            self._happened(number, mask, name)

    def _happened(self, number: int, mask: int, name: str) -> None:
        folders = [self._folders[number]] if number in self._folders else []
        if number < 0:  # the queue was full: something was missed somewhere
            folders = list(self._folders.values())
        for folder in folders:
            for event in folder.meant(name) if name else folder.all():
                event.set()
        if mask & _IGNORED:
            self._folders.pop(number, None)


def is_local(folder: str) -> bool:
    """Whether the kernel hears of every change in this folder. False where it is not there."""
    try:
        return _is_local_device(os.stat(folder).st_dev, folder)
    except OSError:
        return False


_devices: dict[int, bool] = {}


def _is_local_device(device: int, folder: str) -> bool:
    if device not in _devices:
        kind = _file_system_of(os.path.realpath(folder))
        _devices[device] = kind not in _SHARED and not kind.startswith("fuse")
    return _devices[device]


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


@lru_cache(maxsize=10_000)
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(fnmatch.translate(pattern))


_inotifies: WeakKeyDictionary[asyncio.AbstractEventLoop, Inotify] = WeakKeyDictionary()
