"""The task instances of a run with the tries they had, as a tree of lines and as rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import click
from msgspec import Struct

from tradewind.cli.durations import duration
from tradewind.cli.output import styled_state
from tradewind.cli.tree import Line, by_group
from tradewind.model.cached import SAME_AS
from tradewind.model.ids import MapPath, RunKey, map_index, path_to_text
from tradewind.model.records import RunRecord, TaskRecord, TryRecord
from tradewind.model.spec import DagSpec, GroupSpec
from tradewind.model.states import TaskState
from tradewind.store.base import Store

TRACEBACK_LINES = 12
MARKS = {
    TaskState.SUCCESS: "✓",
    TaskState.FAILED: "✗",
    TaskState.UPSTREAM_FAILED: "✗",
    TaskState.SKIPPED: "»",
    TaskState.RUNNING: "●",
    TaskState.UP_FOR_RETRY: "↻",
}


class Failed(Struct, frozen=True):
    task: TaskRecord
    last_try: TryRecord | None


class Instances(Struct, frozen=True):
    """`of` gathers them. A task that was never decided has no record, and shows as `none`."""

    spec: DagSpec | None
    tasks: Mapping[str, Sequence[TaskRecord]]
    tries: Mapping[tuple[str, MapPath], Sequence[TryRecord]]

    @classmethod
    def of(cls, store: Store, run: RunRecord) -> Instances:
        key = RunKey(run.dag_id, run.run_id)
        tasks: dict[str, list[TaskRecord]] = {}
        for task in store.tasks(key):
            tasks.setdefault(task.task_id, []).append(task)
        tries: dict[tuple[str, MapPath], list[TryRecord]] = {}
        for one in store.tries(key):
            tries.setdefault((one.task_id, one.map_path), []).append(one)
        return cls(store.spec(run.dag_id, run.dag_hash), tasks, tries)

    def failed(self) -> list[Failed]:
        found = [task for tasks in self.tasks.values() for task in tasks if task.state is TaskState.FAILED]
        ended = sorted(found, key=lambda task: (task.ended_at is None, task.ended_at))
        return [Failed(task, self.last_try(task)) for task in ended]

    def last_try(self, task: TaskRecord) -> TryRecord | None:
        tries = self.tries.get((task.task_id, task.map_path), ())
        return tries[-1] if tries else None

    def as_rows(self) -> list[dict[str, Any]]:
        """One row an instance; a task without one gets a row with state `none`."""
        names = [task.task_id for task in self.spec.tasks] if self.spec else list(self.tasks)
        return [row for task_id in names for row in self._rows_of(task_id)]

    def _rows_of(self, task_id: str) -> list[dict[str, Any]]:
        if task_id not in self.tasks:
            return [_row(task_id, None, None)]
        return [_row(task_id, task, self.last_try(task)) for task in self.tasks[task_id]]


def print_tree(instances: Instances, *, show_all: bool) -> None:
    """Groups and tasks with states, tries, durations; mapped tasks as a tally unless `show_all`."""
    if instances.spec is None:  # the version was deleted: then without groups
        for row in instances.as_rows():
            click.echo(f"  {row['task_id']}[{row['map_index']}]  {styled_state(row['state'])}")
        return
    lines = list(by_group(instances.spec))
    width = max((len(line.indent) + len(line.name) for line in lines), default=0) + 10
    for line in lines:
        _print_line(line, instances, width, show_all=show_all)


def _print_line(line: Line, instances: Instances, width: int, *, show_all: bool) -> None:
    if isinstance(line.node, GroupSpec):
        click.echo(f"  {line.indent}{click.style(line.name, bold=True)}{' []' if line.node.expansion else ''}")
        return
    found = instances.tasks.get(line.node.task_id, ())
    if not found:
        click.echo(f"  {line.indent}{('· ' + line.name):<{width - len(line.indent)}}{styled_state('none')}")
    elif len(found) == 1 and not found[0].map_path:
        click.echo(_instance_line(line.indent, line.name, found[0], instances, width))
    else:
        click.echo(_tally_line(line, found, width))
        if show_all:
            below = line.indent.replace("├─ ", "│  ").replace("└─ ", "   ") + "   "
            for task in found:
                name = f"[{path_to_text(task.map_path)}]" + (f" {task.label}" if task.label else "")
                click.echo(_instance_line(below, name, task, instances, width))


def _instance_line(indent: str, name: str, task: TaskRecord, instances: Instances, width: int) -> str:
    tries = instances.tries.get((task.task_id, task.map_path), ())
    number = len(tries)
    took = f"  {duration(seconds)}" if (seconds := _seconds(task)) is not None else ""
    again = f"  {number} tries" if number > 1 else ""
    is_told = task.state not in (TaskState.SUCCESS, TaskState.RUNNING) or task.why.startswith(SAME_AS)
    why = f"  {first_line(task.why)}" if is_told else ""
    title = f"{MARKS.get(task.state, '○')} {name}"
    return f"  {indent}{title:<{width - len(indent)}}{styled_state(task.state)}{took}{again}{why}"


def _tally_line(line: Line, found: Sequence[TaskRecord], width: int) -> str:
    tally = Counter(task.state for task in found)
    states = ", ".join(f"{number} {styled_state(state)}" for state, number in tally.most_common())
    starts = [task.started_at for task in found if task.started_at]
    ends = [task.ended_at or datetime.now(UTC) for task in found if task.started_at]
    took = f"  {duration((max(ends) - min(starts)).total_seconds())}" if starts else ""
    reused = sum(task.why.startswith(SAME_AS) for task in found)
    cached = f"  {reused} the same as in earlier runs" if reused else ""
    mark = MARKS.get(next(iter(tally)), "○") if len(tally) == 1 else "○"
    title = f"{mark} {line.name} [{len(found)}]"
    return f"  {line.indent}{title:<{width - len(line.indent)}}{states}{took}{cached}"


def print_failure(failed: Failed, log: str, lines: Sequence[str]) -> None:
    """The story of one failure: error, traceback, the end of its log (`lines`) and where the rest is."""
    task, last = failed.task, failed.last_try
    index = f"[{path_to_text(task.map_path)}]" if task.map_path else ""
    click.secho(f"\n{task.task_id}{index} failed", fg="red", bold=True, nl=False)
    if last is None:
        click.echo(f": {task.why}")
        return
    kind = f"{last.error_type}: " if last.error_type else ""
    click.echo(f" (try {last.number}): {kind}{last.error or last.why or task.why}")
    for line in (last.traceback or "").splitlines()[-TRACEBACK_LINES:]:
        click.echo(f"    {line}")
    if lines:
        click.echo("  last lines of its log:")
    for line in lines:
        click.echo(f"    {line}")
    click.echo(f"  log: {log}")


def first_line(text: str) -> str:
    return text.splitlines()[0] if text else ""


def _seconds(task: TaskRecord) -> float | None:
    if task.started_at is None:
        return None
    return max(0.0, ((task.ended_at or datetime.now(UTC)) - task.started_at).total_seconds())


def _row(task_id: str, task: TaskRecord | None, last: TryRecord | None) -> dict[str, Any]:
    return {
        "task_id": task_id,
        "map_index": path_to_text(task.map_path) if task and task.map_path else map_index(()),
        "label": task.label if task else None,
        "state": str(task.state if task else TaskState.NONE),
        "try_number": task.try_number if task else 0,
        "start_date": task.started_at if task else None,
        "end_date": task.ended_at if task else None,
        "seconds": _seconds(task) if task else None,
        "why": task.why if task else "",
        "error_type": last.error_type if last else None,
        "error": last.error if last else None,
        "log": last.log_path if last else None,
    }
