"""Instants as the objects Airflow's users expect: pendulum, loaded when a task first looks at a date."""

from __future__ import annotations

from datetime import datetime
from typing import Any


def as_pendulum(instant: datetime | None) -> Any:
    """A pendulum DateTime in UTC, or None."""
    if instant is None:
        return None
    import pendulum  # 40 ms, which a task that looks at no date shall not pay

    return pendulum.instance(instant).in_timezone("UTC")
