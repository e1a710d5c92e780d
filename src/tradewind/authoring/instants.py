"""Dates as authors write them (datetime, date, pendulum, text; naive or aware) as aware datetimes."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import Any

from tradewind.authoring import defaults
from tradewind.timetables.pendulums import to_plain
from tradewind.timetables.zones import find_zone


def as_instant(value: Any, zone: tzinfo | None = None) -> datetime:
    """An aware datetime; one without a zone is in `zone` (the default time zone of the settings). Raises ValueError."""
    if isinstance(value, str):
        value = _from_text(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        value = datetime.combine(value, time())
    if not isinstance(value, datetime):
        raise ValueError("expected a datetime, e.g. datetime(2025, 1, 1)")
    if value.tzinfo is not None and value.utcoffset() is not None:
        return value
    return value.replace(tzinfo=zone or default_zone())


def default_zone() -> tzinfo:
    """The zone of dates that name none."""
    return find_zone(defaults.current().default_timezone)


def in_utc(value: datetime | None) -> datetime | None:
    """The same instant as a plain datetime in UTC, whatever class (pendulum's, pandas') it came as."""
    return None if value is None else to_plain(value).astimezone(UTC)


def _from_text(text: str) -> datetime:
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        pass
    from pendulum import parse  # heavy, and needed for unusual spellings only

    try:
        found = parse(text, strict=False)
    except ValueError:
        raise ValueError("expected a date such as '2025-01-01' or '2025-01-01T06:00:00+00:00'") from None
    if not isinstance(found, datetime):
        raise ValueError("expected a date such as '2025-01-01'")
    return found


def seconds(value: timedelta | float | None) -> float | None:
    """A duration in seconds."""
    if value is None:
        return None
    return value.total_seconds() if isinstance(value, timedelta) else float(value)
