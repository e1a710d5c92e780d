"""Runs by the clock: which are made, when, once each; on a store in a folder and a clock that the test sets."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.scheduler.conftest import House, dag, task
from tradewind.model.changes import RunChanged, RunCreated
from tradewind.model.ids import RunKey
from tradewind.model.service import DagSchedule, Topic
from tradewind.model.spec import DagSpec, ParamSpec, ScheduleSpec
from tradewind.model.states import RunState, RunType
from tradewind.scheduler.due import DueRuns
from tradewind.scheduler.specs import Specs
from tradewind.timetables.due import interval_of, next_due

NOON = datetime(2026, 5, 1, 12, tzinfo=UTC)
JANUARY = datetime(2026, 1, 1, tzinfo=UTC)
HOURLY = ScheduleSpec("cron", crons=("0 * * * *",), interval="trigger")
DAILY_BEFORE = ScheduleSpec("cron", crons=("0 0 * * *",))
MINUTELY = ScheduleSpec("cron", crons=("* * * * *",), interval="trigger")
CUSTOM = ScheduleSpec("custom", import_path="dag.Uneven")


class Clockwork:
    """A store with DAGs, the duty, and what a dag-processor would do."""

    def __init__(self, house: House) -> None:
        self.house, self.store = house, house.store
        self.store.now = lambda: house.now  # pyright: ignore[reportAttributeAccessIssue]
        self.house.now = NOON
        self.restart()

    def restart(self) -> None:
        self.duty = DueRuns(self.store, Specs(self.store))

    def parsed(self, schedule: ScheduleSpec, dag_id: str = "dag", **more: Any) -> DagSpec:
        """A new version is in the store, its next run computed."""
        spec = dag(task("a"), dag_id=dag_id, schedule=schedule, **{"start_date": JANUARY, **more})
        self.store.save_dag_version(spec, "snapshot", "/dags", f"{dag_id}.py", now=self.house.now)
        if schedule.kind != "custom":
            clock = self.clock(dag_id)
            last = interval_of(clock.last_interval_start, clock.last_interval_end)
            self.store.set_next_run(dag_id, spec.hash, next_due(spec, last, self.house.now))
        return spec

    def clock(self, dag_id: str = "dag") -> DagSchedule:
        (found,) = self.store.schedules(dag_id=dag_id)
        return found

    def attend(self, *heard: Topic, **later: float) -> None:
        self.house.now += timedelta(**later)
        self.duty.attend(self.house.now, frozenset(heard or (Topic.DAGS, Topic.RUNS)))

    def wait(self, **later: float) -> None:
        """As the service does: until then, the duty is attended whenever it is due."""
        until = self.house.now + timedelta(**later)
        while (due := self.duty.next_due()) is not None and due <= until:
            self.house.now = max(due, self.house.now)
            self.attend(Topic.PARSE)
        self.house.now = until

    def runs(self, dag_id: str = "dag") -> list[str]:
        found = sorted(self.store.runs(dag_id=dag_id, limit=5000), key=lambda run: run.run_after)
        return [run.run_id for run in found]

    def dates(self, dag_id: str = "dag") -> list[str]:
        return [run_id.split("__")[1].removesuffix(":00+00:00") for run_id in self.runs(dag_id)]

    def end(self, run_id: str, state: RunState = RunState.SUCCESS) -> None:
        key = RunKey("dag", run_id)
        ends = [RunChanged(key, RunState.QUEUED, RunState.RUNNING, ""), RunChanged(key, RunState.RUNNING, state, "")]
        self.store.commit(ends, who="test", now=self.house.now)


@pytest.fixture
def clockwork(house: House) -> Clockwork:
    return Clockwork(house)


def test_a_run_is_made_at_each_tick_and_not_before(clockwork: Clockwork) -> None:
    clockwork.parsed(HOURLY)
    clockwork.attend()
    assert clockwork.dates() == ["2026-05-01T12:00"]
    clockwork.wait(minutes=59)
    assert clockwork.dates() == ["2026-05-01T12:00"]
    clockwork.wait(hours=2)
    assert clockwork.dates() == ["2026-05-01T12:00", "2026-05-01T13:00", "2026-05-01T14:00"]


def test_a_run_is_named_dated_and_pinned_as_in_airflow(clockwork: Clockwork) -> None:
    spec = clockwork.parsed(DAILY_BEFORE, params=(ParamSpec("size", has_default=True, default=3),))
    clockwork.attend()
    (run,) = clockwork.store.runs(dag_id="dag")
    assert (run.run_id, run.run_type, run.state) == (
        "scheduled__2026-04-30T00:00:00+00:00",
        RunType.SCHEDULED,
        RunState.QUEUED,
    )
    assert (run.dag_hash, run.snapshot, run.params) == (spec.hash, "snapshot", {"size": 3})
    assert run.data_interval_start == datetime(2026, 4, 30, tzinfo=UTC)
    assert run.data_interval_end == run.run_after == datetime(2026, 5, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("catchup", "first", "count"),
    [(False, "2026-05-01T12:00", 1), (True, "2026-05-01T00:00", 13)],
    ids=["latest only", "catchup"],
)
def test_dates_in_the_past_are_made_up_for_only_where_that_is_asked(
    clockwork: Clockwork, catchup: bool, first: str, count: int
) -> None:
    clockwork.parsed(HOURLY, start_date=NOON.replace(hour=0), catchup=catchup)
    clockwork.attend()
    clockwork.wait(seconds=1)
    assert (clockwork.dates()[0], len(clockwork.dates())) == (first, count)


@pytest.mark.parametrize(("catchup", "made"), [(False, 1), (True, 3)])
def test_of_the_runs_missed_while_nobody_was_there_the_last_is_made_or_all(
    clockwork: Clockwork, catchup: bool, made: int
) -> None:
    clockwork.parsed(HOURLY, start_date=NOON, catchup=catchup)
    clockwork.attend()
    before = clockwork.dates()

    clockwork.restart()
    clockwork.house.now += timedelta(hours=3, minutes=1)
    clockwork.attend()
    clockwork.wait(seconds=1)

    after = [date for date in clockwork.dates() if date not in before]
    assert len(after) == made
    assert "15:00" in max(after)


def test_nothing_comes_after_the_end_date(clockwork: Clockwork) -> None:
    clockwork.parsed(HOURLY, end_date=NOON + timedelta(hours=1, minutes=30))
    clockwork.attend()
    clockwork.wait(days=1)
    assert clockwork.dates() == ["2026-05-01T12:00", "2026-05-01T13:00"]
    assert clockwork.duty.next_due() is None


def test_once_is_once_also_after_a_restart_and_a_new_version(clockwork: Clockwork) -> None:
    clockwork.parsed(ScheduleSpec("once"))
    clockwork.attend()
    clockwork.restart()
    clockwork.parsed(ScheduleSpec("once"), description="edited")
    clockwork.attend()
    clockwork.wait(days=1)
    assert len(clockwork.runs()) == 1


def test_events_happen_at_their_dates(clockwork: Clockwork) -> None:
    dates = (NOON + timedelta(hours=1), NOON + timedelta(days=2))
    clockwork.parsed(ScheduleSpec("events", event_dates=dates))
    clockwork.attend()
    clockwork.wait(days=1)
    assert clockwork.dates() == ["2026-05-01T13:00"]
    clockwork.wait(days=9)
    assert clockwork.dates() == ["2026-05-01T13:00", "2026-05-03T12:00"]


def test_a_continuous_dag_begins_anew_when_its_last_run_has_ended(clockwork: Clockwork) -> None:
    clockwork.parsed(ScheduleSpec("continuous"))
    clockwork.attend()
    (first,) = clockwork.runs()
    clockwork.wait(minutes=5)
    clockwork.attend(Topic.RUNS, minutes=5)
    assert clockwork.runs() == [first]
    clockwork.end(first)
    clockwork.attend(Topic.RUNS, minutes=5)
    _, second = clockwork.runs()
    clockwork.restart()
    clockwork.attend()
    clockwork.end(second)
    clockwork.attend(Topic.RUNS, seconds=1)
    assert len(clockwork.runs()) == 3
    newest = clockwork.store.run(RunKey("dag", clockwork.runs()[-1]))
    assert newest is not None
    assert newest.data_interval_end == clockwork.house.now


def test_a_dag_that_allows_no_scheduled_runs_is_held_and_says_so(clockwork: Clockwork) -> None:
    clockwork.parsed(HOURLY, extra={"allowed_run_types": ["manual"]})
    clockwork.attend()
    assert clockwork.runs() == []
    (clock,) = clockwork.store.schedules()
    assert "allows no scheduled runs" in clock.held_why


def test_runs_of_a_continuous_dag_begin_a_second_apart_however_short_they_are(clockwork: Clockwork) -> None:
    clockwork.parsed(ScheduleSpec("continuous"))
    clockwork.attend()
    (first,) = clockwork.runs()
    clockwork.end(first)
    clockwork.attend(Topic.RUNS, seconds=0.2)
    assert clockwork.runs() == [first]
    clockwork.wait(seconds=1)
    (_, second) = clockwork.runs()
    clockwork.end(second)
    clockwork.attend(Topic.RUNS, seconds=3)
    assert len(clockwork.runs()) == 3


def test_a_paused_dag_makes_no_run_and_goes_on_when_it_is_let_go(clockwork: Clockwork) -> None:
    clockwork.parsed(HOURLY)
    clockwork.attend()
    clockwork.store.set_paused("dag", True)
    clockwork.attend(Topic.DAGS)
    clockwork.wait(hours=5)
    assert clockwork.dates() == ["2026-05-01T12:00"]
    clockwork.store.set_paused("dag", False)
    clockwork.attend(Topic.DAGS)
    clockwork.wait(hours=1)
    assert clockwork.dates()[-1] == "2026-05-01T18:00"
    assert len(clockwork.dates()) < 5, "what was missed is not made up for without catchup"


def test_a_dag_that_was_paused_for_long_does_not_flood_when_it_is_let_go(clockwork: Clockwork) -> None:
    clockwork.parsed(MINUTELY, start_date=NOON, catchup=True)
    clockwork.attend()
    clockwork.store.set_paused("dag", True)
    clockwork.attend(Topic.DAGS)
    clockwork.wait(days=3)
    clockwork.store.set_paused("dag", False)
    clockwork.attend(Topic.DAGS)
    clockwork.wait(seconds=1)
    assert len(clockwork.dates()) == 1
    assert "1,000 runs" in clockwork.clock().held_why

    clockwork.store.accept_schedule("dag")
    clockwork.attend(Topic.DAGS)
    clockwork.wait(seconds=1)
    assert len(clockwork.dates()) == 3 * 24 * 60 + 1


def test_a_held_schedule_makes_nothing(clockwork: Clockwork) -> None:
    spec = clockwork.parsed(HOURLY)
    clockwork.store.set_next_run("dag", spec.hash, next_due(spec, None, NOON), held_why="too many")
    clockwork.attend()
    clockwork.wait(days=1)
    assert clockwork.runs() == []


def test_a_clock_that_is_set_forward_makes_no_flood_and_one_that_is_set_back_nothing_twice(
    clockwork: Clockwork,
) -> None:
    clockwork.parsed(HOURLY)
    clockwork.attend()
    clockwork.attend(days=30)
    clockwork.attend(Topic.PARSE)
    made = clockwork.dates()
    assert len(made) <= 3
    clockwork.house.now = NOON
    clockwork.attend()
    clockwork.wait(days=29)
    assert clockwork.dates() == made


@pytest.mark.parametrize(
    ("zone", "since", "hours"),
    [
        ("Europe/Berlin", datetime(2026, 3, 28, 12, tzinfo=UTC), ["2026-03-29T01:30", "2026-03-30T00:30"]),
        ("Europe/Berlin", datetime(2026, 10, 24, 12, tzinfo=UTC), ["2026-10-25T01:30", "2026-10-26T01:30"]),
    ],
    ids=["an hour is left out", "an hour comes twice"],
)
def test_a_local_time_comes_once_a_day_through_both_changes_of_the_hour(
    clockwork: Clockwork, zone: str, since: datetime, hours: list[str]
) -> None:
    clockwork.house.now = since
    clockwork.parsed(ScheduleSpec("cron", crons=("30 2 * * *",), timezone=zone, interval="trigger"), start_date=since)
    clockwork.attend()
    clockwork.wait(days=2)
    assert clockwork.dates() == hours


def test_an_edited_cron_counts_from_the_edit_on(clockwork: Clockwork) -> None:
    clockwork.parsed(HOURLY)
    clockwork.attend()
    clockwork.house.now += timedelta(minutes=30)
    clockwork.parsed(ScheduleSpec("cron", crons=("45 * * * *",), interval="trigger"))
    clockwork.attend(Topic.DAGS)
    clockwork.wait(hours=2)
    assert clockwork.dates() == ["2026-05-01T12:00", "2026-05-01T12:45", "2026-05-01T13:45"]


def test_a_dag_that_is_gone_makes_no_more_runs(clockwork: Clockwork) -> None:
    clockwork.parsed(HOURLY)
    clockwork.attend()
    clockwork.store.retire_dags("/dags", "dag.py", keep=[], now=clockwork.house.now)
    clockwork.attend(Topic.DAGS)
    clockwork.wait(days=1)
    assert len(clockwork.runs()) == 1
    assert clockwork.duty.next_due() is None


def test_a_date_that_has_a_run_already_is_passed_over(clockwork: Clockwork) -> None:
    clockwork.parsed(HOURLY)
    clockwork.attend()
    spec = clockwork.store.spec("dag")
    assert spec is not None
    at = NOON + timedelta(hours=1)
    manual = RunCreated(RunKey("dag", "by hand"), spec.hash, "snapshot", RunType.MANUAL, at, at, at, at)
    clockwork.store.commit([manual], who="test", now=NOON)
    clockwork.wait(hours=2)
    assert clockwork.runs() == [
        "scheduled__2026-05-01T12:00:00+00:00",
        "by hand",
        "scheduled__2026-05-01T14:00:00+00:00",
    ]


def test_two_schedulers_make_each_run_once(clockwork: Clockwork) -> None:
    clockwork.parsed(MINUTELY)
    second = DueRuns(clockwork.store, Specs(clockwork.store))
    for _ in range(10):
        clockwork.attend(Topic.DAGS)
        second.attend(clockwork.house.now, frozenset({Topic.DAGS}))
        clockwork.house.now += timedelta(minutes=1)
    assert len(clockwork.dates()) == 10


def test_after_a_run_of_a_timetable_of_the_authors_own_the_dag_processor_is_asked_for_the_next(
    clockwork: Clockwork,
) -> None:
    spec = clockwork.parsed(CUSTOM)
    due = next_due(dag(task("a"), schedule=HOURLY, start_date=JANUARY), None, NOON)
    clockwork.store.set_next_run("dag", spec.hash, due)
    with closing(clockwork.store.listen({Topic.PARSE})) as ear:
        clockwork.attend()
        assert ear.heard() == {Topic.PARSE}
    assert clockwork.dates() == ["2026-05-01T12:00"]
    assert clockwork.clock().next_run_after is None
    assert [request.payload for request in clockwork.store.take_wishes("", ["next_run"])] == [{"dag_id": "dag"}]


def test_a_dag_whose_run_cannot_be_made_is_held_with_the_reason_and_the_others_go_on(clockwork: Clockwork) -> None:
    clockwork.parsed(HOURLY, "bad", params=(ParamSpec("size"),))
    clockwork.parsed(HOURLY, "good")
    clockwork.attend()
    assert (clockwork.runs("bad"), len(clockwork.runs("good"))) == ([], 1)
    assert "'size'" in clockwork.clock("bad").held_why
    clockwork.parsed(HOURLY, "bad", params=(ParamSpec("size", has_default=True, default=1),))
    clockwork.attend(Topic.DAGS)
    assert len(clockwork.runs("bad")) == 1


def test_many_that_are_due_at_once_are_made_in_portions(clockwork: Clockwork) -> None:
    for number in range(120):
        clockwork.parsed(HOURLY, f"dag{number}")
    clockwork.attend()
    assert 0 < len(clockwork.store.runs(limit=500)) < 120
    assert clockwork.duty.next_due() is not None
    clockwork.wait(seconds=0)
    assert len(clockwork.store.runs(limit=500)) == 120
