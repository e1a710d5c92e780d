"""`tradewind runs list`."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import click

from tradewind.cli.complete import complete_dag_id
from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.cli.values import instant
from tradewind.cli.which_run import SEARCHED_AT_MOST
from tradewind.model.errors import NotFoundError
from tradewind.model.records import RunRecord
from tradewind.model.states import RunState, RunType

MORE = ("run_type", "logical_date", "end_date")


@click.command("list")
@click.argument("dag_id", required=False, shell_complete=complete_dag_id)
@click.option("-d", "--dag-id", "option_dag_id", shell_complete=complete_dag_id, help="The same, as Airflow has it.")
@click.option(
    "--state", "states", multiple=True, type=click.Choice([str(s) for s in RunState]), help="Repeat for more."
)
@click.option("-s", "--start-date", callback=instant, metavar="DATE", help="Logical dates from this one on.")
@click.option("-e", "--end-date", callback=instant, metavar="DATE", help="Logical dates up to this one.")
@click.option("--no-backfill", is_flag=True, help="Without runs of backfills.")
@click.option("-n", "--limit", type=click.IntRange(min=1), default=25, show_default=True, help="How many at most.")
@output_option
def list_runs(
    dag_id: str | None,
    option_dag_id: str | None,
    states: tuple[str, ...],
    start_date: datetime | None,
    end_date: datetime | None,
    no_backfill: bool,
    limit: int,
    output: str,
) -> None:
    """List runs, newest first, of all DAGs or of DAG_ID."""
    wanted = dag_id or option_dag_id
    with open_home() as home:
        is_chosen = no_backfill or start_date is not None or end_date is not None
        most = SEARCHED_AT_MOST if is_chosen else limit
        found = home.store.runs(dag_id=wanted, states=[RunState(state) for state in states], limit=most)
        if wanted and not found and not states and home.store.dag(wanted) is None:
            raise NotFoundError(f"there is no DAG {wanted!r}", hint="see `tradewind dags list`")
    if is_chosen:
        found = [run for run in found if _is_within(run, start_date, end_date)]
        found = [run for run in found if not (no_backfill and run.run_type is RunType.BACKFILL)][:limit]
    empty = "no runs" if states or is_chosen else "no runs yet; start one: tradewind run FILE_OR_DAG_ID"
    print_rows([run_row(run) for run in found], output, empty=empty, only_as_data=MORE)


def _is_within(run: RunRecord, start: datetime | None, end: datetime | None) -> bool:
    date = run.logical_date or run.run_after
    return (start is None or date >= start) and (end is None or date <= end)


def run_row(run: RunRecord) -> dict[str, Any]:
    return {
        "dag_id": run.dag_id,
        "run_id": run.run_id,
        "state": str(run.state),
        "run_type": str(run.run_type),
        "logical_date": run.logical_date,
        "start_date": run.started_at,
        "end_date": run.ended_at,
        "seconds": seconds_of(run),
    }


def seconds_of(run: RunRecord) -> float | None:
    """From its start to its end, or until now; None before it has started."""
    if run.started_at is None:
        return None
    return ((run.ended_at or datetime.now(UTC)) - run.started_at).total_seconds()
