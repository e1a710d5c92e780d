"""What the log says of a database that is away: that it began, now and then that it goes on, and that it is over."""

from __future__ import annotations

import logging
import time

from tradewind.model.errors import HomeError
from tradewind.store.errors import StoreError

_log = logging.getLogger(__name__)
SAY_EVERY_SECONDS = 30.0


def may_pass(error: BaseException) -> bool:
    return isinstance(error, StoreError) and error.may_pass


class Outage:
    def __init__(self) -> None:
        self._since: float | None = None
        self._said_at = 0.0

    def goes_on(self, error: HomeError, wait_seconds: float) -> None:
        """It was tried, and will be again after so long."""
        now = time.monotonic()
        if self._since is None:
            self._since = self._said_at = now
            text = "%s; nothing is lost: what ends meanwhile waits with its process; trying again in %g s"
            _log.warning(text, error.message, wait_seconds)
        elif now - self._said_at >= SAY_EVERY_SECONDS:
            self._said_at = now
            _log.warning("%s, for %.0f s now; nothing is lost; trying again", error.message, now - self._since)

    def is_over(self) -> None:
        """Nothing is said where there was none."""
        if self._since is not None:
            _log.warning("the database is back after %.1f s; nothing was lost", time.monotonic() - self._since)
            self._since = None
