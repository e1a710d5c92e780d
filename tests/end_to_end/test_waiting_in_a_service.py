"""Deferred tasks of a service, when its database or its scheduler is away as the event comes."""

from __future__ import annotations

import os
import signal

from tests.postgres import PostgresServer, own_postgres

from tradewind.model.service import JobKind

from .conftest import Place
from .service import Up

__all__ = ["own_postgres"]  # a fixture
PARTS = (JobKind.SCHEDULER, JobKind.DAG_PROCESSOR, JobKind.TRIGGERER)
TAKES_A_FILE = """
from airflow.sdk import BaseOperator
from airflow.providers.standard.triggers.file import FileDeleteTrigger
class Takes(BaseOperator):
    def execute(self, context):
        note("waits")
        self.defer(trigger=FileDeleteTrigger(os.environ["TRACE"] + ".file"), method_name="back")
    def back(self, context, event):
        note("back")
Takes(task_id="t")
"""


def test_an_event_that_comes_while_the_database_is_away_is_kept(place: Place, own_postgres: PostgresServer) -> None:
    place.environment["TRADEWIND_DATABASE_URL"] = own_postgres.url
    up = Up(place)
    up.start("standalone")
    up.wait_until_up(*PARTS)
    up.drop("flow", TAKES_A_FILE)
    place.wait_for(lambda: _is_held(up))
    own_postgres.stop()
    _offer(place)
    own_postgres.start()
    up.wait_for_end("flow")
    assert place.trace == ["waits", "back"]


def test_an_event_that_comes_while_no_scheduler_lives_is_gone_on_with(place: Place) -> None:
    up = Up(place)
    for part in ("dag-processor", "triggerer"):
        up.start(part)
    scheduler = up.start("scheduler")
    up.wait_until_up(*PARTS)
    up.drop("flow", TAKES_A_FILE)
    place.wait_for(lambda: _is_held(up))
    scheduler.kill()
    scheduler.wait()
    _offer(place)
    up.start("scheduler")
    up.wait_for_end("flow")
    assert place.trace == ["waits", "back"]


def test_a_killed_triggerer_of_a_service_loses_nothing(place: Place) -> None:
    up = Up(place)
    up.start("standalone")
    up.wait_until_up(*PARTS)
    up.drop("flow", TAKES_A_FILE)
    place.wait_for(lambda: _is_held(up))
    runners = {pid for pid, line in place.processes().items() if "triggerer.process" in line}
    os.kill(up.pid_of(JobKind.TRIGGERER), signal.SIGKILL)
    place.wait_for(lambda: not runners & set(place.processes()))  # they end with it, and must not take the file
    _offer(place)
    up.wait_for_end("flow")
    assert place.trace == ["waits", "back"]


def _is_held(up: Up) -> bool:
    """A process runs the trigger: its first line is in the try's log."""
    with up.store() as store:
        held = [one for one in store.deferrals() if one.triggerer_id]
        tries = [one for held_one in held for one in store.tries(held_one.run, held_one.task_id)]
    logs = [up.place.home / "logs" / one.log_path for one in tries]
    return any(log.exists() and "starting" in log.read_text() for log in logs)


def _offer(place: Place) -> None:
    file = place.trace_file.with_name(f"{place.trace_file.name}.file")
    file.touch()
    place.wait_for(lambda: not file.exists())
