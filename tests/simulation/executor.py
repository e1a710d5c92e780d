"""An executor whose processes are made of chance: what each will say, and when, is decided when it is submitted."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import timedelta

from tests.simulation.chance import Chance, Crash
from tests.simulation.clock import FakeClock
from tests.simulation.dags import CPUS
from tradewind.executors.base import Answer, CodeRef, ExecutorEvent, TryOrder
from tradewind.model.ids import TryId
from tradewind.model.messages import ClearXComs, LogMetric, Progress, PushXCom, ReadValues, TryStarted
from tradewind.model.outcomes import Expanded, Failed, Outcome, Rescheduled, Skipped, Succeeded, TryLost, TryReport
from tradewind.model.spec import DagSpec, Resources
from tradewind.model.states import TryPurpose
from tradewind.model.values import Value

CRASH = 0.004


class FakeExecutor:
    """`submitted(order)` is called before a process starts, `said(event)` for everything that comes out of `wait`."""

    name = "fake"

    def __init__(self, chance: Chance, clock: FakeClock, specs: dict[str, DagSpec]) -> None:
        self.running: dict[TryId, TryOrder] = {}
        """Not known to have ended."""
        self.is_silent = False
        self.submitted: Callable[[TryOrder], None] = lambda order: None
        self.said: Callable[[ExecutorEvent], None] = lambda event: None
        self._chance = chance
        self._clock = clock
        self._specs = specs
        self._planned: list[tuple[float, int, ExecutorEvent]] = []
        self._serial = 0
        self._is_woken = False

    def start(self, answer: Answer) -> None: ...

    def stop(self, *, grace_seconds: float) -> None: ...

    def fits(self, resources: Resources) -> str | None:
        return None if resources.cpus <= CPUS else f"this machine has {CPUS} CPUs"

    def expect(self, code: CodeRef) -> None: ...

    def can_take(self, resources: Resources) -> str | None:
        used = sum(order.resources.cpus for order in self.running.values())
        return None if used + resources.cpus <= CPUS else f"all {CPUS} CPUs are taken"

    def watch(self, *descriptors: int) -> None: ...

    def wake(self) -> None:
        self._is_woken = True

    def submit(self, order: TryOrder) -> None:
        if self._chance.strikes("crash", CRASH):
            raise Crash
        self.submitted(order)
        self.running[order.message.try_id] = order
        self._plan(order)

    def cancel(self, try_id: TryId, *, grace_seconds: float) -> None:
        if self._chance.strikes("crash", CRASH):
            raise Crash
        if try_id in self.running and not self._chance.one_in(4):  # else it takes no notice, and reports as if nothing
            self._planned = [one for one in self._planned if one[2].try_id != try_id]
            heapq.heapify(self._planned)
            self._say(self._chance.rng.uniform(0, grace_seconds), TryLost(try_id, "cancelled", signal=15))

    def wait(self, timeout_seconds: float | None) -> list[ExecutorEvent]:
        if self._chance.strikes("crash", CRASH):
            raise Crash
        if self._is_woken or self.is_silent:
            self._is_woken = False
            return []
        until_next = max(0.0, self._planned[0][0] - self._clock.elapsed_seconds) if self._planned else None
        waits = [seconds for seconds in (timeout_seconds, until_next) if seconds is not None]
        assert waits, "the scheduler waits for ever"
        self._clock.advance(min(waits) + self._chance.pick([0.0, 0.0, 0.1, 1.0]))  # a busy machine is late
        found: list[ExecutorEvent] = []
        while self._planned and self._planned[0][0] <= self._clock.elapsed_seconds:
            event = heapq.heappop(self._planned)[2]
            self.said(event)
            if isinstance(event, TryReport | TryLost):
                self.running.pop(event.try_id, None)
            found.append(event)
        return found

    def come_late(self, seconds: float, event: ExecutorEvent) -> None:
        """A process of an earlier scheduler, on another machine, has not heard of its end."""
        self._say(seconds, event)

    # -------------------------------------------------------------------------------- what a process does

    def _plan(self, order: TryOrder) -> None:
        chance, try_id = self._chance, order.message.try_id
        after = chance.rng.uniform(0, 2)
        if not chance.one_in(10):  # the notice may get lost
            self._say(after, TryStarted(try_id, 1000, "host"))
        if chance.strikes("notices", 0.3) and order.message.purpose is TryPurpose.EXECUTE:
            for notice in self._notices(try_id):
                self._say(after, notice)
        after += chance.pick([0.0, 0.5, 5.0, 50.0])
        if chance.strikes("lost", 0.06):
            self._say(after, TryLost(try_id, "killed by signal 9", signal=9))
            if chance.strikes("late", 0.5):
                self._say(after + 1, self._report(order))
            return
        report = self._report(order)
        self._say(after, report)
        if chance.strikes("doubled", 0.05):
            self._say(after + chance.pick([0.0, 0.0, 3.0]), report)

    def _say(self, seconds: float, event: ExecutorEvent) -> None:
        self._serial += 1
        heapq.heappush(self._planned, (self._clock.elapsed_seconds + seconds, self._serial, event))

    def _notices(self, try_id: TryId) -> list[ExecutorEvent]:
        notices: list[ExecutorEvent] = [
            PushXCom(try_id, "other", value_of(try_id, self._chance.pick([None, 1, 2]))),
            LogMetric(try_id, "loss", 0.5, 1),
            Progress(try_id, 1.0, 2.0, "half"),
            ReadValues(try_id, ("hash",)),
            ClearXComs(try_id),
        ]
        return self._chance.rng.sample(notices, self._chance.rng.randint(1, len(notices)))

    def _report(self, order: TryOrder) -> TryReport:
        return TryReport(order.message.try_id, self._outcome(order), label=self._chance.pick([None, None, "a label"]))

    def _outcome(self, order: TryOrder) -> Outcome:
        chance, rng, try_id = self._chance, self._chance.rng, order.message.try_id
        if chance.one_in(7):
            return Failed("ValueError", "boom", may_retry=rng.random() < 0.8, timed_out=chance.one_in(5))
        if order.message.purpose is TryPurpose.EXPAND:
            return Expanded(chance.pick([0, 1, 2, 3]))
        if chance.one_in(12):
            return Skipped("not today")
        if chance.one_in(12):
            return Rescheduled(self._clock() + timedelta(seconds=chance.pick([-5, 0, 30, 30])), "not yet")
        task = order.message.task
        below = [one.task_id for one in self._specs[task.dag_id].tasks if task.task_id in one.upstream]
        return Succeeded(
            result=value_of(try_id, chance.pick([0, 1, 2, 3, None])) if not chance.one_in(10) else None,
            more=(("other", value_of(try_id, chance.pick([None, 1, 2]))),) if chance.one_in(2) else (),
            followed=tuple(rng.sample(below, rng.randint(0, len(below)))) if chance.one_in(8) else None,
            short_circuit=chance.pick(["", "", "", "", "", "", "direct", "all"]),
        )


def value_of(try_id: TryId, length: int | None) -> Value:
    text = f"{try_id} of length {length}"
    return Value("json", "list", len(text), text, inline=text.encode(), length=length)
