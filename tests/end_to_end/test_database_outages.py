"""The service while its PostgreSQL is away: nothing is lost, nothing is done twice, and nobody is taken for dead."""

from __future__ import annotations

import pytest
from tests.postgres import PostgresServer, own_postgres

from tradewind.model.ids import RunKey
from tradewind.model.service import JobKind
from tradewind.model.states import RunState, TryState

from .conftest import Place
from .service import SLOW, Up, let_go

__all__ = ["own_postgres"]  # a fixture


@pytest.fixture
def up(place: Place, own_postgres: PostgresServer) -> Up:
    place.environment["TRADEWIND_DATABASE_URL"] = own_postgres.url
    made = Up(place)
    for part in ("dag-processor", "scheduler", "scheduler"):
        made.start(part)
    place.home.mkdir(exist_ok=True, mode=0o700)
    place.wait_for(lambda: len(made.pids_of(JobKind.SCHEDULER)) == 2 and made.pid_of(JobKind.DAG_PROCESSOR) != 0)
    return made


@pytest.mark.parametrize("end", ["stop", "kill"])
def test_a_task_that_ends_while_the_database_is_away(up: Up, own_postgres: PostgresServer, end: str) -> None:
    up.drop("flow", SLOW)
    up.place.wait_for_note("begun")
    schedulers = sorted(up.pids_of(JobKind.SCHEDULER))
    getattr(own_postgres, end)()
    let_go(up.place)
    up.place.wait_for_note("done")
    up.place.wait_for(lambda: up.log.count("nothing is lost") >= 1)
    own_postgres.start()
    run = up.wait_for_end("flow")
    assert run.state is RunState.SUCCESS
    assert up.place.trace == ["begun", "done", "after"]
    with up.store() as store:
        key = RunKey("flow", run.run_id)
        assert [one.state for one in store.tries(key)] == [TryState.SUCCESS, TryState.SUCCESS]
        assert store.check() == []
    assert "the database is back" in up.log
    assert sorted(up.pids_of(JobKind.SCHEDULER)) == schedulers


def test_an_outage_longer_than_any_lease_makes_nobody_lose_a_run(up: Up, own_postgres: PostgresServer) -> None:
    """All leases have run out when it is back, and one scheduler is back before the other."""
    up.drop("flow", SLOW)
    up.place.wait_for_note("begun")
    with up.store() as store:
        (run,) = store.runs(dag_id="flow")
        before = store.owner_of(RunKey("flow", run.run_id))
        lease = max(job.lease_until for job in store.jobs(kind=JobKind.SCHEDULER))
        clock = store.now
        own_postgres.stop()
        up.place.wait_for(lambda: clock() > lease)
    own_postgres.start()
    up.place.wait_for(lambda: len(up.pids_of(JobKind.SCHEDULER)) == 2)
    let_go(up.place)
    up.wait_for_end("flow")
    assert up.place.trace == ["begun", "done", "after"]
    assert before is not None
    with up.store() as store:
        history = store.history(RunKey("flow", run.run_id))
    assert not [one for one in history if "ended with" in one.why]


def test_all_parts_go_on_afterwards(place: Place, own_postgres: PostgresServer) -> None:
    place.environment["TRADEWIND_DATABASE_URL"] = own_postgres.url
    up = Up(place)
    up.start("standalone")
    up.wait_until_up(JobKind.SCHEDULER, JobKind.DAG_PROCESSOR, JobKind.TRIGGERER)
    own_postgres.stop()
    place.wait_for(lambda: "nothing is lost" in up.log)
    own_postgres.start()
    up.drop("later", '@task\ndef once():\n    note("once")\nonce()')
    up.wait_for_end("later")
    assert up.place.trace == ["once"]
    place.wait_for(lambda: up.pid_of(JobKind.TRIGGERER) != 0)
