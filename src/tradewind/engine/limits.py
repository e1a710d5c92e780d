"""Who may start next: picks from the ready instances of all runs under pools, caps and priorities.

Ready instances that are under the very same limits share a *shelf*; so either a shelf's first can go or the whole shelf
has to wait. A call therefore costs as much as there are shelves (a few for each run) and picks, not as much as there
are ready instances: ten thousand mapped ones are one shelf.
"""

from __future__ import annotations

import heapq
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeAlias

from msgspec import Struct

from tradewind.engine.run import Instance, Run
from tradewind.model.ids import DagId, MapPath, RunKey, TaskId, TaskKey
from tradewind.model.spec import Resources
from tradewind.model.states import TryPurpose

CanTake: TypeAlias = Callable[["Ready"], str | None]
"""None where the executor would start this one now, else the reason it has to wait."""


class Ready(Struct, frozen=True):
    """One instance that wants a slot, with all that limits look at."""

    key: TaskKey
    purpose: TryPurpose
    number: int
    order: tuple[int, datetime, RunKey, int]
    """Smallest first: minus priority weight, the run's date, the run, the task's place in the DAG; then the path."""
    pool: str
    pool_slots: int
    executor: str
    resources: Resources
    max_in_run: int
    """`max_active_tasks` of the DAG; 0: no cap."""
    max_of_task: int = 0
    """`max_active_tis_per_dag`: tries of this task in all runs of the DAG; 0: no cap."""
    max_of_task_in_run: int = 0


class LiveTry(Struct, frozen=True):
    """A try that has a slot: queued or running, and not yet known to have ended."""

    run: RunKey
    task_id: TaskId
    pool: str
    pool_slots: int


class Limits(Struct, frozen=True):
    pools: dict[str, int]
    """Slots of each pool; -1: endless. A pool that is not here does not exist."""
    parallelism: int
    """Live tries at most, all in all; 0: no cap."""


_ShelfName: TypeAlias = tuple[RunKey, str, int, int, int, int, str, Resources, TaskId]
_Entry: TypeAlias = tuple[tuple[int, datetime, RunKey, int], MapPath, int, Ready]


def ready_of(run: Run, instance: Instance, run_date: datetime) -> Ready:
    """What a StartTry asks for. `run_date`: the run's logical date, else its run_after."""
    task = instance.plan.spec
    return Ready(
        key=TaskKey(run.key.dag_id, run.key.run_id, task.task_id, instance.path),
        purpose=instance.purpose,
        number=instance.try_number + 1,
        order=(-task.priority_weight, run_date, run.key, instance.plan.index),
        pool=task.pool,
        pool_slots=task.pool_slots,
        executor=task.executor,
        resources=task.resources,
        max_in_run=run.spec.max_active_tasks,
        max_of_task=task.max_active_tis_per_dag or 0,
        max_of_task_in_run=task.max_active_tis_per_dagrun or 0,
    )


class Usage:
    """What live tries use, counted afresh at each call: a slot cannot leak out of a count nobody keeps."""

    def __init__(self, live: Iterable[LiveTry]) -> None:
        self.total = 0
        self.in_pool: Counter[str] = Counter()
        self.in_run: Counter[RunKey] = Counter()
        self.of_task: Counter[tuple[DagId, TaskId]] = Counter()
        self.of_task_in_run: Counter[tuple[RunKey, TaskId]] = Counter()
        for each in live:
            self.add(each)

    def add(self, live: LiveTry) -> None:
        self.total += 1
        self.in_pool[live.pool] += live.pool_slots
        self.in_run[live.run] += 1
        self.of_task[(live.run.dag_id, live.task_id)] += 1
        self.of_task_in_run[(live.run, live.task_id)] += 1


class _Shelf:
    """A heap whose entries may be stale (withdrawn, or replaced): those are dropped when they come to the front, so
    that taking one out of ten thousand costs nothing."""

    __slots__ = ("entries", "valid")

    def __init__(self) -> None:
        self.entries: list[_Entry] = []
        self.valid = 0


class ReadyQueue:
    """All instances that want a slot. Belongs to the scheduler; rebuilt from StartTry commands after a restart."""

    def __init__(self) -> None:
        self._ready: dict[TaskKey, tuple[Ready, int]] = {}
        """With the serial number of its entry, which tells it from stale ones."""
        self._shelves: dict[_ShelfName, _Shelf] = {}
        self._serial = 0

    def __len__(self) -> int:
        return len(self._ready)

    def __contains__(self, key: TaskKey) -> bool:
        return key in self._ready

    def add(self, ready: Ready) -> None:
        """On StartTry. Adding one that is there already replaces it."""
        self.remove(ready.key)
        self._serial += 1
        self._ready[ready.key] = (ready, self._serial)
        shelf = self._shelves.setdefault(_shelf_of(ready), _Shelf())
        shelf.valid += 1
        heapq.heappush(shelf.entries, (ready.order, ready.key.map_path, self._serial, ready))

    def remove(self, key: TaskKey) -> None:
        """On WithdrawTry. Nothing happens where it is not there."""
        if (found := self._ready.pop(key, None)) is None:
            return
        name = _shelf_of(found[0])
        shelf = self._shelves[name]
        shelf.valid -= 1
        if not shelf.valid:
            del self._shelves[name]

    def remove_run(self, run: RunKey) -> None:
        """When a run finished, or is thrown away to be restored."""
        for name in [name for name in self._shelves if name[0] == run]:
            shelf = self._shelves.pop(name)
            for entry in shelf.entries:
                if self._is_valid(entry):
                    del self._ready[entry[3].key]

    def pick(
        self,
        live: Iterable[LiveTry],
        limits: Limits,
        can_take: CanTake = lambda ready: None,
        *,
        at_most: int | None = None,
    ) -> list[Ready]:
        """Take out those that may start now, in order. `can_take` is asked of each that the limits let go; it has to
        count the ones it agreed to before."""
        usage = Usage(live)
        picked: list[Ready] = []
        heads = [(self._head(shelf), name) for name, shelf in self._shelves.items()]
        heapq.heapify(heads)
        while heads and len(picked) != at_most and not _is_full(usage, limits):
            (*_, ready), name = heads[0]
            if _blocked(ready, usage, limits) or can_take(ready):
                heapq.heappop(heads)  # and with it the whole shelf, which is under the same limits
                continue
            picked.append(ready)
            usage.add(LiveTry(ready.key.run, ready.key.task_id, ready.pool, ready.pool_slots))
            self.remove(ready.key)
            if (shelf := self._shelves.get(name)) is not None:
                heapq.heapreplace(heads, (self._head(shelf), name))
            else:
                heapq.heappop(heads)
        return picked

    def why(
        self, key: TaskKey, live: Iterable[LiveTry], limits: Limits, can_take: CanTake = lambda ready: None
    ) -> str | None:
        """Why this one was not picked, in words; None where it is not ready or is about to start."""
        if (found := self._ready.get(key)) is None:
            return None
        ready, usage = found[0], Usage(live)
        if _is_full(usage, limits):
            return f"all {limits.parallelism} slots of this machine are taken (parallelism)"
        return _blocked(ready, usage, limits) or can_take(ready)

    def _head(self, shelf: _Shelf) -> _Entry:
        while not self._is_valid(shelf.entries[0]):
            heapq.heappop(shelf.entries)
        return shelf.entries[0]

    def _is_valid(self, entry: _Entry) -> bool:
        found = self._ready.get(entry[3].key)
        return found is not None and found[1] == entry[2]


def _shelf_of(ready: Ready) -> _ShelfName:
    is_capped = ready.max_of_task or ready.max_of_task_in_run
    return (
        ready.key.run,
        ready.pool,
        ready.pool_slots,
        ready.max_in_run,
        ready.max_of_task,
        ready.max_of_task_in_run,
        ready.executor,
        ready.resources,
        ready.key.task_id if is_capped else "",
    )


def _is_full(usage: Usage, limits: Limits) -> bool:
    return 0 < limits.parallelism <= usage.total


def _blocked(ready: Ready, usage: Usage, limits: Limits) -> str | None:
    """The first limit that holds this one back."""
    key = ready.key
    size = limits.pools.get(ready.pool)
    if size is None:
        return f"pool {ready.pool!r} does not exist; make it with `tradewind pools set {ready.pool} SLOTS`"
    if size >= 0 and usage.in_pool[ready.pool] + ready.pool_slots > size:
        return _full_pool(ready, usage.in_pool[ready.pool], size)
    if 0 < ready.max_in_run <= usage.in_run[key.run]:
        return f"{ready.max_in_run} tasks of this run are running, no more may (max_active_tasks)"
    if 0 < ready.max_of_task <= usage.of_task[(key.dag_id, key.task_id)]:
        return f"{ready.max_of_task} tries of {key.task_id!r} are running in all runs (max_active_tis_per_dag)"
    if 0 < ready.max_of_task_in_run <= usage.of_task_in_run[(key.run, key.task_id)]:
        return (
            f"{ready.max_of_task_in_run} tries of {key.task_id!r} are running in this run (max_active_tis_per_dagrun)"
        )
    return None


def _full_pool(ready: Ready, used: int, size: int) -> str:
    if ready.pool_slots > size:
        return f"needs {ready.pool_slots} slots of pool {ready.pool!r}, which has only {size}"
    return f"pool {ready.pool!r} is full: {used} of {size} slots are taken, {ready.pool_slots} needed"
