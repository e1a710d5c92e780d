"""Mapped tasks and groups: how many instances, who waits for whom. The first half are Airflow's recorded cases
(`mapping-*.json`, by id), the second what Airflow refuses."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from tradewind.engine.commands import StartTry
from tradewind.engine.events import Event, TryExpanded, TryFailed, TrySkipped, TrySucceeded
from tradewind.engine.run import Bounds
from tradewind.model.spec import (
    Concatenated,
    DagSpec,
    Expansion,
    Filtered,
    FromTask,
    GroupSpec,
    LengthSource,
    Literals,
    TaskSpec,
    Zipped,
)
from tradewind.model.states import TriggerRule, TryPurpose


def over(*sources: LengthSource) -> Expansion:
    return Expansion(tuple((f"x{i}", source) for i, source in enumerate(sources)))


def task(name: str, *upstream: str, **more: Any) -> TaskSpec:
    return TaskSpec(name, "Op", upstream=upstream, **more)


def mapped(name: str, source: str, *upstream: str, **more: Any) -> TaskSpec:
    return task(name, source, *upstream, expansion=over(FromTask(source)), **more)


def dag(*tasks: TaskSpec, groups: tuple[GroupSpec, ...] = ()) -> DagSpec:
    return DagSpec("dag", tasks=tasks, groups=groups)


def returns(length: int | None) -> Any:
    return lambda wish, try_id: TrySucceeded(try_id, pushed=True, length=length)


LENGTHS = {"two": 2, "three": 3}


@pytest.mark.parametrize(
    ("expansion", "expected"),
    [
        (over(Literals(3), Literals(2)), 6),  # c04
        (over(FromTask("two"), FromTask("three")), 6),  # c05
        (over(Zipped((FromTask("three"), FromTask("two")))), 2),  # c18
        (over(Zipped((FromTask("three"), FromTask("two")), longest=True)), 3),  # c19
        (over(Concatenated((FromTask("two"), FromTask("three")))), 5),  # c21
        (over(Zipped((Concatenated((FromTask("two"), Literals(4))), Literals(9)))), 6),
    ],
)
def test_number_of_instances(playing: SimpleNamespace, expansion: Expansion, expected: int) -> None:
    upstream = tuple(sorted(expansion.task_ids()))
    player = playing.Player(dag(task("two"), task("three"), task("m", *upstream, expansion=expansion)))

    player.play(lambda wish, try_id: TrySucceeded(try_id, pushed=True, length=LENGTHS.get(wish.task_id)))

    assert player.states("m") == {f"m[{i}]": "success" for i in range(expected)}


def outcome_of(**by_task: Any) -> Any:
    """`name=length`, or `name={index: "failed" | "skipped"}`."""

    def outcome(wish: StartTry, try_id: str) -> Event:
        told = by_task.get(wish.task_id)
        end = told.get(wish.map_path[-1]) if isinstance(told, dict) else told
        match end:
            case "failed":
                return TryFailed(try_id, "boom")
            case "skipped":
                return TrySkipped(try_id)
            case None:
                return TrySucceeded(try_id, pushed=True)
            case length:
                return TrySucceeded(try_id, pushed=True, length=length)

    return outcome


NONE_FAILED, ALL_DONE = TriggerRule.NONE_FAILED, TriggerRule.ALL_DONE
AIRFLOW = {
    "c23 over an empty list": ((task("l"), mapped("m", "l")), {"l": 0}, {"l": "success", "m": "skipped"}, "success"),
    "c24 and a reduce that takes it": (
        (task("l"), mapped("m", "l"), task("r", "m", trigger_rule=NONE_FAILED)),
        {"l": 0}, {"l": "success", "m": "skipped", "r": "success"}, "success",
    ),
    "c25 and one that does not": (
        (task("l"), mapped("m", "l"), task("r", "m")),
        {"l": 0}, {"l": "success", "m": "skipped", "r": "skipped"}, "success",
    ),
    "c27 some skipped": (
        (task("l"), mapped("m", "l"), task("r", "m")), {"l": 2, "m": {1: "skipped"}},
        {"l": "success", "m[0]": "success", "m[1]": "skipped", "r": "skipped"}, "success",
    ),
    "c31 some failed": (
        (task("l"), mapped("m", "l"), task("r", "m", trigger_rule=ALL_DONE)), {"l": 2, "m": {0: "failed"}},
        {"l": "success", "m[0]": "failed", "m[1]": "success", "r": "success"}, "success",
    ),
    "c32 mapped over a failed one": (
        (task("l"), mapped("m", "l"), mapped("n", "m")), {"l": 2, "m": {0: "failed"}},
        {"l": "success", "m[0]": "failed", "m[1]": "success", "n": "upstream_failed"}, "failed",
    ),
    "c33 mapped over a skipped one": (
        (task("l"), mapped("m", "l"), mapped("n", "m")), {"l": 2, "m": {0: "skipped"}},
        {"l": "success", "m[0]": "skipped", "m[1]": "success", "n": "skipped"}, "success",
    ),
    "c57 mapped over a mapped one": (
        (task("m", expansion=over(Literals(2), Literals(1))), mapped("n", "m")), {},
        {"m[0]": "success", "m[1]": "success", "n[0]": "success", "n[1]": "success"}, "success",
    ),
    "c58 the source fails": (
        (task("l"), mapped("m", "l")), {"l": "failed"}, {"l": "failed", "m": "upstream_failed"}, "failed",
    ),
    "a value is missing": (
        (task("l"), mapped("m", "l")), {}, {"l": "success", "m": "upstream_failed"}, "failed",
    ),
    "literals are there from the start": (
        (task("l"), task("m", "l", expansion=over(Literals(2)))), {"l": "failed"},
        {"l": "failed", "m[0]": "upstream_failed", "m[1]": "upstream_failed"}, "failed",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", AIRFLOW)
def test_states_as_in_airflow(playing: SimpleNamespace, name: str) -> None:
    tasks, outcomes, states, run_state = AIRFLOW[name]
    player = playing.Player(dag(*tasks))

    player.play(outcome_of(**outcomes))

    assert (player.states(), player.run.state.value) == (states, run_state)


def group(name: str, *sources: LengthSource, parent: str = "") -> GroupSpec:
    return GroupSpec(name, parent, expansion=over(*sources))


def test_instances_of_a_mapped_group_go_on_independently(playing: SimpleNamespace) -> None:  # c43, c48
    player = playing.Player(
        dag(task("a", group_id="g"), task("b", "a", group_id="g"), task("end", "b"), groups=(group("g", Literals(2)),))
    )
    player.succeed("a", 1)

    assert set(player.wanted) == {("a", (0,)), ("b", (1,))}

    player.send(TrySkipped(player.queue("a", 0)))
    player.succeed("b", 1)
    assert player.states() == {
        "a[0]": "skipped", "a[1]": "success", "b[0]": "skipped", "b[1]": "success", "end": "skipped"
    }  # fmt: skip


def test_a_mapped_task_in_a_mapped_group(playing: SimpleNamespace) -> None:
    """What Airflow refuses: instance i of the group has as many as its own list is long."""
    inner = mapped("inner", "list", group_id="g")
    total = task("total", "inner", group_id="g")
    player = playing.Player(
        dag(task("list", group_id="g"), inner, total, task("end", "total"), groups=(group("g", Literals(2)),))
    )

    player.succeed("list", 0, pushed=True, length=2)
    player.succeed("list", 1, pushed=True, length=1)
    player.succeed("inner", 1, 0)

    assert set(player.wanted) == {("inner", (0, 0)), ("inner", (0, 1)), ("total", (1,))}
    player.play()
    assert player.run.state == "success"
    assert player.run.expansion_lengths("inner", (0, 1)) == {"g.": 2, "inner": 2}


def test_mapped_groups_in_mapped_groups(playing: SimpleNamespace) -> None:
    groups = (group("g", FromTask("l")), group("g.h", FromTask("m"), parent="g"))
    player = playing.Player(
        dag(task("l"), task("m", "l", group_id="g"), task("n", "m", group_id="g.h"), task("o", "n", group_id="g"),
            groups=groups)
    )  # fmt: skip

    player.succeed("l", pushed=True, length=2)
    player.succeed("m", 0, pushed=True, length=2)
    player.succeed("m", 1, pushed=True, length=0)
    player.succeed("n", 0, 1)

    assert player.states("n") == {"n[0, 0]": "none", "n[0, 1]": "success", "n[1]": "skipped"}
    assert player.states("o") == {"o[0]": "none", "o[1]": "skipped"}
    player.succeed("n", 0, 0)
    assert set(player.wanted) == {("o", (0,))}


def test_the_author_is_asked_how_many_pass_a_filter(playing: SimpleNamespace) -> None:
    player = playing.Player(dag(task("l"), task("m", "l", expansion=over(Filtered((FromTask("l"),)))), task("r", "m")))
    player.succeed("l", pushed=True, length=5)

    assert player.wanted[("m", ())].purpose is TryPurpose.EXPAND
    player.send(TryExpanded(player.queue("m"), 2))

    assert player.states("m") == {"m[0]": "none", "m[1]": "none"}
    player.play()
    assert player.run.state == "success"


def test_one_task_asks_for_the_whole_group(playing: SimpleNamespace) -> None:
    spec = dag(
        task("l"), task("a", "l", group_id="g"), task("b", "a", group_id="g"),
        groups=(group("g", Filtered((FromTask("l"),))),),
    )  # fmt: skip
    player = playing.Player(spec)
    player.succeed("l", pushed=True, length=5)
    assert set(player.wanted) == {("a", ())}

    player.send(TryExpanded(player.queue("a"), 0))

    assert player.states() == {"l": "success", "a": "skipped", "b": "skipped"}


def test_values_that_were_not_pushed_do_not_count(playing: SimpleNamespace) -> None:  # c61
    player = playing.Player(dag(task("m", expansion=over(Literals(3))), mapped("n", "m")))
    player.succeed("m", 0, pushed=True)
    player.succeed("m", 1)
    player.succeed("m", 2, pushed=True)

    assert player.states("n") == {"n[0]": "none", "n[1]": "none"}


def test_another_key_has_a_length_of_its_own(playing: SimpleNamespace) -> None:  # c63
    expansion = over(FromTask("l", "a"))
    player = playing.Player(dag(task("l"), task("m", "l", expansion=expansion)))

    player.succeed("l", pushed=True, length=7, more=(("a", 2), ("b", None)))

    assert len(player.states("m")) == 2


def test_a_product_has_a_bound(playing: SimpleNamespace) -> None:
    spec = dag(task("l"), task("m", "l", expansion=over(FromTask("l"), FromTask("l"))))
    player = playing.Player(spec, bounds=Bounds(max_map_length=8))

    player.succeed("l", pushed=True, length=3)

    assert player.states("m") == {"m": "upstream_failed"}
    assert "max_map_length" in player.run.instance("m", ()).why
