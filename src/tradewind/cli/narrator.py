"""What a service says on the terminal while it works: a line for each thing that somebody would want to know."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

import click

from tradewind.cli.durations import duration
from tradewind.cli.json_lines import is_json_wanted
from tradewind.model.changes import Change, RunChanged, TaskChanged, TryCreated
from tradewind.model.ids import RunKey, path_to_text
from tradewind.model.service import DagSchedule
from tradewind.model.states import RunState, TaskState, TryPurpose

MOST_NAMED = 10
"""More DAGs than these at once are only counted."""
LEVELS = {"failed": logging.ERROR, "retry": logging.WARNING}
COLOURS = {"started": "cyan", "success": "green", "failed": "red", "retry": "yellow", "note": "bright_black"}


class Narrator:
    """Runs that start and end, tasks that fail. An observer of the scheduler (`changed`)."""

    def __init__(self, log_folder: Path, part: str = "scheduler") -> None:
        self._log_folder = log_folder
        self._part = part
        self._started_at: dict[RunKey, datetime] = {}
        self._logs: dict[str, str] = {}
        """Try id → its log file, below the log folder."""
        self.next_run_of: Callable[[str], datetime | None] = lambda dag_id: None

    def say(self, text: str, colour: str = "", **about: object) -> None:
        say(self._part, text, colour, **about)

    def new_dags(self, clocks: Sequence[DagSchedule]) -> None:
        if len(clocks) > MOST_NAMED:
            due = min((clock.next_run_after for clock in clocks if clock.next_run_after is not None), default=None)
            self.say(f"{len(clocks)} DAGs{_at('; the first is due', due)}")
            return
        for clock in clocks:
            state = "paused" if clock.is_paused else f"held: {clock.held_why}" if clock.held_why else ""
            due = None if state else clock.next_run_after
            self.say(f"DAG {clock.dag_id}{f' ({state})' if state else ''}{_at('; due', due)}")

    def changed(self, changes: Sequence[Change], now: datetime) -> None:
        for change in changes:
            match change:
                case RunChanged():
                    self._run(change, now)
                case TaskChanged(new=TaskState.FAILED | TaskState.UP_FOR_RETRY):
                    self._task(change)
                case TaskChanged(try_id=str()) if change.new.is_finished:
                    self._logs.pop(change.try_id or "", None)
                case TryCreated(purpose=TryPurpose.EXECUTE):
                    self._logs[change.try_id] = change.log_path
                case _:
                    pass

    def _run(self, change: RunChanged, now: datetime) -> None:
        name = f"{change.run.dag_id} {change.run.run_id}"
        about: dict[str, object] = {"dag_id": change.run.dag_id, "run_id": change.run.run_id}
        if change.new is RunState.RUNNING:
            self._started_at[change.run] = now
            self.say(f"{name} {'goes on' if change.old.is_finished else 'started'}", "started", **about)
        elif change.new.is_finished:
            begun = self._started_at.pop(change.run, None)
            took = f" in {duration((now - begun).total_seconds())}" if begun is not None else ""
            why = f": {change.why}" if change.new is RunState.FAILED and change.why else ""
            self.say(f"{name} {change.new}{took}{why}{self._next(change.run.dag_id)}", change.new.value, **about)

    def _next(self, dag_id: str) -> str:
        return _at("; next", self.next_run_of(dag_id))

    def _task(self, change: TaskChanged) -> None:
        path = f"[{path_to_text(change.map_path)}]" if change.map_path else ""
        log = self._logs.pop(change.try_id or "", "")
        is_retry = change.new is TaskState.UP_FOR_RETRY
        what = "failed, and will be tried again" if is_retry else "failed"
        where = f" (log: {self._log_folder / log})" if log else ""
        colour = "retry" if is_retry else "failed"
        about: dict[str, object] = {"task_id": change.task_id, "try_id": change.try_id or ""}
        about |= {"dag_id": change.run.dag_id, "run_id": change.run.run_id}
        self.say(f"{change.run.dag_id} {change.task_id}{path} {what}: {change.why}{where}", colour, **about)


def _at(what: str, instant: datetime | None) -> str:
    return f"{what} at {instant.astimezone():%Y-%m-%d %H:%M:%S}" if instant is not None else ""


def say(part: str, text: str, colour: str = "", **about: object) -> None:
    """A line on stdout, the time and who says it before it; coloured on a terminal alone. A log record where logs are
    JSON, with what it is `about` under the names of `JsonLines.NAMES`."""
    if is_json_wanted():
        logging.getLogger(f"tradewind.{part}").log(LEVELS.get(colour, logging.INFO), text, extra=about)
        return
    clock = click.style(datetime.now(UTC).astimezone().strftime("%H:%M:%S"), dim=True)
    styled = click.style(text, fg=COLOURS[colour]) if colour in COLOURS else text
    click.echo(f"{clock} {click.style(f'{part:<13}', dim=True)} {styled}")
