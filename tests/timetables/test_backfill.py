from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tradewind.model.records import RunRecord
from tradewind.model.spec import DagSpec, ScheduleSpec, TaskSpec
from tradewind.model.states import RunState, RunType
from tradewind.timetables import TimetableError, schedule_spec
from tradewind.timetables.backfill import check, dates_between, plan

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)


def day(number: int, hour: int = 0) -> datetime:
    return datetime(2026, 4, number, hour, tzinfo=UTC)


def daily(**more) -> DagSpec:
    return DagSpec("d", schedule=schedule_spec("@daily", interval="data_interval"), **more)


def existing(number: int, state: RunState) -> dict[datetime, RunRecord]:
    at = day(number)
    run = RunRecord("d", f"r{number}", state, RunType.SCHEDULED, at, at, at, at, at, None, None, "hash", "snapshot")
    return {at: run}


def dates(spec: DagSpec, first: datetime, last: datetime, at_most: int = 100) -> list[datetime]:
    return [due.logical_date for due in dates_between(spec, first, last, NOW, at_most=at_most)]


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (day(1), day(3), [1, 2, 3]),
        (day(1), day(1), [1]),
        (day(1, 6), day(3, 6), [2, 3]),
        (day(1, 6), day(1, 8), []),
    ],
)
def test_both_ends_of_the_range_count(first, last, expected):
    assert dates(daily(), first, last) == [day(number) for number in expected]


def test_the_dags_own_start_end_and_catchup_do_not_count():
    spec = daily(start_date=day(20), end_date=day(21), catchup=False)

    assert dates(spec, day(1), day(2)) == [day(1), day(2)]


def test_a_cron_that_is_a_point_in_time_and_a_delta():
    trigger = DagSpec("d", schedule=schedule_spec("0 6 * * *", interval="trigger"))
    every_12_hours = DagSpec("d", schedule=schedule_spec(timedelta(hours=12)))

    assert dates(trigger, day(1), day(2)) == [day(1, 6)]
    assert dates(every_12_hours, day(1), day(2)) == [day(1), day(1, 12), day(2)]


def test_no_more_than_asked_for():
    assert len(dates(daily(), day(1), day(30), at_most=4)) == 4


@pytest.mark.parametrize("kind", ["none", "once", "continuous", "assets"])
def test_a_schedule_without_dates_cannot_be_filled(kind):
    with pytest.raises(TimetableError, match="no dates to fill"):
        dates(DagSpec("d", schedule=ScheduleSpec(kind)), day(1), day(2))


@pytest.mark.parametrize(
    ("reprocess", "state", "why_not"),
    [
        ("none", RunState.SUCCESS, "already exists"),
        ("none", RunState.FAILED, "already exists"),
        ("none", RunState.RUNNING, "in flight"),
        ("failed", RunState.SUCCESS, "already exists"),
        ("failed", RunState.FAILED, ""),
        ("failed", RunState.QUEUED, "in flight"),
        ("completed", RunState.SUCCESS, ""),
        ("completed", RunState.FAILED, ""),
        ("completed", RunState.RUNNING, "in flight"),
    ],
)
def test_what_becomes_of_a_date_that_has_a_run(reprocess, state, why_not):
    found = plan(
        dates_between(daily(), day(1), day(2), NOW, at_most=9), existing(1, state), now=NOW, reprocess=reprocess
    )

    assert [(one.record.run_id, one.record.why_not, one.state) for one in found] == [
        ("r1", why_not, state),
        (None, "", None),
    ]


def test_in_reverse_the_newest_comes_first():
    found = plan(dates_between(daily(), day(1), day(3), NOW, at_most=9), {}, now=NOW, is_reverse=True)

    assert [(one.record.place, one.record.logical_date) for one in found] == [(0, day(3)), (1, day(2)), (2, day(1))]


def test_a_date_whose_time_has_not_come_gets_no_run():
    found = plan(dates_between(daily(), day(30), day(30) + timedelta(days=2), NOW, at_most=9), {}, now=NOW)

    assert [one.record.why_not for one in found] == [
        "",
        "not due before 2026-05-02 00:00",
        "not due before 2026-05-03 00:00",
    ]


def test_what_cannot_be():
    waits = daily(tasks=(TaskSpec("t", "BashOperator", depends_on_past=True),))

    assert "before it begins" in check(daily(), day(2), day(1), is_reverse=False)
    assert "depends_on_past" in check(waits, day(1), day(2), is_reverse=True)
    assert check(waits, day(1), day(2), is_reverse=False) == ""
    assert check(daily(), day(1), day(2), is_reverse=True) == ""
