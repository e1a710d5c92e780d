"""Which runs a backfill makes: the dates of a DAG's schedule in a range, and what is to become of those that have a run
already. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import islice

from msgspec import Struct
from msgspec.structs import replace

from tradewind.model.records import RunRecord
from tradewind.model.service import BackfillRunRecord, DueRun, Reprocess
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState
from tradewind.timetables.base import DataInterval, TimeRestriction, Timetable
from tradewind.timetables.building import build
from tradewind.timetables.due import as_due
from tradewind.timetables.errors import TimetableError
from tradewind.timetables.upcoming import next_run

WITHOUT_DATES = ("none", "once", "continuous", "assets")
EXISTS = "already exists"
IN_FLIGHT = "in flight"
NOT_DUE = "not due before "


class Planned(Struct, frozen=True):
    """One date of a backfill. `run_id`: the run of that date that is there already, and is run again unless `why_not`
    says why not."""

    record: BackfillRunRecord
    state: RunState | None = None
    """Of the run that is there already."""


def dates_between(
    spec: DagSpec,
    from_date: datetime,
    to_date: datetime,
    now: datetime,
    *,
    at_most: int,
    timetable: Timetable | None = None,
) -> list[DueRun]:
    """The schedule's runs whose logical date lies in the range (both ends included), oldest first, the first `at_most`
    of them. The DAG's own start, end and catchup do not count: whoever asks for a backfill means what he says.

    Raises TimetableError for a schedule that has no dates, and for a custom timetable that is not passed."""
    if spec.schedule.kind in WITHOUT_DATES:
        raise TimetableError(
            f"DAG {spec.dag_id!r} has the schedule {spec.schedule.summary or 'None'}, which has no dates to fill",
            hint=f"start runs by hand: tradewind run {spec.dag_id} --logical-date DATE",
        )
    found = _between(timetable or build(spec.schedule), from_date, to_date, now)
    return list(islice(found, at_most))


def _between(timetable: Timetable, from_date: datetime, to_date: datetime, now: datetime) -> Iterator[DueRun]:
    bounds = TimeRestriction(from_date, to_date, catchup=True)
    last: DataInterval | None = None
    before: datetime | None = None
    while (found := next_run(timetable, last, bounds, now)) is not None and found.logical_date <= to_date:
        if before is not None and found.run_after <= before:
            return
        if found.logical_date >= from_date:
            yield as_due(found)
        before, last = found.run_after, found.data_interval


def plan(
    dates: Sequence[DueRun],
    existing: Mapping[datetime, RunRecord],
    *,
    now: datetime,
    reprocess: Reprocess = "none",
    is_reverse: bool = False,
) -> list[Planned]:
    """What becomes of each date, in the order in which they are to be run. `existing`: logical date → its run."""
    ordered = reversed(dates) if is_reverse else dates
    return [_planned(place, due, existing.get(due.logical_date), now, reprocess) for place, due in enumerate(ordered)]


def _planned(place: int, due: DueRun, run: RunRecord | None, now: datetime, reprocess: Reprocess) -> Planned:
    record = BackfillRunRecord(place, due.logical_date, due.interval_start, due.interval_end)
    if run is not None:
        return Planned(replace(record, run_id=run.run_id, why_not=why_not_again(run.state, reprocess)), run.state)
    if due.run_after > now:
        return Planned(replace(record, why_not=f"{NOT_DUE}{due.run_after:%Y-%m-%d %H:%M}"))
    return Planned(record)


def why_not_again(state: RunState, reprocess: Reprocess) -> str:
    """Why a run that is there already is not run again; "" where it is."""
    match reprocess:
        case "failed" if state is RunState.FAILED:
            return ""
        case "completed" if state.is_finished:
            return ""
        case _:
            return EXISTS if state.is_finished else IN_FLIGHT


def check(spec: DagSpec, from_date: datetime, to_date: datetime, *, is_reverse: bool) -> str:
    """Why this backfill cannot be; "" where it can."""
    if from_date > to_date:
        return f"it would end ({to_date:%Y-%m-%d %H:%M}) before it begins ({from_date:%Y-%m-%d %H:%M})"
    past = [task.task_id for task in spec.tasks if task.depends_on_past]
    if is_reverse and past:
        return f"in reverse, {past[0]!r} would wait for a run that comes after it: it has depends_on_past"
    return ""
