"""The loop's own promises, one scenario each; `tests/simulation` mixes them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.scheduler.conftest import NOW, created_run, dag, names, result, task, value
from tradewind.engine import events
from tradewind.engine.run import Bounds
from tradewind.model.changes import Noted
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.ids import RunKey
from tradewind.model.messages import ClearXComs, GetXComs, PushXCom, TryStarted
from tradewind.model.outcomes import Failed, Succeeded, TryLost, TryReport
from tradewind.model.spec import RetrySpec
from tradewind.model.states import TaskState
from tradewind.scheduler.one_shot import run_until_done
from tradewind.scheduler.takeover import left_behind, new_run, restored_run
from tradewind.store.errors import DuplicateRunError

CHAIN = dag(task("a"), task("b", "a"))


def values(house, key, task_id="a"):
    request = GetXComs("x", (task_id,), key=None, dag_id=key.dag_id, run_id=key.run_id)
    return [xcom.value.inline for xcom in house.other.xcoms(request, key)]


def notes(house, key):
    return [row.why for row in house.other.history(key) if row.entity == "note"]


# ------------------------------------------------------------------------------------------ commit, then act


def test_a_try_is_in_the_store_before_it_is_dispatched(house):
    seen = []
    house.desk.on_submit = lambda order: seen.append(house.other.load_run(order.message.task.run).live_tries[0].try_id)
    key = house.launch(CHAIN)
    assert seen == list(house.desk.orders)
    assert house.states(key) == {"a": "queued"}


def test_an_end_and_what_follows_from_it_share_one_commit(house):
    key = house.launch(CHAIN)
    commits = []
    house.scheduler.observe(lambda changes, now: commits.append(names(changes)))
    house.end("a", result())
    assert commits == [["XComStored", "TryChanged", "TaskChanged", "TaskChanged", "TryCreated"]]
    assert house.states(key) == {"a": "success", "b": "queued"}


def test_many_reports_share_one_commit(house):
    key = house.launch(dag(task("a"), task("b"), task("c", "a", "b")))
    commits = []
    house.scheduler.observe(lambda changes, now: commits.append(changes))
    house.desk.say(*(TryReport(house.desk.try_of(name), Succeeded()) for name in ("a", "b")))
    house.scheduler.turn(0)
    assert len(commits) == 1
    assert house.states(key) == {"a": "success", "b": "success", "c": "queued"}


def test_a_turn_in_which_nothing_happens_writes_nothing(house):
    house.launch(CHAIN)
    before = house.other._connection.execute("PRAGMA data_version").fetchone()
    for _ in range(3):
        house.scheduler.turn(0)
    assert house.other._connection.execute("PRAGMA data_version").fetchone() == before


def test_a_run_that_exists_is_not_made_again(house):
    key = house.launch(CHAIN)
    created = created_run(CHAIN)
    with pytest.raises(DuplicateRunError):
        house.scheduler.adopt(
            new_run(created, CHAIN, house.scheduler._runs[key].code, NOW, Bounds()),
            [events.RunStarted()],
            before=[created],
        )
    house.end("a")
    house.end("b")
    assert house.run_state(key) == "success"


# ------------------------------------------------------------------------------------------ the fence


def test_the_values_of_a_cleared_try_do_not_replace_those_of_the_new_one(house):
    key = house.launch(CHAIN)
    old = house.desk.try_of("a")
    house.scheduler.tell(key, events.TasksCleared((("a", ()),), "cleared by hand"))
    assert house.desk.cancelled == [old]
    house.end("a", result("new"))

    house.desk.say(PushXCom(old, "return_value", value("old")), ClearXComs(old), TryReport(old, result("old")))
    house.scheduler.turn(0)

    assert values(house, key) == [b"new"]
    assert house.states(key) == {"a": "success", "b": "queued"}
    assert notes(house, key) == ["TrySucceeded of a try that is no longer the current one"]
    assert [one.state for one in house.other.tries(key, "a")] == ["cancelled", "success"]


@pytest.mark.parametrize("again", [TryReport, TryLost])
def test_an_end_that_is_told_twice_is_noted_and_changes_nothing(house, again):
    key = house.launch(CHAIN)
    ended = house.end("a", result("one"))
    states = house.states(key)
    house.desk.say(TryReport(ended, result("two")) if again is TryReport else TryLost(ended, "gone"))
    house.scheduler.turn(0)
    assert house.states(key) == states
    assert values(house, key) == [b"one"]
    assert notes(house, key) == [f"{again.__name__} of a try that had ended"]


def test_a_report_of_a_process_of_the_last_owner_is_noted(house):
    key = house.launch(CHAIN)
    old = house.desk.try_of("a")
    house.restart()
    house.take_over(key, CHAIN)
    house.desk.say(TryReport(old, result("late")))
    house.scheduler.turn(0)
    assert house.states(key) == {"a": "queued"}
    assert values(house, key) == []
    assert "TryReport of a try that had ended" in notes(house, key)


def test_news_of_a_try_nobody_knows_is_not_for_us(house):
    key = house.launch(CHAIN)
    house.desk.say(TryReport("no such try", Succeeded()), TryStarted("nor this", 1, "host"))
    house.scheduler.turn(0)
    assert notes(house, key) == []


# ------------------------------------------------------------------------------------------ coming back


def test_a_run_goes_on_where_its_process_died(house):
    spec = dag(task("a"), task("b", "a"), task("c", "b"))
    key = house.launch(spec)
    house.end("a", result("[1]"))
    house.restart()
    house.take_over(key, spec)
    assert [order.message.task.task_id for order in house.desk.orders.values()] == ["b"]
    assert house.desk.orders[house.desk.try_of("b")].message.try_number == 1
    house.end("b")
    house.end("c")
    assert house.run_state(key) == "success"
    assert [(one.task_id, one.state) for one in house.other.tries(key)] == [
        ("a", "success"),
        ("b", "lost"),
        ("b", "success"),
        ("c", "success"),
    ]


def test_a_process_that_died_half_way_through_its_takeover_loses_nothing(house):
    """The ends of the last owner's tries are in the store, what follows from them is not."""
    key = house.launch(CHAIN)
    house.restart()
    _, rows = restored_run(house.store, key, CHAIN, None, Bounds())
    house.store.commit(left_behind(rows, "died")[0], who="me", now=NOW)
    house.restart()
    house.take_over(key, CHAIN)
    house.end("a")
    house.end("b")
    assert house.run_state(key) == "success"


def test_a_retry_that_came_due_meanwhile_starts_at_once(house):
    spec = dag(task("a", retry=RetrySpec(1, 600.0)))
    key = house.launch(spec)
    house.end("a", Failed("E", "boom"))
    assert house.states(key) == {"a": "up_for_retry"}
    house.now += timedelta(hours=1)
    house.restart()
    house.take_over(key, spec)
    assert house.states(key) == {"a": "queued"}


def test_a_run_is_ours_until_its_last_process_has_ended(house):
    """Else somebody could resume it while the old process of a task still runs."""
    key = house.launch(CHAIN)
    house.scheduler.tell(key, events.RunCancelled("by test"))
    assert house.run_state(key) == "failed"
    assert house.other.owner_of(key) is not None
    active, _ = restored_run(house.store, key, CHAIN, None, Bounds())
    with pytest.raises(TradewindError, match="is not over yet"):
        house.scheduler.adopt(active, [events.RunRestored()])
    house.desk.say(TryLost(house.desk.try_of("a"), "cancelled", signal=15))
    run_until_done(house.scheduler)
    assert house.other.owner_of(key) is None
    assert [one.state for one in house.other.tries(key)] == ["cancelled"]


def test_a_run_that_goes_on_here_is_not_taken_over_by_ourselves(house):
    key = house.launch(CHAIN)
    active, _ = restored_run(house.store, key, CHAIN, None, Bounds())
    with pytest.raises(TradewindError, match="is not over yet"):
        house.scheduler.adopt(active, [events.RunRestored()])
    house.end("a")
    house.end("b")
    assert house.run_state(key) == "success"


# ------------------------------------------------------------------------------------------ time


def test_a_retry_waits_for_its_time(house):
    key = house.launch(dag(task("a", retry=RetrySpec(1, 60.0))))
    house.end("a", Failed("E", "boom"))
    house.later(seconds=59)
    assert house.states(key) == {"a": "up_for_retry"}
    house.later(seconds=1)
    assert house.states(key) == {"a": "queued"}


def test_a_clock_set_back_delays_a_retry_and_loses_nothing(house):
    key = house.launch(dag(task("a", retry=RetrySpec(1, 60.0))))
    house.end("a", Failed("E", "boom"))
    house.later(hours=-2)
    assert house.states(key) == {"a": "up_for_retry"}
    house.later(hours=2, seconds=60)
    assert house.states(key) == {"a": "queued"}


def test_a_run_over_its_time_is_stopped(house):
    key = house.launch(dag(task("a"), task("b", "a"), run_timeout_seconds=60.0))
    house.later(seconds=59)
    assert house.run_state(key) == "running"
    house.later(seconds=1)
    assert house.run_state(key) == "failed"
    assert house.states(key) == {"a": "failed", "b": "skipped"}
    assert house.desk.cancelled == [house.desk.try_of("a")]
    assert "over its time limit (dagrun_timeout)" in house.why(key)


def test_the_time_of_a_run_counts_on_when_its_process_dies(house):
    spec = dag(task("a"), run_timeout_seconds=60.0)
    key = house.launch(spec)
    house.now += timedelta(seconds=50)
    house.restart()
    house.take_over(key, spec)
    house.later(seconds=10)
    assert house.run_state(key) == "failed"


def test_a_resumed_run_has_its_whole_time_again(house):
    spec = dag(task("a"), run_timeout_seconds=60.0)
    key = house.launch(spec)
    house.end("a", Failed("E", "boom"))
    house.now += timedelta(days=1)
    house.restart()
    house.take_over(key, spec, events.TasksCleared((("a", ()),), "resumed by me"))
    house.later(seconds=59)
    assert house.run_state(key) == "running"
    house.end("a")
    assert house.run_state(key) == "success"


# ------------------------------------------------------------------------------------------ wishes of others


def test_another_process_cancels_a_run(house):
    key, other = house.launch(CHAIN), house.launch(dag(task("a"), dag_id="other"))
    house.other.add_request("cancel", key, {}, who="anna", now=NOW)
    house.scheduler.turn(0)
    assert house.run_state(key) == "running", "nobody has told it to look"
    house.scheduler.look_for_requests()
    house.scheduler.turn(0)
    assert house.run_state(key) == "failed"
    assert house.why(key) == "cancelled by anna"
    assert house.desk.cancelled == [one.try_id for one in house.other.tries(key)]
    assert house.run_state(other) == "running"


def test_an_interrupt_cancels_all(house):
    keys = [house.launch(CHAIN), house.launch(dag(task("a"), dag_id="other"))]
    house.scheduler.interrupt("cancelled by Ctrl-C")
    house.scheduler.turn(0)
    assert [house.run_state(key) for key in keys] == ["failed", "failed"]
    assert house.scheduler.has_work, "the processes still run"


def test_a_wish_for_a_run_that_is_not_driven_here(house):
    with pytest.raises(NotFoundError, match="not active here"):
        house.scheduler.tell(RunKey("dag", "none"), events.RunCancelled("x"))


# ------------------------------------------------------------------------------------------ the run before


PAST = dag(task("t", depends_on_past=True))
TOMORROW = NOW + timedelta(days=1)


def test_a_first_run_has_no_past_to_wait_for(house):
    key = house.launch(PAST)
    assert house.states(key) == {"t": "queued"}


def test_a_run_waits_for_the_one_before_it(house):
    first = house.launch(PAST, "first")
    second = house.launch(PAST, "second", at=TOMORROW)
    assert house.states(second) == {}
    house.end("t", run_id="first")
    assert house.run_state(first) == "success"
    house.later(seconds=1)
    assert house.states(second) == {"t": "queued"}


def test_it_sees_what_another_process_does_to_the_run_before(house):
    house.launch(PAST, "first")
    house.restart()
    second = house.launch(PAST, "second", at=TOMORROW)
    house.later(seconds=5)
    assert house.states(second) == {}
    with house.other._writing() as connection:
        connection.execute("UPDATE task_instance SET state = 'success'")
    house.later(seconds=5)
    assert house.states(second) == {"t": "queued"}


def test_a_run_that_nothing_can_move_on_ends_and_says_why(house):
    house.launch(PAST, "first")
    house.end("t", Failed("E", "boom"), run_id="first")
    second = house.launch(PAST, "second", at=TOMORROW)
    run_until_done(house.scheduler)
    assert house.run_state(second) == "failed"
    assert "in the run before (first), 't' is failed" in house.why(second)


# ------------------------------------------------------------------------------------------ the rest


def test_marking_by_hand_counts_for_what_follows(house):
    key = house.launch(CHAIN)
    house.scheduler.tell(key, events.TaskMarked("a", (), TaskState.SUCCESS))
    assert house.states(key) == {"a": "success", "b": "queued"}
    assert house.desk.cancelled == [house.desk.try_of("a")]


def test_observers_hear_of_every_commit(house):
    heard = []
    house.scheduler.observe(lambda changes, now: heard.extend(changes))
    key = house.launch(CHAIN)
    ended = house.end("a")
    house.desk.say(TryReport(ended, Succeeded()))
    house.end("b")
    told = [change for change in heard if not isinstance(change, Noted)]
    assert names(told)[:2] == ["RunCreated", "RunChanged"]
    assert len(heard) - len(told) == 1
    assert (told[-1].run, told[-1].new) == (key, "success")
