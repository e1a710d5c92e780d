"""The server's clock, read now and then, and carried on by this machine's steady one."""

from __future__ import annotations

import time
from datetime import datetime

from tradewind.store.postgres.connection import PostgresConnection
from tradewind.store.sql.coding import instant

SELECT_NOW = "SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000000 AS BIGINT)"
_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Goes on while a machine sleeps, and no one sets it."""


class ServerClock:
    def __init__(self) -> None:
        self._micros = 0
        self._at = 0.0

    def now(self) -> datetime:
        """As good as half a message to the server and back."""
        return instant(self._micros + int((_steady() - self._at) * 1_000_000))

    def measure(self, connection: PostgresConnection) -> None:
        before = _steady()
        row = connection.execute(SELECT_NOW).fetchone()
        self.set(row[0] if row else 0, before, _steady())

    def set(self, micros: int, before: float, after: float) -> None:
        """The server said so between these two instants of the steady clock."""
        self._micros, self._at = micros, (before + after) / 2


def _steady() -> float:
    return time.clock_gettime(_STEADY)
