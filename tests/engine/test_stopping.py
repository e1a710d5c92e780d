"""Cancelled runs and their teardowns, runs marked by hand, tasks whose time is not that of the run, retries whose upstream
has changed."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from tradewind.engine.clearing import to_resume
from tradewind.engine.events import (
    RetryDue,
    RunCancelled,
    RunMarked,
    RunRestored,
    RunStarted,
    TaskMarked,
    TasksCleared,
    TryFailed,
    TryLost,
)
from tradewind.engine.run import Bounds, Run
from tradewind.engine.step import step
from tradewind.engine.why import explain
from tradewind.model.ids import RunKey
from tradewind.model.spec import DagSpec, RetrySpec, TaskSpec
from tradewind.model.states import RunState, TaskState, TriggerRule

CLUSTER = DagSpec(
    "dag",
    tasks=(
        TaskSpec("create", "Op", is_setup=True),
        TaskSpec("work", "Op", upstream=("create",)),
        TaskSpec("more", "Op", upstream=("work",)),
        TaskSpec(
            "delete",
            "Op",
            upstream=("more", "create"),
            is_teardown=True,
            setups=("create",),
            trigger_rule=TriggerRule.ALL_DONE_SETUP_SUCCESS,
        ),
    ),
)


def test_a_cancelled_run_runs_its_teardowns_and_then_has_failed(playing: SimpleNamespace) -> None:
    player = playing.Player(CLUSTER)
    player.succeed("create")
    work = player.queue("work")

    player.send(RunCancelled("cancelled by ann"))

    assert player.stopped == [work]
    assert player.states() == {"create": "success", "work": "failed", "more": "skipped", "delete": "none"}
    assert player.run.state is RunState.RUNNING
    player.succeed("delete")
    assert player.run.state is RunState.FAILED
    assert player.finished.why == "cancelled by ann"


def test_a_second_cancel_ends_the_teardowns_too(playing: SimpleNamespace) -> None:
    player = playing.Player(CLUSTER)
    player.succeed("create")
    player.send(RunCancelled("cancelled by ann"))
    delete = player.queue("delete")

    player.send(RunCancelled("cancelled by ann"))

    assert player.stopped == [delete]
    assert player.run.state is RunState.FAILED


def test_what_was_never_set_up_is_not_torn_down(playing: SimpleNamespace) -> None:
    player = playing.Player(CLUSTER)
    player.queue("create")

    player.send(RunCancelled("cancelled by ann"))

    assert player.states()["delete"] in ("skipped", "upstream_failed")
    assert player.run.state is RunState.FAILED


def test_a_cancel_that_is_final_leaves_nothing_to_run(playing: SimpleNamespace) -> None:
    player = playing.Player(CLUSTER)
    player.succeed("create")

    player.send(RunCancelled("set aside", is_final=True))

    assert player.run.state is RunState.FAILED
    assert player.states()["delete"] == "skipped"


def test_the_cancel_is_known_after_a_restore(playing: SimpleNamespace) -> None:
    player = playing.Player(CLUSTER)
    player.succeed("create")
    player.send(RunCancelled("cancelled by ann"))
    player.run = player.rows.restore(CLUSTER)
    player.wanted.clear()
    player.send(RunRestored())

    player.succeed("delete")

    assert player.run.state is RunState.FAILED
    assert to_resume(player.run) == (("work", ()), ("more", ()))


@pytest.mark.parametrize("state", [RunState.SUCCESS, RunState.FAILED])
def test_a_marked_run_runs_its_teardowns(playing: SimpleNamespace, state: Any) -> None:
    player = playing.Player(CLUSTER)
    player.succeed("create")
    player.queue("work")

    player.send(RunMarked(state, "marked by ann"))

    assert player.run.state is RunState.RUNNING
    player.succeed("delete")
    assert player.run.state is state


def chain(**more: Any) -> DagSpec:
    return DagSpec("dag", tasks=(TaskSpec("a", "Op"), TaskSpec("b", "Op", upstream=("a",), **more)))


def test_a_run_that_has_ended_is_marked(playing: SimpleNamespace) -> None:
    player = playing.Player(chain())
    player.send(TryFailed(player.queue("a"), "boom"))
    assert player.run.state is RunState.FAILED

    player.send(RunMarked(RunState.SUCCESS, "fine by me"))
    assert player.states() == {"a": "success", "b": "success"}
    assert player.rows.run_state is RunState.SUCCESS

    player.send(RunMarked(RunState.FAILED, "not fine"))
    assert player.rows.run_state is RunState.FAILED


def test_a_retry_asks_its_trigger_rule_again(playing: SimpleNamespace) -> None:
    player = playing.Player(chain(retry=RetrySpec(3, 60.0)))
    player.succeed("a")
    player.send(TryFailed(player.queue("b"), "boom"))
    player.send(TasksCleared((("a", ()),)))
    player.now += timedelta(seconds=60)

    player.send(RetryDue("b", ()))
    assert set(player.wanted) == {("a", ())}, "b waits for a again"

    player.succeed("a")
    assert player.wanted[("b", ())].number == 2
    player.send(TryFailed(player.queue("b"), "boom"))
    assert player.states()["b"] == "up_for_retry"


def test_a_retry_whose_upstream_was_marked_failed_is_not_tried(playing: SimpleNamespace) -> None:
    player = playing.Player(chain(retry=RetrySpec(3, 60.0)))
    player.succeed("a")
    player.send(TryFailed(player.queue("b"), "boom"))
    player.send(TaskMarked("a", (), TaskState.FAILED))
    player.now += timedelta(seconds=60)

    player.send(RetryDue("b", ()))

    assert player.states() == {"a": "failed", "b": "upstream_failed"}


DATES = [
    ({"start_date": 1}, 0, "skipped"),
    ({"start_date": 1}, 1, "none"),
    ({"end_date": 1}, 1, "none"),
    ({"end_date": 1}, 2, "skipped"),
    ({"start_date": -5}, -9, "none"),
]


@pytest.mark.parametrize(("dates", "day", "state"), DATES, ids=lambda value: str(value))
def test_a_task_out_of_its_own_time_is_skipped(
    playing: SimpleNamespace, dates: dict[str, int], day: int, state: str
) -> None:
    start = playing.START
    own = {name: start + timedelta(days=days) for name, days in dates.items()}
    spec = DagSpec("dag", tasks=(TaskSpec("t", "Op", **own),), start_date=start - timedelta(days=5))
    run = Run.new(RunKey("dag", "run"), spec, logical_date=start + timedelta(days=day))

    step(run, RunStarted(), start)

    instance = run.instance("t", ())
    assert instance is not None
    assert instance.state == state
    if state == "skipped":
        assert "start_date" in explain(run, instance).text


def test_what_ended_with_its_scheduler_is_not_counted_as_lost(playing: SimpleNamespace) -> None:
    player = playing.Player(chain(), bounds=Bounds(max_lost_tries=1))
    for _ in range(5):
        player.send(TryLost(player.queue("a"), "its scheduler died", is_takeover=True))
    player.send(TryLost(player.queue("a"), "killed"))
    assert player.wanted[("a", ())].number == 1
    player.send(TryLost(player.queue("a"), "killed"))
    assert player.states()["a"] == "failed"
