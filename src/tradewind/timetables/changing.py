"""What an edited schedule would do: the runs it adds or drops until now, and those that come next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import islice

from msgspec import Struct

from tradewind.model.service import DueRun
from tradewind.model.spec import DagSpec
from tradewind.timetables.base import DataInterval, Timetable
from tradewind.timetables.due import upcoming

RUNS_AT_MOST = 1_000
"""More than these at once nobody gets without being asked."""
SHOWN_NEXT = 3


class ScheduleChange(Struct, frozen=True):
    """What the clock does before and after a new version of a DAG. `added` and `dropped` are runs whose time has come
    and that only the new version, or only the old one, would make; both are cut at `RUNS_AT_MOST + 1`."""

    added: tuple[DueRun, ...] = ()
    dropped: tuple[DueRun, ...] = ()
    next_before: tuple[DueRun, ...] = ()
    next_after: tuple[DueRun, ...] = ()
    due_count: int = 0
    """Runs that the new version makes at once, those that the old one would have made too among them."""

    @property
    def why_held(self) -> str:
        """The sentence for `DagSchedule.held_why`: not empty where more runs are due than anybody may have meant."""
        if self.due_count <= RUNS_AT_MOST:
            return ""
        since = f", from {self.added[0].logical_date:%Y-%m-%d %H:%M} on" if self.added else ""
        return f"its schedule would make more than {RUNS_AT_MOST:,} runs at once{since}"


def has_same_clock(one: DagSpec, other: DagSpec) -> bool:
    """Would both ask for the same runs?"""
    return one.clock == other.clock


def look_ahead(
    spec: DagSpec, last: DataInterval | None, now: datetime, *, timetable: Timetable | None = None
) -> list[DueRun]:
    """The runs after `last` that are due (as many as may be told apart from a flood), and the first few that are not.
    Raises as `due.next_due`."""
    found: list[DueRun] = []
    still_to_come = 0
    for due in islice(upcoming(spec, last, now, timetable=timetable), RUNS_AT_MOST + 1 + SHOWN_NEXT):
        still_to_come += due.run_after > now
        found.append(due)
        if still_to_come == SHOWN_NEXT or len(found) > RUNS_AT_MOST:
            break
    return found


def schedule_change(before: Sequence[DueRun], after: Sequence[DueRun], now: datetime) -> ScheduleChange:
    """Both as from `look_ahead`; `before` is empty where the DAG is new."""
    due_before = [due for due in before if due.run_after <= now]
    due_after = [due for due in after if due.run_after <= now]
    dates_before, dates_after = {due.logical_date for due in due_before}, {due.logical_date for due in due_after}
    return ScheduleChange(
        added=tuple(due for due in due_after if due.logical_date not in dates_before),
        dropped=tuple(due for due in due_before if due.logical_date not in dates_after),
        next_before=tuple(due for due in before if due.run_after > now),
        next_after=tuple(due for due in after if due.run_after > now),
        due_count=len(due_after),
    )
