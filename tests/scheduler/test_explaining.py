"""Why runs are queued, why DAGs have no next run, and where the time of a task went."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from msgspec import structs

from tests.scheduler.conftest import NOW, dag, task
from tradewind.engine.events import RunStarted
from tradewind.engine.limits import Limits
from tradewind.engine.run import Past, Run
from tradewind.engine.step import step
from tradewind.model.ids import RunKey
from tradewind.model.records import RunRecord, TaskRecord, TryRecord
from tradewind.model.service import DagSchedule, DeferralRecord
from tradewind.model.spec import DagSpec, ScheduleSpec
from tradewind.model.states import RunState, RunType, TaskState, TryPurpose, TryState
from tradewind.scheduler.explaining import (
    World,
    stages,
    what_is_held,
    what_it_is_deferred_for,
    why_no_next_run,
    why_queued,
)

SPEC = DagSpec("dag", max_active_runs=1, schedule=ScheduleSpec("cron", ("0 * * * *",), summary="0 * * * *"))
CLOCK = DagSchedule("dag", "hash", "snapshot", is_paused=False, changed_at=NOW, next_run_after=NOW + timedelta(hours=1))
RUN = RunRecord(
    "dag", "run", RunState.QUEUED, RunType.MANUAL, NOW, None, None, NOW, NOW, None, None, "hash", "snapshot"
)


QUEUED = [
    ({"schedule": structs.replace(CLOCK, is_paused=True)}, "paused", "tradewind dags unpause dag"),
    ({"record": structs.replace(RUN, run_after=NOW + timedelta(days=1))}, "run_after", "not to run before"),
    ({"has_scheduler": False}, "scheduler", "tradewind standalone"),
    ({"active": [structs.replace(RUN, run_id="first")]}, "max_active_runs", "max_active_runs 1) are running: first"),
    ({}, "scheduler", "about to start"),
]


@pytest.mark.parametrize(("facts", "kind", "said"), QUEUED, ids=[str(place) for place in range(len(QUEUED))])
def test_why_a_run_is_queued(facts: dict[str, Any], kind: str, said: str) -> None:
    given: dict[str, Any] = {"record": RUN, "schedule": CLOCK, "active": [], "has_scheduler": True} | facts

    reason = why_queued(given.pop("record"), SPEC, given.pop("schedule"), given.pop("active"), now=NOW, **given)

    assert reason.kind == kind
    assert said in reason.text
    assert reason.since == NOW


NO_CLOCK = structs.replace(CLOCK, next_run_after=None)
NEXT = [
    (SPEC, None, True, "no dag-processor has seen its file"),
    (SPEC, structs.replace(CLOCK, is_retired=True), True, "does not define it any more"),
    (SPEC, structs.replace(CLOCK, is_paused=True), True, "dags unpause dag"),
    (SPEC, structs.replace(CLOCK, held_why="it would make 2000 runs"), True, "2000 runs; let it go on: tradewind dags"),
    (DagSpec("dag"), NO_CLOCK, True, "dags trigger dag"),
    (DagSpec("dag", schedule=ScheduleSpec("assets", summary="Asset")), NO_CLOCK, True, "when assets are updated"),
    (structs.replace(SPEC, end_date=NOW), NO_CLOCK, True, "its end_date is"),
    (SPEC, NO_CLOCK, True, "nothing comes any more by its schedule (0 * * * *)"),
    (SPEC, CLOCK, False, "no scheduler is alive"),
    (SPEC, CLOCK, True, "its next run comes at"),
    (SPEC, structs.replace(CLOCK, next_run_after=NOW), True, "is due since"),
]


@pytest.mark.parametrize(("spec", "clock", "has_scheduler", "said"), NEXT, ids=[str(n) for n in range(len(NEXT))])
def test_why_a_dag_has_no_next_run(spec: DagSpec, clock: DagSchedule | None, has_scheduler: bool, said: str) -> None:
    assert said in why_no_next_run(spec, clock, has_scheduler=has_scheduler, now=NOW).text


def test_the_next_run_of_a_continuous_dag_comes_after_the_one_before() -> None:
    spec, due = DagSpec("dag", schedule=ScheduleSpec("continuous")), structs.replace(CLOCK, next_run_after=NOW)
    running = structs.replace(RUN, state=RunState.RUNNING)
    assert "when run has ended" in why_no_next_run(spec, due, [running], has_scheduler=True, now=NOW).text


WORLD = World((), Limits({}, 8), frozenset(), has_scheduler=True)
DEFERRALS = [
    ({}, WORLD, "waits for its trigger DateTimeTrigger"),
    ({"timeout_at": NOW}, WORLD, f"DateTimeTrigger, until {NOW} at most"),
    ({}, structs.replace(WORLD, has_triggerer=False), "but no triggerer is alive"),
    ({"trigger": ""}, WORLD, "a person's answer: tradewind approvals list"),
]


@pytest.mark.parametrize(("facts", "world", "said"), DEFERRALS, ids=[str(place) for place in range(len(DEFERRALS))])
def test_what_a_deferred_task_waits_for(facts: dict[str, Any], world: World, said: str) -> None:
    made: dict[str, Any] = {
        "trigger": "tradewind.triggers.DateTimeTrigger",
        "trigger_kwargs": {"password": "x"},
    } | facts
    deferral = DeferralRecord(
        1, RunKey("dag", "run"), "t", (), "try1", made.pop("trigger"), made.pop("trigger_kwargs"), "go", {}, "s", "f.py",
        NOW, **made,
    )  # fmt: skip
    assert said in what_it_is_deferred_for(deferral, world)


def test_what_tasks_of_a_run_wait_for_is_told_by_reason() -> None:
    # given a run of which two tasks want a pool that is not there, one a past that failed, and one the others
    tasks = (
        task("a", pool="none"), task("b", pool="none"), task("c", depends_on_past=True), task("d", "a", "b", "c"),
    )  # fmt: skip
    run = Run.new(RunKey("dag", "run"), dag(*tasks))
    step(run, RunStarted(), NOW)
    run.past[run.plan.by_id["c"].index] = Past(False, "in the run before, 'c' is failed")
    record = structs.replace(RUN, state=RunState.RUNNING, started_at=NOW)
    world = structs.replace(WORLD, drivers=frozenset({"me"}))
    # when it is asked what holds it
    held = what_is_held(run, {}, record, world, "me", NOW)
    # then those that wait for others of the run are not among the reasons
    assert [(one.kind, one.task_ids) for one in held] == [("pool", ("a", "b")), ("past", ("c",))]
    assert {one.since for one in held} == {NOW}


def at(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def a_try(number: int, queued: float, started: float | None, ended: float | None) -> TryRecord:
    return TryRecord(
        f"try{number}", "t", (), number, TryState.FAILED, TryPurpose.EXECUTE, "local", "default_pool", 1, "log",
        at(queued), None if started is None else at(started), None if ended is None else at(ended),
    )  # fmt: skip


def test_where_the_time_went() -> None:
    told = stages([a_try(1, 5, 6, 10), a_try(2, 40, 41, None)], ready_at=at(3), begun_at=at(0))

    assert [(one.number, one.name, one.begin, one.end) for one in told] == [
        (1, "upstream", at(0), at(3)),
        (1, "slot", at(3), at(5)),
        (1, "starting", at(5), at(6)),
        (1, "running", at(6), at(10)),
        (2, "retry delay and slot", at(10), at(40)),
        (2, "starting", at(40), at(41)),
        (2, "running", at(41), None),
    ]


def a_row(state: TaskState, ended: float | None = None) -> TaskRecord:
    return TaskRecord("t", (), state, None, 1, 0, None, at(0), None if ended is None else at(ended))


def test_time_deferred_is_told_apart_from_waiting_for_a_slot() -> None:
    first = structs.replace(a_try(1, 5, 6, 7), state=TryState.DEFERRED)
    again = structs.replace(a_try(1, 50, 51, 52), state=TryState.SUCCESS)

    told = stages([first, again], ready_at=None, begun_at=at(5), row=a_row(TaskState.SUCCESS, 52))

    assert [(one.name, one.begin, one.end) for one in told[3:]] == [
        ("deferred", at(7), at(50)),
        ("starting", at(50), at(51)),
        ("running", at(51), at(52)),
    ]


WAITING = [
    (TryState.DEFERRED, a_row(TaskState.DEFERRED), ("deferred", at(7), None)),
    (TryState.DEFERRED, a_row(TaskState.DEFERRED, 7), ("deferred", at(7), None)),  # its row says when its process ended
    (TryState.RESCHEDULED, a_row(TaskState.UP_FOR_RESCHEDULE), ("rescheduled", at(7), None)),
    (TryState.FAILED, a_row(TaskState.UP_FOR_RETRY), ("retry delay and slot", at(7), None)),
    (TryState.DEFERRED, a_row(TaskState.SUCCESS, 60), ("deferred", at(7), at(60))),  # ended by its trigger
    (TryState.FAILED, a_row(TaskState.FAILED, 7), ("running", at(6), at(7))),
    (TryState.DEFERRED, a_row(TaskState.NONE), ("running", at(6), at(7))),  # cleared meanwhile
]


@pytest.mark.parametrize(("ended_as", "row", "last"), WAITING, ids=[str(place) for place in range(len(WAITING))])
def test_what_an_instance_waits_for_since_its_last_try(
    ended_as: TryState, row: TaskRecord, last: tuple[str, datetime, datetime | None]
) -> None:
    told = stages([structs.replace(a_try(1, 5, 6, 7), state=ended_as)], ready_at=None, begun_at=at(5), row=row)

    assert (told[-1].name, told[-1].begin, told[-1].end) == last


def test_where_the_time_of_a_try_went_that_had_its_file_loaded_and_its_result_kept() -> None:
    told = stages(
        [structs.replace(a_try(1, 5, 8, 12), imported_at=at(7), executed_at=at(10))], ready_at=None, begun_at=at(5)
    )

    assert [(one.name, one.begin, one.end) for one in told] == [
        ("slot", at(5), at(5)),
        ("importing", at(5), at(7)),
        ("starting", at(7), at(8)),
        ("running", at(8), at(10)),
        ("finishing", at(10), at(12)),
    ]
