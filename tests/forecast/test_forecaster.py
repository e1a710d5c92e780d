"""DAGs played ahead: what runs when, what waits for what, which deadline is missed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tradewind.forecast.durations import Durations, Given
from tradewind.forecast.forecaster import Forecaster
from tradewind.forecast.story import Forecast, busy, waits
from tradewind.model.errors import TradewindError
from tradewind.model.spec import (
    DagSpec,
    DeadlineSpec,
    Expansion,
    FromTask,
    RetrySpec,
    ScheduleSpec,
    TaskSpec,
)

BEGINS = datetime(2026, 5, 1, tzinfo=UTC)
HOURLY = ScheduleSpec("cron", crons=("0 * * * *",), interval="trigger")
DAILY = ScheduleSpec("cron", crons=("0 2 * * *",), interval="trigger")


class NothingKnown:
    def run_durations(self, dag_id: str, *, runs: int = 20) -> list[float]:
        return []

    def get_variable(self, key: str) -> str | None:
        return None


def task(task_id: str, *upstream: str, **more: Any) -> TaskSpec:
    return TaskSpec(task_id, "@task", upstream=upstream, **more)


def dag(dag_id: str, *tasks: TaskSpec, schedule: ScheduleSpec = HOURLY, **more: Any) -> DagSpec:
    return DagSpec(dag_id, tasks=tasks, schedule=schedule, start_date=datetime(2026, 1, 1, tzinfo=UTC), **more)


def play(
    *specs: DagSpec, seconds: float = 60, days: float = 1, parallelism: int = 0, **given: float | Given
) -> Forecast:
    durations = Durations(
        default_seconds=seconds,
        given={name: one if isinstance(one, Given) else Given(one) for name, one in given.items()},
    )
    return Forecaster(
        specs,
        begins=BEGINS,
        ends=BEGINS + timedelta(days=days),
        durations=durations,
        pools={"default_pool": 128, "gpu": 1},
        parallelism=parallelism,
        known=NothingKnown(),
    ).play()


def test_runs_come_by_the_clock_and_take_their_time() -> None:
    found = play(dag("d", task("a"), task("b", "a")), a=60, b=30)

    assert len(found.runs) == 24
    assert {(run.ended_at - run.due_at).total_seconds() for run in found.runs if run.ended_at} == {90.0}
    assert all(run.due_at >= BEGINS for run in found.runs)
    assert waits(found) == []


def test_a_full_pool_holds_back_and_says_for_how_long() -> None:
    found = play(dag("d", task("a", pool="gpu"), task("b", pool="gpu"), schedule=DAILY), seconds=600)

    (wait,) = waits(found)

    assert (wait.limit, wait.times, wait.total) == ("pool gpu", 1, timedelta(seconds=600))


def test_max_active_runs_makes_runs_wait_for_each_other() -> None:
    found = play(dag("d", task("a"), max_active_runs=1), seconds=5400, days=0.25)

    (wait,) = waits(found)

    assert wait.limit == "max_active_runs"
    assert [run.started_at.hour for run in found.runs if run.started_at] == [0, 1, 3, 4]


def test_parallelism_counts_over_all_dags() -> None:
    found = play(dag("one", task("a"), schedule=DAILY), dag("two", task("a"), schedule=DAILY), parallelism=1)

    assert [wait.limit for wait in waits(found)] == ["parallelism"]


def test_a_mapped_task_has_the_instances_it_was_given() -> None:
    mapped = task("b", "a", expansion=Expansion((("x", FromTask("a")),)))
    found = play(dag("d", task("a", is_mapped_over=True), mapped, schedule=DAILY), a=Given(seconds=1, length=5))

    (run,) = found.runs

    assert sorted(one.map_path for one in run.tries if one.task_id == "b") == [(n,) for n in range(5)]
    assert run.state == "success"


def test_missed_deadlines_of_runs_and_tasks_are_told() -> None:
    spec = dag(
        "d",
        task("a"),
        schedule=DAILY,
        deadlines=(
            DeadlineSpec("soon", "DagRunQueuedAtDeadline", seconds=60),
            DeadlineSpec("late", "DagRunQueuedAtDeadline", seconds=6000),
            DeadlineSpec("sla", "Sla", seconds=60, task_id="a"),
        ),
    )

    found = play(spec, seconds=600)

    assert [miss.name for miss in found.misses] == ["soon", "sla"]
    assert found.misses[0].ended_at == datetime(2026, 5, 1, 2, 10, tzinfo=UTC)


def test_a_run_over_its_time_limit_fails() -> None:
    found = play(dag("d", task("a"), schedule=DAILY, run_timeout_seconds=60), seconds=600)

    (run,) = found.runs

    assert (run.state, run.ended_at) == ("failed", datetime(2026, 5, 1, 2, 1, tzinfo=UTC))
    assert [miss.name for miss in found.misses] == ["dagrun_timeout"]


def test_a_task_over_its_time_limit_is_tried_again() -> None:
    limited = task("a", execution_timeout_seconds=30, retry=RetrySpec(retries=1, delay_seconds=60))
    found = play(dag("d", limited, schedule=DAILY), seconds=600)

    (run,) = found.runs

    assert [one.is_over_limit for one in run.tries] == [True, True]
    assert (run.state, (run.ended_at - run.due_at).total_seconds()) == ("failed", 120.0)  # type: ignore[operator]


def test_depends_on_past_waits_for_the_run_before() -> None:
    found = play(dag("d", task("a", depends_on_past=True)), seconds=5400, days=0.25)

    starts = [one.started_at for run in found.runs for one in run.tries if one.started_at]

    assert [int((at - BEGINS).total_seconds()) for at in starts] == [0, 5400, 10800, 16200]


def test_an_updated_asset_starts_its_consumers() -> None:
    asset = {"asset": {"name": "model", "uri": "s3://model"}}
    producer = dag("producer", task("a", outlets=(asset,)), schedule=DAILY)
    consumer = dag("consumer", task("b"), schedule=ScheduleSpec("assets", assets={"all": [asset]}))

    found = play(producer, consumer)

    assert [(run.dag_id, run.due_at.minute) for run in found.runs] == [("producer", 0), ("consumer", 1)]


def test_continuous_runs_follow_each_other() -> None:
    found = play(dag("d", task("a"), schedule=ScheduleSpec("continuous"), max_active_runs=1), seconds=3600, days=0.25)

    assert len(found.runs) >= 6
    assert not waits(found)


def test_a_pool_that_is_not_there_is_named() -> None:
    with pytest.raises(TradewindError, match="wants pool 'tpu'"):
        play(dag("d", task("a", pool="tpu")))


def test_a_schedule_that_cannot_be_followed_leaves_its_dag_out() -> None:
    found = play(dag("d", task("a"), schedule=ScheduleSpec("custom", import_path="my.Timetable")))

    assert list(found.skipped) == ["d"]


def test_a_month_of_a_hundred_dags_is_played() -> None:
    specs = [dag(f"dag{number}", task("a"), task("b", "a"), schedule=DAILY) for number in range(100)]

    found = play(*specs, days=30, parallelism=8)

    assert len(found.runs) == 3000
    assert {run.state for run in found.runs} == {"success"}


def test_busy_is_the_average_number_of_tries() -> None:
    found = play(dag("d", task("a"), task("b"), schedule=DAILY), seconds=3600)
    tries = [one for run in found.runs for one in run.tries]

    hours = busy(tries, BEGINS, timedelta(hours=1), 24, found.ends)

    assert hours[1:4] == [0.0, 2.0, 0.0]
