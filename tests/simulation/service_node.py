"""One scheduler process of the simulated service, with its processes of tasks; it dies, stops for a while, comes back."""

from __future__ import annotations

import heapq
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.simulation.dags import POOLS
from tests.simulation.executor import FakeExecutor
from tests.simulation.service_store import SharedStore, SimulatedListener
from tradewind.executors.base import ExecutorEvent, TryOrder
from tradewind.model.outcomes import Deferred, Outcome, TryLost, TryReport
from tradewind.model.service import JobKind, JobRecord, Topic
from tradewind.model.states import TryPurpose
from tradewind.scheduler.admission import Admission
from tradewind.scheduler.deferrals import Deferrals
from tradewind.scheduler.dispatch import Dispatch
from tradewind.scheduler.due import DueRuns
from tradewind.scheduler.heartbeat import LEASE, Heartbeat
from tradewind.scheduler.loop import Scheduler
from tradewind.scheduler.news import News
from tradewind.scheduler.orders import RunnerLimits
from tradewind.scheduler.outside import PastOfOthers, PoolSizes
from tradewind.scheduler.owner import Owner
from tradewind.scheduler.requests import Requests
from tradewind.scheduler.rescue import Rescue
from tradewind.scheduler.service import Service
from tradewind.scheduler.specs import Specs

if TYPE_CHECKING:
    from tests.simulation.service_world import ServiceWorld

LIMITS = RunnerLimits(log_folder="/logs", artifact_url="/artifacts", inline_value_bytes=1, max_map_length=100)


class NodeExecutor(FakeExecutor):
    """The world moves the clock; waiting only takes what has come in."""

    def wait(self, timeout_seconds: float | None) -> list[ExecutorEvent]:
        if self._chance.strikes("crash", 0.002):
            from tests.simulation.chance import Crash

            raise Crash
        self._is_woken = False
        found: list[ExecutorEvent] = []
        while self._planned and self._planned[0][0] <= self._clock.elapsed_seconds:
            event = heapq.heappop(self._planned)[2]
            self.said(event)
            if isinstance(event, TryReport | TryLost):
                self.running.pop(event.try_id, None)
            found.append(event)
        return found

    def next_event(self) -> float | None:
        if self._is_woken:
            return self._clock.elapsed_seconds
        return self._planned[0][0] if self._planned else None

    def _outcome(self, order: TryOrder) -> Outcome:
        chance = self._chance
        if order.message.purpose is TryPurpose.EXECUTE and order.message.resume is None and chance.one_in(4):
            return Deferred("my.Trigger", {"n": 1}, "resumed", timeout_seconds=chance.pick([None, 20.0, 300.0]))
        return super()._outcome(order)


class Node:
    def __init__(self, world: ServiceWorld, file: Path, number: int) -> None:
        self.name = f"scheduler{number}"
        self._world = world
        self._file = file
        self._lives = 0
        self._service: Service | None = None
        self._until = 0.0
        """Dead or stopped until then."""
        self.is_submitting = False

    @property
    def is_stopped(self) -> bool:
        return self._until > self._world.clock.elapsed_seconds

    @property
    def has_work(self) -> bool:
        return self._service is not None and self._scheduler.has_work

    def running(self) -> list[TryOrder]:
        return list(self.executor.running.values()) if self._service is not None else []

    def next_wake(self) -> float | None:
        now = self._world.clock.elapsed_seconds
        if self._service is None or self.is_stopped:
            return max(now, self._until)
        if self._listener.rung:
            return now
        seconds = self._service._seconds_until_due()
        instants = [now + seconds] if seconds is not None else []
        if (event := self.executor.next_event()) is not None:
            instants.append(max(now, event))
        return min(instants, default=None)

    def turn(self) -> None:
        if self._service is None:
            self._live()
        assert self._service is not None
        self.is_submitting = True
        try:
            self._service.turn()
        finally:
            self.is_submitting = False

    def stop_for(self, seconds: float) -> None:
        """SIGSTOP: its tasks go on."""
        self._world.say(f"{self.name} is stopped for {seconds} s")
        self._until = self._world.clock.elapsed_seconds + seconds

    def die(self) -> None:
        """With its tasks: their processes see that it is gone."""
        if self._service is not None:
            self._service = None
            self._store.close()
            self._world.belfry.listeners.remove(self._listener)
            if self._listener in self._world.belfry.deaf:
                self._world.belfry.deaf.remove(self._listener)
        self._until = self._world.clock.elapsed_seconds + self._world.chance.pick([0.0, 2.0, 30.0])

    def _live(self) -> None:
        world = self._world
        self._lives += 1
        owner = Owner(f"{self.name}.{self._lives}", 1, "host")
        self._store = SharedStore(self._file, world.chance, world.clock, world.belfry, owner.id)
        self.executor = NodeExecutor(world.chance, world.clock, world.specs)
        self.executor.submitted = world.submitted
        dispatch = Dispatch(
            self.executor, LIMITS, parallelism=world.parallelism, pools=POOLS, new_try_id=world.new_try_id
        )
        self._scheduler = Scheduler(
            self._store, self.executor, dispatch, world.clock, owner=owner, who=owner.id, pause=world.clock.advance
        )
        self._scheduler.observe(lambda changes, now: world.committed(owner.id, changes, now))
        self._scheduler.observe(News(self._store.ring, lambda: world.clock.elapsed_seconds))
        now = world.clock()
        heartbeat = Heartbeat(
            self._store, JobRecord(owner.id, JobKind.SCHEDULER, 1, "host", now, now, now + LEASE), dict
        )
        specs = Specs(self._store)
        rest: Any = (self._store, self._scheduler, specs, owner, lambda: world.bounds)
        due = DueRuns(self._store, specs)
        duties = [
            heartbeat,
            Rescue(*rest, look_every=LEASE),
            Requests(*rest),
            PoolSizes(self._store, self._scheduler, dispatch),
            due,
            Admission(*rest, due.newest_of),
            Deferrals(self._scheduler),
            PastOfOthers(self._scheduler),
        ]
        self._listener: SimulatedListener = self._store.listen(list(Topic))
        self._service = Service(self._scheduler, self.executor, duties, self._listener, world.clock)
