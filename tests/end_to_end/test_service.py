"""The service with real processes: files that are dropped in run on time, and it survives the death of any part."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime

import pytest
from tests.end_to_end.conftest import Place
from tests.end_to_end.service import ONCE, SLOW, Up, let_go

from tradewind.model.ids import RunKey
from tradewind.model.service import DagSchedule, JobKind
from tradewind.model.states import RunState, TaskState, TryState

PARTS = (JobKind.SCHEDULER, JobKind.DAG_PROCESSOR, JobKind.TRIGGERER)
EACH_SECOND = "schedule=timedelta(seconds=1), start_date=datetime(2025, 1, 1), catchup=False"


@pytest.fixture
def up(place: Place) -> Up:
    return Up(place)


def test_a_file_that_is_dropped_in_runs_and_the_terminal_says_so(up: Up) -> None:
    service = up.start("standalone")
    up.wait_until_up()
    up.drop("hello", '@task\ndef greet():\n    note("hello")\ngreet()')
    run = up.wait_for_end("hello")
    assert run.run_id == "scheduled__2025-01-01T00:00:00+00:00"
    assert up.place.trace == ["hello"]
    up.place.wait_for(lambda: "hello scheduled__2025-01-01T00:00:00+00:00 success" in up.log)
    assert "no DAG file is there yet" in up.log
    assert up.end(service, signal.SIGINT) == 0
    up.place.is_quiet()


def test_runs_come_on_time_and_an_edited_schedule_counts_from_the_edit_on(up: Up) -> None:
    up.start("standalone")
    up.wait_until_up()
    up.drop("often", '@task\ndef tick():\n    note("tick")\ntick()', EACH_SECOND)
    up.place.wait_for(lambda: up.place.trace.count("tick") >= 3)
    late = [(run.started_at - run.run_after).total_seconds() for run in up.runs("often")[:-1] if run.started_at]
    assert late
    assert min(late) >= 0
    up.drop(
        "often", '@task\ndef tock():\n    note("tock")\ntock()', "schedule='@yearly', start_date=datetime(2030, 1, 1)"
    )
    up.place.wait_for(lambda: _schedule(up, "often").next_run_after == datetime(2031, 1, 1, tzinfo=UTC))
    count = len(up.runs("often"))
    up.drop("other", '@task\ndef last():\n    note("last")\nlast()')
    up.wait_for_end("other")
    assert len(up.runs("often")) == count
    assert "tock" not in up.place.trace


def _is_there(up: Up, dag_id: str) -> bool:
    return bool(up.schedules(dag_id))


def _schedule(up: Up, dag_id: str) -> DagSchedule:
    (found,) = up.schedules(dag_id)
    return found


def test_a_run_keeps_its_code_when_its_file_is_edited_or_deleted_while_it_goes_on(up: Up) -> None:
    up.start("standalone")
    up.wait_until_up()
    file = up.drop("flow", SLOW)
    up.place.wait_for_note("begun")
    up.drop("flow", '@task\ndef after():\n    note("edited")\nafter()')
    up.place.wait_for(lambda: _schedule(up, "flow").dag_hash != up.runs("flow")[-1].dag_hash)
    file.unlink()
    up.place.wait_for(lambda: _schedule(up, "flow").is_retired)
    let_go(up.place)
    up.wait_for_end("flow")
    assert up.place.trace == ["begun", "done", "after"]


def test_a_scheduler_that_is_killed_in_the_middle_of_a_task_is_started_again_and_goes_on(up: Up) -> None:
    up.start("standalone")
    up.wait_until_up()
    up.drop("flow", SLOW)
    up.place.wait_for_note("begun")
    killed = up.pid_of(JobKind.SCHEDULER)
    os.kill(killed, signal.SIGKILL)
    up.place.wait_for(lambda: up.place.trace.count("begun") == 2)
    let_go(up.place)
    run = up.wait_for_end("flow")
    with up.store() as store:
        tries = store.tries(RunKey("flow", run.run_id), "slow")
    assert [one.state for one in tries] == [TryState.LOST, TryState.SUCCESS]
    assert up.place.trace.count("done") == 1
    assert "scheduler     killed by SIGKILL; it starts again" in up.log
    assert up.pid_of(JobKind.SCHEDULER) not in (0, killed)


@pytest.mark.parametrize("kind", [JobKind.DAG_PROCESSOR, JobKind.TRIGGERER])
def test_any_other_part_that_is_killed_is_started_again(up: Up, kind: JobKind) -> None:
    up.start("standalone")
    up.wait_until_up(*PARTS)
    killed = up.pid_of(kind)
    os.kill(killed, signal.SIGKILL)
    up.place.wait_for(lambda: up.pid_of(kind) not in (0, killed))
    up.drop("hello", '@task\ndef greet():\n    note("hello")\ngreet()')
    up.wait_for_end("hello")


def test_when_the_supervisor_is_killed_nothing_is_left_over_and_the_next_start_goes_on(up: Up) -> None:
    first = up.start("standalone", TRADEWIND_STOP_MODE="kill")
    up.wait_until_up()
    up.drop("flow", SLOW)
    up.place.wait_for_note("begun")
    first.kill()
    first.wait(60)
    up.place.wait_for(lambda: not up.place.processes())
    let_go(up.place)
    up.start("standalone")
    up.wait_for_end("flow")
    assert up.place.trace[-1] == "after"


def test_a_scheduler_that_is_told_to_stop_waits_for_its_tasks_and_starts_no_more(up: Up) -> None:
    up.start("dag-processor")
    scheduler = up.start("scheduler")
    up.wait_until_up()
    up.drop("flow", SLOW)
    up.place.wait_for_note("begun")
    scheduler.terminate()
    up.place.wait_for(lambda: "begun" in up.place.trace)
    let_go(up.place)
    assert scheduler.wait(60) == 0
    assert up.place.trace == ["begun", "done"]
    (run,) = up.runs("flow")
    assert run.state is RunState.RUNNING
    up.start("scheduler")
    up.wait_for_end("flow")
    assert up.place.trace == ["begun", "done", "after"]


def test_a_scheduler_may_be_told_to_hand_its_tasks_over_and_that_is_no_try(up: Up) -> None:
    up.start("dag-processor")
    scheduler = up.start("scheduler", TRADEWIND_STOP_MODE="kill")
    up.wait_until_up()
    up.drop("flow", SLOW)
    up.place.wait_for_note("begun")
    assert up.end(scheduler) == 0
    (run,) = up.runs("flow")
    with up.store() as store:
        (slow,) = [one for one in store.tasks(RunKey("flow", run.run_id)) if one.task_id == "slow"]
    assert (run.state, slow.state) == (RunState.RUNNING, TaskState.UP_FOR_RESCHEDULE)
    let_go(up.place)
    up.start("scheduler")
    up.wait_for_end("flow")
    with up.store() as store:
        tries = store.tries(RunKey("flow", run.run_id), "slow")
    assert [(one.number, one.state) for one in tries] == [(1, TryState.CANCELLED), (1, TryState.SUCCESS)]


def test_a_second_scheduler_on_sqlite_is_refused_and_the_first_goes_on(up: Up) -> None:
    up.start("standalone")
    up.wait_until_up()
    for command in ("scheduler", "standalone"):
        refused = up.place.tradewind(command)
        assert refused.code == 1
        refused.has("scheduler", "PostgreSQL")
    up.drop("hello", '@task\ndef greet():\n    note("hello")\ngreet()')
    up.wait_for_end("hello")


def test_a_run_by_hand_beside_the_service_is_left_to_its_own_process(up: Up) -> None:
    up.start("standalone")
    up.wait_until_up()
    file = up.drop("flow", '@task\ndef mine():\n    note(os.environ.get("WHO", "service"))\nmine()', "schedule=None")
    up.place.wait_for(lambda: _is_there(up, "flow"))
    ended = up.place.run(file, WHO="me")
    assert ended.code == 0, ended.output
    up.place.tradewind("dags", "trigger", "flow")
    up.place.wait_for(lambda: len(up.place.trace) == 2)
    assert up.place.trace == ["me", "service"]


def test_a_run_that_is_triggered_can_be_cancelled_while_its_task_runs(up: Up) -> None:
    up.start("standalone")
    up.wait_until_up()
    up.drop("flow", SLOW, "schedule=None")
    up.place.wait_for(lambda: _is_there(up, "flow"))
    up.place.tradewind("dags", "trigger", "flow", "--run-id", "mine").has("mine", "queued")
    up.place.wait_for_note("begun")
    up.place.tradewind("runs", "cancel", "flow", "mine").has("cancelled by")
    assert up.runs("flow")[0].state is RunState.FAILED


def test_a_paused_dag_waits_and_goes_on_when_it_is_let_go(up: Up) -> None:
    up.start("standalone")
    up.wait_until_up()
    up.drop("flow", '@task\ndef mine():\n    note("ran")\nmine()', f"{ONCE}, is_paused_upon_creation=True")
    up.place.wait_for(lambda: _is_there(up, "flow"))
    up.drop("other", '@task\ndef mine():\n    note("other")\nmine()')
    up.wait_for_end("other")
    assert up.runs("flow") == []
    up.place.tradewind("dags", "unpause", "flow")
    up.wait_for_end("flow")


def test_health_is_green_only_while_every_loop_goes_round(up: Up) -> None:
    assert up.place.tradewind("health").code == 1
    up.start("standalone")
    up.wait_until_up(*PARTS)
    up.place.wait_for(lambda: up.place.tradewind("health").code == 0)
    stuck = up.pid_of(JobKind.SCHEDULER)
    os.kill(stuck, signal.SIGSTOP)
    try:
        up.place.wait_for(lambda: up.place.tradewind("health", "scheduler").code == 1)
        up.place.tradewind("health", "-o", "json").has('"stuck"')
        assert up.place.tradewind("health", "dag-processor").code == 0
    finally:
        os.kill(stuck, signal.SIGCONT)
    up.place.wait_for(lambda: up.place.tradewind("health", "scheduler").code == 0)
