"""Pendulum at the border: users' timetables expect its objects, ours need none, so it is imported only for those."""

from __future__ import annotations

from datetime import UTC, date, datetime, time


def is_pendulum(value: object) -> bool:
    return type(value).__module__.startswith("pendulum")


def to_pendulum(instant: datetime) -> datetime:
    """The same instant as a pendulum.DateTime in UTC."""
    import pendulum  # 100 ms, and only a user's own timetable needs it

    return pendulum.instance(instant.astimezone(UTC), tz=UTC).in_timezone("UTC")


def to_plain(instant: datetime) -> datetime:
    """The same instant as a datetime of the standard library; in UTC where it was of another class (pendulum, pandas).
    Those are subclasses whose arithmetic answers otherwise, and which no codec knows."""
    if type(instant) is datetime:
        return instant
    utc = instant.astimezone(UTC)
    day = date(utc.year, utc.month, utc.day)
    return datetime.combine(day, time(utc.hour, utc.minute, utc.second, utc.microsecond), UTC)
