"""`self.log` for operators, hooks, sensors and notifiers."""

from __future__ import annotations

import logging
import re
from typing import Any, ClassVar

ANSI_ESCAPE = re.compile(r"\x1B[@-_][0-?]*[ -/]*[@-~]")


def remove_escape_codes(text: str) -> str:
    """`text` without the terminal's colour and cursor codes."""
    return ANSI_ESCAPE.sub("", text)


class LoggingMixin:
    """Gives a class `self.log` (and `cls.logger()`): a standard logger named after the class, made when first used."""

    _log: logging.Logger | None = None
    _log_config_logger_name: ClassVar[str | None] = None
    _logger_name: str | None = None

    def __init__(self, context: Any = None) -> None:
        """`context` was Airflow's task instance; accepted, unused."""

    @classmethod
    def logger(cls) -> logging.Logger:
        return logging.getLogger(f"{cls.__module__}.{cls.__name__}")

    @property
    def log(self) -> logging.Logger:
        if self._log is None:
            own = type(self).logger()
            self._log = logging.getLogger(self._logger_name) if self._logger_name else own
        return self._log
