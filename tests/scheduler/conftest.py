"""A scheduler on a real store in a folder of its own, and an executor that does what the test says."""

from __future__ import annotations

import itertools
from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from tradewind.engine import events
from tradewind.engine.run import Bounds
from tradewind.executors.base import Answer, CodeRef, ExecutorEvent, TryOrder
from tradewind.model.changes import RunCreated
from tradewind.model.ids import RunKey
from tradewind.model.outcomes import Outcome, Succeeded, TryReport
from tradewind.model.spec import DagSpec, Resources, TaskSpec
from tradewind.model.states import RunType
from tradewind.model.values import Value
from tradewind.scheduler.dispatch import Dispatch
from tradewind.scheduler.loop import Scheduler
from tradewind.scheduler.orders import RunnerLimits
from tradewind.scheduler.owner import Owner
from tradewind.scheduler.takeover import left_behind, new_run, restored_run
from tradewind.store import open_store

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
CODE = CodeRef("snapshot", "dag.py")
LIMITS = RunnerLimits(log_folder="/logs", artifact_url="/artifacts", inline_value_bytes=100, max_map_length=100)
CPUS = 2.0


class Desk:
    """An executor: orders lie in `orders`; what `say` was told comes out of the next `wait`."""

    name = "desk"

    def __init__(self) -> None:
        self.orders: dict[str, TryOrder] = {}
        self.cancelled: list[str] = []
        self.expected: list[CodeRef] = []
        self.on_submit: Callable[[TryOrder], None] = lambda order: None
        self._said: deque[ExecutorEvent] = deque()

    def start(self, answer: Answer) -> None: ...
    def stop(self, *, grace_seconds: float) -> None: ...
    def wake(self) -> None: ...
    def watch(self, *descriptors: int) -> None: ...

    def expect(self, code: CodeRef) -> None:
        self.expected.append(code)

    def fits(self, resources: Resources) -> str | None:
        return None if resources.cpus <= CPUS else f"it asks for {resources.cpus:g} CPUs, this machine has {CPUS:g}"

    def can_take(self, resources: Resources) -> str | None:
        return None if resources.cpus <= CPUS else "no CPU is free"

    def submit(self, order: TryOrder) -> None:
        self.on_submit(order)
        self.orders[order.message.try_id] = order

    def cancel(self, try_id: str, *, grace_seconds: float) -> None:
        self.cancelled.append(try_id)

    def wait(self, timeout_seconds: float | None) -> list[ExecutorEvent]:
        said = list(self._said)
        self._said.clear()
        return said

    def say(self, *said: ExecutorEvent) -> None:
        self._said.extend(said)

    def try_of(self, task_id: str, run_id: str = "run", path: tuple[int, ...] = ()) -> str:
        """The newest try of this instance."""
        found = [t for t, o in self.orders.items() if _name(o) == (run_id, task_id, path)]
        assert found, f"{task_id} was not submitted, but {[_name(order) for order in self.orders.values()]}"
        return found[-1]


def _name(order: TryOrder) -> tuple[str, str, tuple[int, ...]]:
    return order.message.task.run_id, order.message.task.task_id, order.message.task.map_path


class House:
    """All that a test of the loop needs. `now` is the wall clock."""

    def __init__(self, folder: Path, url: str | None = None) -> None:
        """`url`: of a database that is there; default: SQLite in the folder."""
        self.folder = folder
        self.now = NOW
        self.pauses: list[float] = []
        self._serials = itertools.count(1)
        self.url = url or f"sqlite:///{folder / 'tradewind.db'}"
        self.store: Any = open_store(self.url, home=folder)
        """As it is, to look behind its contract."""
        self.other: Any = open_store(self.url, home=folder)
        self.restart()

    def restart(self, *, pools: dict[str, int] | None = None, parallelism: int = 8) -> None:
        """A new process: of the old scheduler nothing is left."""
        self.desk = Desk()
        dispatch = Dispatch(
            self.desk,
            LIMITS,
            parallelism=parallelism,
            pools=pools or {"default_pool": 8, "gpu": 1},
            new_try_id=lambda: f"try{next(self._serials):04}",
        )
        self.scheduler = Scheduler(
            self.store,
            self.desk,
            dispatch,
            lambda: self.now,
            owner=Owner(f"owner{id(self.desk)}", 1, "host"),
            who="tester",
            pause=self.pauses.append,
        )

    def launch(self, spec: DagSpec, run_id: str = "run", *, at: datetime = NOW) -> RunKey:
        created = created_run(spec, run_id, at=at)
        active = new_run(created, spec, CODE, self.now, Bounds())
        self.scheduler.adopt(active, [events.RunStarted()], before=[created])
        return created.run

    def take_over(self, key: RunKey, spec: DagSpec, *more: events.Event) -> None:
        active, rows = restored_run(self.store, key, spec, CODE, Bounds())
        changes, lost = left_behind(rows, "its process died")
        owner = self.store.owner_of(key)
        gone = owner.owner_id if owner else None
        self.scheduler.adopt(active, [events.RunRestored(), *lost, *more], before=changes, instead_of=gone)

    def end(self, task_id: str, outcome: Outcome = Succeeded(), run_id: str = "run", path: tuple[int, ...] = ()) -> str:
        """The newest try of this task reports; carried through by one turn."""
        try_id = self.desk.try_of(task_id, run_id, path)
        self.desk.say(TryReport(try_id, outcome))
        self.scheduler.turn(0)
        return try_id

    def later(self, **time: float) -> None:
        self.now += timedelta(**time)
        self.scheduler.turn(0)

    def states(self, key: RunKey) -> dict[str, str]:
        """As another process sees them."""
        return {task.task_id: task.state.value for task in self.other.tasks(key)}

    def run_state(self, key: RunKey) -> str:
        record = self.other.run(key)
        assert record is not None
        return record.state.value

    def why(self, key: RunKey) -> str:
        """What the run's newest row of history says."""
        return [row.why for row in self.other.history(key) if row.entity == "run"][-1]


@pytest.fixture
def house(tmp_path: Path):
    made = House(tmp_path)
    yield made
    made.store.close()
    made.other.close()


def dag(*tasks: TaskSpec, dag_id: str = "dag", **more: Any) -> DagSpec:
    return DagSpec(dag_id, tasks=tasks, **more)


def task(task_id: str, *upstream: str, **more: Any) -> TaskSpec:
    return TaskSpec(task_id, "Op", upstream=upstream, **more)


def created_run(spec: DagSpec, run_id: str = "run", *, at: datetime = NOW) -> RunCreated:
    return RunCreated(RunKey(spec.dag_id, run_id), spec.hash, "snapshot", RunType.MANUAL, at, at, at, at)


def value(text: str = "1", length: int | None = None) -> Value:
    return Value("json", "list", len(text), f"hash of {text}", inline=text.encode(), length=length)


def result(text: str = "1", length: int | None = None) -> Succeeded:
    return Succeeded(result=value(text, length))


def names(changes: Sequence[Any]) -> list[str]:
    return [type(change).__name__ for change in changes]
