"""Writes one try's log file: prefixes, masks, cuts long lines, and keeps the file below a size.

Several processes append to one file (the task, processes it forks, the warm parent for output that comes by file
descriptor): each write is a single O_APPEND write of whole lines. Writing never raises: a full disk fails no task.
"""

from __future__ import annotations

import contextlib
import os
from collections import deque
from collections.abc import Sequence

from tradewind.authoring.secrets import redact
from tradewind.model.log_format import OWN_LOGGER
from tradewind.runner.log_formats import TEXT, LogFormat

MAX_LOG_BYTES = 256 * 1024 * 1024
WARNINGS_SHARE = 1.25
"""Warnings and errors may fill a log up to this much of its limit: they are what one looks for in a long log."""
TAIL_LINES = 200
TAIL_LINE_CHARACTERS = 1_000
IMPORTANT_LEVELS = frozenset({"WARNING", "ERROR", "CRITICAL"})


class LogFile:
    """Made with the first line: a try without output has no log file. Over the limit, plain output is left out; its
    last lines are kept and written by `finish`."""

    def __init__(self, path: str, *, max_bytes: int = MAX_LOG_BYTES, written_as: LogFormat = TEXT) -> None:
        self.path = path
        self._format = written_as
        self._max_bytes = max_bytes
        self._descriptor: int | None = None
        self._is_opened = False
        self._size = 0
        self._left_out = 0
        self._tail: deque[str] = deque(maxlen=TAIL_LINES)

    def write_lines(self, level: str, logger: str, lines: Sequence[str]) -> None:
        """Lines of output, each a record of its own."""
        if self._size >= self._max_bytes:  # a flood: only its last lines are worth the work
            self._left_out += max(0, len(lines) - TAIL_LINES)
            lines = lines[-TAIL_LINES:]
        masked: str = redact("\n".join(lines))  # masked as one text: a secret may have several lines
        self._append(self._format.lines(level, logger, masked.split("\n")), is_important=False)

    def write_record(self, level: str, logger: str, text: str) -> None:
        """One record of a logger."""
        lines = self._format.record(level, logger, redact(text))
        self._append(lines, is_important=level in IMPORTANT_LEVELS)

    def finish(self) -> None:
        """Write the last of what was left out, and close."""
        if self._left_out:
            kept = len(self._tail)
            note = f"[{self._left_out - kept:,} lines left out; the last {kept:,} follow]"
            self._write([*self._format.record("WARNING", OWN_LOGGER, note), *self._tail])
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None

    def _append(self, lines: list[str], *, is_important: bool) -> None:
        if self._size < self._max_bytes:
            self._write(lines)
            if self._size >= self._max_bytes:
                note = f"[the log has reached {self._max_bytes / 2**20:g} MiB: warnings and the last lines follow]"
                self._write(self._format.record("WARNING", OWN_LOGGER, note))
        elif is_important and self._size < self._max_bytes * WARNINGS_SHARE:
            self._write(lines)
        else:
            self._left_out += len(lines)
            self._tail.extend(line[:TAIL_LINE_CHARACTERS] for line in lines[-TAIL_LINES:])

    def _write(self, lines: list[str]) -> None:
        if not self._is_opened:
            self._open()
        if self._descriptor is None:  # it could not be opened: everything is lost
            return
        data = ("\n".join(lines) + "\n").encode("utf-8", "backslashreplace")
        with contextlib.suppress(OSError):  # a full disk: the task matters more than its log
            self._size += os.write(self._descriptor, data)

    def _open(self) -> None:
        self._is_opened = True
        self._descriptor = _open(self.path)
        if self._descriptor is not None:
            self._size = os.fstat(self._descriptor).st_size


def _open(path: str) -> int | None:
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC
    with contextlib.suppress(OSError):
        try:
            return os.open(path, flags, 0o644)
        except FileNotFoundError:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            return os.open(path, flags, 0o644)
    return None
