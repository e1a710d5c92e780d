"""Pendulum at the border: users' timetables expect its objects, ours need none, so it is imported only for those."""

from __future__ import annotations

from datetime import UTC, datetime


def is_pendulum(value: object) -> bool:
    return type(value).__module__.startswith("pendulum")


def to_pendulum(instant: datetime) -> datetime:
    """The same instant as a pendulum.DateTime in UTC."""
    import pendulum  # 100 ms, and only a user's own timetable needs it

    return pendulum.instance(instant.astimezone(UTC), tz=UTC).in_timezone("UTC")
