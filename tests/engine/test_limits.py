"""Who may start next, and why the others may not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewind.engine.limits import Limits, LiveTry, Ready, ReadyQueue, Usage
from tradewind.model.ids import MapPath, RunKey, TaskKey
from tradewind.model.spec import Resources
from tradewind.model.states import TryPurpose

START = datetime(2026, 1, 1, tzinfo=UTC)
ROOMY = Limits({"default_pool": 128, "small": 1}, 0)
RUN = RunKey("dag", "r")


def ready(
    task: str, *path: int, weight: int = 1, day: int = 0, run: RunKey = RUN, place: int = 0, **more: Any
) -> Ready:
    facts: dict[str, Any] = {"pool": "default_pool", "pool_slots": 1, "executor": "", "max_in_run": 16} | more
    return Ready(
        TaskKey(run.dag_id, run.run_id, task, path),
        TryPurpose.EXECUTE,
        1,
        (-weight, START + timedelta(days=day), run, place),
        resources=facts.pop("resources", Resources()),
        **facts,
    )


def queue_of(*items: Ready) -> ReadyQueue:
    queue = ReadyQueue()
    for item in items:
        queue.add(item)
    return queue


def live(task: str, run: RunKey = RUN, pool: str = "default_pool", slots: int = 1) -> LiveTry:
    return LiveTry(run, task, pool, slots)


def names(picked: list[Ready]) -> list[tuple[str, MapPath]]:
    return [(p.key.task_id, p.key.map_path) for p in picked]


def test_order_is_weight_then_date_then_place_then_path() -> None:
    queue = queue_of(
        ready("late", day=1),
        ready("b", place=2),
        ready("m", 10, place=1),
        ready("m", 9, place=1),
        ready("vip", weight=5),
    )

    assert names(queue.pick((), ROOMY)) == [("vip", ()), ("m", (9,)), ("m", (10,)), ("b", ()), ("late", ())]
    assert len(queue) == 0


def test_a_full_pool_never_blocks_other_work() -> None:
    queue = queue_of(ready("first", weight=9, pool="small"), ready("other"))

    assert names(queue.pick([live("x", pool="small")], ROOMY)) == [("other", ())]


OTHER_RUN = RunKey("dag", "q")
BLOCKED = [
    (ready("a"), [live("x"), live("y")], Limits({"default_pool": 9}, 2), "parallelism"),
    (ready("a", pool="gone"), [], ROOMY, "does not exist"),
    (ready("a", pool="small"), [live("x", pool="small")], ROOMY, "is full: 1 of 1"),
    (ready("a", pool="small", pool_slots=2), [], ROOMY, "has only 1"),
    (ready("a", max_in_run=1), [live("x")], ROOMY, "max_active_tasks"),
    (ready("a", max_of_task=1), [live("a", OTHER_RUN)], ROOMY, "max_active_tis_per_dag)"),
    (ready("a", max_of_task_in_run=1), [live("a")], ROOMY, "max_active_tis_per_dagrun"),
]


@pytest.mark.parametrize(("item", "taken", "limits", "said"), BLOCKED, ids=lambda v: v if isinstance(v, str) else "")
def test_every_limit_holds_and_says_so(item: Ready, taken: list[LiveTry], limits: Limits, said: str) -> None:
    queue = queue_of(item)

    assert queue.pick(taken, limits) == []
    assert said in (queue.why(item.key, taken, limits) or "")
    assert names(queue.pick((), Limits({"default_pool": 9, "small": 9, "gone": 9}, 0))) == [("a", ())]


def test_the_executor_has_the_last_word() -> None:
    gpu = Resources(gpus=1)
    queue = queue_of(ready("train", weight=5, resources=gpu), ready("load"))

    def can_take(item: Ready) -> str | None:
        return "the GPU is taken" if item.resources.gpus else None

    assert names(queue.pick((), ROOMY, can_take)) == [("load", ())]
    assert queue.why(TaskKey("dag", "r", "train"), (), ROOMY, can_take) == "the GPU is taken"


def test_withdrawn_and_replaced_ones_are_not_picked() -> None:
    queue = queue_of(ready("m", 0), ready("m", 1), ready("m", 2))
    queue.remove(TaskKey("dag", "r", "m", (0,)))
    queue.add(ready("m", 1))

    assert names(queue.pick((), ROOMY)) == [("m", (1,)), ("m", (2,))]


def test_a_run_leaves_as_a_whole() -> None:
    queue = queue_of(ready("a"), ready("b", pool="small"), ready("a", run=OTHER_RUN))
    queue.remove_run(RUN)

    assert [p.key.run for p in queue.pick((), ROOMY)] == [OTHER_RUN]


def test_waiting_costs_nothing() -> None:
    """With all slots taken, no ready instance is looked at."""
    queue = queue_of(*(ready("m", i) for i in range(1_000)))
    asked: list[Ready] = []

    def can_take(item: Ready) -> str | None:
        asked.append(item)
        return "no"

    assert queue.pick((), ROOMY, can_take) == []
    assert len(asked) == 1


ITEMS = st.builds(
    ready,
    st.sampled_from("abc"),
    st.integers(0, 5),
    weight=st.integers(1, 3),
    pool=st.sampled_from(["default_pool", "small"]),
    pool_slots=st.integers(1, 2),
    max_in_run=st.integers(0, 4),
    max_of_task=st.integers(0, 2),
    run=st.sampled_from([RUN, OTHER_RUN]),
)


@given(st.lists(ITEMS, max_size=12), st.integers(0, 5))
def test_what_is_picked_fits_and_what_is_left_does_not(items: list[Ready], parallelism: int) -> None:
    queue = queue_of(*items)
    limits = Limits({"default_pool": 3, "small": 2}, parallelism)

    picked = queue.pick((), limits)

    taken = [live(p.key.task_id, p.key.run, p.pool, p.pool_slots) for p in picked]
    usage = Usage(taken)
    assert not parallelism or usage.total <= parallelism
    assert usage.in_pool["default_pool"] <= 3
    assert usage.in_pool["small"] <= 2
    left = {item.key for item in items} - {p.key for p in picked}
    assert all(queue.why(key, taken, limits) for key in left)
    assert len(queue) == len(left)
