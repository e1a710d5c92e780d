"""Who may start next: picks from the ready instances of all runs under the limits, fairly, at a cost that does not grow
with what cannot run.

Ready instances under the very same limits share a *shelf*: either its first can go or all of it has to wait. A shelf
that a limit holds back is put into the *lane* of that limit and not looked at again before something of it comes free;
then the lane's best shelf is looked at, and the next one only where that one could go. So ten thousand mapped instances
are one shelf, a thousand runs that wait for one pool are one lane, and a pick looks at what it picks and little more.

In which order is for `turns` to say.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime, timedelta
from typing import TypeAlias

from tradewind.engine.limits import (
    Blocked,
    Lane,
    Limits,
    LiveTry,
    Ready,
    Source,
    Usage,
    all_taken,
    blocked,
    holds,
    is_full,
    pool_lane,
)
from tradewind.engine.machine_needs import in_the_way, in_words, is_any
from tradewind.engine.turns import START, Order, Turns
from tradewind.model.ids import DagId, MapPath, RunKey, TaskKey
from tradewind.model.spec import Resources

CanTake: TypeAlias = Callable[[Ready], str | None]
"""None where the executor would start this one now, else the reason it has to wait."""
_ShelfName: TypeAlias = tuple[RunKey, str, int, int, int, int, str, Resources, str]
_MACHINE: Source = ("machine",)


def _takes_all(ready: Ready) -> str | None:
    return None


class _Shelf:
    """A heap whose entries may be stale (withdrawn, or replaced): those are dropped when they come to the front, so
    that taking one out of ten thousand costs nothing."""

    __slots__ = ("entries", "lane", "leads", "name", "serial", "valid")

    def __init__(self, name: _ShelfName) -> None:
        self.name = name
        self.entries: list[tuple[int, int, MapPath, int, Ready]] = []
        self.valid = 0
        self.lane: Lane | None = None
        """That it waits in; None: it stands in the front."""
        self.leads: Lane | None = None
        """It stands in the front for this lane, whose others follow when it could go."""
        self.serial = 0
        """Of its entry in the front or in its lane: others are stale."""


class _LaneOfShelves:
    __slots__ = ("entries", "hungry_since")

    def __init__(self, hungry_since: datetime) -> None:
        self.entries: list[tuple[Order, int, _Shelf]] = []
        self.hungry_since = hungry_since
        """When something of it went last, or when it began to be waited in."""


class ReadyQueue:
    """All instances that want a slot. Belongs to the scheduler; rebuilt from StartTry commands after a restart."""

    def __init__(self) -> None:
        self._ready: dict[TaskKey, tuple[Ready, int]] = {}
        """With the serial number of its entry, which tells it from stale ones."""
        self._shelves: dict[_ShelfName, _Shelf] = {}
        self._of_run: dict[RunKey, set[_ShelfName]] = {}
        self._runs_of_dag: dict[DagId, set[RunKey]] = {}
        self._front: list[tuple[Order, int, _Shelf]] = []
        self._lanes: dict[Lane, _LaneOfShelves] = {}
        self._lanes_of: dict[Source, set[Lane]] = {}
        self._led: set[Lane] = set()
        """Lanes that have a shelf in the front."""
        self._to_open: set[Lane] = set()
        self._turns = Turns()
        self._serials = itertools.count(1)
        self._before = Usage()
        self._limits_before: Limits | None = None
        self._reserved: dict[Source, Lane] = {}
        """Pool, or the machine → the lane whose turn it is; nothing else goes meanwhile that takes of it."""

    def __len__(self) -> int:
        return len(self._ready)

    def __contains__(self, key: TaskKey) -> bool:
        return key in self._ready

    def get(self, key: TaskKey) -> Ready | None:
        return found[0] if (found := self._ready.get(key)) is not None else None

    def all(self) -> Iterator[Ready]:
        return (ready for ready, _ in self._ready.values())

    def by_pool(self) -> dict[str, tuple[int, int]]:
        """Pool → how many wait for slots of it, and for how many slots. Costs as much as there are shelves."""
        found: dict[str, tuple[int, int]] = {}
        for shelf in self._shelves.values():
            _, pool, slots, *_ = shelf.name
            tasks, wanted = found.get(pool, (0, 0))
            found[pool] = (tasks + shelf.valid, wanted + shelf.valid * slots)
        return found

    def add(self, ready: Ready) -> None:
        """On StartTry. Adding one that is there already replaces it."""
        self.remove(ready.key)
        serial = next(self._serials)
        self._ready[ready.key] = (ready, serial)
        self._turns.arrives(ready)
        name = _shelf_of(ready)
        if (shelf := self._shelves.get(name)) is None:
            shelf = self._shelves[name] = _Shelf(name)
            self._of_run.setdefault(name[0], set()).add(name)
            self._runs_of_dag.setdefault(name[0].dag_id, set()).add(name[0])
        shelf.valid += 1
        heapq.heappush(shelf.entries, (-ready.weight, ready.place, ready.key.map_path, serial, ready))
        if self._head(shelf) is ready:
            self._place(shelf, shelf.lane)

    def remove(self, key: TaskKey) -> None:
        """On WithdrawTry. Nothing happens where it is not there."""
        if (found := self._ready.pop(key, None)) is None:
            return
        shelf = self._shelves[_shelf_of(found[0])]
        shelf.valid -= 1
        if not shelf.valid:
            self._discard(shelf)

    def remove_run(self, run: RunKey) -> None:
        """When a run finished, or is thrown away to be restored."""
        for name in list(self._of_run.get(run, ())):
            shelf = self._shelves[name]
            for entry in shelf.entries:
                if self._is_valid(entry):
                    del self._ready[entry[4].key]
            self._discard(shelf)
        self._turns.forget_run(run)

    def _discard(self, shelf: _Shelf) -> None:
        run = shelf.name[0]
        del self._shelves[shelf.name]
        shelf.serial = 0
        if shelf.leads is not None:
            self._led.discard(shelf.leads)
            self._to_open.add(shelf.leads)
        shelves = self._of_run[run]
        shelves.discard(shelf.name)
        if shelves:
            return
        del self._of_run[run]
        runs = self._runs_of_dag[run.dag_id]
        runs.discard(run)
        if not runs:
            del self._runs_of_dag[run.dag_id]
            self._turns.forget_dag(run.dag_id)

    # ---------------------------------------------------------------------------------- picking

    def pick(
        self,
        live: Iterable[LiveTry],
        limits: Limits,
        can_take: CanTake = _takes_all,
        *,
        now: datetime = START,
        at_most: int | None = None,
    ) -> list[Ready]:
        """Take out those that may start now, in order. `can_take` is asked of each that the limits let go; it has to
        count the ones it agreed to before."""
        usage = Usage(live)
        self._open_what_came_free(usage, limits, now)
        picked: list[Ready] = []
        while len(picked) != at_most and not is_full(usage, limits) and (shelf := self._first()) is not None:
            ready = self._head(shelf)
            held = self._held(ready, usage, limits) or _held_by_machine(ready, can_take(ready))
            if held is not None:
                self._put_aside(shelf, held.lane, now)
                continue
            picked.append(ready)
            usage.add(LiveTry(ready.key.run, ready.key.task_id, ready.pool, ready.pool_slots))
            self._served(shelf, ready, usage, limits, now)
        self._before = usage
        return picked

    def _first(self) -> _Shelf | None:
        """The front's first shelf, taken out of it."""
        while self._front:
            order, serial, shelf = heapq.heappop(self._front)
            if serial != shelf.serial:
                continue
            if order < (now_is := self._turns.order_of(self._head(shelf))):
                heapq.heappush(self._front, (now_is, serial, shelf))  # its DAG has been served since
                continue
            return shelf
        return None

    def _served(self, shelf: _Shelf, ready: Ready, usage: Usage, limits: Limits, now: datetime) -> None:
        self._turns.serve(ready.key.run, now)
        lane = shelf.leads
        lanes = [pool_lane(ready)] if _MACHINE not in self._lanes_of else [pool_lane(ready), _machine_lane(ready)]
        for mine in lanes:
            if (own := self._lanes.get(mine)) is not None:
                own.hungry_since = now
        self._follow(shelf)
        self.remove(ready.key)
        if shelf.valid:
            self._place(shelf, None)
        for mine in lanes:
            if self._reserved.get(mine.source) == mine:
                self._reserve(mine.source, usage, limits, now)
                for other in self._lanes_of.get(mine.source, set[Lane]()).copy():
                    self._open(other)
        if lane is not None:
            self._open(lane)

    def _put_aside(self, shelf: _Shelf, lane: Lane, now: datetime) -> None:
        leads = shelf.leads
        self._follow(shelf)
        if lane not in self._lanes:
            self._lanes[lane] = _LaneOfShelves(now)
            self._lanes_of.setdefault(lane.source, set()).add(lane)
        self._place(shelf, lane)
        if leads is not None and leads != lane:
            self._open(leads)

    def _follow(self, shelf: _Shelf) -> None:
        """It stands for its lane no longer."""
        if shelf.leads is not None:
            self._led.discard(shelf.leads)
            shelf.leads = None

    def _place(self, shelf: _Shelf, lane: Lane | None) -> None:
        """Into the front or a lane; where it stood before, its entry becomes stale."""
        shelf.serial = next(self._serials)
        shelf.lane = lane
        entry = (self._turns.order_of(self._head(shelf)), shelf.serial, shelf)
        heapq.heappush(self._front if lane is None else self._lanes[lane].entries, entry)

    # ---------------------------------------------------------------------------------- lanes

    def _open_what_came_free(self, usage: Usage, limits: Limits, now: datetime) -> None:
        freed = set(usage.freed_since(self._before))
        pools = [source for source in self._lanes_of if source[0] == "pool"]
        machine = [_MACHINE] if _MACHINE in self._lanes_of else []
        if limits is not self._limits_before:
            self._limits_before = limits
            freed.update(pools)
        for source in {*pools, *machine, *self._reserved}:
            self._reserve(source, usage, limits, now)
        freed.add(_MACHINE)  # its lanes are few, one for each need; it does not say what came free
        for source in freed:
            self._to_open.update(self._lanes_of.get(source, ()))
        opened, self._to_open = self._to_open, set()
        for lane in opened:
            self._open(lane)

    def _open(self, lane: Lane) -> None:
        """The lane's best shelf stands in the front, for all of it."""
        shelves = self._lanes.get(lane)
        if shelves is None or lane in self._led:
            return
        while shelves.entries:
            order, serial, shelf = heapq.heappop(shelves.entries)
            if serial != shelf.serial:
                continue
            if order < (now_is := self._turns.order_of(self._head(shelf))):
                heapq.heappush(shelves.entries, (now_is, serial, shelf))
                continue
            shelf.leads = lane
            self._led.add(lane)
            self._place(shelf, None)
            return
        del self._lanes[lane]
        lanes = self._lanes_of[lane.source]
        lanes.discard(lane)
        if not lanes:
            del self._lanes_of[lane.source]

    def _reserve(self, source: Source, usage: Usage, limits: Limits, now: datetime) -> None:
        """Whose turn it is in this pool, or on the machine: what needs much and could have gone long ago, had not
        smaller ones taken whatever came free."""
        before = self._reserved.pop(source, None)
        lanes = self._lanes_of.get(source, set[Lane]())
        size = limits.pools.get(str(source[1]), 0) if source != _MACHINE else 0
        long_ago = now - timedelta(seconds=limits.reserve_after_seconds)
        hungry = [
            (self._lanes[lane].hungry_since, lane.need if isinstance(lane.need, int) else 0, str(lane.need), lane)
            for lane in lanes
            if (1 < lane.need <= size if isinstance(lane.need, int) else is_any(lane.need[1]))
            if self._lanes[lane].hungry_since <= long_ago and self._is_waited_in(lane, usage, limits)
        ]
        if hungry:
            self._reserved[source] = min(hungry, key=lambda found: found[:3])[3]
        if before != self._reserved.get(source):
            self._to_open.update(lanes)

    def _is_waited_in(self, lane: Lane, usage: Usage, limits: Limits) -> bool:
        """Would its first shelf go, if the pool had room? Those that are stale or wait for something else by now leave
        it."""
        if lane in self._led:
            return True
        entries = self._lanes[lane].entries
        while entries:
            _, serial, shelf = entries[0]
            if serial == shelf.serial:
                held = blocked(self._head(shelf), usage, limits)
                if held is None or held.lane == lane:
                    return True
                heapq.heappop(entries)
                self._place(shelf, None)
            else:
                heapq.heappop(entries)
        return False

    # ---------------------------------------------------------------------------------- why not

    def why(
        self, key: TaskKey, live: Iterable[LiveTry], limits: Limits, can_take: CanTake = _takes_all
    ) -> tuple[Blocked, list[LiveTry]] | None:
        """Why this one was not picked, and who has what it waits for; None where it is not ready or is about to
        start."""
        if (found := self._ready.get(key)) is None:
            return None
        ready, having = found[0], list(live)
        usage = Usage(having)
        held = all_taken(limits) if is_full(usage, limits) else self._held(ready, usage, limits)
        held = held or _held_by_machine(ready, can_take(ready))
        return None if held is None else (held, [one for one in having if holds(one, ready, held)])

    def _held(self, ready: Ready, usage: Usage, limits: Limits) -> Blocked | None:
        if (held := blocked(ready, usage, limits)) is not None:
            return held
        mine = pool_lane(ready)
        first = self._reserved.get(mine.source)
        if first is None:
            return self._held_for_another(ready)
        if first == mine:  # two whose turn it is, there and on the machine, do not wait for each other
            return None
        needs = f"a task that needs {first.need} of them and has waited long"
        return Blocked("reserved", f"the next slots of pool {ready.pool!r} are kept for {needs}", mine)

    def _held_for_another(self, ready: Ready) -> Blocked | None:
        """By one that has waited long for what this one would take of the machine."""
        mine, first = _machine_lane(ready), self._reserved.get(_MACHINE)
        if first is None or first == mine or first not in self._lanes or isinstance(first.need, int):
            return None
        executor, need = first.need
        if executor != ready.executor or not in_the_way(ready.resources, need):
            return None
        text = f"what comes free of this machine is kept for a task that needs {in_words(need)} and has waited long"
        return Blocked("machine", text, mine)

    def _head(self, shelf: _Shelf) -> Ready:
        while not self._is_valid(shelf.entries[0]):
            heapq.heappop(shelf.entries)
        return shelf.entries[0][4]

    def _is_valid(self, entry: tuple[int, int, MapPath, int, Ready]) -> bool:
        found = self._ready.get(entry[4].key)
        return found is not None and found[1] == entry[3]


def _held_by_machine(ready: Ready, why_not: str | None) -> Blocked | None:
    if why_not is None:
        return None
    return Blocked("machine", why_not, _machine_lane(ready))


def _machine_lane(ready: Ready) -> Lane:
    return Lane(_MACHINE, (ready.executor, ready.resources))


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
