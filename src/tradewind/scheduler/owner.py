"""Who drives a run: a process, known to be alive by the lock it holds on a file of its own in the home folder."""

from __future__ import annotations

import fcntl
import os
import secrets
import socket
from contextlib import suppress
from pathlib import Path

from msgspec import Struct


class Owner(Struct, frozen=True):
    """A scheduler process. `id` is new for every start, so that a reused process id is told apart."""

    id: str
    pid: int
    host: str


class Ownership:
    """This process as an owner. The lock ends with the process, however it ends; children don't inherit it."""

    def __init__(self, home: Path) -> None:
        self.owner = Owner(id=secrets.token_hex(8), pid=os.getpid(), host=socket.gethostname())
        self._file = _lock_file(home, self.owner.id)
        self._file.parent.mkdir(parents=True, exist_ok=True)
        self._descriptor = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)

    def end(self) -> None:
        with suppress(OSError):
            self._file.unlink()
        os.close(self._descriptor)


def is_alive(home: Path, owner_id: str) -> bool:
    """Is the owner's process still running? An owner on another host is taken to be alive only if its lock shows it."""
    try:
        descriptor = os.open(_lock_file(home, owner_id), os.O_RDWR | os.O_CLOEXEC)
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


def _lock_file(home: Path, owner_id: str) -> Path:
    return home / "owners" / f"{owner_id}.lock"
