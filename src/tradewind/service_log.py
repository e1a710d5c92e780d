"""How processes of the service write their own logs: to stderr, as text or as a JSON object a line."""

from __future__ import annotations

import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Literal, TextIO

import msgspec

TEXT = "%(asctime)s %(levelname)-8s %(process_name)s | %(message)s"


def set_up_logging(
    process: str, *, log_format: Literal["text", "json"], level: str = "INFO", stream: TextIO | None = None
) -> None:
    """Everything this process logs goes to `stream` (stderr), and says which process it was: `scheduler`, …"""
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(JsonLines(process) if log_format == "json" else TextLines(process))
    root = logging.getLogger()
    for old in root.handlers[:]:
        root.removeHandler(old)
    root.addHandler(handler)
    root.setLevel(level)


class TextLines(logging.Formatter):
    default_time_format = "%Y-%m-%d %H:%M:%S"

    def __init__(self, process: str) -> None:
        super().__init__(TEXT, defaults={"process_name": process})


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
