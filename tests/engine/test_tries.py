"""Reports of tries: retries, lost tries, reschedules, deferrals, the fence."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from tradewind.engine.commands import StartTry, StopTry, WakeAt
from tradewind.engine.events import (
    DeferralEnded,
    RetryDue,
    RunCancelled,
    RunTimedOut,
    TaskMarked,
    TaskQueued,
    TryDeferred,
    TryFailed,
    TryLost,
    TryRescheduled,
    TryStarted,
    TrySucceeded,
)
from tradewind.engine.retries import delay_seconds
from tradewind.engine.run import Bounds
from tradewind.engine.step import is_current
from tradewind.model.changes import Noted, XComsCleared
from tradewind.model.ids import RunKey
from tradewind.model.spec import DagSpec, RetrySpec, TaskSpec
from tradewind.model.states import TaskState

KEY = RunKey("dag", "run")


def one(**more: Any) -> DagSpec:
    return DagSpec("dag", tasks=(TaskSpec("a", "Op", **more),))


def test_a_failed_try_is_tried_again_in_time(playing: SimpleNamespace) -> None:
    player = playing.Player(one(retry=RetrySpec(1, 60.0)))

    player.send(TryFailed(player.queue("a"), "boom"))
    assert player.wakes == {("a", ()): playing.START + timedelta(seconds=60)}
    player.now += timedelta(seconds=60)
    player.send(RetryDue("a", ()))
    assert player.wanted[("a", ())].number == 2
    player.send(TryFailed(player.queue("a"), "boom again"))

    assert player.run.state == "failed"
    assert player.run.instance("a", ()).why == "boom again"


def test_an_early_wake_up_is_put_off(playing: SimpleNamespace) -> None:
    player = playing.Player(one(retry=RetrySpec(1, 60.0)))
    player.send(TryFailed(player.queue("a"), "boom"))

    player.send(RetryDue("a", ()))

    assert [type(c) for c in player.commands] == [WakeAt]


def test_some_failures_no_retry_can_mend(playing: SimpleNamespace) -> None:
    player = playing.Player(one(retry=RetrySpec(5)))
    player.send(TryFailed(player.queue("a"), "AirflowFailException", may_retry=False))
    assert player.run.state == "failed"


def test_lost_tries_are_repeated_at_once_and_not_counted(playing: SimpleNamespace) -> None:
    player = playing.Player(one(), bounds=Bounds(max_lost_tries=2))

    for _ in range(2):
        player.send(TryLost(player.queue("a"), "killed by signal 9"))
        assert player.wanted[("a", ())].number == 1
    player.send(TryLost(player.queue("a"), "killed by signal 9"))

    assert player.states() == {"a": "failed"}
    assert "lost 3 times" in player.run.instance("a", ()).why


def test_a_next_try_starts_without_the_values_of_the_last(playing: SimpleNamespace) -> None:
    player = playing.Player(one())
    player.send(TryLost(player.queue("a"), "gone"))

    player.queue("a")

    assert any(isinstance(change, XComsCleared) for change in player.changes)


def test_a_rescheduled_sensor_goes_on_with_the_same_try(playing: SimpleNamespace) -> None:
    player = playing.Player(one())
    later = playing.START + timedelta(minutes=1)

    player.send(TryRescheduled(player.queue("a"), later))
    assert player.wakes == {("a", ()): later}
    player.now = later
    player.send(RetryDue("a", ()))

    assert player.wanted[("a", ())].number == 1


def test_a_deferred_task_comes_back_with_its_values(playing: SimpleNamespace) -> None:
    player = playing.Player(one())
    player.send(TryDeferred(player.queue("a")))
    player.send(DeferralEnded("a", ()))

    player.queue("a")

    assert not any(isinstance(change, XComsCleared) for change in player.changes)
    assert player.run.instance("a", ()).try_number == 1


LATE = [TryStarted, TrySucceeded, lambda t: TryFailed(t, "x"), lambda t: TryLost(t, "x"), TryDeferred]


@pytest.mark.parametrize("report", LATE)
def test_a_report_of_an_old_try_changes_nothing(playing: SimpleNamespace, report: Any) -> None:
    player = playing.Player(one())
    old = player.queue("a")
    player.send(TryLost(old, "thought dead"))
    new = player.queue("a")

    changes = player.send(report(old))

    assert [type(c) for c in changes] == [Noted]
    assert player.commands == []
    assert is_current(player.run, new)


def test_a_doubled_report_counts_once(playing: SimpleNamespace) -> None:
    player = playing.Player(one())
    try_id = player.queue("a")
    player.send(TrySucceeded(try_id))

    assert [type(c) for c in player.send(TryFailed(try_id, "late"))] == [Noted]
    assert player.run.state == "success"


def test_a_try_for_what_is_no_longer_wanted_is_refused(playing: SimpleNamespace) -> None:
    player = playing.Player(one())
    player.send(TaskMarked("a", (), TaskState.SUCCESS))

    player.send(TaskQueued("a", (), "late"))

    assert not is_current(player.run, "late")
    assert player.states() == {"a": "success"}


@pytest.mark.parametrize("event", [RunCancelled("by the user"), RunTimedOut()])
def test_a_stopped_run_stops_what_lives_and_skips_the_rest(playing: SimpleNamespace, event: Any) -> None:
    spec = DagSpec("dag", tasks=(TaskSpec("a", "Op"), TaskSpec("b", "Op"), TaskSpec("c", "Op", upstream=("a",))))
    player = playing.Player(spec)
    live = player.queue("a")

    player.send(event)

    assert player.states() == {"a": "failed", "b": "skipped", "c": "skipped"}
    assert StopTry(live, player.finished.why) in player.commands
    assert player.run.state == "failed"
    assert [type(c) for c in player.send(TrySucceeded(live))] == [Noted]


def test_fail_fast_ends_all_but_teardowns(playing: SimpleNamespace) -> None:
    tasks = (TaskSpec("a", "Op"), TaskSpec("b", "Op"), TaskSpec("t", "Op", upstream=("a",), is_teardown=True,
             trigger_rule="all_done"), TaskSpec("c", "Op", upstream=("b",)))  # fmt: skip
    player = playing.Player(DagSpec("dag", tasks=tasks, fail_fast=True))
    live = player.queue("b")

    player.send(TryFailed(player.queue("a"), "boom"))

    assert player.stopped == [live]
    assert player.states() == {"a": "failed", "b": "failed", "t": "none", "c": "skipped"}
    assert isinstance(player.wanted[("t", ())], StartTry)


@pytest.mark.parametrize(
    ("retry", "number", "low", "high"),
    [
        (RetrySpec(9, 10.0), 5, 10.0, 10.0),
        (RetrySpec(9, 10.0, backoff=2.0), 1, 10.0, 20.0),
        (RetrySpec(9, 10.0, backoff=2.0), 4, 80.0, 160.0),
        (RetrySpec(9, 10.0, backoff=2.0, max_delay_seconds=30.0), 4, 30.0, 30.0),
        (RetrySpec(9, 10.0, backoff=2.0), 5_000, 86_400.0, 86_400.0),
        (RetrySpec(9, 0.0, backoff=2.0), 3, 0.0, 0.0),
    ],
)
def test_delays(retry: RetrySpec, number: int, low: float, high: float) -> None:
    seconds = delay_seconds(retry, number, KEY, "a", ())

    assert low <= seconds <= high + 1e-6
    assert seconds == delay_seconds(retry, number, KEY, "a", ())
