"""Asking any timetable, ours or a user's, with the clock as an argument."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tradewind.timetables.base import DagRunInfo, DataInterval, SpecTimetable, TimeRestriction, Timetable
from tradewind.timetables.clock import clock_at
from tradewind.timetables.errors import TimetableError
from tradewind.timetables.pendulums import to_pendulum, to_plain

OWN_MODULES = "tradewind.timetables."


def next_run(
    timetable: Timetable, last: DataInterval | None, restriction: TimeRestriction, now: datetime
) -> DagRunInfo | None:
    """The run after the one with data interval `last`, or None for no more. All instants are aware; those of the answer
    are in UTC. A user's timetable gets pendulum objects, as from Airflow. Raises TimetableError for a bad answer."""
    with clock_at(now):
        if _is_ours(timetable):
            found = timetable.next_dagrun_info(last_automated_data_interval=last, restriction=restriction)
        else:
            before = last and DataInterval(*map(to_pendulum, last))
            found = timetable.next_dagrun_info_v2(
                last_dagrun_info=before and DagRunInfo(before.end, before),
                restriction=TimeRestriction(
                    restriction.earliest and to_pendulum(restriction.earliest),
                    restriction.latest and to_pendulum(restriction.latest),
                    restriction.catchup,
                ),
            )
    if found is None:
        return None
    run_after = _plain(timetable, found.run_after)
    interval: Any = found.data_interval  # None from some of Airflow 3.3's kind
    return DagRunInfo(run_after, _plain_interval(timetable, interval) if interval else DataInterval.exact(run_after))


def manual_interval(timetable: Timetable, run_after: datetime, now: datetime | None = None) -> DataInterval:
    """The data interval of a run triggered by hand."""
    with clock_at(now or run_after):
        at = run_after if _is_ours(timetable) else to_pendulum(run_after)
        return _plain_interval(timetable, timetable.infer_manual_data_interval(run_after=at))


def _is_ours(timetable: Timetable) -> bool:
    return isinstance(timetable, SpecTimetable) and type(timetable).__module__.startswith(OWN_MODULES)


def _plain_interval(timetable: Timetable, interval: Any) -> DataInterval:
    return DataInterval(_plain(timetable, interval.start), _plain(timetable, interval.end))


def _plain(timetable: Timetable, instant: Any) -> datetime:
    if not isinstance(instant, datetime) or instant.tzinfo is None:
        raise TimetableError(
            f"{type(timetable).__name__} answered with {instant!r}, which is no instant",
            hint="return aware datetimes, e.g. pendulum.datetime(2025, 1, 1, tz='UTC')",
        )
    return to_plain(instant).astimezone(UTC)
