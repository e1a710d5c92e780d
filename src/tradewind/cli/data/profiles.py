"""`tradewind data profiles`, `show` and `history`: what was found in the frames that tasks handed on."""

from __future__ import annotations

from typing import Any

import click
import msgspec

from tradewind.cli.complete import complete_dag_id, complete_task_id
from tradewind.cli.drift.show import sparkline
from tradewind.cli.home import Home, open_home
from tradewind.cli.output import output_option, print_record, print_rows
from tradewind.cli.which_run import find_run, run_arguments
from tradewind.model.entries import ColumnProfile, ValueProfile, read_entry
from tradewind.model.errors import NotFoundError
from tradewind.model.ids import path_to_text
from tradewind.model.journal import EntryQuery, JournalEntry

KIND = ValueProfile.__name__
MOST_FRAMES, COMMON_SHOWN = 1000, 3


@click.command("profiles")
@run_arguments
@output_option
def list_profiles(dag_id: str, run_id: str | None, output: str) -> None:
    """List the frames that tasks of a run of DAG_ID (default: the latest) handed on, with their rows and columns."""
    with open_home() as home:
        run = find_run(home.store, dag_id, run_id)
        query = EntryQuery(KIND, dag_id=run.dag_id, run_id=run.run_id, limit=MOST_FRAMES)
        rows = [_frame_row(one) for one in reversed(home.store.entries(query))]
    print_rows(rows, output, empty=f"run {run.run_id} has no profiles: none of its tasks handed on a frame")


@click.command()
@click.argument("dag_id", shell_complete=complete_dag_id)
@click.argument("task_id", shell_complete=complete_task_id)
@click.argument("run_id", required=False)
@click.option("-k", "--key", help="Which of the task's values; default: the newest that has a profile.")
@output_option
def show(dag_id: str, task_id: str, run_id: str | None, key: str | None, output: str) -> None:
    """Show the columns of a frame that TASK_ID handed on in a run of DAG_ID (default: its newest profile)."""
    with open_home() as home:
        run_id = find_run(home.store, dag_id, run_id).run_id if run_id else None
        entry = _newest(home, dag_id, task_id, run_id, key)
    profile = read_entry(entry.body, ValueProfile)
    if output in ("json", "yaml"):
        print_record({**_frame_row(entry), "columns": msgspec.to_builtins(profile.columns)}, output)
        return
    if output == "table":
        looked_at = f", of which {profile.sampled_rows:,} were looked at" if profile.sampled_rows else ""
        click.echo(f"{entry.run_id} {_name(entry)}: {profile.rows:,} rows{looked_at}")
    print_rows([_column_row(one) for one in profile.columns], output)


@click.command()
@click.argument("dag_id", shell_complete=complete_dag_id)
@click.argument("task_id", shell_complete=complete_task_id)
@click.argument("column")
@click.option("-k", "--key", help="Which of the task's values.")
@click.option("-n", "--limit", type=click.IntRange(min=1), default=25, show_default=True, help="How many.")
@output_option
def history(dag_id: str, task_id: str, column: str, key: str | None, limit: int, output: str) -> None:
    """How COLUMN of a frame that TASK_ID hands on was in the last runs of DAG_ID, the newest first."""
    with open_home() as home:
        found = _entries(home, dag_id, task_id, None, key, limit)
    rows = [
        {"at": entry.at, "run_id": entry.run_id, **_column_row(one)}
        for entry in found
        for one in read_entry(entry.body, ValueProfile).columns
        if one.column == column
    ]
    if found and not rows:
        known = [one.column for one in read_entry(found[0].body, ValueProfile).columns]
        raise NotFoundError(f"there is no column {column!r}", hint=f"there are {', '.join(known[:20])}")
    print_rows(rows, output, empty="no profiles yet", only_as_data=("column",))


def _newest(home: Home, dag_id: str, task_id: str, run_id: str | None, key: str | None) -> JournalEntry:
    found = _entries(home, dag_id, task_id, run_id, key, 1)
    if not found:
        where = f" in run {run_id}" if run_id else ""
        raise NotFoundError(
            f"task {task_id!r} of DAG {dag_id!r} has no profile{where}", hint=f"see `tradewind data profiles {dag_id}`"
        )
    return found[0]


def _entries(
    home: Home, dag_id: str, task_id: str, run_id: str | None, key: str | None, limit: int
) -> list[JournalEntry]:
    query = EntryQuery(KIND, name=key, dag_id=dag_id, run_id=run_id, task_id=task_id, limit=limit)
    return list(home.store.entries(query))


def _name(entry: JournalEntry) -> str:
    index = f"[{path_to_text(entry.map_path)}]" if entry.map_path else ""
    return f"{entry.task_id}{index} {entry.name}"


def _frame_row(entry: JournalEntry) -> dict[str, Any]:
    profile = read_entry(entry.body, ValueProfile)
    return {
        "run_id": entry.run_id,
        "task_id": entry.task_id,
        "map_index": path_to_text(entry.map_path),
        "key": entry.name,
        "rows": profile.rows,
        "columns": len(profile.columns),
        "nulls": sum(one.nulls for one in profile.columns),
        "sampled_rows": profile.sampled_rows,
        "at": entry.at,
    }


def _column_row(one: ColumnProfile) -> dict[str, Any]:
    common = ", ".join(f"{name} ({count:,})" for name, count in one.top[:COMMON_SHOWN])
    return {
        "column": one.column,
        "dtype": one.dtype,
        "nulls": one.nulls,
        "distinct": one.distinct,
        "mean": one.mean,
        "std": one.std,
        "min": one.minimum,
        "median": one.quantiles.get("0.5"),
        "max": one.maximum,
        "values": sparkline(one.histogram_counts) or common,
    }
