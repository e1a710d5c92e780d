"""A workplace for executor tests: a DAG folder, a home, and executors that end with the test."""

from __future__ import annotations

import itertools
import textwrap
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tradewind.dagfiles.snapshot import take_snapshot
from tradewind.executors.base import CodeRef, ExecutorEvent, TryOrder
from tradewind.executors.local import LocalExecutor
from tradewind.model.ids import TaskKey
from tradewind.model.messages import Reply, Request, RunFacts, RunTry
from tradewind.model.outcomes import Failed, Succeeded, TryLost, TryReport
from tradewind.model.spec import Resources, ReuseSpec
from tradewind.model.states import RunState, RunType, TryPurpose
from tradewind.model.warm import FileLoaded, Snapshot

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PATIENCE_SECONDS = 90.0
"""No test waits this long: it is when a test gives up."""


class Workplace:
    """`workplace.file("…")` writes a DAG file; `run("task")` runs one of its tasks and gives the try's end."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home with ünïcode"
        self.dags = folder / "dags"
        self.dags.mkdir(parents=True)
        self.snapshot: Snapshot | None = None
        self.requests: list[Request] = []
        self.reply: Callable[[Request], Reply] = lambda request: Reply(None)
        self.executors: list[LocalExecutor] = []
        self.loaded: FileLoaded | None = None
        self._numbers = itertools.count()

    def executor(self, **settings: Any) -> LocalExecutor:
        made = LocalExecutor(self.home, **{"kill_grace_seconds": 1.0, "cwd": self.folder, **settings})
        made.start(self._answer)
        self.executors.append(made)
        return made

    def file(self, body: str, *, head: str = "", load: bool = True, **settings: Any) -> LocalExecutor:
        """An executor that has loaded a DAG file whose tasks are the functions in `body`."""
        self.write(body, head=head)
        executor = self.executor(**settings)
        if load:
            self.loaded = executor.load(self.snapshot_now(), "f.py", 60.0)
            assert not self.loaded.problems, self.loaded.problems
        return executor

    def write(self, body: str, *, head: str = "") -> None:
        functions = textwrap.indent(textwrap.dedent(body), "    ")
        names = [line.split("def ")[1].split("(")[0] for line in functions.splitlines() if line.startswith("    def ")]
        calls = "".join(f"    task({name})()\n" for name in names)
        self.write_raw(
            f"{textwrap.dedent(head)}\nimport os, sys, time, logging, subprocess\nfrom tradewind import DAG, task\n"
            f"with DAG('d') as dag:\n{functions}\n{calls}"
        )

    def write_raw(self, text: str) -> None:
        (self.dags / "f.py").write_text(textwrap.dedent(text))

    def snapshot_now(self) -> Snapshot:
        self.snapshot = take_snapshot(self.dags, self.home)
        return self.snapshot

    def order(self, task_id: str, *, params: dict[str, Any] | None = None, **options: Any) -> TryOrder:
        assert self.snapshot is not None
        try_id = f"{task_id}-{next(self._numbers)}"
        facts = RunFacts(RunType.MANUAL, RunState.RUNNING, NOW, NOW, NOW, NOW, NOW, params=params or {})
        message = RunTry(
            try_id,
            TaskKey("d", "r", task_id),
            1,
            1,
            TryPurpose.EXECUTE,
            facts,
            log_path=str(self.log_path(try_id)),
            artifact_url=str(self.home / "artifacts"),
            inline_value_bytes=10_000,
            max_map_length=100,
        )
        return TryOrder(CodeRef(self.snapshot.id, "f.py"), message, **options)

    def log_path(self, try_id: str) -> Path:
        return self.home / "logs" / f"{try_id}.log"

    def submit(self, task_id: str, **options: Any) -> str:
        order = self.order(task_id, **options)
        self.executors[-1].submit(order)
        return order.message.try_id

    def run(self, task_id: str, **options: Any) -> TryReport | TryLost:
        return self.end_of(self.submit(task_id, **options))

    def value_of(self, task_id: str, **options: Any) -> Any:
        """What the task returned, as text."""
        ended = self.run(task_id, **options)
        assert isinstance(ended, TryReport), ended
        assert isinstance(ended.outcome, Succeeded), ended
        return ended.outcome.result.inline.decode() if ended.outcome.result else None

    def rest(self) -> None:
        """Until every child has ended or is ready for another try: that comes a moment after its report."""
        executor = self.executors[-1]
        while any(child.serving for parent in executor._household.all for child in parent.children.values()):
            executor.wait(0.05)

    def end_of(self, try_id: str) -> TryReport | TryLost:
        return self.ends_of([try_id])[try_id]

    def ends_of(self, try_ids: list[str]) -> dict[str, TryReport | TryLost]:
        found: dict[str, TryReport | TryLost] = {}
        while set(try_ids) - found.keys():
            for event in self.next_events():
                if isinstance(event, TryReport | TryLost):
                    assert event.try_id not in found, "a try ends once"
                    found[event.try_id] = event
        return found

    def next_events(self) -> list[ExecutorEvent]:
        events = self.executors[-1].wait(PATIENCE_SECONDS)
        assert events, "nothing came"
        return events

    def wait_for_file(self, path: Path) -> str:
        """A task says by a file that it has come to a point: its text, once it has one."""
        while not (path.exists() and path.read_text().endswith("\n")):
            self.executors[-1].wait(0.01)
        return path.read_text().strip()

    def log(self, try_id: str) -> str:
        return self.log_path(try_id).read_text()

    def _answer(self, request: Request) -> Reply:
        self.requests.append(request)
        return self.reply(request)


@pytest.fixture
def workplace(tmp_path: Path) -> Iterator[Workplace]:
    place = Workplace(tmp_path)
    yield place
    for executor in place.executors:
        executor.stop(grace_seconds=0.2)


__all__ = ["Failed", "Resources", "ReuseSpec", "Workplace"]
