"""`tradewind dags backfill`, as Airflow 2 had it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import click

from tradewind.cli.backfills.create import make_backfill
from tradewind.cli.complete import complete_dag_id
from tradewind.cli.values import instant, json_object
from tradewind.scheduler.backfilling import DEFAULT_ACTIVE_RUNS
from tradewind.scheduler.clock import utc_now


@click.command()
@click.argument("dag_id", shell_complete=complete_dag_id)
@click.option("-s", "--start-date", required=True, callback=instant, metavar="DATE", help="First date.")
@click.option("-e", "--end-date", callback=instant, metavar="DATE", help="Last date (default: now).")
@click.option("-B", "--run-backwards", is_flag=True, help="Newest first.")
@click.option("-c", "--conf", callback=json_object, metavar="JSON", help="Conf of each run.")
@click.option("-n", "--dry-run", is_flag=True, help="Only list what would run.")
@click.option("--reset-dagruns", is_flag=True, help="Runs of these dates that have ended are run again.")
@click.option("--rerun-failed-tasks", is_flag=True, help="Runs of these dates that failed are run again.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
def backfill(
    dag_id: str,
    start_date: datetime,
    end_date: datetime | None,
    run_backwards: bool,
    conf: dict[str, Any],
    dry_run: bool,
    reset_dagruns: bool,
    rerun_failed_tasks: bool,
    yes: bool,
) -> None:
    """Airflow 2's way to run a DAG for past dates."""
    click.echo("note: `dags backfill` is `backfills create` here, which the scheduler service carries out", err=True)
    make_backfill(
        dag_id,
        start_date,
        end_date or utc_now(),
        is_reverse=run_backwards,
        reprocess="completed" if reset_dagruns else "failed" if rerun_failed_tasks else "none",
        max_active_runs=DEFAULT_ACTIVE_RUNS,
        conf=conf,
        on_latest_version=False,
        dry_run=dry_run,
        yes=yes,
        output="table",
    )
