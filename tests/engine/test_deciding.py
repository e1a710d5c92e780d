"""Branches, short circuits, the past, and the reasons for waiting."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tradewind.engine.commands import AskPast, WithdrawTry
from tradewind.engine.events import PastChanged, RunRestored, TaskMarked, TryFailed, TrySkipped
from tradewind.engine.past import verdict
from tradewind.engine.plan import Plan
from tradewind.engine.step import step
from tradewind.engine.why import explain
from tradewind.model.records import TaskRecord
from tradewind.model.spec import DagSpec, Expansion, FromTask, GroupSpec, Literals, RetrySpec, TaskSpec
from tradewind.model.states import TaskState, TriggerRule


def task(name: str, *upstream: str, **more: Any) -> TaskSpec:
    return TaskSpec(name, "Op", upstream=upstream, **more)


def dag(*tasks: TaskSpec, **more: Any) -> DagSpec:
    return DagSpec("dag", tasks=tasks, **more)


def test_a_task_after_a_followed_one_is_not_passed_over(playing: SimpleNamespace) -> None:
    player = playing.Player(dag(task("b"), task("x", "b"), task("y", "b"), task("join", "b", "x")))

    player.succeed("b", followed=("x",))

    assert player.states() == {"b": "success", "x": "none", "y": "skipped", "join": "none"}


def test_a_branch_in_a_mapped_group_decides_for_its_own_instance(playing: SimpleNamespace) -> None:
    group = GroupSpec("g", expansion=Expansion((("x", Literals(2)),)))
    player = playing.Player(
        dag(task("b", group_id="g"), task("x", "b", group_id="g"), task("end", "b"), groups=(group,))
    )

    player.succeed("b", 0, followed=())

    assert player.states() == {"b[0]": "success", "b[1]": "none", "x[0]": "skipped", "x[1]": "none", "end": "none"}


@pytest.mark.parametrize(("reach", "last"), [("direct", "success"), ("all", "skipped")])
def test_short_circuits_spare_teardowns(playing: SimpleNamespace, reach: str, last: str) -> None:
    spec = dag(
        task("c"), task("x", "c"), task("y", "x", trigger_rule=TriggerRule.ALL_DONE),
        task("t", "x", is_teardown=True, trigger_rule=TriggerRule.ALL_DONE_SETUP_SUCCESS),
    )  # fmt: skip
    player = playing.Player(spec)

    player.succeed("c", short_circuit=reach)
    player.play()

    assert player.states() == {"c": "success", "x": "skipped", "y": last, "t": "success"}


def test_a_ready_task_is_withdrawn_when_it_is_passed_over(playing: SimpleNamespace) -> None:
    player = playing.Player(dag(task("b"), task("x", "b", trigger_rule=TriggerRule.ALWAYS)))
    assert set(player.wanted) == {("b", ()), ("x", ())}

    player.succeed("b", followed=())

    assert WithdrawTry("x", ()) in player.commands
    assert player.run.state == "success"


def test_an_empty_operator_needs_no_try(playing: SimpleNamespace) -> None:
    player = playing.Player(dag(task("start", needs_no_process=True), task("end", "start", needs_no_process=True)))

    assert player.states() == {"start": "success", "end": "success"}
    assert player.run.state == "success"


def test_the_past_holds_a_task_back(playing: SimpleNamespace) -> None:
    player = playing.Player(dag(task("a", depends_on_past=True)))
    assert player.commands == [AskPast("a")]

    player.send(PastChanged("a", False, "in the run before, 'a' is failed"))
    assert explain(player.run, player.run.instance("a", ())).text == "in the run before, 'a' is failed"
    player.send(PastChanged("a", True))

    assert set(player.wanted) == {("a", ())}


def record(name: str, state: TaskState) -> TaskRecord:
    return TaskRecord(name, (), state, None, 1, 0, None, None, None)


OK, BAD, NO = TaskState.SUCCESS, TaskState.FAILED, TaskState.NONE


@pytest.mark.parametrize(
    ("previous", "waits_for_downstream", "expected"),
    [
        (None, False, True),
        ({"a": OK}, False, True),
        ({"a": BAD}, False, False),
        ({}, False, False),
        ({"a": OK, "b": BAD}, False, True),
        ({"a": OK, "b": BAD}, True, False),
        ({"a": TaskState.SKIPPED, "b": OK}, True, True),
        ({"a": OK, "b": NO}, True, False),
    ],
)
def test_what_the_past_has_to_be(previous: Any, waits_for_downstream: bool, expected: bool) -> None:
    plan = Plan(dag(task("a", depends_on_past=True, wait_for_downstream=waits_for_downstream), task("b", "a")))
    records = None if previous is None else [record(n, s) for n, s in previous.items()]

    is_met, why = verdict(plan, "a", records)

    assert is_met is expected
    assert bool(why) is not expected


def test_a_task_that_the_run_before_did_not_have_is_new() -> None:
    plan = Plan(dag(task("a", depends_on_past=True)))

    assert verdict(plan, "a", [], has_ended=True) == (True, "")
    assert verdict(plan, "a", [record("a", BAD)], has_ended=True)[0] is False


def test_every_wait_has_a_reason(playing: SimpleNamespace) -> None:
    spec = dag(
        task("a", retry=RetrySpec(1)), task("b", "a"), task("m", "l", trigger_rule=TriggerRule.ALWAYS,
             expansion=Expansion((("x", FromTask("l")),))), task("l"), task("free"), task("skips"),
    )  # fmt: skip
    player = playing.Player(spec)
    player.send(TryFailed(player.queue("a"), "boom"))
    player.queue("l")
    player.send(TrySkipped(player.queue("skips"), "nothing new"))

    reasons = {i.plan.task_id: explain(player.run, i) for i in player.run.all_instances()}

    assert {name: why.kind for name, why in reasons.items()} == {
        "a": "retry", "b": "upstream", "m": "length", "l": "live", "free": "slot", "skips": "ended"
    }  # fmt: skip
    assert reasons["b"].text == "trigger rule all_success: waits for 'a' (up_for_retry)"
    assert reasons["m"].text == "its number of instances comes from 'l' (queued)"
    assert reasons["skips"].text == "nothing new"


def test_a_restored_run_says_again_what_it_waits_for(playing: SimpleNamespace) -> None:
    spec = dag(task("a", retry=RetrySpec(1)), task("b"), task("c", "b"), task("p", depends_on_past=True))
    player = playing.Player(spec)
    player.send(TryFailed(player.queue("a"), "boom"))
    player.queue("b")

    restored = player.rows.restore(spec)
    again = step(restored, RunRestored(), player.now)

    assert {type(c).__name__ for c in again.commands} == {"WakeAt", "AskPast"}
    assert again.changes == []


def test_a_change_upstream_takes_back_what_was_ready(playing: SimpleNamespace) -> None:
    player = playing.Player(dag(task("a"), task("b", "a")))
    player.succeed("a")

    player.send(TaskMarked("a", (), TaskState.FAILED))

    assert WithdrawTry("b", ()) in player.commands
    assert player.run.state == "failed"
