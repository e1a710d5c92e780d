"""A scheduler whose run was taken over: it lets go of it, and what it still says of it changes nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.scheduler.conftest import NOW, House
from tradewind.engine.run import Bounds
from tradewind.model.outcomes import Succeeded, TryReport
from tradewind.model.spec import DagSpec, TaskSpec
from tradewind.scheduler.takeover import restored_run

CHAIN = DagSpec("chain", tasks=(TaskSpec("a", "@task"), TaskSpec("b", "@task", upstream=("a",))))


@pytest.fixture
def house(tmp_path):
    return House(tmp_path)


def taken_over(house, key):
    """As the scheduler that found us silent does it."""
    standing = house.other.owner_of(key)
    house.other.claim_run(key, owner_id="other", pid=2, host="h", now=NOW, instead_of=standing.owner_id)


def test_the_run_is_forgotten_and_its_tries_are_stopped(house):
    key = house.launch(CHAIN)
    taken_over(house, key)
    before = house.other.history(key)
    try_id = house.end("a")
    assert house.scheduler.active_runs == ()
    assert house.other.history(key) == before
    assert house.states(key) == {"a": "queued"}
    assert try_id not in house.desk.cancelled  # it had ended
    assert house.other.owner_of(key).owner_id == "other"
    assert not house.scheduler.has_work


def test_processes_that_go_on_are_ended_and_say_nothing_more(house):
    twins = DagSpec("twins", tasks=(TaskSpec("a", "@task"), TaskSpec("b", "@task")))
    key = house.launch(twins)
    taken_over(house, key)
    house.end("a")
    still = house.desk.try_of("b")
    assert house.desk.cancelled == [still]
    before = house.other.history(key)
    house.desk.say(TryReport(still, Succeeded()))
    house.scheduler.turn(0)
    assert house.other.history(key) == before
    assert not house.scheduler.has_work


def test_other_runs_go_on(house):
    lost, kept = house.launch(CHAIN, "lost"), house.launch(CHAIN, "kept", at=NOW + timedelta(days=1))
    taken_over(house, lost)
    house.desk.say(TryReport(house.desk.try_of("a", "lost"), Succeeded()))
    house.end("a", run_id="kept")
    assert house.scheduler.active_runs == (kept,)
    house.end("b", run_id="kept")
    assert house.run_state(kept) == "success"
    assert house.run_state(lost) == "running"


def test_nothing_starts_that_was_decided_without_the_run(house):
    """Scenario: a retry falls due in a process that woke after its run was taken over."""
    key = house.launch(CHAIN)
    started = dict(house.desk.orders)
    taken_over(house, key)
    house.end("a")  # would queue b
    assert house.desk.orders == started


def test_a_run_that_was_claimed_before_is_not_claimed_again(house):
    key = house.launch(CHAIN)
    taken_over(house, key)
    house.end("a")
    epoch = house.store.claim_run(key, owner_id="owner", pid=1, host="h", now=NOW, instead_of="other")
    active, _ = restored_run(house.store, key, CHAIN, active_code(house), Bounds())
    active.epoch = epoch
    house.scheduler.adopt(active, [])
    assert house.store.owner_of(key).epoch == epoch
    assert house.scheduler.active_runs == (key,)


def active_code(house):
    (order, *_) = house.desk.orders.values()
    return order.code
