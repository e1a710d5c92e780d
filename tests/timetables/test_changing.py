"""What an edited schedule would add and drop, as a table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tradewind.model.spec import DagSpec, ScheduleSpec
from tradewind.timetables import DataInterval, schedule_spec
from tradewind.timetables.changing import RUNS_AT_MOST, has_same_clock, look_ahead, schedule_change
from tradewind.timetables.due import due_by_now, next_due, upcoming

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
START = datetime(2026, 3, 1, tzinfo=UTC)


def dag(schedule, *, start=START, end=None, catchup=True):
    return DagSpec("d", schedule=schedule_spec(schedule), start_date=start, end_date=end, catchup=catchup)


LAST = DataInterval(datetime(2026, 3, 8, tzinfo=UTC), datetime(2026, 3, 9, tzinfo=UTC))


@pytest.mark.parametrize(
    ("old", "new", "last", "added", "dropped"),
    [
        (None, dag("@daily"), None, 9, 0),
        (None, dag("@daily", catchup=False), None, 1, 0),
        (None, dag(None), None, 0, 0),
        (dag("@daily"), dag("@daily"), LAST, 0, 0),
        (dag("@daily"), dag("@hourly"), LAST, 35, 0),
        (dag("@daily"), dag(None), LAST, 0, 1),
        (dag("@daily"), dag("@daily", end=datetime(2026, 3, 5, tzinfo=UTC)), LAST, 0, 1),
        (dag("@daily", catchup=False), dag("@daily", start=datetime(2026, 3, 4, tzinfo=UTC)), None, 5, 0),
    ],
    ids=["new", "new, no catchup", "no schedule", "same", "more often", "dropped", "ended", "catches up"],
)
def test_runs_added_and_dropped(old, new, last, added, dropped):
    before = look_ahead(old, last, NOW) if old else ()
    change = schedule_change(before, look_ahead(new, last, NOW), NOW)
    assert (len(change.added), len(change.dropped)) == (added, dropped)
    assert all(due.run_after > NOW for due in change.next_after)


def test_a_flood_is_held_and_a_thousand_runs_are_not():
    hourly = dag("@hourly", start=NOW - timedelta(hours=RUNS_AT_MOST))
    assert schedule_change((), look_ahead(hourly, None, NOW), NOW).why_held == ""
    longer = dag("@hourly", start=NOW - timedelta(hours=RUNS_AT_MOST + 1))
    assert "more than 1,000 runs" in schedule_change((), look_ahead(longer, None, NOW), NOW).why_held


def test_a_start_date_in_the_far_past_costs_no_more_than_the_limit():
    assert len(look_ahead(dag("* * * * *", start=datetime(1990, 1, 1, tzinfo=UTC)), None, NOW)) == RUNS_AT_MOST + 1


@pytest.mark.parametrize("schedule", ["@daily", timedelta(hours=5), "@once", "@continuous", None])
def test_what_is_due_by_now_begins_with_what_is_next(schedule):
    spec = dag(schedule)
    first = next_due(spec, None, NOW)
    due = due_by_now(spec, None, NOW, at_most=3)
    assert due[:1] == [first] if first is not None and first.run_after <= NOW else due == []
    assert len(due) <= 3


def test_a_continuous_schedule_has_one_next_run():
    assert len(list(upcoming(dag("@continuous"), None, NOW))) == 1


def test_what_a_clock_follows_from():
    assert has_same_clock(dag("@daily"), dag("@daily"))
    assert not has_same_clock(dag("@daily"), dag("@daily", catchup=False))
    assert has_same_clock(DagSpec("d", schedule=ScheduleSpec(), description="x"), DagSpec("d"))
