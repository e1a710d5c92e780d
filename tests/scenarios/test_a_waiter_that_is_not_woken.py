"""Scenario: "a waiter that is not woken"."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta

import pytest
from tests.scheduler.conftest import House, dag, task
from tests.scheduler.test_admission import Gate

from tradewind.model.ids import RunKey
from tradewind.model.service import Topic
from tradewind.scheduler.look_anyway import EVERY, LookAnyway
from tradewind.scheduler.service import Service

ASKS_AND_DIES = """
import os, signal, sys
from datetime import datetime, timezone
from pathlib import Path
from tradewind.model.requests import Trigger, kind_and_payload
from tradewind.store import open_store

store = open_store(sys.argv[1], home=Path(sys.argv[2]))
kind, payload = kind_and_payload(Trigger("dag", run_id="asked"))
store.add_request(kind, None, payload, who="ann", now=datetime.now(timezone.utc))
os.kill(os.getpid(), signal.SIGKILL)  # before it rings
"""


def test_what_was_asked_for_by_somebody_who_died_before_ringing_is_done(house: House) -> None:
    gate = Gate(house)
    gate.add(dag(task("a")))
    listener = house.store.listen(list(Topic))
    duties = [gate.requests, gate.due, gate.admission, LookAnyway(house.store.ring, started_at=house.now)]
    service = Service(house.scheduler, house.desk, duties, listener, lambda: house.now)
    for _ in range(3):
        service.turn()
    asked = subprocess.run([sys.executable, "-c", ASKS_AND_DIES, house.url, house.folder], check=False)
    assert asked.returncode == -9
    service.turn()
    assert house.other.runs() == []

    house.now += EVERY
    for _ in range(3):
        service.turn()

    assert house.run_state(RunKey("dag", "asked")) == "running"
    listener.close()


@pytest.mark.parametrize("before", [timedelta(seconds=1), EVERY - timedelta(seconds=1)])
def test_nobody_is_woken_for_nothing_in_between(house: House, before: timedelta) -> None:
    rung: list[Topic] = []
    duty = LookAnyway(rung.append, started_at=house.now)

    duty.attend(house.now + before, frozenset())

    assert rung == []
    assert duty.next_due() == house.now + EVERY
