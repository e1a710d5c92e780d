"""Reading logs of any size: a window of bytes, the end, a search; never a whole file.

Paths are those of the store's tries, and nothing outside the log folder is opened, whatever links a task has made."""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path

from tradewind.api.ours.bodies.runs import LogLine
from tradewind.api.ours.log_lines import is_at_least, log_lines

MOST_WINDOW_BYTES = 1024 * 1024
PIECE_BYTES = 1024 * 1024
LONGEST_LINE_BYTES = 256 * 1024


class LogFolder:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, log_path: str) -> Path | None:
        """None where there is no such file in the folder."""
        if not log_path or "\0" in log_path:
            return None
        try:
            found = (self._folder / log_path).resolve(strict=True)
            inside = found.is_relative_to(self._folder.resolve()) and found.is_file()
        except (OSError, RuntimeError):
            return None
        return found if inside else None

    def has(self, log_path: str) -> bool:
        return self.path(log_path) is not None

    def open(self, log_path: str) -> BufferedReader | None:
        path = self.path(log_path)
        try:
            return path.open("rb") if path is not None else None
        except OSError:
            return None


def window(file: BufferedReader, start: int, end: int, *, is_ended: bool = True) -> tuple[list[LogLine], int, int]:
    """Whole lines that begin in these bytes, and where they begin and end. The last line is left out where its end has
    not been written yet and more may come."""
    size = os.fstat(file.fileno()).st_size
    start = _line_start(file, min(max(0, start), size))
    end = min(max(start, end), start + MOST_WINDOW_BYTES, size)
    file.seek(start)
    data = file.read(end - start)
    if end < size or not data.endswith(b"\n"):
        data += _rest_of_line(file, data)
    if not is_ended:
        data = data[: data.rfind(b"\n") + 1]
    lines = list(_split(data, start))
    first = 0 if start == 0 else -1
    return list(log_lines(lines, first_number=first)), start, start + len(data)


def tail(file: BufferedReader, count: int) -> tuple[list[LogLine], int, int]:
    """The last so many lines."""
    size = os.fstat(file.fileno()).st_size
    start = size
    data = b""
    while start > 0 and data.count(b"\n") <= count and len(data) < MOST_WINDOW_BYTES:
        step = min(64 * 1024, start)
        start -= step
        file.seek(start)
        data = file.read(step) + data
    pieces = data.split(b"\n")
    has_end = pieces[-1] == b""
    kept = pieces[-(count + 1) :] if has_end else pieces[-count:]
    if start > 0 and len(kept) == len(pieces):
        kept = kept[1:]  # the first is cut
    data = b"\n".join(kept)
    start = size - len(data)
    return list(log_lines(_split(data, start), first_number=0 if start == 0 else -1)), start, size


def search(file: BufferedReader, text: str, level: str, start: int, limit: int) -> Iterator[LogLine]:
    """Lines that have the text, whatever the case, and at least this level."""
    wanted = text.casefold()
    found = 0
    file.seek(_line_start(file, max(0, start)))
    for line in log_lines(_lines_from(file), first_number=0 if start <= 0 else -1):
        if (not wanted or wanted in line.text.casefold()) and (not level or is_at_least(line.level, level)):
            yield line
            found += 1
            if found >= limit:
                return


def tail_texts(logs: LogFolder, log_path: str, count: int) -> list[str]:
    file = logs.open(log_path)
    if file is None:
        return []
    with file:
        return [line.text for line in tail(file, count)[0]]


def _lines_from(file: BufferedReader) -> Iterator[tuple[int, str]]:
    at = file.tell()
    while raw := file.readline(LONGEST_LINE_BYTES):
        yield at, raw.decode("utf-8", "replace")
        at += len(raw)


def _split(data: bytes, start: int) -> Iterator[tuple[int, str]]:
    at = start
    for raw in data.split(b"\n"):
        if raw:
            yield at, raw.decode("utf-8", "replace")
        at += len(raw) + 1


def _line_start(file: BufferedReader, at: int) -> int:
    """The beginning of the line that has this byte."""
    back = min(at, LONGEST_LINE_BYTES)
    file.seek(at - back)
    before = file.read(back)
    place = before.rfind(b"\n")
    return at - back + place + 1 if place >= 0 else (0 if at == back else at)


def _rest_of_line(file: BufferedReader, data: bytes) -> bytes:
    if data.endswith(b"\n") or not data:
        return b""
    return file.readline(LONGEST_LINE_BYTES)
