"""The warm parent's side of a child's raw output: what C code and child processes write to descriptors 1 and 2.

Read here and not by a thread of the task: a thread would stall while C code holds the interpreter, would make every
fork in the task unsafe, and would die with the task's last words.
"""

from __future__ import annotations

import codecs
import contextlib
import os
import sys
import tempfile

import msgspec

from tradewind.authoring.secrets import SecretsMasker
from tradewind.model.log_format import STDERR, STDOUT
from tradewind.runner.capture import STREAM_LEVELS
from tradewind.runner.line_splitter import LineSplitter
from tradewind.runner.log_file import LogFile
from tradewind.runner.log_formats import format_of

READ_BYTES = 64 * 1024


class AddressCard:
    """A file without a name shared by a child and its warm parent: which log the child's raw output belongs to, and
    what to mask in it. The child appends, the parent reads when there is output, so it costs the task little."""

    def __init__(self, descriptor: int | None = None) -> None:
        self.descriptor = _nameless_file() if descriptor is None else descriptor
        self._read_to = 0

    def set_log(self, path: str, stamp: str = "") -> None:
        """`stamp`: see `log_formats`."""
        if stamp:
            self._append(["stamp", stamp])
        self._append(["log", path])

    def add_secret(self, secret: str) -> None:
        self._append(["mask", secret])

    def set_unfinished(self, stream: str, text: str) -> None:
        """A line of Python's that has no end yet; "": it has."""
        self._append([stream, text])

    def news(self) -> list[tuple[str, str]]:
        """What was written since the last call."""
        size = os.fstat(self.descriptor).st_size
        if size == self._read_to:
            return []
        text = os.pread(self.descriptor, size - self._read_to, self._read_to)
        end = text.rfind(b"\n") + 1
        self._read_to += end
        return msgspec.json.Decoder(tuple[str, str]).decode_lines(text[:end])

    def close(self) -> None:
        os.close(self.descriptor)

    def _append(self, entry: list[str]) -> None:
        with contextlib.suppress(OSError):
            os.write(self.descriptor, msgspec.json.encode(entry) + b"\n")


class RawOutput:
    """One child's pipes, and the log they are written to."""

    def __init__(self) -> None:
        self.card = AddressCard()
        out_read, self.out_write = os.pipe()
        err_read, self.err_write = os.pipe()
        self._sources = {out_read: _Source(STDOUT), err_read: _Source(STDERR)}
        for descriptor in self._sources:
            os.set_blocking(descriptor, False)
        self._file: LogFile | None = None
        self._path = ""
        self._stamp = self._next_stamp = ""
        self._masker: SecretsMasker | None = None
        self._unfinished = {STDOUT: "", STDERR: ""}

    @property
    def descriptors(self) -> tuple[int, ...]:
        """Read ends, for a selector."""
        return tuple(self._sources)

    def close_write_ends(self) -> None:
        """In the parent, once the child has them."""
        os.close(self.out_write)
        os.close(self.err_write)

    def pump(self, descriptor: int) -> bool:
        """Move a bounded piece of output to the log; False where there was none."""
        self._read_card()
        try:
            data = os.read(descriptor, READ_BYTES)
        except BlockingIOError:
            return False
        if not data:
            return False
        source = self._sources[descriptor]
        # Secrets named up to now may be in the data; a log named after we have read it is the next try's.
        news = self.card.news()
        for kind, text in news:
            if kind == "mask":
                self._mask(text)
            elif kind in self._unfinished:
                self._unfinished[kind] = text
        if not self._path:
            self._turn_to_logs_in(news)
            news = []
        self._write(source, source.splitter.feed(source.decoder.decode(data)))
        self._turn_to_logs_in(news)
        return True

    def finish(self) -> None:
        """The child has ended: move what is left, and close everything."""
        for descriptor, source in self._sources.items():
            while self.pump(descriptor):
                pass
            self._write(source, source.splitter.flush())
            os.close(descriptor)
        self._read_card()
        for name, text in self._unfinished.items():
            self._write(_Source(name), [text] if text else [])
        self._sources = {}
        if self._file is not None:
            self._file.finish()
        self.card.close()

    def _write(self, source: _Source, lines: list[str]) -> None:
        if not lines or not self._path:
            return
        if self._file is None:
            self._file = LogFile(self._path, written_as=format_of(self._stamp))
        if self._masker is not None:
            lines = self._masker.redact("\n".join(lines)).split("\n")
        self._file.write_lines(STREAM_LEVELS[source.name], source.name, lines)

    def _read_card(self) -> None:
        news = self.card.news()
        for kind, text in news:
            if kind == "mask":
                self._mask(text)
            elif kind in self._unfinished:
                self._unfinished[kind] = text
        self._turn_to_logs_in(news)

    def _mask(self, secret: str) -> None:
        self._masker = self._masker or SecretsMasker()
        self._masker.add_mask(secret)

    def _turn_to_logs_in(self, news: list[tuple[str, str]]) -> None:
        for kind, path in news:
            if kind == "log":
                if self._file is not None:
                    self._file.finish()
                self._path, self._file = path, None
                self._stamp, self._next_stamp = self._next_stamp, ""
            elif kind == "stamp":
                self._next_stamp = path


class _Source:
    def __init__(self, name: str) -> None:
        self.name = name
        self.splitter = LineSplitter()
        self.decoder = codecs.getincrementaldecoder("utf-8")("replace")


def _nameless_file() -> int:
    if sys.platform == "linux":
        return os.memfd_create("tradewind-card", os.MFD_CLOEXEC)
    with tempfile.TemporaryFile() as file:
        return os.dup(file.fileno())
