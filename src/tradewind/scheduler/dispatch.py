"""Which ready instances get a try now, under pools, caps and the executor's resources, and the order that starts it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from msgspec import Struct
from msgspec.structs import replace

from tradewind.engine import limits as engine_limits
from tradewind.engine.commands import StartTry, WithdrawTry
from tradewind.engine.limits import Blocked, Limits, Ready, ready_of
from tradewind.engine.ready_queue import ReadyQueue
from tradewind.executors.base import Executor, TryOrder
from tradewind.model.changes import Change, TaskChanged, TryCreated
from tradewind.model.errors import ResourceError, TradewindError
from tradewind.model.ids import MapPath, RunKey, TaskId, TaskKey, TryId
from tradewind.model.messages import CallbackCall
from tradewind.model.records import PoolRecord
from tradewind.model.service import LiveElsewhere
from tradewind.model.spec import DagSpec, Resources
from tradewind.model.states import TaskState
from tradewind.scheduler.active import ActiveRun
from tradewind.scheduler.callbacks import order_of_call
from tradewind.scheduler.names import log_path, new_try_id
from tradewind.scheduler.orders import Picked, RunnerLimits, order_for
from tradewind.scheduler.translate import LiveTry

TASKS_TOLD = 200
"""Of those that wait for a slot, with each heartbeat where metrics are emitted."""


class Slot(Struct, frozen=True):
    """One instance that may start: the try it gets, and what to commit of it."""

    live: LiveTry
    created: TryCreated


class Held(Struct, frozen=True):
    """Why a ready instance has no slot."""

    blocked: Blocked
    since: datetime
    """When it began to wait."""
    holders: list[engine_limits.LiveTry]
    """Who has what it waits for."""


class Dispatch:
    """`pools`: name → slots (-1: endless). `waits_for_pools`: tasks of a pool that does not exist wait until it does;
    else their run is refused, since nobody would notice that it waits."""

    def __init__(
        self,
        executor: Executor,
        runner_limits: RunnerLimits,
        *,
        parallelism: int,
        pools: Mapping[str, int],
        new_try_id: Callable[[], TryId] = new_try_id,
        waits_for_pools: bool = False,
    ) -> None:
        self._executor = executor
        self._runner_limits = runner_limits
        self._limits = Limits(dict(pools), parallelism)
        self._queue = ReadyQueue()
        self.new_try_id = new_try_id
        self._waits_for_pools = waits_for_pools
        self._counting_deferred: frozenset[str] = frozenset()
        self._deferred: dict[TaskKey, engine_limits.LiveTry] = {}
        """Task instances of our runs that wait for a trigger."""

    def set_pools(self, pools: Iterable[PoolRecord]) -> None:
        """They may change at any time: what runs goes on, what waits goes by the new sizes from now on. Tasks whose
        pool was removed wait until it is back."""
        found = list(pools)
        self._limits = replace(self._limits, pools={pool.name: pool.slots for pool in found})
        self._counting_deferred = frozenset(pool.name for pool in found if pool.include_deferred)

    def check(self, spec: DagSpec) -> None:
        """What could never start is refused before a run is made.

        Raises ResourceError or TradewindError naming the task."""
        for task in spec.tasks:
            if task.pool not in self._limits.pools and not self._waits_for_pools:
                raise TradewindError(
                    f"task {task.task_id!r} of DAG {spec.dag_id!r} wants pool {task.pool!r}, which does not exist",
                    hint=f"make it: tradewind pools set {task.pool} SLOTS 'what it limits'",
                )
            if (why_not := self._executor.fits(task.resources)) is not None:
                raise ResourceError(
                    f"task {task.task_id!r} of DAG {spec.dag_id!r} can never start here: {why_not}",
                    hint="ask for less in resources=, or use a larger machine",
                )

    def __len__(self) -> int:
        """Instances that are ready and wait for a slot."""
        return len(self._queue)

    def waiting_by_pool(self) -> dict[str, tuple[int, int]]:
        """Pool → ready instances, and the slots that they ask for."""
        return self._queue.by_pool()

    def waiting_by_task(self) -> list[tuple[str, str, str, int]]:
        """(Queue, DAG, task, its ready instances), those with the most of them. Costs as much as there are ready."""
        found = Counter((ready.queue, ready.key.dag_id, ready.key.task_id) for ready in self._queue.all())
        return [(*name, number) for name, number in found.most_common(TASKS_TOLD)]

    def wants_slot(self, active: ActiveRun, command: StartTry, now: datetime) -> None:
        instance = active.run.instance(command.task_id, command.map_path)
        if instance is not None and instance.is_ready:
            date = active.facts.logical_date or active.facts.run_after
            self._queue.add(ready_of(active.run, instance, date, now))
            self._deferred.pop(TaskKey(active.key.dag_id, active.key.run_id, *_name(command)), None)

    def withdraw(self, active: ActiveRun, command: WithdrawTry) -> None:
        self._queue.remove(TaskKey(active.key.dag_id, active.key.run_id, *_name(command)))

    def forget(self, run: RunKey) -> None:
        self._queue.remove_run(run)
        self._deferred = {key: one for key, one in self._deferred.items() if one.run != run}

    def recall(self, active: ActiveRun) -> None:
        """Of a run that was taken over: who waits for a trigger."""
        for instance in active.run.all_instances():
            if instance.state is TaskState.DEFERRED:
                self._defer(active, instance.plan.task_id, instance.path)

    def moved(self, active: ActiveRun, changes: Iterable[Change]) -> None:
        """Some of these may have begun to wait for a trigger, or do so no longer."""
        for change in changes:
            if isinstance(change, TaskChanged):
                if change.new is TaskState.DEFERRED:
                    self._defer(active, change.task_id, change.map_path)
                elif change.old is TaskState.DEFERRED:
                    self._deferred.pop(TaskKey(*_run_name(active), change.task_id, change.map_path), None)

    def _defer(self, active: ActiveRun, task_id: TaskId, path: MapPath) -> None:
        task = active.tasks[task_id]
        self._deferred[TaskKey(*_run_name(active), task_id, path)] = engine_limits.LiveTry(
            active.key, task_id, task.pool, task.pool_slots, path, is_deferred=True
        )

    def pick(
        self,
        live: Iterable[LiveTry],
        runs: Mapping[RunKey, ActiveRun],
        now: datetime,
        elsewhere: Collection[LiveElsewhere] = (),
    ) -> Sequence[Slot]:
        """Those that may start now, in order. They leave the queue. `elsewhere`: live tries of other processes."""
        if not len(self._queue):
            return ()
        agreed = Resources()

        def can_take(ready: Ready) -> str | None:
            nonlocal agreed
            together = _sum(agreed, ready.resources)
            if (why_not := self._executor.can_take(together)) is None:
                agreed = together
            return why_not

        picked = self._queue.pick(self._all_live(live, elsewhere), self._limits, can_take, now=now)
        return [self._slot(runs[ready.key.run], ready) for ready in picked]

    def why(self, key: TaskKey, live: Iterable[LiveTry]) -> str | None:
        """Why a ready instance has no try yet; None where it is not ready."""
        return held.blocked.text if (held := self.held(key, live)) is not None else None

    def held(self, key: TaskKey, live: Iterable[LiveTry], elsewhere: Collection[LiveElsewhere] = ()) -> Held | None:
        """The same, with who has what it waits for."""
        ready = self._queue.get(key)
        found = self._queue.why(
            key,
            self._all_live(live, elsewhere),
            self._limits,
            lambda ready: self._executor.can_take(ready.resources),
        )
        return None if ready is None or found is None else Held(found[0], ready.since, found[1])

    def _all_live(
        self, live: Iterable[LiveTry], elsewhere: Collection[LiveElsewhere]
    ) -> Iterator[engine_limits.LiveTry]:
        yield from map(_slots_of, live)
        for other in elsewhere:
            slots = (other.pool, other.pool_slots)
            yield engine_limits.LiveTry(
                other.run, other.task_id, *slots, is_deferred=other.is_deferred, is_elsewhere=True
            )
        if self._counting_deferred:
            yield from (one for one in self._deferred.values() if one.pool in self._counting_deferred)

    def order_of_call(self, active: ActiveRun, key: TaskKey, call: CallbackCall) -> Picked:
        """The order for a callback; it waits for nothing."""
        return order_of_call(active, key, call, self.new_try_id(), self._executor.name, self._runner_limits)

    def order(self, active: ActiveRun, slot: Slot) -> TryOrder:
        """What starts it. To be asked for when all that were picked together are queued: the new try of one forgets the
        values of its last one, which another of them may read."""
        created = slot.created
        start = StartTry(created.task_id, created.map_path, created.purpose, created.number)
        return order_for(active, start, created.try_id, created.log_path, self._runner_limits)

    def _slot(self, active: ActiveRun, ready: Ready) -> Slot:
        key = ready.key
        instance = active.run.instance(key.task_id, key.map_path)
        assert instance is not None, "the queue holds only instances of active runs"
        try_id = self.new_try_id()
        created = TryCreated(
            try_id=try_id,
            run=active.key,
            task_id=key.task_id,
            map_path=key.map_path,
            number=ready.number,
            purpose=ready.purpose,
            executor=self._executor.name,
            pool=ready.pool,
            pool_slots=ready.pool_slots,
            log_path=log_path(active.key, key.task_id, key.map_path, ready.number, instance.lost_count),
        )
        return Slot(LiveTry(try_id, key, ready.number, ready.purpose, ready.pool, ready.pool_slots), created)


def _slots_of(live: LiveTry) -> engine_limits.LiveTry:
    return engine_limits.LiveTry(live.task.run, live.task.task_id, live.pool, live.pool_slots, live.task.map_path)


def _name(command: StartTry | WithdrawTry) -> tuple[TaskId, MapPath]:
    return command.task_id, command.map_path


def _run_name(active: ActiveRun) -> tuple[str, str]:
    return active.key.dag_id, active.key.run_id


def _sum(one: Resources, other: Resources) -> Resources:
    return Resources(one.cpus + other.cpus, one.memory_bytes + other.memory_bytes, one.gpus + other.gpus)
