"""A forecast on the terminal, as data, and as a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import click

from tradewind.cli.durations import duration
from tradewind.cli.output import print_record, print_rows
from tradewind.cli.simulate.picture import as_svg
from tradewind.forecast.story import Forecast, RunStory, busy, waits

LEVELS = " ▁▂▃▄▅▆▇█"
WIDTH = 60
SHOWN_MISSES = 20


def show(forecast: Forecast, dag_ids: Sequence[str], output: str, *, with_runs: bool, svg: Path | None) -> None:
    if svg is not None:
        svg.write_text(as_svg(forecast, dag_ids))
    if output in ("json", "yaml"):
        print_record(as_data(forecast, dag_ids, with_runs=with_runs), output)
    elif output == "plain":
        print_rows([run_row(run) for run in forecast.runs] if with_runs else dag_rows(forecast, dag_ids), output)
    else:
        _show_text(forecast, dag_ids, with_runs=with_runs)
    if svg is not None:
        click.echo(f"drawn into {svg}", err=True)


def as_data(forecast: Forecast, dag_ids: Sequence[str], *, with_runs: bool) -> Mapping[str, Any]:
    found: dict[str, Any] = {
        "begins": forecast.begins,
        "ends": forecast.ends,
        "was_cut": forecast.was_cut,
        "dags": dag_rows(forecast, dag_ids),
        "waits": wait_rows(forecast),
        "missed": miss_rows(forecast),
        "skipped": forecast.skipped,
    }
    return found | ({"runs": [run_row(run) for run in forecast.runs]} if with_runs else {})


def dag_rows(forecast: Forecast, dag_ids: Sequence[str]) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for dag_id in dag_ids:
        runs = [run for run in forecast.runs if run.dag_id == dag_id]
        took = [(run.ended_at - run.due_at).total_seconds() for run in runs if run.ended_at is not None]
        rows.append(
            {
                "dag_id": dag_id,
                "runs": len(runs),
                "first": min((run.due_at for run in runs), default=None),
                "last": max((run.due_at for run in runs), default=None),
                "tasks": sum(len(run.tries) for run in runs),
                "longest_run_seconds": max(took, default=None),
                "unfinished": sum(run.ended_at is None for run in runs),
                "missed": sum(miss.dag_id == dag_id for miss in forecast.misses),
            }
        )
    return rows


def wait_rows(forecast: Forecast) -> list[dict[str, Any]]:
    return [
        {
            "limit": wait.limit,
            "dag_id": wait.dag_id,
            "times": wait.times,
            "total_seconds": wait.total.total_seconds(),
            "longest_seconds": wait.longest.total_seconds(),
            "first_at": wait.first_at,
        }
        for wait in waits(forecast)
    ]


def miss_rows(forecast: Forecast) -> list[dict[str, Any]]:
    return [
        {
            "dag_id": miss.dag_id,
            "run_id": miss.run_id,
            "deadline": miss.name,
            "due_at": miss.due_at,
            "ended_at": miss.ended_at,
        }
        for miss in forecast.misses
    ]


def run_row(run: RunStory) -> dict[str, Any]:
    return {
        "dag_id": run.dag_id,
        "run_id": run.run_id,
        "due_at": run.due_at,
        "started_at": run.started_at,
        "ended_at": run.ended_at,
        "state": run.state,
    }


def _show_text(forecast: Forecast, dag_ids: Sequence[str], *, with_runs: bool) -> None:
    span = f"{_at(forecast.begins)} to {_at(forecast.ends)}"
    tries = sum(len(run.tries) for run in forecast.runs)
    click.secho(f"{len(forecast.runs):,} runs with {tries:,} tasks, {span}", bold=True)
    if forecast.was_cut:
        click.secho("there were too many tasks to go on: it ends here", fg="yellow")
    for dag_id, why in forecast.skipped.items():
        click.secho(f"{dag_id} is left out: {why}", fg="yellow")
    _timeline(forecast, dag_ids)
    print_rows(_readable(dag_rows(forecast, dag_ids)), "table")
    if held := wait_rows(forecast):
        click.secho("\nwhat would wait", bold=True)
        shown = [
            {
                **row,
                "total_seconds": _seconds(row["total_seconds"]),
                "longest_seconds": _seconds(row["longest_seconds"]),
            }
            for row in held
        ]
        print_rows([{name.removesuffix("_seconds"): value for name, value in row.items()} for row in shown], "table")
    if forecast.misses:
        click.secho(f"\ndeadlines that would be missed: {len(forecast.misses):,}", fg="red", bold=True)
        print_rows(miss_rows(forecast)[:SHOWN_MISSES], "table")
        if len(forecast.misses) > SHOWN_MISSES:
            click.echo(f"… and {len(forecast.misses) - SHOWN_MISSES:,} more: -o json has them all")
    if with_runs:
        click.secho("\nruns", bold=True)
        print_rows([run_row(run) for run in forecast.runs], "table")


def _readable(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Durations as people write them."""
    return [
        {
            name.removesuffix("_seconds"): _seconds(value) if name.endswith("_seconds") else value
            for name, value in row.items()
        }
        for row in rows
    ]


def _timeline(forecast: Forecast, dag_ids: Sequence[str]) -> None:
    """A line for each DAG: how busy it is, as a height."""
    if not forecast.runs:
        return
    span = forecast.ends - forecast.begins
    lines = {
        dag_id: busy(
            [one for run in forecast.runs if run.dag_id == dag_id for one in run.tries],
            forecast.begins,
            span / WIDTH,
            WIDTH,
            forecast.ends,
        )
        for dag_id in dag_ids
    }
    most = max((max(line) for line in lines.values()), default=0.0) or 1.0
    names = max(map(len, dag_ids))
    for dag_id, line in lines.items():
        bars = "".join(_level(value / most) for value in line)
        click.echo(f"  {dag_id:<{names}} {click.style(bars, fg='green')}")
    marks = "".join(f"{_at(forecast.begins + span * part / 3):<20}" for part in range(3))
    click.secho(f"  {'':<{names}} {marks}", dim=True)
    click.echo()


def _level(share: float) -> str:
    if share <= 0:
        return LEVELS[0]
    return LEVELS[min(len(LEVELS) - 1, 1 + int(share * (len(LEVELS) - 2)))]


def _at(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M}"


def _seconds(seconds: float | None) -> str:
    if seconds is None:
        return ""
    days = int(seconds // 86400)
    rest = duration(seconds - days * 86400)
    return f"{timedelta(days=days).days} d {rest}" if days else rest
