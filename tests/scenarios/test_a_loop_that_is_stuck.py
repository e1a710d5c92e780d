"""Scenario: "a loop that is stuck but looks healthy"."""

from __future__ import annotations

import os
import signal

from tests.end_to_end.conftest import Place
from tests.end_to_end.service import Up

from tradewind.cli.health import of_part
from tradewind.model.service import JobKind


def test_health_turns_red_although_the_process_is_there(place: Place) -> None:
    """Its process lives and holds its database open; its loop does not go round. A second later it does again."""
    up = Up(place)
    process = up.start("scheduler")
    up.wait_until_up(JobKind.SCHEDULER)
    place.wait_for(lambda: _state(up) == "healthy")

    os.kill(process.pid, signal.SIGSTOP)

    place.wait_for(lambda: _state(up) == "stuck")
    assert process.poll() is None
    told = place.tradewind("health", "scheduler")
    assert told.code == 1
    told.has("stuck")
    os.kill(process.pid, signal.SIGCONT)
    place.wait_for(lambda: _state(up) == "healthy")


def _state(up: Up) -> str:
    with up.store() as store:
        (found,) = of_part("scheduler", store.jobs(), store.now())
    return found.state
