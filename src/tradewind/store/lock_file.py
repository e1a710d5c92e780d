"""A lock that ends with the process that holds it, however it ends: `kill -9` frees it at once."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path

from tradewind.store.folder import make_folder


class LockFile:
    """Held from the moment it is made until `release`. Children that are started do not inherit it."""

    def __init__(self, file: Path, descriptor: int) -> None:
        self._file = file
        self._descriptor = descriptor

    def write(self, text: str) -> None:
        """Who holds it, for those who find it held."""
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, text.encode(), 0)

    def release(self, *, and_delete: bool = False) -> None:
        if and_delete:
            with suppress(OSError):
                self._file.unlink()
        with suppress(OSError):
            os.close(self._descriptor)


def take(file: Path) -> LockFile | None:
    """None where another process holds it. Raises HomeError where its folder cannot be made."""
    make_folder(file.parent)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return LockFile(file, descriptor)


def is_held(file: Path) -> bool:
    """False, too, where there is no such file."""
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        return False
    finally:
        os.close(descriptor)


@contextmanager
def waiting_for(file: Path) -> Generator[None]:
    """Until whoever holds it lets go."""
    make_folder(file.parent)
    descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
