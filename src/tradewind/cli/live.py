"""The live display of a run on a terminal: a tree of groups and tasks with states, durations, progress, metrics and
the last log line, redrawn a few times a second by Rich's own thread."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from rich.console import Console, Group, RenderableType
from rich.live import Live
from rich.progress_bar import ProgressBar
from rich.table import Table
from rich.text import Text

from tradewind.cli.durations import duration
from tradewind.cli.output import STATE_COLOURS
from tradewind.cli.view import RunView, TaskView
from tradewind.model.cached import SAME_AS
from tradewind.model.states import TaskState

GLYPHS = {
    TaskState.NONE: "·",
    TaskState.SCHEDULED: "○",
    TaskState.QUEUED: "○",
    TaskState.RUNNING: "●",
    TaskState.UP_FOR_RETRY: "↻",
    TaskState.UP_FOR_RESCHEDULE: "◌",
    TaskState.DEFERRED: "◌",
    TaskState.SUCCESS: "✓",
    TaskState.FAILED: "✗",
    TaskState.SKIPPED: "»",
    TaskState.UPSTREAM_FAILED: "✗",
    TaskState.REMOVED: "-",
}
SPARKS = "▁▂▃▄▅▆▇█"
REDRAWS_PER_SECOND = 8
LOG_TAIL_BYTES = 4_096


class LiveDisplay:
    """Context manager around a run. Rows beyond the terminal's height are folded, those that run come first."""

    def __init__(self, view: RunView, log_folder: Path, console: Console | None = None) -> None:
        self.view = view
        self.log_folder = log_folder
        self.console = console or Console()
        self._live = Live(
            get_renderable=self.render,
            console=self.console,
            refresh_per_second=REDRAWS_PER_SECOND,
            transient=False,
            vertical_overflow="crop",
        )

    def __enter__(self) -> LiveDisplay:
        self._live.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._live.stop()

    def render(self) -> RenderableType:
        now = datetime.now(UTC)
        table = Table.grid(padding=(0, 2))
        table.add_column(no_wrap=True)
        table.add_column(justify="right", no_wrap=True)
        table.add_column(no_wrap=True, width=26)
        table.add_column(no_wrap=True, overflow="ellipsis", ratio=1)
        for row in self._rows(now):
            table.add_row(*row)
        return Group(self._headline(now), table)

    def _headline(self, now: datetime) -> Text:
        view = self.view
        done = sum(task.done for task in view.tasks.values())
        expected = sum(max(task.expected, len(task.instances)) for task in view.tasks.values())
        return Text.assemble(
            (view.spec.dag_id, "bold"),
            "  ",
            (view.run_id, "dim"),
            "  ",
            (str(view.state), STATE_COLOURS.get(view.state, "")),
            f"  {duration(view.seconds(now))}  {done}/{expected} tasks",
        )

    def _rows(self, now: datetime) -> Iterator[tuple[RenderableType, ...]]:
        room = max(5, self.console.size.height - 4)
        lines = list(self._lines())
        if len(lines) > room:
            urgent = [line for line in lines if _is_urgent(line[1])]
            rest = [line for line in lines if not _is_urgent(line[1]) and line[1] is not None]
            shown = (urgent + rest)[:room]
            lines = [line for line in lines if line in shown]
        for indent, task, name in lines:
            if task is None:
                yield Text(f"{indent}{name}", style="bold"), "", "", ""
            else:
                yield self._task_row(indent, name, task, now)

    def _lines(self) -> Iterator[tuple[str, TaskView | None, str]]:
        """The tree in the DAG's order: (indent, task or None for a group, name)."""
        seen: set[str] = set()
        for task in self.view.tasks.values():
            chain = _group_chain(self.view, task.spec.group_id)
            for depth, group_id in enumerate(chain):
                if group_id not in seen:
                    seen.add(group_id)
                    yield "  " * depth, None, group_id.rpartition(".")[2]
            name = task.spec.task_id
            if chain and name.startswith(f"{chain[-1]}."):
                name = name[len(chain[-1]) + 1 :]
            yield "  " * len(chain), task, name

    def _task_row(self, indent: str, name: str, task: TaskView, now: datetime) -> tuple[RenderableType, ...]:
        state = task.state
        style = STATE_COLOURS.get(state, "bright_black")
        count = f" [{task.done}/{max(task.expected, len(task.instances))}]" if task.is_mapped else ""
        title = Text.assemble(indent, (f"{GLYPHS[state]} ", style), name, (count, "dim"))
        seconds = task.seconds(now)
        return title, duration(seconds) if seconds is not None else "", self._bar(task), self._says(task, state)

    def _bar(self, task: TaskView) -> RenderableType:
        newest = task.newest()
        if (
            newest is not None
            and newest.progress is not None
            and newest.progress.total
            and not newest.state.is_finished
        ):
            return ProgressBar(total=newest.progress.total, completed=newest.progress.done, width=24)
        if task.is_mapped and task.expected:
            return ProgressBar(total=max(task.expected, len(task.instances)), completed=task.done, width=24)
        series = next(iter(task.metrics.values()), None)
        return sparkline(series) if series else ""

    def _says(self, task: TaskView, state: TaskState) -> Text:
        newest = task.newest()
        if newest is None:
            first = next(iter(task.instances.values()), None)
            return Text(first.why if first else "", style="dim")
        if state in (TaskState.FAILED, TaskState.UP_FOR_RETRY):
            failed = next((one for one in task.instances.values() if one.error), newest)
            return Text(_first_line(failed.error or failed.why), style="red")
        if state is TaskState.SUCCESS and (reused := _reused(task)):
            return Text(reused, style="dim")
        parts = [newest.progress.message] if newest.progress and newest.progress.message else []
        parts += [f"{name} {series[-1]:.4g}" for name, series in list(task.metrics.items())[:4]]
        if state is TaskState.RUNNING and not parts and newest.log_path:
            parts.append(last_line(self.log_folder / newest.log_path))
        return Text("  ".join(parts), style="dim")


def sparkline(series: list[float]) -> str:
    """The last 24 values of a metric as block characters."""
    tail = [value for value in series[-24:] if value == value]
    if len(tail) < 3:
        return ""
    low, span = min(tail), (max(tail) - min(tail)) or 1.0
    return "".join(SPARKS[int((value - low) / span * (len(SPARKS) - 1))] for value in tail)


def last_line(path: Path) -> str:
    """The last whole line of a log file, its time stamp and level left out."""
    try:
        with path.open("rb") as stream:
            size = stream.seek(0, os.SEEK_END)
            stream.seek(max(0, size - LOG_TAIL_BYTES))
            lines = stream.read().decode(errors="replace").splitlines()
    except OSError:
        return ""
    return lines[-1].partition("| ")[2] or lines[-1] if lines else ""


def _group_chain(view: RunView, group_id: str) -> list[str]:
    chain: list[str] = []
    while group_id:
        chain.append(group_id)
        group_id = view.groups[group_id].parent_id
    return chain[::-1]


def _is_urgent(task: TaskView | None) -> bool:
    return task is not None and task.state in (TaskState.RUNNING, TaskState.FAILED, TaskState.UP_FOR_RETRY)


def _first_line(text: str) -> str:
    return text.splitlines()[0] if text else ""


def _reused(task: TaskView) -> str:
    """Where the cache stood in for all instances, or for some."""
    found = [one.why for one in task.instances.values() if one.why.startswith(SAME_AS)]
    if not found or len(task.instances) == 1:
        return "".join(found)
    return f"{len(found)} of {len(task.instances)} {SAME_AS.rstrip()}s before"
