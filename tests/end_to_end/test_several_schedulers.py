"""Two schedulers on one PostgreSQL: they share the work, and one takes over from the other when it dies or is paused."""

from __future__ import annotations

import os
import signal

import pytest
from tests.end_to_end.conftest import Place
from tests.end_to_end.service import ONCE, SLOW, Up, let_go
from tests.postgres import _kept_schema, postgres_server, postgres_url  # pyright: ignore[reportPrivateUsage]

from tradewind.model.ids import RunKey
from tradewind.model.service import JobKind
from tradewind.model.states import RunState, TryState

__all__ = ["_kept_schema", "postgres_server", "postgres_url"]


@pytest.fixture
def up(place: Place, postgres_url: str) -> Up:
    place.environment["TRADEWIND_DATABASE_URL"] = postgres_url
    made = Up(place)
    made.start("dag-processor")
    made.start("scheduler")
    made.start("scheduler")
    place.home.mkdir(exist_ok=True, mode=0o700)
    place.wait_for(lambda: len(made.pids_of(JobKind.SCHEDULER)) == 2 and made.pid_of(JobKind.DAG_PROCESSOR) != 0)
    return made


NOTING_ITS_END = """
import signal
@task
def slow():
    def leave(number, frame):
        note("left")
        os._exit(1)
    signal.signal(signal.SIGTERM, leave)
    note("begun")
    while not os.path.exists(os.environ["TRACE"] + ".go"):
        time.sleep(0.02)
    note("done")
@task
def after():
    note("after")
slow() >> after()
"""


def driver_of(up: Up, dag_id: str) -> int:
    """Process id of the scheduler that drives the DAG's run."""
    with up.store() as store:
        (run,) = store.runs(dag_id=dag_id)
        owner = store.owner_of(RunKey(dag_id, run.run_id))
    assert owner is not None
    return owner.pid


def tries_of(up: Up, dag_id: str, task_id: str) -> list[TryState]:
    with up.store() as store:
        (run,) = store.runs(dag_id=dag_id)
        return [one.state for one in store.tries(RunKey(dag_id, run.run_id), task_id)]


def test_each_run_is_made_once_and_driven_by_one(up: Up) -> None:
    for number in range(20):
        up.drop(f"d{number}", f'@task\ndef once():\n    note("{number}")\nonce()', ONCE)
    for number in range(20):
        up.wait_for_end(f"d{number}")
    assert sorted(map(int, up.place.trace)) == list(range(20))


def test_when_one_is_killed_the_other_goes_on(up: Up) -> None:
    up.drop("flow", SLOW)
    up.place.wait_for_note("begun")
    killed = driver_of(up, "flow")
    os.kill(killed, signal.SIGKILL)
    up.place.wait_for(lambda: up.place.trace.count("begun") == 2)
    assert driver_of(up, "flow") != killed
    let_go(up.place)
    up.wait_for_end("flow")
    assert tries_of(up, "flow", "slow") == [TryState.LOST, TryState.SUCCESS]
    assert up.place.trace.count("after") == 1


def test_one_that_was_paused_for_too_long_changes_nothing_when_it_wakes_and_ends(up: Up) -> None:
    up.drop("flow", NOTING_ITS_END)
    up.place.wait_for_note("begun")
    paused = driver_of(up, "flow")
    os.kill(paused, signal.SIGSTOP)
    up.place.wait_for(lambda: up.place.trace.count("begun") == 2)
    assert driver_of(up, "flow") != paused
    os.kill(paused, signal.SIGCONT)
    up.place.wait_for(lambda: "others have taken over its runs" in up.log)
    up.place.wait_for(lambda: len([line for line in up.place.processes().values() if "scheduler" in line]) == 1)
    let_go(up.place)
    run = up.wait_for_end("flow")
    assert run.state is RunState.SUCCESS
    assert tries_of(up, "flow", "slow") == [TryState.LOST, TryState.SUCCESS]
    assert [note for note in up.place.trace if note not in ("begun", "left")] == ["done", "after"]


def test_one_that_is_told_to_stop_leaves_its_runs_to_the_other(up: Up) -> None:
    up.drop("flow", SLOW)
    up.place.wait_for_note("begun")
    stopping = driver_of(up, "flow")
    os.kill(stopping, signal.SIGTERM)
    let_go(up.place)
    up.wait_for_end("flow")
    assert up.place.trace == ["begun", "done", "after"]
    up.place.wait_for(lambda: stopping not in up.pids_of(JobKind.SCHEDULER))
