"""What DAGs took: time of tries, day by day."""

from __future__ import annotations

from datetime import date, datetime
from typing import Protocol

from msgspec import Struct


class DaySpent(Struct, frozen=True):
    """Tries of a DAG that started on a day (UTC) and have ended."""

    dag_id: str
    day: date
    tries: int
    seconds: float
    lost_seconds: float
    """Of tries that did not succeed: they failed, were lost or cancelled."""


class Spending(Protocol):
    def days(self, since: datetime, *, dag_id: str | None = None) -> list[DaySpent]:
        """Of runs that were to run since then; by day, then by DAG."""
        ...
