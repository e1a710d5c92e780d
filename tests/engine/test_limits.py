"""Who may start next, and why the others may not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec import structs

from tradewind.engine.limits import Limits, LiveTry, Ready, Usage, blocked, head_start_seconds, is_full
from tradewind.engine.ready_queue import ReadyQueue
from tradewind.model.ids import MapPath, RunKey, TaskKey
from tradewind.model.spec import Resources
from tradewind.model.states import TryPurpose

START = datetime(2026, 1, 1, tzinfo=UTC)
ROOMY = Limits({"default_pool": 128, "small": 1}, 0)
RUN = RunKey("dag", "r")
OTHER_RUN = RunKey("dag", "q")


def ready(
    task: str,
    *path: int,
    weight: int = 1,
    day: int = 0,
    run: RunKey = RUN,
    place: int = 0,
    minutes: float = 0,
    **more: Any,
) -> Ready:
    """`minutes`: when it began to wait."""
    facts: dict[str, Any] = {"pool": "default_pool", "pool_slots": 1, "executor": "", "max_in_run": 16} | more
    return Ready(
        TaskKey(run.dag_id, run.run_id, task, path),
        TryPurpose.EXECUTE,
        1,
        weight,
        START + timedelta(days=day),
        place,
        START + timedelta(minutes=minutes),
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


def test_order_is_weight_then_whose_turn_it_is_then_place_then_path() -> None:
    queue = queue_of(
        ready("late", day=1, run=OTHER_RUN),
        ready("b", place=2),
        ready("m", 10, place=1),
        ready("m", 9, place=1),
        ready("vip", weight=5),
    )

    picked = names(queue.pick((), ROOMY))

    assert picked == [("vip", ()), ("late", ()), ("m", (9,)), ("m", (10,)), ("b", ())]
    assert len(queue) == 0


def test_a_full_pool_never_blocks_other_work() -> None:
    queue = queue_of(ready("first", weight=9, pool="small"), ready("other"))

    assert names(queue.pick([live("x", pool="small")], ROOMY)) == [("other", ())]


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
    found = queue.why(item.key, taken, limits)
    assert found is not None
    held, holders = found
    assert said in held.text
    assert holders == taken, "those that have what it waits for"
    assert names(queue.pick((), Limits({"default_pool": 9, "small": 9, "gone": 9}, 0))) == [("a", ())]


def test_the_executor_has_the_last_word() -> None:
    gpu = Resources(gpus=1)
    queue = queue_of(ready("train", weight=5, resources=gpu), ready("load"))

    def can_take(item: Ready) -> str | None:
        return "the GPU is taken" if item.resources.gpus else None

    assert names(queue.pick((), ROOMY, can_take)) == [("load", ())]
    found = queue.why(TaskKey("dag", "r", "train"), (), ROOMY, can_take)
    assert found is not None
    assert found[0].text == "the GPU is taken"


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


# ------------------------------------------------------------------------------------------ fairness


def of_dag(name: str, count: int, **more: Any) -> list[Ready]:
    return [ready("t", i, run=RunKey(name, "r"), **more) for i in range(count)]


def one_at_a_time(queue: ReadyQueue, limits: Limits, count: int, *, minutes_each: float = 1) -> list[str]:
    """DAGs in the order in which they got the only slot; each has it for some minutes."""
    got: list[str] = []
    for turn in range(count):
        now = START + timedelta(minutes=turn * minutes_each)
        picked = queue.pick((), limits, now=now, at_most=1)
        got += [one.key.dag_id for one in picked]
    return got


def test_dags_and_runs_of_equal_weight_take_turns() -> None:
    queue = queue_of(*of_dag("large", 5), *of_dag("small", 2), ready("x", 0, run=RunKey("large", "second")))

    assert one_at_a_time(queue, ROOMY, 5) == ["large", "small", "large", "small", "large"]
    left = [one.key.run_id for one in queue.pick((), ROOMY)]
    assert left == ["r", "r", "r"], "the second run of the large DAG had its turn"


def test_twice_the_weight_is_worth_half_an_hour_and_no_more() -> None:
    queue = queue_of(*of_dag("heavy", 99, weight=3), *of_dag("light", 2, weight=1))

    got = one_at_a_time(queue, ROOMY, 70)

    assert 30 < got.index("light") < 33, "then the light one had waited longer than that"
    assert got.count("light") == 2


SLOTS = Limits({"default_pool": 4}, 0, reserve_after_seconds=300)


def test_a_task_that_needs_many_slots_is_not_passed_over_for_ever() -> None:
    wide = ready("wide", weight=9, pool_slots=4)
    queue = queue_of(wide, *(ready("narrow", i, run=OTHER_RUN) for i in range(100)))
    running = [live("old", OTHER_RUN), live("old", OTHER_RUN)]
    got: list[tuple[int, str]] = []
    for minute in range(12):
        picked = queue.pick(running, SLOTS, now=START + timedelta(minutes=minute))
        got += [(minute, one.key.task_id) for one in picked]
        running += [live(one.key.task_id, one.key.run, slots=one.pool_slots) for one in picked]
        del running[0]  # each minute, one ends
    minute_of_wide = next(minute for minute, name in got if name == "wide")
    assert minute_of_wide <= 9
    assert [name for minute, name in got if 5 < minute < minute_of_wide] == [], "slots were kept for it"
    assert any(name == "narrow" for minute, name in got if minute <= 5)


def test_why_says_for_whom_slots_are_kept() -> None:
    narrow = ready("narrow", run=OTHER_RUN)
    queue = queue_of(ready("wide", pool_slots=4))
    queue.pick([live("x")], SLOTS, now=START)
    queue.add(narrow)

    assert queue.pick([live("x")], SLOTS, now=START + timedelta(minutes=6)) == []
    found = queue.why(narrow.key, [live("x")], SLOTS)
    assert found is not None
    assert "kept for a task that needs 4" in found[0].text
    assert names(queue.pick((), SLOTS, now=START + timedelta(minutes=7))) == [("wide", ())]
    assert names(queue.pick((), SLOTS, now=START + timedelta(minutes=8))) == [("narrow", ())]


def test_what_is_kept_is_given_away_when_nobody_wants_it_any_more() -> None:
    wide = ready("wide", pool_slots=4)
    queue = queue_of(wide)
    queue.pick([live("x")], SLOTS, now=START)
    queue.add(ready("narrow", run=OTHER_RUN))
    assert queue.pick([live("x")], SLOTS, now=START + timedelta(minutes=6)) == []

    queue.remove(wide.key)

    assert names(queue.pick([live("x")], SLOTS, now=START + timedelta(minutes=6))) == [("narrow", ())]


def test_a_pool_that_was_removed_lets_its_tasks_go_when_it_is_back() -> None:
    queue = queue_of(ready("a", pool="gone"))

    assert queue.pick((), ROOMY) == []
    assert names(queue.pick((), Limits({"gone": 1}, 0))) == [("a", ())]


def test_deferred_ones_count_for_their_pool_alone() -> None:
    waiting = LiveTry(RUN, "sensor", "small", 1, is_deferred=True)
    queue = queue_of(ready("a", pool="small"), ready("b", max_in_run=1))

    assert names(queue.pick([waiting], Limits(ROOMY.pools, 1))) == [("b", ())]


# ------------------------------------------------------------------------------------------ against a naive model


class Naive:
    """Looks at everything at every pick."""

    def __init__(self) -> None:
        self.ready: dict[TaskKey, Ready] = {}
        self.of_dag: dict[str, tuple[float, int]] = {}
        self.of_run: dict[RunKey, int] = {}
        self.turn = 0

    def add(self, item: Ready) -> None:
        self.remove(item.key)
        self.ready[item.key] = item
        self.of_dag.setdefault(item.key.dag_id, ((item.since - START).total_seconds(), 0))

    def remove(self, key: TaskKey) -> None:
        if self.ready.pop(key, None) is not None and not any(k.dag_id == key.dag_id for k in self.ready):
            del self.of_dag[key.dag_id]

    def pick(self, having: list[LiveTry], limits: Limits, now: datetime, cpus: float) -> list[Ready]:
        usage, picked, left = Usage(having), list[Ready](), cpus
        while not is_full(usage, limits):
            fits = [
                item
                for item in self.ready.values()
                if blocked(item, usage, limits) is None and item.resources.cpus <= left
            ]
            if not fits:
                break
            first = min(fits, key=self.order)
            usage.add(LiveTry(first.key.run, first.key.task_id, first.pool, first.pool_slots))
            left -= first.resources.cpus
            picked.append(first)
            self.turn += 1
            before = self.of_dag[first.key.dag_id][0]
            self.of_dag[first.key.dag_id] = (max(before, (now - START).total_seconds()), self.turn)
            self.of_run[first.key.run] = self.turn
            self.remove(first.key)
        return picked

    def order(self, item: Ready) -> tuple[Any, ...]:
        key = item.key
        at, turn = self.of_dag[key.dag_id]
        of_run = self.of_run.get(key.run, 0)
        virtual = at - head_start_seconds(item.weight)
        return (virtual, -item.weight, turn, of_run, item.date, key.run, item.place, key.map_path)


RUNS = [RunKey(dag, run) for dag in ("one", "two") for run in ("r", "s")]
MIXED = st.builds(
    ready,
    st.sampled_from("abc"),
    st.integers(0, 4),
    weight=st.integers(1, 3),
    day=st.integers(0, 1),
    pool=st.sampled_from(["default_pool", "small", "gone"]),
    pool_slots=st.integers(1, 3),
    max_in_run=st.sampled_from([0, 2, 4]),
    max_of_task=st.integers(0, 2),
    max_of_task_in_run=st.integers(0, 1),
    resources=st.sampled_from([Resources(), Resources(cpus=1), Resources(cpus=2)]),
    run=st.sampled_from(RUNS),
)
POOLS = [{"default_pool": 5, "small": 1}, {"default_pool": 2, "small": 3, "gone": 2}, {"default_pool": -1}]
ACTIONS = st.one_of(
    st.tuples(st.just("add"), MIXED),
    st.tuples(st.just("remove"), st.integers(0, 20)),
    st.tuples(st.just("end"), st.lists(st.integers(0, 9), max_size=4)),
    st.tuples(st.just("pools"), st.sampled_from(POOLS)),
    st.tuples(st.just("pick"), st.just(0)),
)


@settings(max_examples=200, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(ACTIONS, max_size=60), st.sampled_from([0, 3]))
def test_it_picks_what_looking_at_everything_would_pick(actions: list[tuple[str, Any]], parallelism: int) -> None:
    never = 10.0**9
    queue, naive, having = ReadyQueue(), Naive(), list[tuple[LiveTry, float]]()
    limits, now = Limits(POOLS[0], parallelism, never), START
    for what, given_ in [*actions, ("end", list(range(10))), ("pick", 0)]:
        now += timedelta(minutes=7)
        if what == "add":
            item = structs.replace(given_, since=now, place=ord(given_.key.task_id))
            queue.add(item)
            naive.add(item)
        elif what == "remove" and naive.ready:
            key = sorted(naive.ready)[given_ % len(naive.ready)]
            queue.remove(key)
            naive.remove(key)
        elif what == "end":
            having = [one for place, one in enumerate(having) if place not in given_]
        elif what == "pools":
            limits = Limits(given_, parallelism, never)
        elif what == "pick":
            left = 3.0 - sum(cpus for _, cpus in having)
            agreed = left

            def can_take(item: Ready) -> str | None:
                nonlocal agreed
                if item.resources.cpus > agreed:
                    return "no CPU is free"
                agreed -= item.resources.cpus
                return None

            tries = [one for one, _ in having]
            picked = queue.pick(tries, limits, can_take, now=now)
            assert picked == naive.pick(tries, limits, now, left)
            assert len(queue) == len(naive.ready)
            having += [
                (LiveTry(one.key.run, one.key.task_id, one.pool, one.pool_slots), one.resources.cpus) for one in picked
            ]


@pytest.mark.parametrize("shelves", [10, 1_000])
def test_a_pick_does_not_look_at_what_cannot_run(shelves: int) -> None:
    """A full pool with ever so many runs waiting for it: once each is looked at, then one for each slot."""
    queue = queue_of(*(ready("t", run=RunKey("dag", str(i)), pool="small", minutes=i) for i in range(shelves)))
    looks = 0

    def can_take(item: Ready) -> str | None:
        nonlocal looks
        looks += 1
        return None

    running = [live("x", pool="small")]
    queue.pick(running, ROOMY, can_take)
    for _ in range(5):
        queue.pick(running, ROOMY, can_take)
    assert looks == 0
    assert len(queue.pick((), ROOMY, can_take)) == 1
    assert looks == 1
