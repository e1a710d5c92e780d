"""Sends what a task's Python code prints and logs to the try's log file, without a thread and without a copy.

Output that bypasses Python (C code, child processes) goes through the pipes behind file descriptors 1 and 2, which the
warm parent reads (`raw_output`). All objects are made before the fork; a child only opens its file.
"""

from __future__ import annotations

import contextlib
import fcntl
import io
import logging
import os
import sys
import termios
import threading
import time
from collections.abc import Callable
from typing import Any

from tradewind.model.log_format import STDERR, STDOUT
from tradewind.runner.line_splitter import LineSplitter
from tradewind.runner.log_file import LogFile
from tradewind.runner.log_formats import format_of

STREAM_LEVELS = {STDOUT: "INFO", STDERR: "WARNING"}
TELL_EVERY_SECONDS = 0.2
MOST_TOLD_CHARACTERS = 4096
RAW_PATIENCE_SECONDS = 0.02
"""How long a line of Python's waits for raw output that came before it, to keep their order in the log."""


class TaskOutput:
    """Where this process's output goes: to the current log file, or through to the descriptors while there is none."""

    def __init__(self) -> None:
        self.file: LogFile | None = None
        self.raw_pipes: tuple[int, ...] = ()
        """Write ends of the pipes behind descriptors 1 and 2, in a child."""
        self.on_unfinished: Callable[[str, str], None] = lambda stream, text: None
        """Told of a line that was flushed without its end, and with "" when the end has come: should the process be
        killed in between, whoever outlives it has the line."""
        self._patient_from = 0.0

    def let_raw_output_go_first(self, patience_seconds: float = RAW_PATIENCE_SECONDS) -> None:
        """Wait a moment until the warm parent has read what is in the pipes. A background process that prints all the
        time must not slow the task down: after a wait in vain there is none for a second."""
        if not any(map(_bytes_in, self.raw_pipes)):
            return
        now = time.monotonic()
        if now < self._patient_from:
            return
        end = now + patience_seconds
        while any(map(_bytes_in, self.raw_pipes)):
            if time.monotonic() > end:
                self._patient_from = end + 1.0
                return
            time.sleep(0.0002)


class LogStream(io.TextIOBase):
    """sys.stdout or sys.stderr of a task: whole lines go to the log, with time and level."""

    def __init__(self, name: str, descriptor: int, output: TaskOutput) -> None:
        super().__init__()
        self._name = name
        self._descriptor = descriptor
        self._output = output
        self._splitter = LineSplitter()
        self._told = ""
        self._tell_from = 0.0
        self._lock = threading.RLock()
        self.mode = "w"
        self.buffer = _Buffer(self)

    @property
    def name(self) -> str:
        return f"<{self._name}>"

    @property
    def encoding(self) -> str:  # pyright: ignore[reportIncompatibleVariableOverride]
        return "utf-8"

    @property
    def errors(self) -> str:  # pyright: ignore[reportIncompatibleVariableOverride]
        return "replace"

    @property
    def line_buffering(self) -> bool:
        return True

    def write(self, text: str, /) -> int:
        if not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance]  # user code passes anything
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        file = self._output.file
        if file is None:
            _write_through(self._descriptor, text)
            return len(text)
        with self._lock:
            if lines := self._splitter.feed(text):
                self._output.let_raw_output_go_first()
                file.write_lines(STREAM_LEVELS[self._name], self._name, lines)
                self._tell_unfinished("")
        return len(text)

    def flush(self) -> None:
        """What was written of a line is to be seen. The log has whole lines; a few times a second somebody else keeps
        what is not one yet."""
        begun = self._splitter.begun
        now = time.monotonic()
        if begun and begun != self._told and self._output.file is not None and now >= self._tell_from:
            self._tell_from = now + TELL_EVERY_SECONDS
            self._tell_unfinished(begun[:MOST_TOLD_CHARACTERS])

    def _tell_unfinished(self, text: str) -> None:
        if text != self._told:
            self._told = text
            self._output.on_unfinished(self._name, text)

    def end_line(self) -> None:
        """Write what is left of a line without an end."""
        with self._lock:
            lines = self._splitter.flush()
            self._tell_unfinished("")
            if lines and self._output.file is not None:
                self._output.file.write_lines(STREAM_LEVELS[self._name], self._name, lines)

    def forget(self) -> None:
        """In a process that user code has forked: its parent writes the unfinished line."""
        self._lock = threading.RLock()
        self._splitter = LineSplitter()
        self._told = ""

    def reconfigure(self, **options: Any) -> None:
        """Accepted, as programs set encodings; a log is always UTF-8."""

    def fileno(self) -> int:
        return self._descriptor

    def writable(self) -> bool:
        return True

    def isatty(self) -> bool:
        return False

    def close(self) -> None:
        """Stays open: later output of the same task would be lost."""


class _Buffer(io.RawIOBase):
    """`sys.stdout.buffer`: bytes written here join the stream's lines; invalid UTF-8 is replaced."""

    def __init__(self, stream: LogStream) -> None:
        super().__init__()
        self._stream = stream

    def write(self, data: Any, /) -> int:
        raw = bytes(data)
        self._stream.write(raw.decode("utf-8", "replace"))
        return len(raw)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._stream.fileno()

    def close(self) -> None:
        """Stays open, as its stream does."""


class LogHandler(logging.Handler):
    """The root logger's handler in tasks."""

    def __init__(self, output: TaskOutput) -> None:
        super().__init__()
        self._output = output
        self._formatter = logging.Formatter("%(message)s")

    def emit(self, record: logging.LogRecord) -> None:
        try:
            text = self._formatter.format(record)
        except Exception:  # a wrong format string in user code must not fail the task
            self.handleError(record)
            return
        if (file := self._output.file) is None:
            _write_through(2, text + "\n")
            return
        self._output.let_raw_output_go_first()
        file.write_record(record.levelname, record.name, text)


OUTPUT = TaskOutput()
STREAMS = (LogStream(STDOUT, 1, OUTPUT), LogStream(STDERR, 2, OUTPUT))
HANDLER = LogHandler(OUTPUT)


def take_streams() -> None:
    """Before the DAG file is imported: handlers that it makes then hold our streams."""
    if sys.stdout is STREAMS[0]:
        return  # forked from a process that has done it
    sys.stdout = sys.__stdout__ = STREAMS[0]  # pyright: ignore[reportAttributeAccessIssue]
    sys.stderr = sys.__stderr__ = STREAMS[1]  # pyright: ignore[reportAttributeAccessIssue]
    os.register_at_fork(after_in_child=_forget_unfinished_lines)


def take_logging(level: str) -> None:
    """After the DAG file was imported: the root logger writes to the try's log. Handlers that would print the same
    records once more go; files and the like that the user has set up stay."""
    root = logging.getLogger()
    for handler in root.handlers[:]:
        if getattr(handler, "stream", None) in STREAMS:
            root.removeHandler(handler)
    root.addHandler(HANDLER)
    if root.level in (logging.WARNING, logging.NOTSET):
        root.setLevel(level)


def open_log(path: str, stamp: str = "") -> LogFile:
    """Send output to this file from now on; with a stamp (`log_formats.stamp_of`) as JSON."""
    OUTPUT.file = LogFile(path, written_as=format_of(stamp))
    return OUTPUT.file


def close_log() -> None:
    """The try has ended: write what is left, after raw output has arrived."""
    file = OUTPUT.file
    if file is None:
        return
    OUTPUT.let_raw_output_go_first(0.5)
    for stream in STREAMS:
        stream.end_line()
    OUTPUT.file = None
    file.finish()


def _forget_unfinished_lines() -> None:
    for stream in STREAMS:
        stream.forget()


def _bytes_in(pipe: int) -> bool:
    with contextlib.suppress(OSError):
        return fcntl.ioctl(pipe, termios.FIONREAD, _NOTHING) != _NOTHING
    return False


_NOTHING = b"\0\0\0\0"


def _write_through(descriptor: int, text: str) -> None:
    data = text.encode("utf-8", "replace")
    with contextlib.suppress(OSError):
        while data:
            data = data[os.write(descriptor, data) :]
