"""`tradewind deadlines`: by when runs are to have ended, and which have not."""

from __future__ import annotations

from typing import Any

import click

from tradewind.cli.complete import complete_dag_id
from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.model.messages import GetRuns
from tradewind.model.service import DeadlineRecord
from tradewind.store.base import Store


@click.group()
def deadlines() -> None:
    """By when runs are to have ended, and which have not."""


@deadlines.command("list")
@click.argument("dag_id", required=False, shell_complete=complete_dag_id)
@click.option("--missed", is_flag=True, help="Only those that were missed.")
@click.option("--open", "only_open", is_flag=True, help="Only those that may still be missed, the next one first.")
@click.option("-n", "--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many.")
@output_option
def list_deadlines(dag_id: str | None, missed: bool, only_open: bool, limit: int, output: str) -> None:
    """List deadlines of runs, the newest first."""
    with open_home() as home:
        store = home.store
        found = store.open_deadlines() if only_open else store.deadlines(only_missed=missed, limit=limit)
        chosen = [one for one in found if dag_id in (None, one.run.dag_id)][:limit]
        rows = [_row(store, one) for one in chosen]
    print_rows(rows, output, empty="no run has a deadline", only_as_data=("warned_at",))


def _row(store: Store, deadline: DeadlineRecord) -> dict[str, Any]:
    return {
        "dag_id": deadline.run.dag_id,
        "run_id": deadline.run.run_id,
        "deadline": deadline.name,
        "due_at": deadline.due_at,
        "what": _what(store, deadline),
        "warned_at": deadline.warned_at,
        "missed_at": deadline.missed_at,
    }


def _what(store: Store, deadline: DeadlineRecord) -> str:
    if deadline.missed_at is not None:
        return "missed"
    runs = store.runs_asked_for(GetRuns(deadline.run.dag_id, run_ids=(deadline.run.run_id,)))
    if runs and runs[0].state.is_finished:
        return "kept"
    return "at risk" if deadline.warned_at is not None else "open"
