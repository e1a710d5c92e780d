"""Where the clock of a parsed DAG is to stand, as a table."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from tradewind.dag_processor.circles import asset_use, circle_through
from tradewind.dag_processor.clocks import reckon
from tradewind.dag_processor.comparing import compare
from tradewind.model.parsing import ClockAnswer
from tradewind.model.service import DagSchedule, DueRun
from tradewind.model.spec import DagSpec, RetrySpec, ScheduleSpec, TaskSpec
from tradewind.timetables import schedule_spec

NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)
TODAY = datetime(2026, 3, 10, tzinfo=UTC)
DAY = timedelta(days=1)
CUSTOM = ScheduleSpec(kind="custom", import_path="f.Mine")


def dag(schedule="@daily", **more):
    return DagSpec("d", schedule=schedule_spec(schedule), start_date=TODAY - 30 * DAY, **more)


def standing(**more):
    there = {"next_run_after": TODAY + DAY, "last_interval_start": TODAY - DAY, "last_interval_end": TODAY}
    return DagSchedule(
        **{"dag_id": "d", "dag_hash": "h", "snapshot": "s", "is_paused": False, "changed_at": NOW, **there, **more}
    )


def test_a_new_dag_gets_its_first_run():
    found = reckon(dag(), None, None, None, NOW)
    assert found.clock is not None
    assert found.clock.due == DueRun(TODAY, TODAY - DAY, TODAY - DAY, TODAY)
    assert found.change is None


def test_a_clock_that_goes_is_left_alone():
    assert reckon(dag(description="x"), dag(), standing(), None, NOW).clock is None


def test_another_schedule_goes_on_from_the_last_run():
    found = reckon(dag("@hourly", catchup=True), dag(), standing(), None, NOW)
    assert found.clock is not None
    assert found.clock.due is not None
    assert found.clock.due.interval_start == TODAY
    assert found.clock.last_interval_end == TODAY
    assert found.change is not None
    assert len(found.change.added) == 12


def test_a_flood_is_held_and_one_that_was_accepted_is_not_held_again():
    flood = DagSpec("d", schedule=schedule_spec("@hourly"), start_date=TODAY - 365 * DAY, catchup=True)
    assert reckon(flood, None, None, None, NOW).clock.held_why
    unset = standing(next_run_after=None, last_interval_start=None, last_interval_end=None)
    assert reckon(flood, flood, unset, None, NOW).clock.held_why == ""


def test_a_held_clock_stays_held():
    assert reckon(dag(), dag(), standing(next_run_after=None, held_why="x"), None, NOW).clock is None


def test_a_dag_that_was_gone_does_not_make_up_for_the_time():
    long_ago = standing(next_run_after=TODAY - 20 * DAY, last_interval_end=TODAY - 20 * DAY)
    found = reckon(dag(), None, long_ago, None, NOW)
    assert found.clock.due.logical_date == TODAY - DAY


def test_custom_timetables():
    run = DueRun(NOW, NOW, NOW, NOW)
    spec = DagSpec("d", schedule=CUSTOM)
    assert reckon(spec, None, None, ClockAnswer("d", (run,)), NOW).clock.due == run
    assert "no idea" in reckon(spec, None, None, ClockAnswer("d", error="no idea"), NOW).clock.held_why
    assert reckon(spec, None, None, None, NOW).clock is None, "its code was not asked"


def test_schedules_without_a_clock_have_none():
    assert reckon(dag(None), None, None, None, NOW).clock.due is None


# ------------------------------------------------------------------------------------ circles, comparisons


def of_assets(dag_id, waits_for, updates):
    condition = {"all": [{"asset": {"name": name, "uri": name}} for name in waits_for]} if waits_for else None
    outlets = tuple({"asset": {"name": name, "uri": name}} for name in updates)
    return DagSpec(
        dag_id, schedule=ScheduleSpec(kind="assets", assets=condition), tasks=(TaskSpec("t", "op", outlets=outlets),)
    )


def test_circles():
    specs = [of_assets("a", "x", "y"), of_assets("b", "y", "zx"), of_assets("c", "z", ""), of_assets("own", "q", "q")]
    uses = {spec.dag_id: use for spec in specs if (use := asset_use(spec)) is not None}
    assert circle_through("a", uses) == ("a", "y", "b", "x", "a")
    assert circle_through("c", uses) == ()
    assert circle_through("own", uses) == ("own", "q", "own")
    assert asset_use(DagSpec("none")) is None


def test_what_differs_between_versions():
    old = DagSpec("d", tasks=(TaskSpec("a", "op"), TaskSpec("b", "op")), tags=("x",))
    new = DagSpec(
        "d", tasks=(TaskSpec("b", "op", retry=RetrySpec(retries=2), line=7), TaskSpec("c", "op")), tags=("y",)
    )
    found = compare(old, new)
    assert (found.tasks_added, found.tasks_removed) == (("c",), ("a",))
    assert [(one.name, one.after) for one in found.tasks_changed["b"]] == [("retry.retries", 2)]
    assert [(one.name, one.before, one.after) for one in found.arguments] == [("tags", ("x",), ("y",))]
    assert compare(old, old).is_empty
