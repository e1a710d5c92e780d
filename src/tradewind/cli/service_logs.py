"""How the log of a service's process looks on its terminal, or in the journal of whoever started it."""

from __future__ import annotations

import logging
import sys

import click

from tradewind.cli.json_lines import JsonLines
from tradewind.settings import Settings

COLOURS = {"WARNING": "yellow", "ERROR": "red", "CRITICAL": "red"}


class _Line(logging.Formatter):
    def __init__(self, part: str) -> None:
        super().__init__(datefmt="%H:%M:%S")
        self._part = part

    def format(self, record: logging.LogRecord) -> str:
        text = record.getMessage()
        if record.exc_info:
            text = f"{text}\n{self.formatException(record.exc_info)}"
        clock = self.formatTime(record, self.datefmt)
        level = "" if record.levelno == logging.INFO else f"{record.levelname.lower()}: "
        line = f"{clock} {self._part:<13} {level}{text}"
        return click.style(line, fg=COLOURS.get(record.levelname)) if sys.stderr.isatty() else line


def log_to_terminal(part: str, settings: Settings) -> None:
    """All loggers of this process, to stderr. `log_level` counts for Tradewind's own; others warn only."""
    handler = logging.StreamHandler()
    handler.setFormatter(_formatter(part, settings))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("tradewind").setLevel(settings.log_level)


def _formatter(part: str, settings: Settings) -> logging.Formatter:
    return JsonLines(part) if settings.log_format == "json" else _Line(part)
