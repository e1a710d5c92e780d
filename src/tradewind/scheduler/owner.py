"""Who drives a run: a process, known to be alive by the lock it holds on a file of its own in the home folder."""

from __future__ import annotations

import os
import secrets
import socket
from pathlib import Path

from msgspec import Struct

from tradewind.store import lock_file


class Owner(Struct, frozen=True):
    """A scheduler process. `id` is new for every start, so that a reused process id is told apart."""

    id: str
    pid: int
    host: str


class Ownership:
    """This process as an owner. The lock ends with the process, however it ends; children don't inherit it."""

    def __init__(self, home: Path) -> None:
        self.owner = Owner(id=secrets.token_hex(8), pid=os.getpid(), host=socket.gethostname())
        self._lock = lock_file.take(_lock_file(home, self.owner.id))

    def end(self) -> None:
        if self._lock is not None:
            self._lock.release(and_delete=True)


def is_alive(home: Path, owner_id: str) -> bool:
    """Is the owner's process still running? An owner on another host is taken to be alive only if its lock shows it."""
    return lock_file.is_held(_lock_file(home, owner_id))


def _lock_file(home: Path, owner_id: str) -> Path:
    return home / "owners" / f"{owner_id}.lock"
