"""How a record becomes physical lines of a log file: as text (see `logs`), or as a JSON object a line.

JSON has the names of Airflow 3's task logs: timestamp, level, logger, event; beside them stands which try wrote it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import msgspec

from tradewind.model.ids import path_to_text
from tradewind.model.log_format import CONTINUATION_MARK, RECORD_MARK, prefix, timestamp
from tradewind.model.messages import RunTry

MAX_LINE_CHARACTERS = 64 * 1024


class LogFormat(Protocol):
    def lines(self, level: str, logger: str, lines: Sequence[str]) -> list[str]:
        """Each a record of its own."""
        ...

    def record(self, level: str, logger: str, text: str) -> list[str]:
        """One record, which may have several lines."""
        ...


class TextFormat:
    def lines(self, level: str, logger: str, lines: Sequence[str]) -> list[str]:
        start = f"{prefix(level, logger)}{RECORD_MARK} "
        return [start + _cut(line) for line in lines]

    def record(self, level: str, logger: str, text: str) -> list[str]:
        start = prefix(level, logger)
        first, *more = text.split("\n")
        return [f"{start}{RECORD_MARK} {_cut(first)}", *(f"{start}{CONTINUATION_MARK} {_cut(line)}" for line in more)]


class JsonFormat:
    """`stamp`: what `stamp_of` made of the try's message."""

    def __init__(self, stamp: str) -> None:
        self._end = f",{stamp}}}" if stamp else "}"

    def lines(self, level: str, logger: str, lines: Sequence[str]) -> list[str]:
        start = _start(level, logger)
        return [f"{start}{_quoted(_cut(line))}{self._end}" for line in lines]

    def record(self, level: str, logger: str, text: str) -> list[str]:
        event = "\n".join(map(_cut, text.split("\n")))
        return [f"{_start(level, logger)}{_quoted(event)}{self._end}"]


TEXT = TextFormat()


def format_of(stamp: str) -> LogFormat:
    """Text where there is no stamp."""
    return JsonFormat(stamp) if stamp else TEXT


def stamp_of(message: RunTry) -> str:
    """Which try a line of JSON is of, as the inside of an object; "" where logs are text."""
    if message.log_format != "json":
        return ""
    task = message.task
    plain = {
        "dag_id": task.dag_id,
        "run_id": task.run_id,
        "task_id": task.task_id,
        "map_index": path_to_text(task.map_path) if task.map_path else -1,
        "try_number": message.try_number,
        "try_id": message.try_id,
    }
    return msgspec.json.encode(plain).decode()[1:-1]


def _start(level: str, logger: str) -> str:
    name = _quoted(logger or "root")
    return f'{{"timestamp":"{timestamp()}","level":"{level.lower()}","logger":{name},"event":'


def _quoted(text: str) -> str:
    try:
        return msgspec.json.encode(text).decode()
    except UnicodeEncodeError:  # half a surrogate pair, from a file name or a broken decoder
        return msgspec.json.encode(text.encode("utf-8", "backslashreplace").decode()).decode()


def _cut(line: str) -> str:
    if len(line) <= MAX_LINE_CHARACTERS:
        return line
    return f"{line[:MAX_LINE_CHARACTERS]} […{len(line) - MAX_LINE_CHARACTERS:,} more characters of this line are cut]"
