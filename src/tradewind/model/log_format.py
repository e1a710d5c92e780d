"""The format of a try's log: one text line per line of output, greppable and parsable, and its reader.

    2026-01-01T00:00:00.123Z INFO     my.logger | the first line of a record
    2026-01-01T00:00:00.123Z INFO     my.logger + each further line of the same record

Every physical line has a prefix, so no output can pass for another record. `stdout` and `stderr` are loggers too. With
`log_format = "json"` each record is a JSON object instead (see `log_formats`); the reader knows both.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import msgspec

STDOUT = "stdout"
STDERR = "stderr"
OWN_LOGGER = "tradewind.log"
"""Logger of the notes that the log makes about itself: lines that were cut or left out."""
RECORD_MARK = "|"
CONTINUATION_MARK = "+"
JSON_START = '{"timestamp":'

_LINE = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z) (\w+) +(\S+) ([|+]) ?(.*)", re.DOTALL)


@dataclass(frozen=True)
class LogRecord:
    """`at` is aware, in UTC; `text` may have several lines."""

    at: datetime
    level: str
    logger: str
    text: str


def read_log(path: Path | str) -> Iterator[LogRecord]:
    """The records of a log file, in the order they were written. Raises OSError where it cannot be read."""
    with open(path, encoding="utf-8", errors="replace", newline="\n") as lines:
        yield from parse_lines(lines)


def parse_lines(lines: Iterable[str]) -> Iterator[LogRecord]:
    """Records from physical lines; a line without a prefix (a file cut off by a full disk) continues the one before."""
    current: LogRecord | None = None
    for line in lines:
        if line.startswith(JSON_START) and (found := _from_json(line)) is not None:
            if current is not None:
                yield current
            current = found
            continue
        match = _LINE.fullmatch(line.rstrip("\n"))
        if match is not None and match[4] == RECORD_MARK:
            if current is not None:
                yield current
            current = LogRecord(datetime.fromisoformat(match[1]), match[2], match[3], match[5])
        elif current is not None:
            more = match[5] if match is not None else line.rstrip("\n")
            current = replace(current, text=f"{current.text}\n{more}")
    if current is not None:
        yield current


def split_line(line: str) -> tuple[str, str, str, str, str] | None:
    """(time, level, logger, mark, text) of a physical line of text; None where it has no prefix."""
    match = _LINE.fullmatch(line)
    return None if match is None else (match[1], match[2], match[3], match[4], match[5])


def prefix(level: str, logger: str, *, at: float | None = None) -> str:
    """What stands before the mark of each line. `at`: seconds since the epoch, now by default."""
    return f"{timestamp(at)} {level:<8} {logger.replace(' ', '_') or 'root'} "


class _JsonLine(msgspec.Struct):
    timestamp: datetime
    level: str
    logger: str
    event: str


def _from_json(line: str) -> LogRecord | None:
    """None for a line that was cut off."""
    try:
        found = msgspec.json.decode(line, type=_JsonLine)
    except msgspec.MsgspecError:
        return None
    return LogRecord(found.timestamp, found.level.upper(), found.logger, found.event)


_last_second: tuple[int, str] = (-1, "")


def timestamp(at: float | None = None) -> str:
    """`at`: seconds since the epoch, now by default."""
    global _last_second  # noqa: PLW0603  # formatting the date costs as much as the rest of a line, once a second is enough
    at = time.time() if at is None else at
    second = int(at)
    if _last_second[0] != second:
        _last_second = (second, time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(second)))
    return f"{_last_second[1]}.{int((at - second) * 1000):03d}Z"
