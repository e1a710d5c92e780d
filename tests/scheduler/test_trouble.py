"""A broken run is set aside and blocks no other; a database that cannot be written just now is waited for."""

from __future__ import annotations

import sqlite3

import pytest

from tests.scheduler.conftest import NOW, dag, result, task
from tradewind.engine import events
from tradewind.engine.clearing import to_resume
from tradewind.engine.run import Bounds
from tradewind.engine.step import step
from tradewind.model.errors import HomeError
from tradewind.model.outcomes import Failed, Succeeded, TryLost, TryReport
from tradewind.model.spec import RetrySpec
from tradewind.scheduler import loop
from tradewind.scheduler.aside import closing_changes
from tradewind.scheduler.patience import WAITS_SECONDS
from tradewind.scheduler.takeover import restored_run
from tradewind.store.errors import StaleStateError, StoreError

CHAIN = dag(task("a"), task("b", "a"))
OTHER = dag(task("a"), task("b", "a"), dag_id="other")


def break_engine(monkeypatch, kind, key):
    """From now on the engine fails over this kind of event of this run."""

    def broken(run, event, now):
        assert not (run.key == key and isinstance(event, kind)), "a broken invariant"
        return step(run, event, now)

    monkeypatch.setattr(loop, "step", broken)


def refuse(house, monkeypatch, error, times=1_000):
    """The next so many commits fail."""
    commit, left = house.store.commit, [times]

    def refused(changes, **more):
        if left[0]:
            left[0] -= 1
            raise error
        commit(changes, **more)

    monkeypatch.setattr(house.store, "commit", refused)


def end_of_both(house, keys):
    for key in keys:
        house.desk.say(
            *(TryReport(t, Succeeded()) for t, order in house.desk.orders.items() if order.message.task.run == key)
        )
    house.scheduler.turn(0)


# ------------------------------------------------------------------------------------------ set aside


def test_a_bug_in_the_engine_ends_its_run_with_its_story(house, monkeypatch):
    key, other = house.launch(CHAIN), house.launch(OTHER)
    break_engine(monkeypatch, events.TrySucceeded, key)

    end_of_both(house, [key, other])

    assert house.run_state(key) == "failed"
    assert house.why(key).startswith("set aside: AssertionError: a broken invariant")
    assert "test_trouble.py:" in house.why(key)
    assert house.states(key) == {"a": "failed", "b": "skipped"}
    assert house.states(other) == {"a": "success", "b": "queued"}
    assert house.scheduler.active_runs == (other,)
    assert house.other.owner_of(key) is None


def test_its_live_tries_are_stopped_and_their_ends_written_down(house, monkeypatch):
    spec = dag(task("a"), task("c"))
    key = house.launch(spec)
    break_engine(monkeypatch, events.TrySucceeded, key)
    house.end("a")
    running = house.desk.try_of("c")
    assert house.desk.cancelled == [running]
    assert house.other.owner_of(key) is not None, "a process of it still runs"
    house.desk.say(TryLost(running, "killed", signal=15))
    house.scheduler.turn(0)
    assert [one.state for one in house.other.tries(key, "c")] == ["cancelled"]
    assert house.other.owner_of(key) is None
    assert not house.scheduler.has_work


def test_a_try_that_was_picked_in_that_turn_is_not_dispatched(house, monkeypatch):
    """Of two that are picked together the first is fine and gets its row, the second breaks the run."""
    spec = dag(task("a"), task("b", "a"), task("c", "a"))
    key = house.launch(spec)

    def breaks_over_c(run, event, now):
        assert not (isinstance(event, events.TaskQueued) and event.task_id == "c")
        return step(run, event, now)

    monkeypatch.setattr(loop, "step", breaks_over_c)
    house.end("a")
    assert [one.task_id for one in house.other.tries(key)] == ["a", "b"]
    assert len(house.desk.orders) == 1
    assert house.other.load_run(key).live_tries == []
    assert house.run_state(key) == "failed"


def test_what_it_was_given_goes_to_others_at_once(house, monkeypatch):
    """The only slot goes to the heavier run, which breaks over taking it. No event would bring a further turn."""
    house.restart(pools={"default_pool": 1})
    heavy = dag(task("a"), task("b", "a", priority_weight=9))
    key, other = house.launch(heavy), house.launch(OTHER)
    assert house.states(other) == {}
    break_engine(monkeypatch, events.TaskQueued, key)
    house.end("a")
    assert house.run_state(key) == "failed"
    assert house.states(other) == {"a": "queued"}


def test_it_can_be_resumed_and_repeats_nothing_that_succeeded(house, monkeypatch):
    spec = dag(task("a"), task("b", "a"), task("c", "b"))
    key = house.launch(spec)
    house.end("a")
    with monkeypatch.context() as patched:
        break_engine(patched, events.TrySucceeded, key)
        house.end("b")
    active, _ = restored_run(house.store, key, spec, None, Bounds())
    house.restart()
    house.take_over(key, spec, events.TasksCleared(to_resume(active.run), "resumed by me"))
    house.end("b")
    house.end("c")
    assert house.run_state(key) == "success"
    assert [one.task_id for one in house.other.tries(key)] == ["a", "b", "b", "c"]


def test_somebody_else_moved_its_rows(house):
    key, other = house.launch(CHAIN), house.launch(OTHER)
    with house.other._writing() as connection:
        query = "UPDATE task_instance SET state = 'failed' WHERE run = (SELECT id FROM run WHERE dag_id = 'dag')"
        connection.execute(query)

    end_of_both(house, [key, other])

    assert house.run_state(key) == "failed"
    assert house.why(key).startswith("set aside: ")
    assert house.states(key) == {"a": "failed", "b": "skipped"}
    assert house.states(other) == {"a": "success", "b": "queued"}


def test_a_run_that_another_process_has_claimed_is_left_to_it(house):
    key, other = house.launch(CHAIN), house.launch(OTHER)
    owner = house.store.owner_of(key)
    house.other.claim_run(key, owner_id="another", pid=2, host="h", now=NOW, instead_of=owner.owner_id)
    with house.other._writing() as connection:
        connection.execute("UPDATE task_instance SET state = 'success'")

    end_of_both(house, [key, other])

    assert house.run_state(key) == "running"
    assert house.other.owner_of(key).owner_id == "another"
    assert key not in house.scheduler.active_runs


def test_a_run_that_was_deleted_is_let_go(house):
    key, other = house.launch(CHAIN), house.launch(OTHER)
    house.other.delete_run(key, even_if_owned_by=house.store.owner_of(key).owner_id)
    end_of_both(house, [key, other])
    assert house.scheduler.active_runs == (other,)
    assert house.states(other) == {"a": "success", "b": "queued"}


def test_where_even_the_engine_cannot_close_it_the_runs_row_says_so(house, monkeypatch):
    key = house.launch(CHAIN)
    rows = house.other.load_run(key)
    monkeypatch.setattr("tradewind.scheduler.aside.step", lambda run, event, now: 1 / 0)
    changes = closing_changes(CHAIN, rows, "set aside: x", {house.desk.try_of("a")}, NOW)
    house.other.commit(changes, who="me", now=NOW)
    assert (house.run_state(key), house.why(key)) == ("failed", "set aside: x")


def test_a_run_is_looked_at_twice_where_somebody_moves_it_meanwhile(house, monkeypatch):
    key = house.launch(CHAIN)
    refuse(house, monkeypatch, StaleStateError("somebody else moved it"), times=2)
    house.end("a", Failed("E", "boom"))
    assert house.run_state(key) == "failed"
    assert house.why(key) == "set aside: somebody else moved it"


# ------------------------------------------------------------------------------------------ patience


FULL = StoreError("the disk is full", hint="free some space", may_pass=True)
CORRUPT = StoreError("the database is damaged", hint="restore a backup")


@pytest.mark.parametrize("times", range(1, len(WAITS_SECONDS) + 1))
def test_a_full_disk_is_waited_for_and_nothing_is_lost(house, monkeypatch, times):
    key = house.launch(CHAIN)
    refuse(house, monkeypatch, FULL, times)
    house.end("a", result("[1]"))
    assert house.pauses == list(WAITS_SECONDS[:times])
    assert house.states(key) == {"a": "success", "b": "queued"}
    assert house.desk.try_of("b")


def test_the_waits_grow():
    assert list(WAITS_SECONDS) == sorted(WAITS_SECONDS)
    assert sum(WAITS_SECONDS) < 60


def test_then_it_is_raised_with_how_to_go_on_and_nothing_was_dispatched(house, monkeypatch):
    key = house.launch(CHAIN)
    refuse(house, monkeypatch, FULL)
    with pytest.raises(HomeError) as raised:
        house.end("a", result("[1]"))
    assert raised.value.message == "the disk is full"
    assert "free some space; what was committed is safe" in raised.value.hint
    assert "tradewind runs resume dag 'run'" in raised.value.hint
    assert house.pauses == list(WAITS_SECONDS)
    assert len(house.desk.orders) == 1
    assert house.states(key) == {"a": "queued"}


def test_what_was_refused_waits_for_the_next_turn(house, monkeypatch):
    """Whoever catches the error and finds room may go on with the same scheduler."""
    key = house.launch(CHAIN)
    with monkeypatch.context() as patched:
        refuse(house, patched, FULL)
        with pytest.raises(HomeError):
            house.end("a", result("[1]"))
    house.scheduler.flush()
    assert house.states(key)["a"] == "success"


def test_damage_does_not_pass(house, monkeypatch):
    house.launch(CHAIN)
    refuse(house, monkeypatch, CORRUPT)
    with pytest.raises(HomeError, match="damaged"):
        house.end("a")
    assert house.pauses == []


def test_a_run_goes_on_from_the_store_after_the_disk_was_full(house, monkeypatch):
    spec = dag(task("a", retry=RetrySpec(1, 0.0)), task("b", "a"))
    key = house.launch(spec)
    with monkeypatch.context() as patched:
        refuse(house, patched, FULL)
        with pytest.raises(HomeError):
            house.end("a")
    house.restart()
    house.take_over(key, spec)
    house.end("a")
    house.end("b")
    assert house.run_state(key) == "success"


def test_a_real_full_database_is_told_as_one_that_may_pass(house):
    house.launch(CHAIN)
    pages = house.store._connection.execute("PRAGMA page_count").fetchone()[0]
    house.store._connection.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreError) as raised:
        house.end("a", result("x" * 1_000_000))
    assert "the disk is full" in raised.value.message
    assert isinstance(raised.value.__cause__.__cause__, sqlite3.OperationalError)
    assert len(house.pauses) == len(WAITS_SECONDS)
