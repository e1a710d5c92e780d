"""`tradewind runs show`: all that the store knows of a run, for people and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click
import msgspec

from tradewind.cli.durations import duration
from tradewind.cli.home import Home, open_home
from tradewind.cli.log_tail import BYTES_PER_LINE, last_lines, texts_of
from tradewind.cli.output import output_option, print_record, styled_state
from tradewind.cli.runs.instances import Failed, Instances, print_failure, print_tree
from tradewind.cli.runs.list import run_row, seconds_of
from tradewind.cli.which_run import find_run, key_of, run_arguments
from tradewind.dag_processor.bundles import commit_of
from tradewind.dagfiles.snapshot import load_snapshot
from tradewind.model.entries import Forked, read_entry
from tradewind.model.errors import TradewindError
from tradewind.model.ids import RunKey, path_to_text
from tradewind.model.journal import EntryQuery
from tradewind.model.records import HistoryRecord, MetricRecord, RunRecord
from tradewind.model.states import RunState
from tradewind.reproducing import environment_of
from tradewind.scheduler.notices import CALLBACK_TROUBLE

FAILURES_SHOWN = 5


@click.command()
@run_arguments
@click.option("--history", is_flag=True, help="Each change of state: when, who, why.")
@click.option("--all", "show_all", is_flag=True, help="Every instance of mapped tasks, and every failure.")
@click.option("--log-lines", type=click.IntRange(min=0), default=5, show_default=True, help="Of a failed task's log.")
@output_option
def show(dag_id: str, run_id: str | None, history: bool, show_all: bool, log_lines: int, output: str) -> None:
    """Show a run of DAG_ID (default: the latest): tasks, failures with their last log lines, metrics."""
    with open_home() as home:
        run = find_run(home.store, dag_id, run_id)
        key = key_of(run)
        instances = Instances.of(home.store, run)
        metrics = home.store.metrics(key)
        told = home.store.history(key)
        troubles = [one for one in told if one.why.startswith(CALLBACK_TROUBLE)]
        moves = told
        told = told if history else []
        if output in ("json", "yaml"):
            data = _as_data(run, instances, metrics, told if history else None)
            data["bundle_commit"] = _commit(home, run)
            said = environment_of(home.store, key)
            data["environment"] = msgspec.to_builtins(said) if said is not None else None
            data["callback_problems"] = [_trouble(one) for one in troubles]
            print_record(data, output)
            return
        _print_head(home, run, key, next((one.why for one in reversed(moves) if one.entity == "run"), ""))
        print_tree(instances, show_all=show_all)
        for failed in instances.failed()[: None if show_all else FAILURES_SHOWN]:
            print_failure(failed, *log_end(home, key, failed, log_lines))
        _print_metrics(metrics)
        _print_troubles(troubles)
        _print_history(told)


def log_end(home: Home, key: RunKey, failed: Failed, count: int) -> tuple[str, list[str]]:
    """Where the log of a failure is, and its last lines."""
    last = failed.last_try
    if last is None:
        return "", []
    if home.remote is None:
        log = home.settings.log_folder / last.log_path
        return str(log), last_lines(log, count)
    task = failed.task
    piece = home.remote.log(key, task.task_id, task.map_path, last.try_id, -count * BYTES_PER_LINE)
    return f"tradewind tasks logs {key.dag_id} {task.task_id} '{key.run_id}'", texts_of(piece.data, count)


def _forked_from(home: Home, key: RunKey) -> str:
    found = home.store.entries(EntryQuery("Forked", dag_id=key.dag_id, run_id=key.run_id, limit=1))
    return f"{found[0].name}, from {', '.join(read_entry(found[0].body, Forked).tasks)} on" if found else ""


def _print_head(home: Home, run: RunRecord, key: RunKey, why: str) -> None:
    seconds = seconds_of(run)
    took = f" in {duration(seconds)}" if seconds is not None else ""
    click.echo(f"{click.style(run.dag_id, bold=True)}  {run.run_id}  {styled_state(run.state)}{took}")
    for name, value in (
        ("why", why if run.state is RunState.FAILED else ""),
        ("logical date", run.logical_date),
        ("data interval", _interval(run)),
        ("started", run.started_at),
        ("ended", run.ended_at),
        ("triggered by", run.triggered_by),
        ("forked from", _forked_from(home, key)),
        ("params", run.params or None),
        ("conf", run.conf or None),
        ("note", run.note),
        ("code", f"{run.dag_hash[:12]} of snapshot {run.snapshot[:12]}"),
        ("commit", _commit(home, run) or _commit_of_folder(home, key)),
    ):
        if value:
            click.echo(f"  {name:<14} {value}")
    owner = home.store.owner_of(key)
    if owner is not None and home.store.owner_is_alive(owner.owner_id):
        click.echo(f"  {'driven by':<14} process {owner.pid} on {owner.host}")
    elif run.state is RunState.QUEUED:
        click.secho(f"  what it waits for: tradewind why {run.dag_id} '{run.run_id}'", fg="yellow")
    elif not run.state.is_finished:
        click.secho(
            f"  its process has ended; finish it: tradewind runs resume {run.dag_id} '{run.run_id}'", fg="yellow"
        )
    click.echo()


def _commit(home: Home, run: RunRecord) -> str:
    """Of the git bundle that the run's code comes from."""
    try:
        root = load_snapshot(home.settings.home, run.snapshot).root
    except TradewindError:  # deleted since
        return ""
    return commit_of(home.settings.home, Path(root))


def _commit_of_folder(home: Home, key: RunKey) -> str:
    """As it was noted down when the run began."""
    found = environment_of(home.store, key)
    if found is None or not found.git_commit:
        return ""
    branch = f" on {found.git_branch}" if found.git_branch else ""
    return f"{found.git_commit[:12]}{branch}{', with changes that are not committed' if found.is_dirty else ''}"


def _interval(run: RunRecord) -> str:
    return f"{run.data_interval_start} to {run.data_interval_end}" if run.data_interval_start else ""


def _print_metrics(metrics: Sequence[MetricRecord]) -> None:
    if not metrics:
        return
    last: dict[tuple[str, str], list[MetricRecord]] = {}
    for metric in metrics:
        last.setdefault((_where(metric.task_id, metric.map_path), metric.name), []).append(metric)
    click.secho("\nmetrics", bold=True)
    for (where, name), series in last.items():
        values = [one.value for one in series]
        more = f"  ({len(series)} values, {min(values):.6g} to {max(values):.6g})" if len(series) > 1 else ""
        click.echo(f"  {where}.{name} = {values[-1]:.6g}{more}")


def _print_troubles(troubles: Sequence[HistoryRecord]) -> None:
    """What went wrong with callbacks, notifiers and mails; it changed nothing else."""
    if not troubles:
        return
    click.secho("\ncallbacks that did not work", bold=True)
    for one in troubles:
        found = _trouble(one)
        click.echo(f"  {found['task']}: {click.style(found['problem'], fg='yellow')}")


def _trouble(one: HistoryRecord) -> dict[str, Any]:
    where = _where(one.task_id or "", one.map_path or ())
    return {"task": where, "problem": one.why.removeprefix(CALLBACK_TROUBLE), "at": one.at}


def _print_history(history: Sequence[HistoryRecord]) -> None:
    if not history:
        return
    click.secho("\nhistory", bold=True)
    for one in history:
        what = _where(one.task_id, one.map_path or ()) if one.task_id else one.entity
        move = f"{one.old or '-'} → {one.new}" if one.new else "note"
        at = one.at.astimezone().isoformat(sep=" ", timespec="milliseconds")
        click.echo(f"  {at}  {what:<28} {move:<24} {one.why}  [{one.who}]")


def _where(task_id: str, path: tuple[int, ...]) -> str:
    return f"{task_id}[{path_to_text(path)}]" if path else task_id


def _as_data(
    run: RunRecord,
    instances: Instances,
    metrics: Sequence[MetricRecord],
    history: Sequence[HistoryRecord] | None,
) -> dict[str, Any]:
    found = {
        **run_row(run),
        "params": run.params,
        "conf": run.conf,
        "note": run.note,
        "triggered_by": run.triggered_by,
        "dag_hash": run.dag_hash,
        "snapshot": run.snapshot,
        "tasks": instances.as_rows(),
        "metrics": [
            {
                "task_id": one.task_id,
                "map_index": path_to_text(one.map_path),
                "name": one.name,
                "value": one.value,
                "step": one.step,
                "at": one.at,
            }
            for one in metrics
        ],
    }
    return found if history is None else {**found, "history": history}
