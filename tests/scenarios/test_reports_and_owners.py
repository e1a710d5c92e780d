"""Scenarios about the order in which things are told: a real scheduler and store, an executor that says what it is to."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from tests.scheduler.conftest import House, dag, result, task
from tests.scheduler.test_admission import Gate

from tradewind.model.messages import TryStarted
from tradewind.model.outcomes import Deferred, Failed, TryLost, TryReport
from tradewind.model.service import DeferralOutcome
from tradewind.model.spec import RetrySpec
from tradewind.scheduler import loop
from tradewind.scheduler.patience import Endless
from tradewind.store.errors import StoreError
from tradewind.store.facets.deferrals import EndedDeferral


def start(house: House, task_id: str) -> str:
    try_id = house.desk.try_of(task_id)
    house.desk.say(TryStarted(try_id, 1, "host"))
    house.scheduler.turn(0)
    return try_id


def whys(house: House, key: Any) -> list[str]:
    return [row.why for row in house.other.history(key) if row.entity == "note"]


def test_scheduler_killed_between_creating_a_run_and_its_tasks(house: House) -> None:
    """Scenario: "scheduler killed between creating a run and its tasks": the run is there, and nothing else of it. The next
    scheduler begins it, by its own duties and once."""
    gate = Gate(house)
    spec = gate.add(dag(task("a"), task("b", "a")))
    (key,) = gate.queue(spec, "run")  # and here it dies
    gate.die()

    gate.start()
    assert house.states(key) == {}
    gate.admit(seconds=1)
    gate.admit(seconds=1)

    assert [order.message.task.task_id for order in house.desk.orders.values()] == ["a"]
    house.end("a")
    house.end("b")
    assert house.run_state(key) == "success"


def test_a_heartbeat_that_comes_late_for_a_live_task(house: House) -> None:
    """Scenario: "a heartbeat that comes late for a live task". Nothing is heard of it for hours; its process lives, and
    that is what counts: it is neither killed nor doubled."""
    key = house.launch(dag(task("a")))
    start(house, "a")

    house.later(hours=5)
    orders = len(house.desk.orders)
    house.end("a")

    assert (orders, house.desk.cancelled) == (1, [])
    assert house.run_state(key) == "success"


def test_a_success_report_of_an_old_try_after_the_next_has_begun(house: House) -> None:
    """Scenario: "a success report of an old try after the next has begun"."""
    key = house.launch(dag(task("a")))
    old = start(house, "a")
    house.desk.say(TryLost(old, "killed by signal 9", signal=9))
    house.scheduler.turn(0)
    new = start(house, "a")
    assert new != old

    house.desk.say(TryReport(old, result("of the old try")))
    house.scheduler.turn(0)

    assert house.states(key) == {"a": "running"}
    assert house.other.all_xcoms(key) == []
    assert any("had ended" in why for why in whys(house, key))


def test_a_finish_report_sent_twice(house: House) -> None:
    """Scenario: "a finish report sent twice"."""
    key = house.launch(dag(task("a"), task("b", "a")))
    try_id = start(house, "a")

    house.desk.say(TryReport(try_id, result()), TryReport(try_id, Failed("ValueError", "not so")))
    house.scheduler.turn(0)

    assert house.states(key) == {"a": "success", "b": "queued"}
    assert len(house.desk.orders) == 2


def test_an_old_worker_that_comes_back_after_its_task_was_given_away(house: House) -> None:
    """Scenario: "an old worker that comes back after its task was given away": its scheduler was paused, another has
    taken the run over, and now both are awake."""
    spec = dag(task("a"), task("b", "a"))
    key = house.launch(spec)
    old = start(house, "a")
    paused, its_desk = house.scheduler, house.desk
    house.restart()
    house.take_over(key, spec)

    its_desk.say(TryReport(old, result("too late")))
    paused.turn(0)

    assert house.states(key) == {"a": "queued"}
    assert house.other.all_xcoms(key) == []
    assert paused.active_runs == ()
    house.end("a")
    assert house.states(key) == {"a": "success", "b": "queued"}


def test_a_task_longer_than_any_broker_s_visibility_timeout(house: House) -> None:
    """Scenario: "a task longer than any broker's visibility timeout"."""
    key = house.launch(dag(task("a")))
    try_id = start(house, "a")

    for _ in range(10):
        house.later(days=1)

    assert list(house.desk.orders) == [try_id]
    house.end("a")
    assert house.run_state(key) == "success"


def test_finished_work_reported_again_after_restart(house: House) -> None:
    """Scenario: "finished work reported again after restart"."""
    spec = dag(task("a"), task("b", "a"))
    key = house.launch(spec)
    done = start(house, "a")
    house.end("a")
    house.restart()
    house.take_over(key, spec)
    orders = list(house.desk.orders)

    house.desk.say(TryReport(done, result("once more")))
    house.scheduler.turn(0)

    assert house.states(key)["a"] == "success"
    assert list(house.desk.orders) == orders
    assert any("had ended" in why for why in whys(house, key))


def test_a_poisoned_run(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Scenario: "a poisoned run": whatever is told of it, the engine raises. It ends with its story, the others go on."""
    bad, good = house.launch(dag(task("a"), dag_id="bad")), house.launch(dag(task("a"), dag_id="good"), "other")
    real = loop.step

    def poisoned(run: Any, event: Any, now: Any) -> Any:
        if run.key == bad:
            raise KeyError("poison")
        return real(run, event, now)

    monkeypatch.setattr(loop, "step", poisoned)
    house.end("a")
    house.end("a", run_id="other")

    assert house.run_state(bad) == "failed"
    assert "poison" in house.why(bad)
    assert house.run_state(good) == "success"


def test_database_down_for_ten_minutes(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Scenario: "database down for ten minutes". The service's patience is endless; what was said meanwhile is kept."""
    key = house.launch(dag(task("a"), task("b", "a")))
    start(house, "a")
    until, commit = house.now + timedelta(minutes=10), house.store.commit

    def down(*args: Any, **more: Any) -> None:
        if house.now < until:
            raise StoreError("the database is away", may_pass=True)
        commit(*args, **more)

    monkeypatch.setattr(house.store, "commit", down)
    patience = house.scheduler._patiently
    monkeypatch.setattr(patience, "_waits_seconds", Endless())

    def pause(seconds: float) -> None:
        house.now += timedelta(seconds=seconds)

    monkeypatch.setattr(patience, "_pause", pause)
    house.end("a", result("kept"))

    assert house.now >= until
    assert house.states(key) == {"a": "success", "b": "queued"}
    assert len(house.other.all_xcoms(key)) == 1


def test_a_slot_holder_that_dies(house: House) -> None:
    """Scenario: "a slot holder that dies": its slot is free again, since slots are counted from live tries."""
    spec = dag(task("a", pool="gpu", priority_weight=9), task("b", pool="gpu"))
    key = house.launch(spec)
    holder = start(house, "a")
    assert [order.message.task.task_id for order in house.desk.orders.values()] == ["a"]

    house.restart()  # it, and its task with it
    house.take_over(key, spec)

    assert [order.message.task.task_id for order in house.desk.orders.values()] == ["a"]
    assert holder not in house.desk.orders
    house.end("a")
    house.end("b")
    assert house.run_state(key) == "success"


def test_a_release_that_fails(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Scenario: "a release that fails": the run has ended, and letting it go did not succeed the first times."""
    key = house.launch(dag(task("a")))
    start(house, "a")
    release, failures = house.store.release_run, iter(range(3))

    def failing(*args: Any, **more: Any) -> bool:
        if next(failures, None) is not None:
            raise StoreError("the database is locked", may_pass=True)
        return release(*args, **more)

    monkeypatch.setattr(house.store, "release_run", failing)
    house.end("a")

    assert house.run_state(key) == "success"
    assert house.other.owner_of(key) is None


def test_a_deferred_event_lost_or_doubled_by_a_restart(house: House) -> None:
    """Scenario: "a deferred event lost or doubled by a restart"."""
    spec = dag(task("a", retry=RetrySpec(retries=0)))
    key = house.launch(spec)
    start(house, "a")
    house.end("a", Deferred("my.Trigger", {}, "resumed"))
    (held,) = house.store.claim_deferrals("triggerer", limit=10, queues=None, alive=["triggerer"])
    told = [
        house.store.end_deferrals(
            [EndedDeferral(held.deferral_id, DeferralOutcome.EVENT, f"event {number}")],
            triggerer_id="triggerer",
            now=house.now,
        )
        for number in range(2)
    ]
    assert told == [[True], [False]]

    for _ in range(2):  # the scheduler dies before it heard of it, and again while the task goes on
        house.restart()
        house.take_over(key, spec)
        order = house.desk.orders[house.desk.try_of("a")]
        assert order.message.resume is not None
        assert order.message.resume.kwargs["event"] == "event 0"
        start(house, "a")
    house.end("a")

    assert house.run_state(key) == "success"
    assert house.other.deferrals(key) == []
