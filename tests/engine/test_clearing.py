"""Letting things run again: clear, resume, mark."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from tradewind.engine.clearing import to_resume, with_relatives
from tradewind.engine.events import RunCancelled, TaskMarked, TasksCleared, TryDeferred, TryFailed, TrySucceeded
from tradewind.model.changes import ExpansionsForgotten, Noted, XComsCleared
from tradewind.model.spec import DagSpec, Expansion, FromTask, RetrySpec, TaskSpec
from tradewind.model.states import TaskState


def chain(**more: Any) -> DagSpec:
    return DagSpec("dag", tasks=tuple(TaskSpec(n, "Op", upstream=u, **more) for n, u in [("a", ()), ("b", ("a",)), ("c", ("b",))]))  # fmt: skip


def failing(*names: str) -> Any:
    return lambda wish, try_id: TryFailed(try_id, "boom") if wish.task_id in names else TrySucceeded(try_id)


def test_resume_repeats_what_failed_and_what_hung_on_it(playing: SimpleNamespace) -> None:
    player = playing.Player(chain())
    player.play(failing("b"))
    assert player.states() == {"a": "success", "b": "failed", "c": "upstream_failed"}

    player.send(TasksCleared(to_resume(player.run), "resumed"))

    assert player.run.state == "running"
    assert set(player.wanted) == {("b", ())}
    player.play()
    assert player.run.state == "success"


def test_resume_after_a_cancel(playing: SimpleNamespace) -> None:
    player = playing.Player(chain())
    player.succeed("a")
    player.queue("b")
    player.send(RunCancelled("cancelled by ctrl-c"))

    player.send(TasksCleared(to_resume(player.run)))

    assert player.states() == {"a": "success", "b": "none", "c": "none"}
    assert player.wanted[("b", ())].number == 2


def test_retries_are_counted_from_the_clear(playing: SimpleNamespace) -> None:
    player = playing.Player(chain(retry=RetrySpec(1, 0.0)))
    player.succeed("a")
    player.send(TasksCleared((("a", ()),)))

    player.send(TryFailed(player.queue("a"), "boom"))

    assert player.states()["a"] == "up_for_retry"


def test_what_a_task_pushed_before_it_was_cancelled_in_its_waiting_is_cleared_with_it(playing: SimpleNamespace) -> None:
    player = playing.Player(chain())
    player.send(TryDeferred(player.queue("a")))
    player.send(RunCancelled("cancelled by ctrl-c"))

    changes = player.send(TasksCleared((("a", ()),)))

    assert [change.task_id for change in changes if isinstance(change, XComsCleared)] == ["a"]


def test_clearing_a_live_task_stops_its_try(playing: SimpleNamespace) -> None:
    player = playing.Player(chain())
    live = player.queue("a")

    player.send(TasksCleared((("a", ()),)))

    assert player.stopped == [live]
    assert set(player.wanted) == {("a", ())}


def test_clear_takes_the_downstream_along(playing: SimpleNamespace) -> None:
    player = playing.Player(chain())
    player.play()

    player.send(TasksCleared(with_relatives(player.run, (("b", ()),), downstream=True)))

    assert player.states() == {"a": "success", "b": "none", "c": "none"}


def test_a_cleared_list_is_mapped_over_anew(playing: SimpleNamespace) -> None:
    expansion = Expansion((("x", FromTask("l")),))
    tasks = (TaskSpec("l", "Op"), TaskSpec("m", "Op", upstream=("l",), expansion=expansion), TaskSpec("r", "Op", upstream=("m",)))  # fmt: skip
    player = playing.Player(DagSpec("dag", tasks=tasks))
    player.succeed("l", pushed=True, length=3)
    player.play()

    player.send(TasksCleared(with_relatives(player.run, (("l", ()),), downstream=True)))

    assert any(isinstance(change, ExpansionsForgotten) for change in player.changes)
    assert player.states() == {"l": "none", "m": "none", "r": "none"}
    player.succeed("l", pushed=True, length=2)
    assert set(player.states("m")) == {"m[0]", "m[1]"}
    assert player.wanted[("m", (0,))].number == 2


def test_results_stay_where_only_the_list_is_cleared(playing: SimpleNamespace) -> None:
    expansion = Expansion((("x", FromTask("l")),))
    tasks = (TaskSpec("l", "Op"), TaskSpec("m", "Op", upstream=("l",), expansion=expansion))
    player = playing.Player(DagSpec("dag", tasks=tasks))
    player.succeed("l", pushed=True, length=2)
    player.play()

    player.send(TasksCleared((("l", ()),)))

    assert player.states() == {"l": "none", "m[0]": "success", "m[1]": "success"}


def test_a_branch_stays_decided(playing: SimpleNamespace) -> None:
    tasks = (TaskSpec("b", "Op"), TaskSpec("x", "Op", upstream=("b",)), TaskSpec("y", "Op", upstream=("b",)))
    player = playing.Player(DagSpec("dag", tasks=tasks))
    player.succeed("b", followed=("x",))
    player.play()

    player.send(TasksCleared((("y", ()),)))
    assert player.states()["y"] == "skipped"
    assert any(isinstance(change, Noted) for change in player.changes)

    player.send(TasksCleared((("b", ()), ("y", ()))))
    assert player.states() == {"b": "none", "x": "success", "y": "none"}


def test_marking_a_success_lets_the_rest_go_on(playing: SimpleNamespace) -> None:
    player = playing.Player(chain())
    player.play(failing("b"))

    player.send(TaskMarked("b", (), TaskState.SUCCESS))

    assert player.run.state == "running"
    assert set(player.wanted) == {("c", ())}


def test_marking_the_last_task_decides_the_run_anew(playing: SimpleNamespace) -> None:
    player = playing.Player(chain())
    player.play(failing("c"))

    player.send(TaskMarked("c", (), TaskState.SUCCESS))

    assert player.run.state == "success"
    assert player.finished.state == "success"


def test_marking_a_live_task_stops_its_try(playing: SimpleNamespace) -> None:
    player = playing.Player(chain())
    live = player.queue("a")

    player.send(TaskMarked("a", (), TaskState.FAILED))

    assert player.stopped == [live]
    assert player.states() == {"a": "failed", "b": "upstream_failed", "c": "upstream_failed"}
