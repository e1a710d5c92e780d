"""Hears from the kernel that a file has grown (inotify): one descriptor for all files that are watched, no threads.
Where the kernel does not tell, whoever waits looks from time to time."""

from __future__ import annotations

import asyncio
import contextlib
import ctypes
import os
import struct
import sys
from collections.abc import Callable
from pathlib import Path

_EVENTS = 0x00000002 | 0x00000008
"""IN_MODIFY, IN_CLOSE_WRITE."""
_HEADER = struct.Struct("iIII")
_READ_BYTES = 1 << 16


def _libc() -> ctypes.CDLL | None:
    return ctypes.CDLL(None, use_errno=True) if sys.platform.startswith("linux") else None


class FileWatch:
    """Of one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._libc: ctypes.CDLL | None = _libc()
        self._descriptor = -1
        self._calls: dict[int, set[Callable[[], None]]] = {}

    def add(self, path: Path, call: Callable[[], None]) -> int | None:
        """None where nobody will tell."""
        if self._libc is None or not self._open(self._libc):
            return None
        number = int(self._libc.inotify_add_watch(self._descriptor, os.fsencode(path), _EVENTS))
        if number < 0:
            return None
        self._calls.setdefault(number, set()).add(call)
        return number

    def remove(self, number: int, call: Callable[[], None]) -> None:
        calls = self._calls.get(number)
        if calls is None:
            return
        calls.discard(call)
        if not calls:
            del self._calls[number]
            if self._libc is not None and self._descriptor >= 0:
                self._libc.inotify_rm_watch(self._descriptor, number)

    def close(self) -> None:
        if self._descriptor >= 0:
            with contextlib.suppress(RuntimeError):
                self._loop.remove_reader(self._descriptor)
            os.close(self._descriptor)
            self._descriptor = -1

    def _open(self, libc: ctypes.CDLL) -> bool:
        if self._descriptor < 0:
            self._descriptor = int(libc.inotify_init1(os.O_NONBLOCK | os.O_CLOEXEC))
            if self._descriptor < 0:
                return False
            self._loop.add_reader(self._descriptor, self._read)
        return True

    def _read(self) -> None:
        try:
            data = os.read(self._descriptor, _READ_BYTES)
        except OSError:
            return
        at, changed = 0, set[int]()
        while at < len(data):
            number, _, _, length = _HEADER.unpack_from(data, at)
            at += _HEADER.size + length
            changed.add(number)
        for number in changed:
            for call in tuple(self._calls.get(number, ())):
                call()
