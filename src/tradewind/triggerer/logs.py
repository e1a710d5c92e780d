"""What triggers log goes into the log of the try that deferred; what belongs to none goes to the triggerer's stderr."""

from __future__ import annotations

import logging
import sys

from tradewind.authoring.secrets import redact
from tradewind.runner.log_file import LogFile
from tradewind.triggerer.current import CURRENT


class TaskLogs(logging.Handler):
    """A file is opened for each record and closed again: ten thousand open ones would be too many."""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            text = self.format(record)
        except Exception as error:  # a wrong format string of the author's
            text = f"{record.msg!r} {record.args!r} (cannot be formatted: {error})"
        write(record.levelname, record.name, text)


def write(level: str, logger: str, text: str) -> None:
    """One record, wherever it belongs now."""
    wait = CURRENT.get()
    if wait is not None and wait.log_path:
        append(wait.log_path, level, logger, text)
    else:
        say(level, logger, text)


def say(level: str, logger: str, text: str) -> None:
    """In the triggerer's own log."""
    print(redact(f"{level} {logger}: {text}"), file=sys.__stderr__, flush=True)


def append(path: str, level: str, logger: str, text: str) -> None:
    log = LogFile(path)
    log.write_record(level, logger, text)
    log.finish()


class Printed:
    """Takes the place of stdout and stderr: what a trigger prints is logged, line by line."""

    encoding = "utf-8"
    errors = "backslashreplace"

    def __init__(self, name: str, level: str) -> None:
        self.name = name
        self._level = level
        self._begun = ""

    def write(self, text: str) -> int:
        *lines, self._begun = (self._begun + text).split("\n")
        for line in lines:
            write(self._level, self.name, line)
        return len(text)

    def flush(self) -> None:
        """Lines are written as they end."""

    def isatty(self) -> bool:
        return False


def take_logging(level: str) -> None:
    root = logging.getLogger()
    root.handlers[:] = [TaskLogs()]
    root.setLevel(level)
    sys.stdout = Printed("stdout", "INFO")
    sys.stderr = Printed("stderr", "ERROR")
