"""Driving runs to their end while somebody looks on: live on a terminal, line by line elsewhere; Ctrl-C handled."""

from __future__ import annotations

import signal
import sys
from collections.abc import Generator, Sequence
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path
from types import FrameType

import click

from tradewind.cli.durations import duration
from tradewind.cli.report import print_summary, write_report
from tradewind.cli.session import Session
from tradewind.cli.view import RunView
from tradewind.model.cached import SAME_AS
from tradewind.model.changes import Change, MetricLogged, MetricsLogged, RunChanged, TaskChanged, TryChanged, TryCreated
from tradewind.model.ids import path_to_text
from tradewind.model.log_format import read_log
from tradewind.model.records import OWN_METRICS
from tradewind.model.states import RunState, TaskState, TryPurpose
from tradewind.scheduler.loop import Scheduler

INTERRUPTED = 130


class InterruptedTwice(BaseException):
    """Ctrl-C, twice: whoever called kills. No Exception: what guards runs against faults must not catch it."""


def watch(session: Session, view: RunView, *, plain: bool, quiet: bool) -> int:
    """Drive the run to its end, say how it went, and return the exit code."""
    settings = session.settings
    try:
        was_interrupted = _drive(session, view, settings.log_folder, plain=plain, quiet=quiet)
    except InterruptedTwice:
        session.executor.stop(grace_seconds=0.0)
        click.secho(f"killed; go on with: tradewind runs resume {view.spec.dag_id} '{view.run_id}'", err=True)
        return INTERRUPTED
    if not quiet:
        artifacts = Path(settings.artifact_url) if "://" not in settings.artifact_url else None
        print_summary(view, write_report(view, settings.home, artifacts), settings.log_folder)
    if was_interrupted:
        return INTERRUPTED
    return 0 if view.state is RunState.SUCCESS else 1


def _drive(session: Session, view: RunView, log_folder: Path, *, plain: bool, quiet: bool) -> bool:
    """Until the run has ended; True where Ctrl-C cancelled it."""
    scheduler = session.scheduler
    with _interruptible(scheduler) as pressed:
        if quiet:
            session.run_until_done()
        elif plain or not sys.stdout.isatty():
            scheduler.observe(PlainLog(view, log_folder).changed)
            session.run_until_done()
        else:
            from tradewind.cli.live import LiveDisplay  # Rich: only on a terminal

            with LiveDisplay(view, log_folder):
                session.run_until_done()
    return bool(pressed)


@contextmanager
def _interruptible(scheduler: Scheduler) -> Generator[list[int]]:
    """First SIGINT or SIGTERM: cancel cleanly. Second: raise InterruptedTwice. SIGUSR1: another process has left a
    request in the store."""
    pressed: list[int] = []

    def pressed_again(number: int, _frame: FrameType | None) -> None:
        pressed.append(number)
        if len(pressed) > 1:
            raise InterruptedTwice
        click.secho("\ncancelling … (Ctrl-C again to kill)", fg="yellow", err=True)
        scheduler.interrupt("cancelled by Ctrl-C" if number == signal.SIGINT else "cancelled by SIGTERM")

    def requested(_number: int, _frame: FrameType | None) -> None:
        scheduler.look_for_requests()

    before = {number: signal.signal(number, pressed_again) for number in (signal.SIGINT, signal.SIGTERM)}
    before[signal.SIGUSR1] = signal.signal(signal.SIGUSR1, requested)
    scheduler.look_for_requests()  # one may have come before anybody listened
    try:
        yield pressed
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


class PlainLog:
    """One line an event; a task's log follows when its try has ended, each line behind the task's name."""

    def __init__(self, view: RunView, log_folder: Path) -> None:
        self._view = view
        self._log_folder = log_folder
        self._shown: dict[str, int] = {}
        """Log → records of it that were printed."""
        self._calls: dict[str, str] = {}
        """Try id → log of the callbacks that processes of their own call."""
        self._log_paths = {
            (task_id, path): instance.log_path  # the first tries were made before anybody could look on
            for task_id, task in view.tasks.items()
            for path, instance in task.instances.items()
            if instance.log_path
        }

    def changed(self, changes: Sequence[Change], now: datetime) -> None:
        for change in self._view.own(changes):
            match change:
                case TryCreated(purpose=TryPurpose.CALLBACK):
                    self._calls[change.try_id] = change.log_path
                case TryChanged() if change.try_id in self._calls and not change.new.is_live:
                    self._print("callback", self._calls.pop(change.try_id))
                case TryCreated():
                    self._log_paths[change.task_id, change.map_path] = change.log_path
                case TaskChanged():
                    self._task(change, now)
                case RunChanged():
                    click.echo(
                        f"{_clock(now)} {change.run.dag_id} {change.new}{': ' + change.why if change.why else ''}"
                    )
                case MetricLogged():
                    self._metric(change.name, change.value, change.step, now)
                case MetricsLogged():
                    for name, value, step in change.points:
                        self._metric(name, value, step, now)
                case _:
                    pass

    def _metric(self, name: str, value: float, step: int | None, now: datetime) -> None:
        """Those with steps are curves: too many for lines."""
        if step is None and not name.startswith(OWN_METRICS):
            click.echo(f"{_clock(now)}   {name} = {value:.6g}")

    def _task(self, change: TaskChanged, now: datetime) -> None:
        name = change.task_id + (f"[{path_to_text(change.map_path)}]" if change.map_path else "")
        if change.new in (TaskState.NONE, TaskState.QUEUED):
            return
        instance = self._view.tasks[change.task_id].instances.get(change.map_path)
        seconds = instance.seconds(now) if instance and change.new is not TaskState.RUNNING else None
        took = f" in {duration(seconds)}" if seconds is not None else ""
        told = change.new in (TaskState.SUCCESS, TaskState.RUNNING)
        is_reused = change.new is TaskState.SUCCESS and change.why.startswith(SAME_AS)
        why = f": {change.why}" if change.why and (not told or is_reused) else ""
        if change.new is not TaskState.RUNNING:
            self._log(name, (change.task_id, change.map_path))
        click.echo(f"{_clock(now)} {name} {change.new}{took}{why}")

    def _log(self, name: str, key: tuple[str, tuple[int, ...]]) -> None:
        path = self._log_paths.pop(key, None)
        if path is not None:
            self._print(name, path)

    def _print(self, name: str, path: str) -> None:
        with suppress(OSError):
            shown = self._shown.get(path, 0)  # a try that was resumed goes on in its log
            records = list(read_log(self._log_folder / path))
            self._shown[path] = len(records)
            for record in records[shown:]:
                for line in record.text.splitlines():
                    click.echo(f"  {name} | {line}")


def _clock(now: datetime) -> str:
    return now.astimezone().strftime("%H:%M:%S.%f")[:-3]
