"""The date helpers that DAG files import from `airflow.utils.dates` and `airflow.utils.timezone`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from tradewind.authoring.exceptions import AirflowException
from tradewind.authoring.instants import as_instant, default_zone
from tradewind.timetables.clock import current_instant
from tradewind.timetables.cron import PRESETS as cron_presets
from tradewind.timetables.period import as_period
from tradewind.timetables.zoned_cron import ZonedCron

__all__ = ["as_pendulum", "cron_presets", "date_range", "days_ago", "parse_execution_date", "round_time", "utcnow"]

TIME_UNITS = {"days": 86_400, "hours": 3_600, "minutes": 60, "seconds": 1}


# ------------------------------------------------------------------------------------ airflow.utils.dates


def days_ago(n: int, hour: int = 0, minute: int = 0, second: int = 0, microsecond: int = 0) -> Any:
    """Midnight (UTC) `n` days ago, or the given time of that day, as a pendulum DateTime."""
    today = utcnow().replace(hour=hour, minute=minute, second=second, microsecond=microsecond)
    return today - timedelta(days=n)


def date_range(
    start_date: datetime,
    end_date: datetime | None = None,
    num: int | None = None,
    delta: str | timedelta | Any | None = None,
) -> list[datetime]:
    """Dates from the start on, `delta` (a cron, a timedelta) apart: up to the end date, or `num` of them (backwards
    where it is negative). An empty list without a delta. Raises AirflowException for bounds that contradict."""
    if not delta:
        return []
    if end_date is not None and start_date > end_date:
        raise AirflowException("Wait. start_date needs to be before end_date")
    if end_date is not None and num is not None:
        raise AirflowException("Wait. Either specify end_date OR num")
    if end_date is None and num is None:
        end_date = utcnow()
    return list(_dates(start_date, end_date, num, delta))


def _dates(start: datetime, end: datetime | None, num: int | None, delta: Any) -> Iterator[datetime]:
    is_naive = start.tzinfo is None
    zone = UTC if is_naive else start.tzinfo or UTC
    cron = ZonedCron(delta, zone) if isinstance(delta, str) else None
    step = None if cron else as_period(delta)
    at = cron.at_or_after(make_aware(start, zone)) if cron else make_aware(start, zone)
    last = None if end is None else make_aware(end, zone)
    found: list[datetime] = []
    while (last is None or at <= last) and (num is None or len(found) < abs(num)):
        found.append(at.replace(tzinfo=None) if is_naive else at.astimezone(zone))
        forward = num is None or num >= 0
        if cron:
            at = cron.next_after(at) if forward else cron.last_before(at)
        else:
            assert step is not None
            at = step.after(at) if forward else step.before(at)
    return iter(sorted(found))


def round_time(dt: datetime, delta: str | timedelta | Any, start_date: datetime = datetime.min) -> datetime:  # noqa: DTZ901
    """The member of `start_date + k * delta` (or of the cron's ticks) nearest to `dt`, not before the start."""
    start = start_date.replace(tzinfo=dt.tzinfo) if start_date.tzinfo is None else start_date
    if isinstance(delta, str):
        cron = ZonedCron(delta, dt.tzinfo or UTC)
        at = make_aware(dt, UTC) if dt.tzinfo is None else dt
        earlier, later = cron.at_or_before(at), cron.at_or_after(at)
        nearest = later if later - at < at - earlier else earlier
        return nearest.replace(tzinfo=None) if dt.tzinfo is None else nearest.astimezone(dt.tzinfo)
    if dt <= start:
        return start
    seconds = as_period(delta).rounded_seconds
    return start + timedelta(seconds=round((dt - start).total_seconds() / seconds) * seconds)


def infer_time_unit(time_seconds_arr: list[float]) -> str:
    """The unit in which the largest of these durations reads well."""
    longest = max(time_seconds_arr, default=0.0)
    if longest <= 120:
        return "seconds"
    if longest <= 7_200:
        return "minutes"
    return "hours" if longest <= 172_800 else "days"


def scale_time_units(time_seconds_arr: list[float], unit: str) -> list[float]:
    """Durations in seconds as durations in `unit`."""
    return [seconds / TIME_UNITS.get(unit, 1) for seconds in time_seconds_arr]


def parse_execution_date(execution_date_str: str) -> Any:
    """A text as a pendulum DateTime; without a zone it is in the default one."""
    return as_pendulum(as_instant(execution_date_str), keep_zone=True)


# ------------------------------------------------------------------------------------ airflow.utils.timezone

utc = UTC
DateTime = datetime


def utcnow() -> Any:
    """Now as a pendulum DateTime in UTC. Inside a timetable it is the instant the timetable was asked for."""
    return as_pendulum(current_instant())


def utc_epoch() -> datetime:
    return datetime(1970, 1, 1, tzinfo=UTC)


def is_localized(value: datetime) -> bool:
    return value.utcoffset() is not None


def is_naive(value: datetime) -> bool:
    return value.utcoffset() is None


def convert_to_utc(value: datetime | None) -> Any:
    """The instant as a pendulum DateTime in UTC; a naive one is in the default zone."""
    return None if value is None else as_pendulum(as_instant(value))


def make_aware(value: Any, timezone: tzinfo | None = None) -> Any:
    """A naive time with a zone. Where clocks are set back it means the second showing, as in Airflow.

    Raises ValueError for a time that has a zone already, unless that is the one asked for."""
    if value is None:
        return None
    zone = timezone or default_zone()
    if is_localized(value):
        if timezone is not None and value.utcoffset() == value.astimezone(zone).utcoffset():
            return value
        raise ValueError(f"make_aware expects a naive datetime, got {value}")
    return value.replace(tzinfo=zone, fold=1)


def make_naive(value: datetime, timezone: tzinfo | None = None) -> datetime:
    """The wall clock of a zone at an instant. Raises ValueError for a naive time."""
    if is_naive(value):
        raise ValueError("make_naive() cannot be applied to a naive datetime")
    local = value.astimezone(timezone or default_zone())
    return datetime(*local.timetuple()[:6], local.microsecond, fold=local.fold)  # noqa: DTZ001 (what it is for)


def datetime_in_zone(*args: Any, **kwargs: Any) -> datetime:
    """`airflow.utils.timezone.datetime`: like `datetime(…)`, in the default zone where none is given."""
    value = datetime(*args, **kwargs)  # noqa: DTZ001 (the next line gives it one)
    return value if value.tzinfo is not None else value.replace(tzinfo=default_zone())


def parse(string: str, timezone: tzinfo | None = None, *, strict: bool = False) -> Any:
    """A text as a pendulum DateTime. Raises ValueError where it is no date."""
    return as_pendulum(as_instant(string, timezone), keep_zone=True)


def coerce_datetime(v: datetime | None, tz: tzinfo | None = None) -> Any:
    """Any datetime as a pendulum DateTime; a naive one is in `tz`, by default UTC."""
    if v is None:
        return None
    return as_pendulum(v if is_localized(v) else v.replace(tzinfo=tz or UTC), keep_zone=True)


def td_format(td_object: timedelta | float | None) -> str | None:
    """A duration as `2h:30M:5s`; None for none, `<1s` for less than a second."""
    if td_object is None:
        return None
    seconds = td_object.total_seconds() if isinstance(td_object, timedelta) else float(td_object)
    rest = int(seconds)
    parts: list[str] = []
    for letter, size in (("y", 31_536_000), ("m", 2_592_000), ("d", 86_400), ("h", 3_600), ("M", 60), ("s", 1)):
        count, rest = divmod(rest, size)
        if count:
            parts.append(f"{count}{letter}")
    return ":".join(parts) or "<1s"


def parse_timezone(name: str | int) -> Any:
    """A pendulum zone by IANA name or by offset in seconds."""
    import pendulum  # 50 ms; see as_pendulum

    return pendulum.timezone(name) if isinstance(name, str) else pendulum.FixedTimezone(name)


def as_pendulum(instant: datetime | None, *, keep_zone: bool = False) -> Any:
    """An instant as the object Airflow's users expect, in UTC unless its zone is to be kept; None for None."""
    if instant is None:
        return None
    import pendulum  # 50 ms, which a process that looks at no date shall not pay

    found = pendulum.instance(instant)
    return found if keep_zone else found.in_timezone("UTC")
