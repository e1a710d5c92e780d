"""Time zones: from what an author wrote (a name, zoneinfo, pendulum, pytz) to a tzinfo, and back to a name."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from tradewind.timetables.errors import TimetableError

OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})")


def find_zone(zone: str | tzinfo) -> tzinfo:
    """A zone by IANA name or by offset (`+05:30`); one that is a tzinfo already goes by its name, so that zoneinfo does
    the arithmetic whoever made it. Raises TimetableError for an unknown name."""
    return _by_name(zone_name(zone))


def zone_name(zone: str | tzinfo) -> str:
    if isinstance(zone, str):
        return "UTC" if zone.upper() in ("UTC", "Z") else zone
    for attribute in ("key", "name", "zone"):  # zoneinfo, pendulum, pytz
        name = getattr(zone, attribute, None)
        if isinstance(name, str) and name:
            return "UTC" if name.upper() == "UTC" else name
    offset = zone.utcoffset(datetime(2000, 1, 1)) or timedelta()  # noqa: DTZ001 (a fixed offset: any date will do)
    if not offset:
        return "UTC"
    minutes = int(offset.total_seconds() // 60)
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"


def to_local(instant: datetime, zone: tzinfo) -> datetime:
    """The wall clock of `zone` at an instant, without a zone."""
    return instant.astimezone(zone).replace(tzinfo=None, fold=0)


def to_instant(wall: datetime, zone: tzinfo) -> datetime:
    """The instant (UTC) at which the clock on the wall shows `wall`. A time shown twice means its second showing, and
    one that is skipped means as long after the jump, as in Airflow: each time the later of the two readings."""
    readings = (wall.replace(tzinfo=zone, fold=fold).astimezone(UTC) for fold in (0, 1))
    return max(readings)


def _by_name(name: str) -> tzinfo:
    if name == "UTC":
        return UTC
    if found := OFFSET.fullmatch(name):
        sign, hours, minutes = found.groups()
        offset = timedelta(hours=int(hours), minutes=int(minutes))
        return timezone(-offset if sign == "-" else offset)
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise TimetableError(
            f"there is no time zone named {name!r}", hint="use an IANA name such as 'Europe/Berlin' or 'UTC'"
        ) from error
