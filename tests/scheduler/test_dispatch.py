from __future__ import annotations

import pytest

from tests.scheduler.conftest import CODE, LIMITS, NOW, Desk, created_run, dag, task
from tradewind.engine import events
from tradewind.engine.run import Bounds
from tradewind.engine.step import step
from tradewind.model.errors import ResourceError, TradewindError
from tradewind.model.ids import RunKey, TaskKey
from tradewind.model.outcomes import Deferred, Failed, Succeeded
from tradewind.model.records import PoolRecord
from tradewind.model.service import LiveElsewhere
from tradewind.model.spec import Expansion, Literals, Resources, RetrySpec
from tradewind.scheduler.dispatch import Dispatch
from tradewind.scheduler.takeover import new_run

MAPPED = Expansion((("x", Literals(5)),))


@pytest.mark.parametrize(
    ("wrong", "error", "message", "hint"),
    [
        (task("t", pool="none"), TradewindError, "task 't' of DAG 'dag' wants pool 'none'", "tradewind pools set none"),
        (
            task("t", resources=Resources(cpus=64)),
            ResourceError,
            "task 't' of DAG 'dag' can never start here: it asks for 64 CPUs, this machine has 2",
            "ask for less",
        ),
    ],
)
def test_what_could_never_start_is_refused_before_there_is_a_run(house, wrong, error, message, hint):
    spec = dag(task("fine"), wrong)
    with pytest.raises(error) as refused:
        house.launch(spec)
    assert message in refused.value.message
    assert hint in refused.value.hint
    assert house.other.runs() == []
    assert not house.scheduler.has_work


def test_of_what_is_ready_the_heaviest_starts_first(house):
    house.restart(parallelism=1)
    house.launch(dag(task("light"), task("heavy", priority_weight=9), task("middle", priority_weight=5)))
    for _ in range(2):
        house.end(list(house.desk.orders.values())[-1].message.task.task_id)
    assert [order.message.task.task_id for order in house.desk.orders.values()] == ["heavy", "middle", "light"]


def test_what_waits_for_a_slot_is_told_by_pool_and_by_task(house):
    house.restart(parallelism=1)
    house.launch(dag(task("heavy", priority_weight=9), task("light", expansion=MAPPED, queue="slow", pool_slots=2)))
    assert house.scheduler._dispatch.waiting_by_pool() == {"default_pool": (5, 10)}
    assert house.scheduler._dispatch.waiting_by_task() == [("slow", "dag", "light", 5)]


@pytest.mark.parametrize(
    ("spec", "started", "why"),
    [
        (dag(task("t", expansion=MAPPED, pool="gpu")), 1, "pool 'gpu' is full: 1 of 1 slots are taken, 1 needed"),
        (dag(task("t", expansion=MAPPED, pool_slots=3)), 2, "pool 'default_pool' is full: 6 of 8 slots are taken"),
        (dag(task("t", expansion=MAPPED), max_active_tasks=2), 2, "(max_active_tasks)"),
        (dag(task("t", expansion=MAPPED, max_active_tis_per_dagrun=3)), 3, "(max_active_tis_per_dagrun)"),
        (dag(task("t", expansion=MAPPED, max_active_tis_per_dag=4)), 4, "(max_active_tis_per_dag)"),
    ],
)
def test_limits_hold_and_say_why(house, spec, started, why):
    house.launch(spec)
    assert len(house.desk.orders) == started
    waiting = house.scheduler._dispatch.why(TaskKey("dag", "run", "t", (4,)), house.scheduler._live.values())
    assert why in waiting


def test_parallelism_is_over_all_runs(house):
    house.restart(parallelism=3)
    house.launch(dag(task("t", expansion=MAPPED)))
    house.launch(dag(task("t", expansion=MAPPED), dag_id="other"))
    assert len(house.desk.orders) == 3
    why = house.scheduler._dispatch.why(TaskKey("other", "run", "t", (0,)), house.scheduler._live.values())
    assert why == "all 3 slots of this machine are taken (parallelism)"


def test_the_executor_is_asked_for_all_that_start_together():
    """Two tries that fit alone, but not both."""
    asked = []

    class Small(Desk):
        def can_take(self, resources):
            asked.append(resources.cpus)
            return None if resources.cpus <= 1 else "no CPU is free"

    dispatch = Dispatch(Small(), LIMITS, parallelism=9, pools={"default_pool": 9})
    spec = dag(task("a", resources=Resources(cpus=1)), task("b", resources=Resources(cpus=1)))
    active = new_run(created_run(spec), spec, CODE, NOW, Bounds())
    for command in step(active.run, events.RunStarted(), NOW).commands:
        dispatch.wants_slot(active, command, NOW)
    picked = list(dispatch.pick([], {active.key: active}, NOW))
    assert [one.live.task.task_id for one in picked] == ["a"]
    assert max(asked) == 2.0


def test_a_slot_is_free_again_once_its_try_has_ended(house):
    house.launch(dag(task("t", expansion=MAPPED, pool="gpu", retry=RetrySpec(0))))
    for index in range(4):
        house.end("t", Failed("E", "boom"), path=(index,))
    assert len(house.desk.orders) == 5


def test_what_is_not_ready_has_no_reason_to_wait_for_a_slot(house):
    house.launch(dag(task("a"), task("b", "a")))
    assert house.scheduler._dispatch.why(TaskKey("dag", "run", "b"), house.scheduler._live.values()) is None


# ------------------------------------------------------------------------------------------ pools that change


def waiting_on(house, task_id="t", path=(4,)):
    return house.scheduler._dispatch.why(TaskKey("dag", "run", task_id, path), house.scheduler._live.values())


def set_pools(house, **slots):
    house.scheduler._dispatch.set_pools(PoolRecord(name, number) for name, number in slots.items())
    house.scheduler.act()


def test_a_pool_that_grows_lets_more_go_and_one_that_shrinks_ends_nothing(house):
    house.launch(dag(task("t", expansion=MAPPED, pool="gpu")))
    set_pools(house, gpu=3)
    assert len(house.desk.orders) == 3

    set_pools(house, gpu=1)
    assert house.desk.cancelled == []
    house.end("t", Succeeded(), path=(0,))
    assert len(house.desk.orders) == 3, "two have slots, where only one may"


def test_tasks_of_a_removed_pool_wait_until_it_is_back(house):
    house.launch(dag(task("t", expansion=MAPPED, pool="gpu")))
    set_pools(house, default_pool=8)
    house.end("t", Succeeded(), path=(0,))
    assert len(house.desk.orders) == 1
    assert "pool 'gpu' does not exist" in waiting_on(house)

    set_pools(house, gpu=2)
    assert len(house.desk.orders) == 3


def test_a_service_takes_runs_whose_pool_is_not_there_yet():
    dispatch = Dispatch(Desk(), LIMITS, parallelism=9, pools={}, waits_for_pools=True)
    dispatch.check(dag(task("t", pool="none")))


@pytest.mark.parametrize(("include_deferred", "started"), [(False, 2), (True, 1)])
def test_deferred_tasks_count_where_their_pool_says_so(house, include_deferred, started):
    house.scheduler._dispatch.set_pools([PoolRecord("gpu", 1, include_deferred=include_deferred)])
    house.launch(dag(task("first", pool="gpu", priority_weight=9), task("second", pool="gpu")))
    house.end("first", Deferred("some.Trigger", {}, "back"))

    assert len(house.desk.orders) == started
    if include_deferred:
        assert "pool 'gpu' is full" in waiting_on(house, "second", ())


def test_slots_of_other_processes_count(house):
    elsewhere = [LiveElsewhere(RunKey("other", "run"), "x", "gpu", 1)]
    spec = dag(task("t", pool="gpu"), task("free"))
    active = new_run(created_run(spec), spec, CODE, NOW, Bounds())
    dispatch = Dispatch(Desk(), LIMITS, parallelism=1, pools={"gpu": 1, "default_pool": 9})
    for command in step(active.run, events.RunStarted(), NOW).commands:
        dispatch.wants_slot(active, command, NOW)

    picked = dispatch.pick([], {active.key: active}, NOW, elsewhere)

    assert [one.live.task.task_id for one in picked] == ["free"], "their parallelism is not ours"
    held = dispatch.held(TaskKey("dag", "run", "t"), [], elsewhere)
    assert (held.blocked.limit, held.since) == ("pool", NOW)
    assert [one.task_id for one in held.holders] == ["x"]
