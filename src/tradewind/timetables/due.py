"""The runs that a DAG's clock asks for, from its spec and the data interval of its last run. One function for all: the
scheduler after each run, the dag-processor at each new version, and the commands that look ahead."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import islice, takewhile

from tradewind.model.service import DueRun
from tradewind.model.spec import DagSpec
from tradewind.timetables.base import DagRunInfo, DataInterval, TimeRestriction, Timetable
from tradewind.timetables.building import build
from tradewind.timetables.upcoming import next_run


def next_due(
    spec: DagSpec, last: DataInterval | None, now: datetime, *, timetable: Timetable | None = None
) -> DueRun | None:
    """What the clock says comes after the run with the data interval `last` (None: there was none), due already or not;
    None where nothing comes by time.

    A custom timetable is the author's code: whoever has it loaded passes it as `timetable`. Raises TimetableError
    without it, and for an answer that is none; whatever the author's code raises."""
    found = next_run(timetable or build(spec.schedule), last, _bounds(spec), now)
    return found and as_due(found)


def upcoming(
    spec: DagSpec, last: DataInterval | None, now: datetime, *, timetable: Timetable | None = None
) -> Iterator[DueRun]:
    """The runs after `last`, in order, as long as each comes after the one before it (`@continuous` has one). Bound it:
    most schedules never end. Raises as `next_due`."""
    asked = timetable or build(spec.schedule)
    before: datetime | None = None
    while (found := next_run(asked, last, _bounds(spec), now)) is not None:
        if before is not None and found.run_after <= before:
            return
        yield as_due(found)
        before, last = found.run_after, found.data_interval


def due_by_now(
    spec: DagSpec, last: DataInterval | None, now: datetime, *, at_most: int, timetable: Timetable | None = None
) -> list[DueRun]:
    """The runs whose time has come, oldest first, the first `at_most` of them. Raises as `next_due`."""
    found = takewhile(lambda due: due.run_after <= now, upcoming(spec, last, now, timetable=timetable))
    return list(islice(found, at_most))


def in_place_of_missed(spec: DagSpec, last: DataInterval | None, planned: datetime, now: datetime) -> DueRun | None:
    """Without catchup, only the last of the runs that were missed is made up for: that one, where it comes after the
    one planned for `planned`; None where the planned one is it. Raises as `next_due`."""
    if spec.catchup:
        return None
    found = next_due(spec, last, now)
    return found if found is not None and planned < found.run_after <= now else None


def interval_of(start: datetime | None, end: datetime | None) -> DataInterval | None:
    return DataInterval(start, end) if start is not None and end is not None else None


def as_due(info: DagRunInfo) -> DueRun:
    return DueRun(info.run_after, info.logical_date, info.data_interval.start, info.data_interval.end)


def _bounds(spec: DagSpec) -> TimeRestriction:
    return TimeRestriction(spec.start_date, spec.end_date, spec.catchup)
