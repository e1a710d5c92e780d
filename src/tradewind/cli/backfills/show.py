"""`tradewind backfills list` and `show`."""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

import click

from tradewind.cli.backfills.complete import complete_backfill
from tradewind.cli.complete import complete_dag_id
from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_record, print_rows
from tradewind.model.messages import GetRuns
from tradewind.model.records import RunRecord
from tradewind.model.service import BackfillRecord, BackfillRunRecord
from tradewind.model.states import RunState

BAR_WIDTH = 40


@click.command("list")
@click.argument("dag_id", required=False, shell_complete=complete_dag_id)
@click.option("--active", is_flag=True, help="Only those that have not ended.")
@output_option
def list_backfills(dag_id: str | None, active: bool, output: str) -> None:
    """List backfills, the oldest first."""
    with open_home() as home:
        found = home.store.backfills(dag_id=dag_id, only_active=active)
        rows = [_row(one, home.store.backfill_dates(one.backfill_id)) for one in found]
    print_rows(rows, output, only_as_data=("reprocess", "conf", "created_by"))


@click.command()
@click.argument("backfill_id", type=int, shell_complete=complete_backfill)
@click.option("--runs", "with_runs", is_flag=True, help="Also each date and its run.")
@output_option
def show(backfill_id: int, with_runs: bool, output: str) -> None:
    """Show how far a backfill is."""
    with open_home() as home:
        backfill = home.store.backfill(backfill_id)
        dates = home.store.backfill_dates(backfill_id)
        ids = tuple(date.run_id for date in dates if date.run_id)
        runs = home.store.runs_asked_for(GetRuns(backfill.dag_id, run_ids=ids)) if ids else []
    by_id = {run.run_id: run for run in runs}
    if output == "table":
        click.echo(_bar(dates, by_id))
    row = _row(backfill, dates) | {"states": dict(_states(dates, by_id))}
    if with_runs and output in ("json", "yaml"):
        print_record(row | {"dates": [_date(date, by_id) for date in dates]}, output)
        return
    print_record(row, output)
    if with_runs:
        print_rows([_date(date, by_id) for date in dates], output)


def _row(backfill: BackfillRecord, dates: list[BackfillRunRecord]) -> dict[str, Any]:
    counted = [date for date in dates if not date.why_not]
    return {
        "id": backfill.backfill_id,
        "dag_id": backfill.dag_id,
        "from": backfill.from_date,
        "to": backfill.to_date,
        "state": state_of(backfill),
        "done": sum(date.is_done for date in counted),
        "runs": len(counted),
        "left_out": len(dates) - len(counted),
        "max_active_runs": backfill.max_active_runs,
        "reverse": backfill.is_reverse,
        "reprocess": backfill.reprocess,
        "conf": backfill.conf,
        "created_at": backfill.created_at,
        "created_by": backfill.created_by,
        "ended_at": backfill.ended_at,
    }


def state_of(backfill: BackfillRecord) -> str:
    if backfill.is_cancelled:
        return "cancelled" if backfill.ended_at else "being cancelled"
    if backfill.ended_at:
        return "ended"
    return "paused" if backfill.is_paused else "running"


def _states(dates: list[BackfillRunRecord], runs: dict[str, RunRecord]) -> Counter[str]:
    counted = (date for date in dates if not date.why_not)
    return Counter(_state(date, runs) for date in counted)


def _state(date: BackfillRunRecord, runs: dict[str, RunRecord]) -> str:
    if date.why_not:
        return date.why_not
    run = runs.get(date.run_id or "")
    return str(run.state) if run is not None else "not begun"


def _bar(dates: list[BackfillRunRecord], runs: dict[str, RunRecord]) -> str:
    """What has succeeded, failed and is going on, as shares of one line; plain numbers where nobody sees colours."""
    states = _states(dates, runs)
    total = sum(states.values()) or 1
    done = states[RunState.SUCCESS] + states[RunState.FAILED]
    text = f"{done} of {sum(states.values())} runs done"
    if not sys.stdout.isatty():
        return text
    parts = [
        click.style("█" * round(BAR_WIDTH * states[state] / total), fg=colour)
        for state, colour in (("success", "green"), ("failed", "red"), ("running", "bright_green"))
    ]
    shown = sum(round(BAR_WIDTH * states[state] / total) for state in ("success", "failed", "running"))
    return f"{''.join(parts)}{'░' * max(0, BAR_WIDTH - shown)} {text}"


def _date(date: BackfillRunRecord, runs: dict[str, RunRecord]) -> dict[str, Any]:
    return {
        "logical_date": date.logical_date,
        "state": _state(date, runs),
        "run_id": date.run_id or "",
    }
