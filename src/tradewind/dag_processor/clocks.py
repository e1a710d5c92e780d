"""Where a parsed DAG's clock is to stand, from its old and new version and the last run by the clock. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from tradewind.model.parsing import ClockAnswer
from tradewind.model.service import DagSchedule, DueRun
from tradewind.model.spec import DagSpec
from tradewind.store.facets.parsing import Clock
from tradewind.timetables.base import DataInterval
from tradewind.timetables.changing import ScheduleChange, has_same_clock, look_ahead, schedule_change
from tradewind.timetables.due import interval_of
from tradewind.timetables.errors import TimetableError

UNTIMED = frozenset({"none", "assets"})


class Reckoned(Struct, frozen=True):
    clock: Clock | None
    """None: it stays where it stands."""
    change: ScheduleChange | None = None
    """What the new version changes, where there was another before; None where it is the same."""


def reckon(
    new: DagSpec, old: DagSpec | None, standing: DagSchedule | None, answer: ClockAnswer | None, now: datetime
) -> Reckoned:
    """`old` is the version that the clock ran by, `standing` where it stands; None for a DAG that is new or was retired
    (`standing` may be there then). `answer` is what a custom timetable said."""
    last = last_interval(standing)
    last_end = last.end if last else None
    if new.schedule.kind == "custom" and answer is None:
        return Reckoned(None)  # its code was not asked
    is_same = old is not None and has_same_clock(old, new)
    if is_same and standing is not None and not _is_unset(new, standing):
        return Reckoned(None)
    try:
        after = runs_ahead(new, last, answer, now)
    except TimetableError as error:
        return Reckoned(Clock(None, f"its schedule cannot be followed: {error.message}", last_end))
    due = after[0] if after else None
    if is_same:  # only the next run was missing: it was accepted as it is
        return Reckoned(Clock(due, "", last_end))
    before = _before(old, standing, last, now)
    change = schedule_change(before, after, now)
    return Reckoned(Clock(due, change.why_held, last_end), change if old is not None else None)


def runs_ahead(spec: DagSpec, last: DataInterval | None, answer: ClockAnswer | None, now: datetime) -> list[DueRun]:
    """See `look_ahead`. Raises TimetableError, also with the words of a custom timetable that cannot say."""
    if spec.schedule.kind in UNTIMED:
        return []
    if spec.schedule.kind != "custom":
        return look_ahead(spec, last, now)
    if answer is None:
        return []
    if answer.error:
        raise TimetableError(answer.error)
    return list(answer.runs)


def last_interval(standing: DagSchedule | None) -> DataInterval | None:
    return interval_of(standing.last_interval_start, standing.last_interval_end) if standing else None


def _is_unset(spec: DagSpec, standing: DagSchedule) -> bool:
    return spec.schedule.kind not in UNTIMED and standing.next_run_after is None and not standing.held_why


def _before(
    old: DagSpec | None, standing: DagSchedule | None, last: DataInterval | None, now: datetime
) -> Sequence[DueRun]:
    """What the old version would do. Of a custom timetable, whose code is not loaded any more, the one run is known
    that it named last."""
    if old is None:
        return ()
    if old.schedule.kind != "custom":
        try:
            return runs_ahead(old, last, None, now)
        except TimetableError:
            return ()
    return _named_last(standing)


def _named_last(standing: DagSchedule | None) -> Sequence[DueRun]:
    if standing is None or standing.next_run_after is None:
        return ()
    at = standing.next_run_after
    date = standing.next_logical_date or at
    return (DueRun(at, date, standing.next_interval_start or date, standing.next_interval_end or date),)
