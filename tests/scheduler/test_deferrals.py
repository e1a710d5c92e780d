"""Deferred tasks through the scheduler and a real store; the triggerer is the test's hand on the store."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.scheduler.conftest import NOW, House, dag, task
from tradewind.engine import events
from tradewind.executors.base import TryOrder
from tradewind.model.changes import DeferralForgotten, DeferralMade, TaskChanged
from tradewind.model.ids import RunKey
from tradewind.model.messages import Resume
from tradewind.model.outcomes import Deferred, Failed, Question, Rescheduled, TryLost
from tradewind.model.service import DeferralOutcome, DeferralRecord
from tradewind.model.spec import RetrySpec, StartTrigger
from tradewind.model.states import TaskState
from tradewind.scheduler.deferrals import Deferrals
from tradewind.scheduler.one_shot import go_on
from tradewind.store.facets.deferrals import EndedDeferral

WAITS = Deferred("some.Trigger", {"a": 1}, "back", {"b": 2})
FLOW = dag(task("t", retry=RetrySpec(1, 0.0)), task("after", "t"))


def fire(house: House, key: RunKey, outcome: DeferralOutcome = DeferralOutcome.EVENT, **more: Any) -> None:
    """What a triggerer writes; then the duty is attended."""
    write(house, waiting(house, key)[0], outcome, **more)
    Deferrals(house.scheduler).attend(house.now, frozenset())


def write(house: House, record: DeferralRecord, outcome: DeferralOutcome = DeferralOutcome.EVENT, **more: Any) -> bool:
    who = more.pop("triggerer_id", None)
    ended = EndedDeferral(record.deferral_id, outcome, **more)
    return house.other.end_deferrals([ended], triggerer_id=who, now=house.now) == [True]


def waiting(house: House, key: RunKey) -> list[DeferralRecord]:
    return house.other.deferrals(key)


def order_of(house: House, task_id: str = "t") -> TryOrder:
    return house.desk.orders[house.desk.try_of(task_id)]


def test_the_deferral_is_in_the_commit_that_says_the_task_is_deferred(house: House) -> None:
    key = house.launch(FLOW)
    commits: list[list[Any]] = []
    house.scheduler.observe(lambda changes, now: commits.append(list(changes)))
    try_id = house.end("t", WAITS)

    (commit,) = commits
    assert [c.new for c in commit if isinstance(c, TaskChanged)] == [TaskState.DEFERRED]
    assert [c.try_id for c in commit if isinstance(c, DeferralMade)] == [try_id]
    record = waiting(house, key)[0]
    assert (record.trigger, record.snapshot, record.file) == ("some.Trigger", "snapshot", "dag.py")


def test_the_event_is_an_argument_of_the_method_and_the_try_keeps_its_number(house: House) -> None:
    key = house.launch(FLOW)
    first = house.end("t", WAITS)
    fire(house, key, event={"x": 1})

    order = order_of(house)
    assert order.message.try_id != first
    assert order.message.try_number == 1
    assert order.message.resume == Resume("back", {"b": 2, "event": {"x": 1}})


def test_an_event_of_none_is_an_argument_too(house: House) -> None:
    key = house.launch(FLOW)
    house.end("t", WAITS)
    fire(house, key)
    assert order_of(house).message.resume == Resume("back", {"b": 2, "event": None})


def test_a_task_that_goes_on_is_forgotten_when_it_ends(house: House) -> None:
    key = house.launch(FLOW)
    house.end("t", WAITS)
    fire(house, key)
    house.end("t")
    assert house.states(key) == {"t": "success", "after": "queued"}
    assert waiting(house, key) == []


@pytest.mark.parametrize(
    ("outcome", "error", "expected"),
    [
        (DeferralOutcome.TIMEOUT, "", {"error": "Trigger timeout"}),
        (DeferralOutcome.FAILED, "boom", {"error": "Trigger failure", "traceback": "boom"}),
    ],
)
def test_a_wait_without_an_event_is_raised_in_the_task(
    house: House, outcome: DeferralOutcome, error: str, expected: dict[str, str]
) -> None:
    key = house.launch(FLOW)
    house.end("t", WAITS)
    fire(house, key, outcome, error=error)
    assert order_of(house).message.resume == Resume("__fail__", expected)


def test_a_wait_whose_row_was_lost_begins_again_with_the_next_scheduler(house: House) -> None:
    """As after a `db downgrade` to a version that knew of no deferrals. The others go on waiting."""
    key = house.launch(dag(task("t"), task("other")))
    house.end("t", WAITS)
    house.end("other", WAITS)
    house.store.commit([DeferralForgotten(key, "t", ())], who="test", now=NOW)

    house.restart()
    house.take_over(key, dag(task("t"), task("other")))

    assert [order.message.task.task_id for order in house.desk.orders.values()] == ["t"]
    assert (order_of(house).message.resume, order_of(house).message.try_number) == (None, 1)
    house.end("t")
    fire(house, key)
    house.end("other")
    assert house.run_state(key) == "success"


def test_a_resumed_try_that_fails_is_tried_again_from_the_start(house: House) -> None:
    key = house.launch(FLOW)
    house.end("t", WAITS)
    fire(house, key)
    house.end("t", Failed("ValueError", "no"))
    house.later(seconds=1)
    assert (order_of(house).message.resume, order_of(house).message.try_number) == (None, 2)
    assert waiting(house, key) == []


def test_a_resumed_try_that_is_lost_begins_again_with_the_same_event(house: House) -> None:
    key = house.launch(FLOW)
    house.end("t", WAITS)
    fire(house, key, event=7)
    lost = house.desk.try_of("t")
    house.desk.say(TryLost(lost, "killed"))
    house.scheduler.turn(0)

    assert house.desk.try_of("t") != lost
    assert order_of(house).message.resume == Resume("back", {"b": 2, "event": 7})


def test_it_may_defer_again(house: House) -> None:
    key = house.launch(FLOW)
    house.end("t", WAITS)
    fire(house, key, event=1)
    house.end("t", Deferred("other.Trigger", {}, "later"))

    assert [one.trigger for one in waiting(house, key)] == ["other.Trigger"]
    fire(house, key, event=2)
    assert order_of(house).message.resume == Resume("later", {"event": 2})


def test_a_reschedule_after_a_resumption_begins_anew(house: House) -> None:
    key = house.launch(FLOW)
    house.end("t", WAITS)
    fire(house, key)
    house.end("t", Rescheduled(house.now))
    house.later(seconds=1)
    assert order_of(house).message.resume is None


# ------------------------------------------------------------------------------------ time


def test_a_deferral_times_out_by_the_clock(house: House) -> None:
    key = house.launch(FLOW)
    house.end("t", Deferred("some.Trigger", {}, "back", timeout_seconds=10.0))
    house.later(seconds=9)
    assert house.states(key)["t"] == "deferred"
    house.later(seconds=2)
    assert order_of(house).message.resume == Resume("__fail__", {"error": "Trigger timeout"})


def test_an_event_that_was_there_first_counts_though_the_time_is_over(house: House) -> None:
    key = house.launch(FLOW)
    house.end("t", Deferred("some.Trigger", {}, "back", timeout_seconds=10.0))
    assert write(house, waiting(house, key)[0], event="in time")
    house.later(seconds=11)
    assert order_of(house).message.resume == Resume("back", {"event": "in time"})


def test_a_trigger_that_fires_late_changes_nothing(house: House) -> None:
    key = house.launch(FLOW)
    house.end("t", Deferred("some.Trigger", {}, "back", timeout_seconds=10.0))
    record = waiting(house, key)[0]
    house.later(seconds=11)
    assert not write(house, record, event="late")


def test_the_timer_of_an_old_deferral_is_not_that_of_the_next(house: House) -> None:
    key = house.launch(FLOW)
    house.end("t", Deferred("some.Trigger", {}, "back", timeout_seconds=10.0))
    fire(house, key)
    house.end("t", WAITS)
    house.later(seconds=11)
    assert house.states(key)["t"] == "deferred"


# ------------------------------------------------------------------------------------ after a crash


def test_a_restored_run_goes_on_waiting(house: House) -> None:
    key = house.launch(FLOW)
    house.end("t", Deferred("some.Trigger", {}, "back", timeout_seconds=10.0))
    house.restart()
    house.take_over(key, FLOW)
    assert house.states(key)["t"] == "deferred"
    house.later(seconds=11)
    assert order_of(house).message.resume == Resume("__fail__", {"error": "Trigger timeout"})


def test_what_fired_meanwhile_is_gone_on_with_at_once(house: House) -> None:
    key = house.launch(FLOW)
    house.end("t", WAITS)
    write(house, waiting(house, key)[0], event=5)
    house.restart()
    house.take_over(key, FLOW)
    assert order_of(house).message.resume == Resume("back", {"b": 2, "event": 5})


def test_a_resumption_that_died_with_the_scheduler_begins_again_with_its_event(house: House) -> None:
    key = house.launch(FLOW)
    house.end("t", WAITS)
    fire(house, key, event=5)
    house.restart()
    house.take_over(key, FLOW)
    assert order_of(house).message.resume == Resume("back", {"b": 2, "event": 5})
    assert order_of(house).message.try_number == 1


# ------------------------------------------------------------------------------------ without a process


@pytest.mark.parametrize(
    ("state", "after"), [("success", "queued"), ("failed", "upstream_failed"), ("skipped", "skipped")]
)
def test_a_trigger_may_end_the_task(house: House, state: str, after: str) -> None:
    key = house.launch(FLOW)
    house.end("t", WAITS)
    plain = {"codec": "json", "type": "list", "size_bytes": 1, "hash": "h", "inline": b"1"}
    xcoms = {"return_value": plain} if state == "success" else {}
    fire(house, key, event={"$ends_task": {"state": state, "xcoms": xcoms}})

    assert house.states(key) == {"t": state, "after": after}
    assert [one.key for one in house.other.all_xcoms(key)] == list(xcoms)
    assert waiting(house, key) == []


def test_a_task_may_start_in_its_trigger(house: House) -> None:
    start = StartTrigger("some.Trigger", {"a": 1}, "back", timeout_seconds=5.0)
    spec = dag(task("t", start_trigger=start, retry=RetrySpec(1, 0.0)))
    key = house.launch(spec)
    assert house.desk.orders == {}
    assert house.states(key) == {"t": "deferred"}

    fire(house, key, event=1)
    assert order_of(house).message.resume == Resume("back", {"event": 1})
    house.end("t", Failed("ValueError", "no"))
    house.later(seconds=1)
    assert house.states(key) == {"t": "deferred"}
    assert [one.number for one in house.other.tries(key, "t")] == [1, 1, 2]


# ------------------------------------------------------------------------------------ people


def test_an_answer_wakes_the_task_and_no_triggerer_is_asked(house: House) -> None:
    key = house.launch(FLOW)
    house.end("t", Deferred("", {}, "answered", question=Question("ship?", "", ("yes", "no")), timeout_seconds=60.0))
    (asked,) = house.other.approvals(is_open=True)
    assert (asked.subject, asked.respond_by) == ("ship?", NOW + timedelta(seconds=60))
    assert house.other.claim_deferrals("triggerer", limit=9, queues=None, alive=[]) == []

    house.other.answer_approval(key, "t", (), chosen=("yes",), params_input={}, who="ann", now=house.now)
    Deferrals(house.scheduler).attend(house.now, frozenset())

    resume = order_of(house).message.resume
    assert resume is not None
    assert resume.kwargs["event"]["chosen_options"] == ["yes"]
    assert house.other.approvals(is_open=True) == []


def test_a_deferred_task_that_is_stopped_is_forgotten(house: House) -> None:
    key = house.launch(FLOW)
    house.end("t", WAITS)
    house.scheduler.interrupt("enough")
    house.scheduler.turn(0)
    assert waiting(house, key) == []
    assert house.run_state(key) == "failed"


def test_a_run_with_a_waiting_task_is_not_at_a_standstill(house: House) -> None:
    key = house.launch(FLOW)
    house.end("t", WAITS)
    go_on(house.scheduler)
    assert house.states(key)["t"] == "deferred"


def test_a_cleared_task_waits_no_more_and_begins_anew(house: House) -> None:
    key = house.launch(FLOW)
    house.end("t", WAITS)
    house.scheduler.tell(key, events.TasksCleared((("t", ()),)))
    assert waiting(house, key) == []
    assert order_of(house).message.resume is None
