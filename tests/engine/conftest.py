"""What the engine's tests share: a player that runs a whole DAG through the engine, and the store's side of it.

Given as the session fixture `playing`, a namespace, since test folders are not packages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from tradewind.engine.commands import AskPast, RunFinished, StartTry, StopTry, WakeAt, WithdrawTry
from tradewind.engine.events import Event, RunStarted, TaskQueued, TrySucceeded
from tradewind.engine.moves import LIVE_STATES
from tradewind.engine.run import Bounds, Run
from tradewind.engine.step import is_current, step
from tradewind.model.changes import ExpansionsForgotten, RunChanged, TaskChanged, TaskExpanded, XComsCleared
from tradewind.model.ids import RunKey
from tradewind.model.records import RunRecord, TaskRecord
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState, RunType, TaskState

KEY = RunKey("dag", "run")
START = datetime(2026, 1, 1, tzinfo=UTC)


class Rows:
    """The store as far as the engine sees it: rows, compare-and-set."""

    def __init__(self) -> None:
        self.run_state = RunState.QUEUED
        self.tasks: dict[tuple[str, tuple[int, ...]], TaskRecord] = {}
        self.expansions: dict[tuple[str, tuple[int, ...]], int] = {}
        self.lengths: dict[tuple[str, tuple[int, ...], str], int | None] = {}

    def commit(self, changes: Iterable[Any]) -> None:
        for change in changes:
            match change:
                case RunChanged(old=old, new=new):
                    assert self.run_state is old
                    self.run_state = new
                case TaskExpanded(node_id=node, prefix=prefix, length=length):
                    assert (node, prefix) not in self.expansions
                    self.expansions[(node, prefix)] = length
                case ExpansionsForgotten(node_id=node, prefix=prefix):
                    del self.expansions[(node, prefix)]
                case TaskChanged():
                    self._change(change)
                case XComsCleared(task_id=task, map_path=path):
                    for name in [n for n in self.lengths if n[:2] == (task, path)]:
                        del self.lengths[name]
                case _:
                    pass

    def _change(self, change: TaskChanged) -> None:
        name = (change.task_id, change.map_path)
        old = self.tasks[name].state if name in self.tasks else TaskState.NONE
        assert old is change.old, f"{name} is {old}, not {change.old}"
        self.tasks[name] = TaskRecord(
            *name, change.new, change.try_id, change.try_number, change.lost_count, change.due_at, None, None,
            why=change.why, tries_before_clear=change.tries_before_clear,
        )  # fmt: skip

    def restore(self, plan: Any, bounds: Bounds = Bounds()) -> Run:
        record = RunRecord(
            KEY.dag_id, KEY.run_id, self.run_state, RunType.MANUAL, None, None, None, START, None, None, None, "", ""
        )
        return Run.restore(
            plan,
            record,
            expansions=[(node, prefix, length) for (node, prefix), length in self.expansions.items()],
            tasks=self.tasks.values(),
            lengths=[(*name, length) for name, length in self.lengths.items()],
            bounds=bounds,
        )


def picture(run: Run) -> dict[str, Any]:
    """All that a run knows, for comparison."""
    return {
        "state": run.state,
        "instances": {
            (i.plan.task_id, i.path): (i.state, i.try_id, i.try_number, i.lost_count, i.due_at, i.tries_before_clear)
            for i in run.all_instances()
        },
        "expansions": dict(run.expansions),
        "counts": [{p: (c.numbers, c.seen) for p, c in counts.items()} for counts in run.counts],
        "lengths": {name: by_path for name, by_path in run.lengths.items() if by_path},
        "numbers": (run.unfinished, run.failed_leaves),
        "tries": {try_id: (i.plan.task_id, i.path) for try_id, i in run.tries.items()},
    }


class Player:
    """Sends events, commits changes, keeps what the commands ask for."""

    def __init__(self, spec: DagSpec, *, bounds: Bounds = Bounds(), start: bool = True) -> None:
        self.run = Run.new(KEY, spec, bounds=bounds)
        self.rows = Rows()
        self.now = START
        self.wanted: dict[tuple[str, tuple[int, ...]], StartTry] = {}
        self.wakes: dict[tuple[str, tuple[int, ...]], datetime] = {}
        self.asked: set[str] = set()
        self.stopped: list[str] = []
        self.finished: RunFinished | None = None
        self.changes: list[Any] = []
        self.commands: list[Any] = []
        self._serial = 0
        if start:
            self.send(RunStarted())

    def send(self, event: Event) -> list[Any]:
        """Returns the changes of this step."""
        made = step(self.run, event, self.now)
        self.rows.commit(made.changes)
        if isinstance(event, TrySucceeded) and any(getattr(c, "new", None) == "success" for c in made.changes):
            self._store_values(event, made.changes)
        self.changes, self.commands = made.changes, made.commands
        for command in made.commands:
            self._obey(command)
        return made.changes

    def _store_values(self, event: TrySucceeded, changes: list[Any]) -> None:
        done = next(c for c in changes if isinstance(c, TaskChanged) and c.try_id == event.try_id)
        own = (("return_value", event.length),) if event.pushed else ()
        for key, length in (*own, *event.more):
            if key in self.run.plan.by_id[done.task_id].wanted_keys:
                self.rows.lengths[(done.task_id, done.map_path, key)] = length

    def _obey(self, command: Any) -> None:
        match command:
            case StartTry(task_id=task, map_path=path):
                self.wanted[(task, path)] = command
            case WithdrawTry(task_id=task, map_path=path):
                del self.wanted[(task, path)]
            case WakeAt(task_id=task, map_path=path, at=at):
                self.wakes[(task, path)] = at
            case AskPast(task_id=task):
                self.asked.add(task)
            case StopTry(try_id=try_id):
                self.stopped.append(try_id)
            case RunFinished():
                self.finished = command
            case _:
                raise AssertionError(command)

    def queue(self, task: str, *path: int) -> str:
        """Give a ready instance a try."""
        del self.wanted[(task, path)]
        self._serial += 1
        try_id = f"{task}{list(path)}#{self._serial}"
        self.send(TaskQueued(task, path, try_id))
        assert is_current(self.run, try_id)
        return try_id

    def succeed(self, task: str, *path: int, **outcome: Any) -> None:
        self.send(TrySucceeded(self.queue(task, *path), **outcome))

    def play(self, outcome: Callable[[StartTry, str], Event] | None = None) -> None:
        """Until nothing is ready any more: every try gets the outcome told, or succeeds."""
        while self.wanted:
            (task, path), wish = next(iter(self.wanted.items()))
            try_id = self.queue(task, *path)
            self.send(outcome(wish, try_id) if outcome else TrySucceeded(try_id))

    def states(self, task: str | None = None) -> dict[str, str]:
        """`name` or `name[path]` → state."""
        found = (i for i in self.run.all_instances() if task in (None, i.plan.task_id))
        return {i.plan.task_id + (str(list(i.path)) if i.path else ""): i.state.value for i in found}

    def live(self) -> list[str]:
        return [i.try_id for i in self.run.all_instances() if i.state in LIVE_STATES and i.try_id]


@pytest.fixture(scope="session")
def playing() -> SimpleNamespace:
    return SimpleNamespace(Player=Player, picture=picture, KEY=KEY, START=START, second=timedelta(seconds=1))
