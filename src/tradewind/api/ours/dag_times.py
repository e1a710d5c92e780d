"""A DAG over time: the calendar of its runs, past and planned, and how long they took."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.dags import CalendarDay, DurationPoint
from tradewind.api.ours.paths import DAG, bounded, spec_of
from tradewind.api.problems import Invalid
from tradewind.model.service import DagSchedule
from tradewind.model.spec import DagSpec
from tradewind.timetables import DataInterval, TimeRestriction, build, next_run
from tradewind.timetables.errors import TimetableError

PLANNED = "planned"
MOST_DAYS = 800
MOST_PLANNED = 5_000


class CalendarQuery(Struct, frozen=True):
    start: date
    end: date
    """Included."""
    zone: str = "UTC"


class DurationsQuery(Struct, frozen=True):
    limit: int = 50


def calendar(call: Call[CalendarQuery, None]) -> list[CalendarDay]:
    """Runs by day, and those that the schedule will make"""
    dag_id, query = call.path["dag_id"], call.query
    zone = _zone(query.zone)
    if not timedelta(0) <= query.end - query.start <= timedelta(days=MOST_DAYS):
        raise Invalid(f"`end` has to be 0 to {MOST_DAYS} days after `start`")
    start = datetime(query.start.year, query.start.month, query.start.day, tzinfo=zone).astimezone(UTC)
    last = query.end + timedelta(days=1)
    end = datetime(last.year, last.month, last.day, tzinfo=zone).astimezone(UTC)
    counts: dict[date, dict[str, int]] = {}
    for at, state in call.store.run_dates(dag_id, start, end):
        _count(counts, at.astimezone(zone).date(), state)
    for at in planned(spec_of(call, dag_id), _clock(call, dag_id), call.now, end):
        if at >= start:
            _count(counts, at.astimezone(zone).date(), PLANNED)
    return [CalendarDay(day, counts[day]) for day in sorted(counts)]


def durations(call: Call[DurationsQuery, None]) -> list[DurationPoint]:
    """How long the last runs took, queued and running, task by task; oldest first"""
    runs = call.store.run_bits(call.path["dag_id"], limit=bounded(call.query.limit, 500))
    seconds: dict[int, dict[str, float]] = {one.number: {} for one in runs}
    for number, task_id, taken in call.store.task_seconds([one.number for one in runs]):
        seconds[number][task_id] = taken
    return [
        DurationPoint(
            one.run_id,
            one.run_after,
            one.state,
            (one.ended_at - one.started_at).total_seconds() if one.ended_at and one.started_at else None,
            max(0.0, (one.started_at - one.queued_at).total_seconds()) if one.started_at else None,
            seconds[one.number],
        )
        for one in reversed(runs)
    ]


def planned(spec: DagSpec, clock: DagSchedule | None, now: datetime, until: datetime) -> Iterator[datetime]:
    """Logical dates of the runs that the clock will make. A timetable of the author's own is code, which is not loaded
    here: of it only the next run is known."""
    if clock is None or clock.is_retired or clock.is_paused or clock.next_run_after is None:
        return
    if clock.next_logical_date is not None and clock.next_logical_date < until:
        yield clock.next_logical_date
    if spec.schedule.kind == "custom" or clock.next_interval_start is None or clock.next_interval_end is None:
        return
    try:
        timetable = build(spec.schedule)
        last = DataInterval(clock.next_interval_start, clock.next_interval_end)
        restriction = TimeRestriction(spec.start_date, spec.end_date, catchup=True)
        for _ in range(MOST_PLANNED):
            found = next_run(timetable, last, restriction, now)
            if found is None or found.data_interval.start >= until or found.data_interval == last:
                return
            last = found.data_interval
            yield found.logical_date
    except TimetableError:
        return


def _clock(call: Call[Any, Any], dag_id: str) -> DagSchedule | None:
    return next(iter(call.store.schedules(dag_id=dag_id)), None)


def _zone(name: str) -> ZoneInfo:
    """Raises Invalid. The name is no path: zoneinfo refuses those that leave its folder."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, KeyError) as error:
        raise Invalid(f"there is no time zone {name[:60]!r}") from error


def _count(counts: dict[date, dict[str, int]], day: date, state: str) -> None:
    of_day = counts.setdefault(day, {})
    of_day[state] = of_day.get(state, 0) + 1


OPERATIONS = (
    Operation(
        method="GET",
        path=f"{DAG}/calendar",
        name="tradewind_calendar",
        tag="DAGs",
        needs=Need(Resource.RUN),
        do=calendar,
        query=CalendarQuery,
        answer=list[CalendarDay],
    ),
    Operation(
        method="GET",
        path=f"{DAG}/durations",
        name="tradewind_durations",
        tag="DAGs",
        needs=Need(Resource.RUN),
        do=durations,
        query=DurationsQuery,
        answer=list[DurationPoint],
    ),
)
