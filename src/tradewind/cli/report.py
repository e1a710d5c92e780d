"""What is left of a run for people: a summary on the terminal, and a folder of pictures of the run and its results."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime
from pathlib import Path

import click

from tradewind.cli.durations import duration
from tradewind.cli.picture import svg
from tradewind.cli.view import InstanceView, RunView, TaskView
from tradewind.model.ids import path_to_text
from tradewind.model.states import RunState, TaskState
from tradewind.purge import report_folder, safe_name

TRACEBACK_LINES = 12


def print_summary(view: RunView, report: Path | None, log_folder: Path | None) -> None:
    """State, duration, tally, the story of each failure, where the pictures are and what to do next. `log_folder`: None
    where the logs are on a server."""
    tally = ", ".join(f"{number} {state}" for state, number in sorted(view.tally().items()))
    took = duration(view.seconds(datetime.now(UTC)))
    colour = "green" if view.state is RunState.SUCCESS else "red"
    click.echo()
    click.secho(f"{view.spec.dag_id} {view.state} in {took}", fg=colour, bold=True, nl=False)
    click.echo(f"  ({tally})")
    for task_id, path, instance in _failures(view):
        _print_failure(view, task_id, path, instance, log_folder)
    for name, value in _last_metrics(view):
        click.echo(f"  {name:<24} {value:.6g}")
    if report is not None:
        click.echo(f"  pictures: {report}")
        for picture in sorted(report.iterdir()):
            click.echo(f"    {picture.name}")
    if view.state is RunState.FAILED:
        click.echo(f"  go on from here: tradewind runs resume {view.spec.dag_id} '{view.run_id}'")


def write_report(view: RunView, home: Path, artifacts: Path | None) -> Path:
    """The folder <home>/reports/<dag>/<run>: run.svg, and every figure the tasks handed on, by task and key.

    `artifacts` is None where values are kept elsewhere than on this machine's disk."""
    folder = report_folder(home, view.spec.dag_id, view.run_id)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "run.svg").write_text(svg(view.spec, view))
    for xcom in view.pictures:
        where = f"{xcom.task_id}{'.' + path_to_text(xcom.map_path) if xcom.map_path else ''}"
        target = folder / f"{safe_name(where)}.{safe_name(xcom.key)}.png"
        if xcom.value.inline is not None:
            target.write_bytes(xcom.value.inline)
        elif artifacts is not None and xcom.value.artifact is not None:
            shutil.copyfile(artifacts / xcom.value.artifact, target)
    return folder


def _failures(view: RunView) -> list[tuple[str, tuple[int, ...], InstanceView]]:
    found = [
        (task_id, path, instance)
        for task_id, task in view.tasks.items()
        for path, instance in sorted(task.instances.items())
        if instance.state is TaskState.FAILED
    ]
    return found[:10]


def _print_failure(
    view: RunView, task_id: str, path: tuple[int, ...], instance: InstanceView, log_folder: Path | None
) -> None:
    index = f"[{path_to_text(path)}]" if path else ""
    click.secho(f"\n  {task_id}{index} failed", fg="red", nl=False)
    click.echo(f" (try {instance.try_number}): {instance.error or instance.why}")
    for line in (instance.traceback or "").splitlines()[-TRACEBACK_LINES:]:
        click.echo(f"    {line}")
    if instance.log_path and log_folder is not None:
        click.echo(f"    log: {log_folder / instance.log_path}")
    elif instance.log_path:
        which = f" --map-index {path_to_text(path)}" if path else ""
        click.echo(f"    log: tradewind tasks logs {view.spec.dag_id} {task_id} '{view.run_id}'{which}")


def _last_metrics(view: RunView) -> list[tuple[str, float]]:
    def metrics(task: TaskView) -> list[tuple[str, float]]:
        return [(name, series[-1]) for name, series in task.metrics.items()]

    return [pair for task in view.tasks.values() for pair in metrics(task)]
