"""What may run at once: pools, caps and priorities, as pure functions of what has a slot now. Who goes next under them
is `ready_queue`'s business; that a limit says the same when it holds something back and when it explains itself, this
file's.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from datetime import datetime
from typing import TypeAlias

from msgspec import Struct

from tradewind.engine.run import Instance, Run
from tradewind.model.ids import DagId, MapPath, RunKey, TaskId, TaskKey
from tradewind.model.spec import Resources
from tradewind.model.states import TryPurpose

DOUBLING_SECONDS = 1800.0
"""Twice the weight is worth half an hour of waiting: so a low weight waits long, and never for ever."""
RESERVE_AFTER_SECONDS = 300.0
"""A task that needs several slots of a pool and has been passed over this long gets the next ones that come free."""

Source: TypeAlias = tuple[str | RunKey, ...]
"""What slots come from: a pool, a run's cap, a task's cap, the machine."""


class Lane(Struct, frozen=True):
    """What holds something back, so precisely that all that wait in one lane could go at the same moment."""

    source: Source
    need: int | tuple[str, Resources] = 0
    """Slots, cap, or what it needs of its executor."""


class Ready(Struct, frozen=True):
    """One instance that wants a slot, with all that limits look at."""

    key: TaskKey
    purpose: TryPurpose
    number: int
    weight: int
    """Its effective `priority_weight`."""
    date: datetime
    """The run's logical date, else its run_after: of one DAG's runs the older goes first."""
    place: int
    """The task's place in the DAG."""
    since: datetime
    """When it began to wait for a slot."""
    pool: str
    pool_slots: int
    executor: str
    resources: Resources
    max_in_run: int
    """`max_active_tasks` of the DAG; 0: no cap."""
    max_of_task: int = 0
    """`max_active_tis_per_dag`: tries of this task in all runs of the DAG; 0: no cap."""
    max_of_task_in_run: int = 0
    queue: str = "default"


class LiveTry(Struct, frozen=True):
    """A try that has a slot: queued or running, and not yet known to have ended; or a deferred task instance, where its
    pool counts those (`include_deferred`)."""

    run: RunKey
    task_id: TaskId
    pool: str
    pool_slots: int
    map_path: MapPath = ()
    is_deferred: bool = False
    """It counts for its pool alone."""
    is_elsewhere: bool = False
    """Another process drives it, on a machine with a parallelism of its own."""


class Limits(Struct, frozen=True):
    pools: dict[str, int]
    """Slots of each pool; -1: endless. A pool that is not here does not exist."""
    parallelism: int
    """Live tries at most, all in all; 0: no cap."""
    reserve_after_seconds: float = RESERVE_AFTER_SECONDS


class Blocked(Struct, frozen=True):
    """Why something that is ready has no slot."""

    limit: str
    """`parallelism`, `pool`, `max_active_tasks`, `max_active_tis_per_dag`, `max_active_tis_per_dagrun`, `reserved` or
    `machine`."""
    text: str
    lane: Lane


def ready_of(run: Run, instance: Instance, run_date: datetime, since: datetime) -> Ready:
    """What a StartTry asks for. `run_date`: the run's logical date, else its run_after."""
    task = instance.plan.spec
    return Ready(
        key=TaskKey(run.key.dag_id, run.key.run_id, task.task_id, instance.path),
        purpose=instance.purpose,
        number=instance.try_number + 1,
        weight=task.priority_weight,
        date=run_date,
        place=instance.plan.index,
        since=since,
        pool=task.pool,
        pool_slots=task.pool_slots,
        executor=task.executor,
        resources=task.resources,
        max_in_run=run.spec.max_active_tasks,
        max_of_task=task.max_active_tis_per_dag or 0,
        max_of_task_in_run=task.max_active_tis_per_dagrun or 0,
        queue=task.queue,
    )


def head_start_seconds(weight: int) -> float:
    """How much earlier this weight counts as having come. It grows with the weight's logarithm, since weights grow with
    the size of a DAG (`weight_rule="downstream"`), and patience does not."""
    return math.copysign(DOUBLING_SECONDS * math.log2(1 + abs(weight)), weight)


class Usage:
    """What live tries use, counted afresh at each call: a slot cannot leak out of a count nobody keeps."""

    def __init__(self, live: Iterable[LiveTry] = ()) -> None:
        self.total = 0
        self.in_pool: Counter[str] = Counter()
        self.in_run: Counter[RunKey] = Counter()
        self.of_task: Counter[tuple[DagId, TaskId]] = Counter()
        self.of_task_in_run: Counter[tuple[RunKey, TaskId]] = Counter()
        for each in live:
            self.add(each)

    def add(self, live: LiveTry) -> None:
        self.in_pool[live.pool] += live.pool_slots
        if live.is_deferred:
            return
        self.total += not live.is_elsewhere
        self.in_run[live.run] += 1
        self.of_task[(live.run.dag_id, live.task_id)] += 1
        self.of_task_in_run[(live.run, live.task_id)] += 1

    def freed_since(self, before: Usage) -> list[Source]:
        """Those of which more was in use before."""
        return [
            *(("pool", name) for name, used in before.in_pool.items() if self.in_pool[name] < used),
            *(("run", run) for run, used in before.in_run.items() if self.in_run[run] < used),
            *(("task", *of) for of, used in before.of_task.items() if self.of_task[of] < used),
            *(("task in run", *of) for of, used in before.of_task_in_run.items() if self.of_task_in_run[of] < used),
        ]


def is_full(usage: Usage, limits: Limits) -> bool:
    return 0 < limits.parallelism <= usage.total


def blocked(ready: Ready, usage: Usage, limits: Limits) -> Blocked | None:
    """The first limit that holds this one back. Its own caps come before its pool, so that what waits for a slot of a
    pool has nothing else to wait for."""
    return _capped(ready, usage) or _without_slot(ready, usage, limits)


def all_taken(limits: Limits) -> Blocked:
    text = f"all {limits.parallelism} slots of this machine are taken (parallelism)"
    return Blocked("parallelism", text, Lane(("parallelism",)))


def pool_lane(ready: Ready) -> Lane:
    return Lane(("pool", ready.pool), ready.pool_slots)


def holds(live: LiveTry, ready: Ready, held: Blocked) -> bool:
    """Is this one of those that have what the other waits for?"""
    match held.limit:
        case "pool" | "reserved":
            return live.pool == ready.pool and live.pool_slots > 0
        case "max_active_tasks":
            return live.run == ready.key.run and not live.is_deferred
        case "max_active_tis_per_dag":
            return (live.run.dag_id, live.task_id) == (ready.key.dag_id, ready.key.task_id) and not live.is_deferred
        case "max_active_tis_per_dagrun":
            return (live.run, live.task_id) == (ready.key.run, ready.key.task_id) and not live.is_deferred
        case _:
            return not live.is_deferred and not live.is_elsewhere


def _capped(ready: Ready, usage: Usage) -> Blocked | None:
    key = ready.key
    if 0 < ready.max_in_run <= usage.in_run[key.run]:
        text = f"{ready.max_in_run} tasks of this run are running, no more may (max_active_tasks)"
        return Blocked("max_active_tasks", text, Lane(("run", key.run), ready.max_in_run))
    if 0 < ready.max_of_task <= usage.of_task[(key.dag_id, key.task_id)]:
        text = f"{ready.max_of_task} tries of {key.task_id!r} are running in all runs (max_active_tis_per_dag)"
        return Blocked("max_active_tis_per_dag", text, Lane(("task", key.dag_id, key.task_id), ready.max_of_task))
    if 0 < ready.max_of_task_in_run <= usage.of_task_in_run[(key.run, key.task_id)]:
        text = f"{ready.max_of_task_in_run} tries of {key.task_id!r} are running in this run"
        lane = Lane(("task in run", key.run, key.task_id), ready.max_of_task_in_run)
        return Blocked("max_active_tis_per_dagrun", f"{text} (max_active_tis_per_dagrun)", lane)
    return None


def _without_slot(ready: Ready, usage: Usage, limits: Limits) -> Blocked | None:
    size = limits.pools.get(ready.pool)
    used = usage.in_pool[ready.pool]
    if size is None:
        text = f"pool {ready.pool!r} does not exist; make it with `tradewind pools set {ready.pool} SLOTS`"
    elif size < 0 or used + ready.pool_slots <= size:
        return None
    elif ready.pool_slots > size:
        text = f"needs {ready.pool_slots} slots of pool {ready.pool!r}, which has only {size}"
    else:
        text = f"pool {ready.pool!r} is full: {used} of {size} slots are taken, {ready.pool_slots} needed"
    return Blocked("pool", text, pool_lane(ready))
