"""Answers that another system takes a while for, sent by the loop that was asked once they are there. The loop goes on
meanwhile: it waits for `fileno()` among the rest."""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable
from functools import partial

from tradewind.executors.base import Later
from tradewind.model.messages import Reply

Send = Callable[[Reply], None]


class LateAnswers:
    """Used by one thread; other threads only say that an answer is there."""

    def __init__(self) -> None:
        self._read, self._write = os.pipe()
        os.set_blocking(self._read, False)
        os.set_blocking(self._write, False)
        self._lock = threading.Lock()
        self._there: list[tuple[Later, Send]] = []
        self._is_closed = False

    def fileno(self) -> int:
        """Readable when `send_those_there` has something to do."""
        return self._read

    def give(self, found: Reply | Later, send: Send) -> None:
        """At once, or when it is there."""
        if isinstance(found, Reply):
            send(found)
        else:
            found.when_there(partial(self._is_there, found, send))

    def send_those_there(self) -> None:
        with contextlib.suppress(BlockingIOError):
            while os.read(self._read, 4096):
                pass
        with self._lock:
            there, self._there = self._there, []
        for found, send in there:
            send(found.reply())

    def close(self) -> None:
        """Nothing is sent from here on."""
        with self._lock:
            if not self._is_closed:
                self._is_closed = True
                os.close(self._read)
                os.close(self._write)

    def _is_there(self, found: Later, send: Send) -> None:
        """Within the lock: after `close` there may be another file where the pipe was."""
        with self._lock:
            if self._is_closed:
                return
            self._there.append((found, send))
            with contextlib.suppress(BlockingIOError):  # full: it is readable already
                os.write(self._write, b"\0")
