"""How the processes of one SQLite home wake each other: datagram sockets in <home>/run/<topic>, one for each listener.

A call to a socket whose process is gone is refused by the kernel, and the socket's file deleted; one whose listener is
busy and has a full queue is dropped, since that listener will look anyway.
"""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import socket
import tempfile
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

from tradewind.model.errors import HomeError
from tradewind.model.service import Topic
from tradewind.store.folder import make_folder

LONGEST_PATH_BYTES = 100
"""Of a socket: the kernel takes 108 on Linux, 104 on macOS, with a null byte."""
_LONGEST_NAME = "requests/0123456789abcdef"
_GONE = {errno.ECONNREFUSED, errno.ENOENT, errno.EPROTOTYPE}


class Bells:
    """Rings and listens, for one home. Any thread may ring."""

    def __init__(self, home: Path) -> None:
        self._home = home
        self._socket: socket.socket | None = None

    def ring(self, topic: Topic) -> None:
        """Never fails, never waits."""
        folder = folder_for(self._home) / topic
        try:
            names = os.listdir(folder)
        except OSError:
            return  # nobody has ever listened
        for name in names:
            self._call(folder / name, topic)

    def listen(self, topics: Collection[Topic]) -> BellListener:
        return BellListener(folder_for(self._home), topics)

    def close(self) -> None:
        if self._socket is not None:
            self._socket.close()

    def _call(self, path: Path, topic: Topic) -> None:
        try:
            self._sender().sendto(topic.encode(), os.fspath(path))
        except OSError as error:
            if error.errno in _GONE:
                with suppress(OSError):
                    path.unlink()

    def _sender(self) -> socket.socket:
        if self._socket is None:
            self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
            self._socket.setblocking(False)
        return self._socket


class BellListener:
    """See `store.facets.services.Listener`. The socket is in the folder of its first topic; those of the others have a
    link to it."""

    def __init__(self, folder: Path, topics: Collection[Topic]) -> None:
        self._socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self._socket.setblocking(False)
        name = secrets.token_hex(8)
        self._files = [folder / topic / name for topic in sorted(topics)]
        try:
            for file in self._files:
                make_folder(file.parent)
            self._open()
        except OSError as error:
            self.close()
            raise HomeError(
                f"no socket can be made in {folder}: {os.strerror(error.errno or 0)}",
                hint="the service's processes wake each other through it; use a home folder on a local disk",
            ) from error

    def _open(self) -> None:
        if self._files:
            first, *others = self._files
            self._socket.bind(os.fspath(first))
            for file in others:
                file.symlink_to(first)

    def fileno(self) -> int:
        return self._socket.fileno()

    def heard(self) -> set[Topic]:
        found: set[Topic] = set()
        with suppress(BlockingIOError):
            while True:
                text = self._socket.recv(64).decode(errors="replace")
                with suppress(ValueError):  # a newer version has topics of its own
                    found.add(Topic(text))
        return found

    def close(self) -> None:
        for file in reversed(self._files):
            with suppress(OSError):
                file.unlink()
        self._socket.close()


def folder_for(home: Path) -> Path:
    """<home>/run, or where that is too long for a socket's path, a folder of this user's in the temporary folder."""
    folder = home.absolute() / "run"
    if len(os.fsencode(folder / _LONGEST_NAME)) <= LONGEST_PATH_BYTES:
        return folder
    digest = hashlib.sha256(os.fsencode(folder)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"tradewind-{os.getuid()}-{digest}"
