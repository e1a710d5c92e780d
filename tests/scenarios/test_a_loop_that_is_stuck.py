"""Scenario: "a loop that is stuck but looks healthy"."""

from __future__ import annotations

import os
import signal

import pytest
from tests.end_to_end.conftest import Place
from tests.end_to_end.service import Up

from tradewind.cli.health import of_part
from tradewind.model.service import JobKind


@pytest.mark.parametrize(("part", "kind"), [("scheduler", JobKind.SCHEDULER), ("api-server", JobKind.API_SERVER)])
def test_health_turns_red_although_the_process_is_there(place: Place, part: str, kind: JobKind) -> None:
    """Its process lives and holds its database open; its loop does not go round. A second later it does again."""
    up = Up(place)
    process = up.start(part, TRADEWIND_API_PORT="0")
    up.wait_until_up(kind)
    place.wait_for(lambda: _state(up, part) == "healthy")

    os.kill(process.pid, signal.SIGSTOP)

    place.wait_for(lambda: _state(up, part) == "stuck")
    assert process.poll() is None
    told = place.tradewind("health", part)
    assert told.code == 1
    told.has("stuck")
    os.kill(process.pid, signal.SIGCONT)
    place.wait_for(lambda: _state(up, part) == "healthy")


def _state(up: Up, part: str) -> str:
    with up.store() as store:
        (found,) = of_part(part, store.jobs(), store.now())
    return found.state
