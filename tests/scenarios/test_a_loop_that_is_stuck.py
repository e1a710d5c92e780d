"""Scenario: "a loop that is stuck but looks healthy"."""

from __future__ import annotations

import os
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.end_to_end.conftest import Place
from tests.end_to_end.service import Up

from tradewind.cli.health import of_part
from tradewind.model.service import JobKind

STICKS = """
import os, signal, time

def stick(number, frame):
    while not os.path.exists("go on"):
        time.sleep(0.02)

signal.signal(signal.SIGUSR2, stick)
"""
"""Every Python begins with it: a signal's handler runs in the thread of the loop, and all other threads go on."""


def _stop(process: subprocess.Popen[bytes], _: Path) -> Callable[[], None]:
    os.kill(process.pid, signal.SIGSTOP)
    return lambda: os.kill(process.pid, signal.SIGCONT)


def _stick(process: subprocess.Popen[bytes], folder: Path) -> Callable[[], None]:
    os.kill(process.pid, signal.SIGUSR2)
    return (folder / "go on").touch


@pytest.mark.parametrize(
    ("part", "kind", "hold"),
    [
        ("scheduler", JobKind.SCHEDULER, _stop),
        ("scheduler", JobKind.SCHEDULER, _stick),
        ("api-server", JobKind.API_SERVER, _stick),
    ],
    ids=["a scheduler that is paused", "a scheduler's loop alone", "an API server's loop alone"],
)
def test_health_turns_red_although_the_process_is_there(
    place: Place, part: str, kind: JobKind, hold: Callable[[subprocess.Popen[bytes], Path], Callable[[], None]]
) -> None:
    """Its process lives and holds its database open; its loop does not go round. A second later it does again."""
    (place.folder / "sitecustomize.py").write_text(STICKS)
    up = Up(place)
    process = up.start(part, TRADEWIND_API_PORT="0", PYTHONPATH=str(place.folder))
    up.wait_until_up(kind)
    place.wait_for(lambda: _state(up, part) == "healthy")

    let_go = hold(process, place.folder)

    place.wait_for(lambda: _state(up, part) == "stuck")
    assert process.poll() is None
    told = place.tradewind("health", part)
    assert told.code == 1
    told.has("stuck")
    let_go()
    place.wait_for(lambda: _state(up, part) == "healthy")


def _state(up: Up, part: str) -> str:
    with up.store() as store:
        (found,) = of_part(part, store.jobs(), store.now())
    return found.state
