"""What was asked and answered, kept in the home as parts of JSON lines, one line a request.

Answers never wait for it: what does not fit into the bounded queue is counted and let go. The part that is written is
named `….open`; once it is full or old it is renamed, and whoever wants to know is told.
"""

from __future__ import annotations

import logging
import os
import queue
import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

import msgspec
from msgspec import Struct

from tradewind.ml.serving.log_folder import OPEN_SUFFIX, PART_SUFFIX

QUEUED_REQUESTS = 1000
_log = logging.getLogger("tradewind.serve")


class LoggedRequest(Struct, frozen=True, omit_defaults=True):
    id: str
    at: datetime
    version: str
    columns: list[str]
    rows: list[list[Any]]
    predictions: list[Any]
    shadow_version: str = ""
    shadow_predictions: list[Any] | None = None
    shadow_error: str = ""


class Rotation(Struct, frozen=True):
    """A part ends at whichever comes first; the oldest parts go when all of them are too large."""

    part_bytes: int = 64 * 1024**2
    part_seconds: float = 300.0
    kept_bytes: int = 1024**3


class RequestLog:
    """`on_part` (file, rows) is called in the log's own thread. `close` writes what waits, and ends the last part."""

    def __init__(
        self,
        folder: Path,
        rotation: Rotation = Rotation(),
        on_part: Callable[[Path, int], object] = lambda part, rows: None,
    ) -> None:
        self.dropped = 0
        self._folder = folder
        self._rotation = rotation
        self._on_part = on_part
        self._queue: queue.Queue[LoggedRequest | None] = queue.Queue(QUEUED_REQUESTS)
        self._open: IO[bytes] | None = None
        self._began = 0.0
        self._rows = 0
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._thread = threading.Thread(target=self._write_all, name="request log", daemon=True)
        self._thread.start()

    def offer(self, one: LoggedRequest) -> bool:
        """Whether it will be kept. Never waits."""
        try:
            self._queue.put_nowait(one)
        except queue.Full:
            self.dropped += 1
            return False
        return True

    def close(self) -> None:
        self._queue.put(None)
        self._thread.join()

    # ------------------------------------------------------------------ in its thread

    def _write_all(self) -> None:
        self._end_what_others_left()
        while True:
            try:
                one = self._queue.get(timeout=self._seconds_left())
            except queue.Empty:
                self._end_part()
                continue
            if one is None:
                self._end_part()
                return
            try:
                self._write(one)
            except Exception as error:  # a full disk, a value that is no JSON: answers go on
                self.dropped += 1
                _log.warning("a request could not be logged: %s", error)

    def _seconds_left(self) -> float | None:
        if self._open is None:
            return None
        return max(0.0, self._began + self._rotation.part_seconds - time.monotonic())

    def _write(self, one: LoggedRequest) -> None:
        file = self._open or self._begin_part()
        file.write(msgspec.json.encode(one) + b"\n")
        file.flush()
        self._rows += len(one.rows)
        if file.tell() >= self._rotation.part_bytes or self._seconds_left() == 0:
            self._end_part()

    def _end_what_others_left(self) -> None:
        """Parts of servers that were killed are whole as far as they go."""
        for left in sorted(self._folder.glob(f"*{PART_SUFFIX}{OPEN_SUFFIX}")):
            pid = left.name.removesuffix(PART_SUFFIX + OPEN_SUFFIX).rpartition("-")[2]
            if pid.isdigit() and int(pid) != os.getpid() and not Path(f"/proc/{pid}").exists():
                self._hand_over(left, _rows_in(left))

    def _begin_part(self) -> IO[bytes]:
        name = f"{datetime.now(UTC):%Y%m%dT%H%M%S.%f}-{os.getpid()}{PART_SUFFIX}{OPEN_SUFFIX}"
        self._open = open(self._folder / name, "ab")  # noqa: SIM115  # it stays open until the part ends
        self._began = time.monotonic()
        self._rows = 0
        return self._open

    def _end_part(self) -> None:
        file, self._open = self._open, None
        if file is None:
            return
        file.close()
        self._hand_over(Path(file.name), self._rows)

    def _hand_over(self, part: Path, rows: int) -> None:
        whole = part.with_name(part.name.removesuffix(OPEN_SUFFIX))
        try:
            os.replace(part, whole)
            self._forget_old(whole)
            self._on_part(whole, rows)
        except Exception as error:  # of whoever is told, or a folder that is gone: answers go on
            _log.warning("the part %s of the request log was not told of: %s", whole.name, error)

    def _forget_old(self, newest: Path) -> None:
        parts = sorted(self._folder.glob(f"*{PART_SUFFIX}"), reverse=True)
        kept = 0
        for one in parts:
            kept += one.stat().st_size
            if kept > self._rotation.kept_bytes and one != newest:
                one.unlink(missing_ok=True)


def _rows_in(part: Path) -> int:
    """A last line that was cut off has none."""
    count = 0
    with open(part, "rb") as file:
        for line in file:
            try:
                count += len(msgspec.json.decode(line, type=LoggedRequest).rows)
            except msgspec.DecodeError:
                break
    return count
