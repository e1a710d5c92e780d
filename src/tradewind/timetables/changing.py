"""What an edited schedule would do: the runs it adds or drops until now, and those that come next."""

from __future__ import annotations

from datetime import datetime
from itertools import islice

from msgspec import Struct

from tradewind.model.service import DueRun
from tradewind.model.spec import DagSpec
from tradewind.timetables.base import DataInterval, Timetable
from tradewind.timetables.due import due_by_now, upcoming

RUNS_AT_MOST = 1_000
"""More than these at once nobody gets without being asked."""
SHOWN_NEXT = 3


class ScheduleChange(Struct, frozen=True):
    """What the clock does before and after a new version of a DAG. `added` and `dropped` are runs whose time has come
    and that only the new version, or only the old one, would make; both cut at `RUNS_AT_MOST + 1`."""

    added: tuple[DueRun, ...] = ()
    dropped: tuple[DueRun, ...] = ()
    next_before: tuple[DueRun, ...] = ()
    next_after: tuple[DueRun, ...] = ()
    due_count: int = 0
    """Runs that the new version makes at once, those that the old one would have made too among them."""

    @property
    def is_flood(self) -> bool:
        return self.due_count > RUNS_AT_MOST

    @property
    def why_held(self) -> str:
        """The sentence for `DagSchedule.held_why`, or ""."""
        if not self.is_flood:
            return ""
        first = self.added[0].logical_date if self.added else None
        since = f", from {first:%Y-%m-%d %H:%M} on" if first else ""
        return f"its schedule would make more than {RUNS_AT_MOST:,} runs at once{since}"


def has_same_clock(one: DagSpec, other: DagSpec) -> bool:
    """Would both ask for the same runs?"""
    return (one.schedule, one.start_date, one.end_date, one.catchup) == (
        other.schedule,
        other.start_date,
        other.end_date,
        other.catchup,
    )


def schedule_change(
    old: DagSpec | None,
    new: DagSpec,
    last: DataInterval | None,
    now: datetime,
    *,
    old_timetable: Timetable | None = None,
    new_timetable: Timetable | None = None,
) -> ScheduleChange:
    """`old=None`: the DAG is new, or its file was gone. `last` is the data interval of the last run by the clock.
    Raises as `next_due`."""
    most = RUNS_AT_MOST + 1
    before = due_by_now(old, last, now, at_most=most, timetable=old_timetable) if old else []
    after = due_by_now(new, last, now, at_most=most, timetable=new_timetable)
    dates_before, dates_after = {due.logical_date for due in before}, {due.logical_date for due in after}
    return ScheduleChange(
        added=tuple(due for due in after if due.logical_date not in dates_before),
        dropped=tuple(due for due in before if due.logical_date not in dates_after),
        next_before=_next(old, last, before, now, old_timetable) if old else (),
        next_after=_next(new, last, after, now, new_timetable),
        due_count=len(after),
    )


def _next(
    spec: DagSpec, last: DataInterval | None, due: list[DueRun], now: datetime, timetable: Timetable | None
) -> tuple[DueRun, ...]:
    """The first few that are still to come."""
    if due:
        last = DataInterval(due[-1].interval_start, due[-1].interval_end)
    found = (one for one in upcoming(spec, last, now, timetable=timetable) if one.run_after > now)
    return tuple(islice(found, SHOWN_NEXT)) if len(due) <= RUNS_AT_MOST else ()
