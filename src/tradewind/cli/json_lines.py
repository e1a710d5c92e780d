"""Logs of service processes as a JSON object a line (`log_format = "json"`)."""

from __future__ import annotations

import logging
import traceback
from datetime import UTC, datetime

import msgspec


class JsonLines(logging.Formatter):
    """timestamp, level, logger, event, process; and what the record was given with `extra=` under the names of a run, a
    task or a try."""

    NAMES = ("dag_id", "run_id", "task_id", "map_index", "try_number", "try_id")

    def __init__(self, process: str) -> None:
        super().__init__()
        self._process = process

    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        line: dict[str, object] = {
            "timestamp": at,
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            "process": self._process,
            "pid": record.process,
        }
        line |= {name: getattr(record, name) for name in self.NAMES if hasattr(record, name)}
        if record.exc_info:
            line["exception"] = "".join(traceback.format_exception(*record.exc_info))
        return msgspec.json.encode(line, enc_hook=str).decode()


def is_json_wanted() -> bool:
    """This process logs JSON: then whatever else it says on its terminal is JSON, too."""
    return any(isinstance(handler.formatter, JsonLines) for handler in logging.getLogger().handlers)
