"""What a fork of a run takes over, and what is left for it to run."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tradewind.engine.events import RunCancelled, RunStarted, TryFailed, TrySucceeded
from tradewind.engine.forking import Fork, fork
from tradewind.engine.run import Bounds
from tradewind.engine.step import step
from tradewind.model.spec import DagSpec, Expansion, FromTask, GroupSpec, TaskSpec
from tradewind.model.states import RunState

OVER_A = Expansion(arguments=(("x", FromTask("a", "return_value")),))


def dag(*tasks: TaskSpec, groups: tuple[GroupSpec, ...] = ()) -> DagSpec:
    return DagSpec("dag", tasks=tasks, groups=groups)


def task(name: str, *upstream: str, **more: Any) -> TaskSpec:
    return TaskSpec(name, "Op", upstream=upstream, **more)


def forked(playing: SimpleNamespace, player: Any, *tasks: tuple[str, tuple[int, ...]]) -> Fork:
    return fork(player.rows.restore(player.run.plan), tasks, playing.START)


def kept(found: Fork) -> dict[str, str]:
    return {one.plan.task_id + (str(list(one.path)) if one.path else ""): one.state.value for one in found.kept}


def test_what_is_before_or_beside_is_kept(playing: SimpleNamespace) -> None:
    player = playing.Player(dag(task("a"), task("b", "a"), task("c", "b"), task("beside", "a")))
    player.play()

    found = forked(playing, player, ("b", ()))

    assert kept(found) == {"a": "success", "beside": "success"}
    assert found.runs_again == ("b", "c")


def test_what_had_not_ended_or_was_cancelled_runs_too(playing: SimpleNamespace) -> None:
    player = playing.Player(dag(task("a"), task("b", "a"), task("slow")))
    player.succeed("a")
    player.queue("slow")
    assert set(forked(playing, player, ("b", ())).runs_again) == {"b", "slow"}

    player.send(RunCancelled("cancelled by ctrl-c"))

    assert kept(forked(playing, player, ("b", ()))) == {"a": "success"}


def test_instances_of_a_mapped_task_are_kept_with_their_number(playing: SimpleNamespace) -> None:
    player = playing.Player(dag(task("a"), task("m", "a", expansion=OVER_A), task("end", "m")))
    player.succeed("a", pushed=True, length=3)
    player.play()

    assert forked(playing, player, ("end", ())).expansions == (("m", (), 3),)
    assert kept(forked(playing, player, ("m", (1,)))) == {"a": "success", "m[0]": "success", "m[2]": "success"}
    assert forked(playing, player, ("a", ())).expansions == ()


def test_inside_a_mapped_group(playing: SimpleNamespace) -> None:
    tasks = (task("a"), task("g.one", "a", group_id="g"), task("g.two", "g.one", group_id="g"))
    player = playing.Player(dag(*tasks, groups=(GroupSpec("g", parent_id="", expansion=OVER_A),)))
    player.succeed("a", pushed=True, length=2)
    player.play()

    found = forked(playing, player, ("g.two", (1,)))

    assert kept(found) == {"a": "success", "g.one[0]": "success", "g.one[1]": "success", "g.two[0]": "success"}
    assert found.expansions == (("g.", (), 2),)


def test_what_a_branch_has_skipped_stays_so_and_cannot_be_started_from(playing: SimpleNamespace) -> None:
    player = playing.Player(dag(task("pick"), task("yes", "pick"), task("no", "pick"), task("end", "yes")))
    player.succeed("pick", followed=("yes",))
    player.play()

    assert kept(forked(playing, player, ("end", ()))) == {"pick": "success", "yes": "success", "no": "skipped"}
    assert "skipped by pick" in forked(playing, player, ("no", ())).held_back
    assert not forked(playing, player, ("pick", ())).held_back


@pytest.mark.parametrize(("start", "again"), [("work", ("set", "work", "tear")), ("after", ("after",))])
def test_a_setup_runs_again_with_its_teardown(playing: SimpleNamespace, start: str, again: tuple[str, ...]) -> None:
    tasks = (
        task("set", is_setup=True),
        task("work", "set"),
        task("tear", "set", "work", is_teardown=True),
        task("after", "tear"),
    )
    player = playing.Player(dag(*tasks))
    player.play()

    assert forked(playing, player, (start, ())).runs_again == (again if start == "after" else (*again, "after"))


def test_nothing_would_run_below_a_failure(playing: SimpleNamespace) -> None:
    player = playing.Player(dag(task("a"), task("b", "a")))
    player.play(lambda wish, try_id: TryFailed(try_id, "boom") if wish.task_id == "a" else TrySucceeded(try_id))

    assert "b would not run" in forked(playing, player, ("b", ())).held_back


def test_the_new_run_goes_on_from_there(playing: SimpleNamespace) -> None:
    player = playing.Player(dag(task("a"), task("m", "a", expansion=OVER_A), task("end", "m")))
    player.succeed("a", pushed=True, length=2)
    player.play()
    run = player.rows.restore(player.run.plan, Bounds())

    fork(run, (("end", ()),), playing.START)
    started = step(run, RunStarted(), playing.START)

    assert run.state is RunState.RUNNING
    assert [command.task_id for command in started.commands] == ["end"]
