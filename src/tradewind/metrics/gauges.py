"""Gauges from the store: what is going on right now, asked when somebody wants to know."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import PurePath

from msgspec import Struct

from tradewind.model.records import PoolRecord
from tradewind.model.service import JobKind, JobRecord
from tradewind.model.spec import DagSpec, TaskSpec
from tradewind.model.states import RunState, TaskState, TryState
from tradewind.store.base import Store
from tradewind.store.facets.counts import SlotCount, TaskCount

SHOWN_STATES = {
    TaskState.RUNNING: "ti.running",
    TaskState.QUEUED: "ti.queued",
    TaskState.DEFERRED: "ti.deferred",
}


class Reading(Struct, frozen=True):
    name: str
    value: float
    tags: Mapping[str, str] = {}


class Gauges:
    """`parallelism`: tries at most on this machine; 0 where there is no such bound."""

    def __init__(self, store: Store, *, parallelism: int) -> None:
        self._store = store
        self._parallelism = parallelism
        self._specs: dict[str, dict[str, TaskSpec]] = {}
        """By hash of the DAG's version: where a task's pool and queue stand."""

    def read(self) -> list[Reading]:
        store = self._store
        tasks, slots, runs = store.task_counts(), store.slot_counts(), store.run_counts()
        self._learn(tasks)
        jobs = store.jobs(only_alive=True)
        return [
            Reading("dagbag_size", len(store.dags())),
            Reading("dag_processing.import_errors", len({(one.root, one.file) for one in store.import_errors()})),
            Reading("scheduler.dagruns.running", runs.get(RunState.RUNNING, 0)),
            *executor_gauges(slots, self._parallelism),
            *task_gauges(tasks, self._specs),
            *pool_gauges(store.pools(), slots, tasks, self._specs, waiting_by_pool(jobs)),
            *scheduled_gauges(jobs),
            *job_gauges(jobs, store.now()),
            *file_gauges(store.parse_times(), store.now()),
        ]

    def _learn(self, tasks: Iterable[TaskCount]) -> None:
        """Specs of the versions that are running now; the others are forgotten."""
        wanted = {one.dag_hash: one.dag_id for one in tasks}
        self._specs = {version: found for version, found in self._specs.items() if version in wanted}
        for version, dag_id in wanted.items():
            if version not in self._specs:
                spec = self._store.spec(dag_id, version) or DagSpec(dag_id)
                self._specs[version] = {task.task_id: task for task in spec.tasks}


def executor_gauges(slots: Iterable[SlotCount], parallelism: int) -> list[Reading]:
    tries = Counter[TryState]()
    for one in slots:
        tries[one.state] += one.tries
    found = [
        Reading("executor.queued_tasks", tries[TryState.QUEUED]),
        Reading("executor.running_tasks", tries[TryState.RUNNING]),
    ]
    if parallelism:
        found.append(Reading("executor.open_slots", max(0, parallelism - tries.total())))
    return found


def task_gauges(tasks: Iterable[TaskCount], specs: Mapping[str, Mapping[str, TaskSpec]]) -> list[Reading]:
    found = Counter[tuple[str, str, str, str]]()
    for one in tasks:
        if one.state in SHOWN_STATES:
            queue = _task(one, specs).queue
            found[SHOWN_STATES[one.state], queue, one.dag_id, one.task_id] += one.instances
    return [
        Reading(name, number, {"queue": queue, "dag_id": dag_id, "task_id": task_id})
        for (name, queue, dag_id, task_id), number in found.items()
    ]


def pool_gauges(
    pools: Iterable[PoolRecord],
    slots: Iterable[SlotCount],
    tasks: Iterable[TaskCount],
    specs: Mapping[str, Mapping[str, TaskSpec]],
    waiting: Mapping[str, tuple[int, int]],
) -> list[Reading]:
    """Per pool as Airflow counts them; ready instances of a pool without room for them are starving."""
    used = Counter[tuple[str, TryState]]()
    for one in slots:
        used[one.pool, one.state] += one.slots
    deferred = Counter[str]()
    for one in tasks:
        if one.state is TaskState.DEFERRED:
            task = _task(one, specs)
            deferred[task.pool] += one.instances * task.pool_slots
    found = [Reading("scheduler.tasks.executable", sum(ready for ready, _ in waiting.values()))]
    starving = Counter[str]()
    for pool in pools:
        taken = used[pool.name, TryState.QUEUED] + used[pool.name, TryState.RUNNING]
        taken += deferred[pool.name] if pool.include_deferred else 0
        is_full = 0 <= pool.slots <= taken
        ready, wanted = waiting.get(pool.name, (0, 0))
        starving[pool.name] = ready if is_full else 0
        values = {
            "pool.open_slots": float("inf") if pool.slots < 0 else max(0, pool.slots - taken),
            "pool.queued_slots": used[pool.name, TryState.QUEUED],
            "pool.running_slots": used[pool.name, TryState.RUNNING],
            "pool.deferred_slots": deferred[pool.name],
            "pool.scheduled_slots": wanted,
            "pool.starving_tasks": starving[pool.name],
        }
        found += [Reading(name, value, {"pool": pool.name}) for name, value in values.items()]
    return [*found, Reading("scheduler.tasks.starving", starving.total())]


def waiting_by_pool(jobs: Iterable[JobRecord]) -> dict[str, tuple[int, int]]:
    """Ready instances and the slots they ask for, as the schedulers said at their last beats: who is ready is known to
    the scheduler that drives the run, and has no row until it has a slot."""
    found: dict[str, tuple[int, int]] = {}
    for job in jobs:
        for pool, (tasks, slots) in job.detail.get("waiting_by_pool", {}).items():
            before = found.get(pool, (0, 0))
            found[pool] = (before[0] + tasks, before[1] + slots)
    return found


def scheduled_gauges(jobs: Iterable[JobRecord]) -> list[Reading]:
    """What Airflow calls scheduled: ready, and without a slot. Of the tasks that have the most of them, as above."""
    found = Counter[tuple[str, str, str]]()
    for job in jobs:
        for queue, dag_id, task_id, number in job.detail.get("waiting_by_task", ()):
            found[queue, dag_id, task_id] += number
    return [
        Reading("ti.scheduled", number, {"queue": queue, "dag_id": dag_id, "task_id": task_id})
        for (queue, dag_id, task_id), number in found.items()
    ]


DETAIL_GAUGES = {
    "last_parse_seconds": "dag_processing.total_parse_time",
    "queue": "dag_processing.file_path_queue_size",
    "running": "triggers.running",
}
"""Numbers that processes write beside their heartbeat → gauges."""


def job_gauges(jobs: Iterable[JobRecord], now: datetime) -> list[Reading]:
    found: list[Reading] = []
    for job in jobs:
        age = max(0.0, (now - job.heartbeat_at).total_seconds())
        found.append(Reading("job.heartbeat_age", age, {"job_name": job.kind, "hostname": job.host}))
        tags = {"hostname": job.host} if job.kind is JobKind.TRIGGERER else {}
        found += [
            Reading(name, float(job.detail[key]), tags) for key, name in DETAIL_GAUGES.items() if key in job.detail
        ]
        if "capacity" in job.detail:
            left = float(job.detail["capacity"]) - float(job.detail["running"])
            found.append(Reading("triggerer.capacity_left", left, tags))
    return found


def file_gauges(parsed: Mapping[tuple[str, str], datetime], now: datetime) -> list[Reading]:
    """By the file's name without its ending, as Airflow has it; of several the one parsed last."""
    newest: dict[str, datetime] = {}
    for (_, file), at in parsed.items():
        name = PurePath(file).stem
        newest[name] = max(at, newest.get(name, at))
    return [
        Reading("dag_processing.last_run.seconds_ago", max(0.0, (now - at).total_seconds()), {"file_name": name})
        for name, at in newest.items()
    ]


_UNKNOWN = TaskSpec("", "")


def _task(one: TaskCount, specs: Mapping[str, Mapping[str, TaskSpec]]) -> TaskSpec:
    """As the version says; a task that it no longer has is in the default pool and queue."""
    return specs.get(one.dag_hash, {}).get(one.task_id, _UNKNOWN)
