"""`tradewind backfills create`, with Airflow's names of its options."""

from __future__ import annotations

import getpass
from datetime import datetime
from typing import Any, get_args

import click

from tradewind.cli.asking import make_sure
from tradewind.cli.complete import complete_dag_id
from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.cli.service import note_without_scheduler
from tradewind.cli.specs import stored_spec
from tradewind.cli.values import instant, json_object
from tradewind.model.service import Reprocess
from tradewind.model.spec import DagSpec
from tradewind.scheduler.backfilling import (
    DEFAULT_ACTIVE_RUNS,
    WantedBackfill,
    count_of,
    newest_spec,
    planned_runs,
    start_backfill,
)
from tradewind.scheduler.clock import utc_now
from tradewind.timetables import Timetable
from tradewind.timetables.backfill import Planned

ASKS_ABOVE = 1_000


@click.command()
@click.argument("dag_id", metavar="DAG_ID", required=False, shell_complete=complete_dag_id)
@click.option("--dag-id", "dag_option", metavar="DAG_ID", hidden=True, help="As Airflow has it.")
@click.option("--from", "--from-date", "from_date", required=True, callback=instant, metavar="DATE", help="First date.")
@click.option("--to", "--to-date", "to_date", required=True, callback=instant, metavar="DATE", help="Last date, too.")
@click.option("--reverse", "--run-backwards", "is_reverse", is_flag=True, help="Newest first.")
@click.option(
    "--reprocess",
    "--reprocess-behavior",
    type=click.Choice(get_args(Reprocess)),
    default="none",
    show_default=True,
    help="Which dates that have a run get it run again.",
)
@click.option(
    "--max-active-runs",
    type=click.IntRange(min=1),
    default=DEFAULT_ACTIVE_RUNS,
    show_default=True,
    help="Runs at once; the DAG's own max_active_runs does not count for them.",
)
@click.option("--conf", "--dag-run-conf", callback=json_object, metavar="JSON", help="Conf of each run.")
@click.option("--run-on-latest-version", is_flag=True, help="Runs that are run again get the DAG's newest code.")
@click.option("--dry-run", is_flag=True, help="Only list what would run.")
@click.option("-y", "--yes", is_flag=True, help=f"Do not ask, also for more than {ASKS_ABOVE:,} runs.")
@output_option
def create(
    dag_id: str | None,
    dag_option: str | None,
    from_date: datetime,
    to_date: datetime,
    is_reverse: bool,
    reprocess: Reprocess,
    max_active_runs: int,
    conf: dict[str, Any],
    run_on_latest_version: bool,
    dry_run: bool,
    yes: bool,
    output: str,
) -> None:
    """Run a DAG for every date of its schedule from --from to --to (both ends included).

    The scheduler service makes the runs; `backfills show` says how far they are."""
    chosen = dag_id or dag_option
    if chosen is None:
        raise click.UsageError("which DAG? `tradewind backfills create DAG_ID --from … --to …`")
    make_backfill(
        chosen,
        from_date,
        to_date,
        is_reverse=is_reverse,
        reprocess=reprocess,
        max_active_runs=max_active_runs,
        conf=conf,
        on_latest_version=run_on_latest_version,
        dry_run=dry_run,
        yes=yes,
        output=output,
    )


def make_backfill(
    dag_id: str,
    from_date: datetime,
    to_date: datetime,
    *,
    is_reverse: bool,
    reprocess: Reprocess,
    max_active_runs: int,
    conf: dict[str, Any],
    on_latest_version: bool,
    dry_run: bool,
    yes: bool,
    output: str,
) -> None:
    """Plan it, show it or ask, and write it down. Raises TradewindError where it cannot be."""
    wanted = WantedBackfill(dag_id, from_date, to_date, is_reverse, reprocess, max_active_runs, conf, on_latest_version)
    with open_home() as home:
        spec = stored_spec(home, dag_id) or newest_spec(home.store, dag_id)
        now = utc_now()
        planned = planned_runs(home.store, spec, wanted, now, timetable=_timetable(spec))
        count = count_of(planned)
        if dry_run:
            print_rows([_row(one) for one in planned], output, empty="the schedule has no date in this range")
            return
        if count > ASKS_ABOVE:
            make_sure(f"This makes {count:,} runs of {dag_id}. Go on?", yes=yes)
        backfill_id = start_backfill(home.store, wanted, planned, who=getpass.getuser(), now=now)
        skipped = f", {len(planned) - count} dates are left out" if count < len(planned) else ""
        click.echo(f"backfill {backfill_id}: {count} runs of {dag_id}, {max_active_runs} at once{skipped}")
        click.echo(f"watch it: tradewind backfills show {backfill_id}")
        if (dag := home.store.dag(dag_id)) is not None and dag.is_paused:
            click.echo(f"note: {dag_id} is paused, so none begins: tradewind dags unpause {dag_id}", err=True)
        note_without_scheduler(home.store)


def _timetable(spec: DagSpec) -> Timetable | None:
    """The author's own timetable is code, which is loaded here."""
    if spec.schedule.kind != "custom":
        return None
    from tradewind.cli.load_here import load_here  # executes the DAG file: only for the author's timetables

    return load_here(spec.dag_id).dag.timetable


def _row(planned: Planned) -> dict[str, Any]:
    record = planned.record
    what = record.why_not or ("run again" if record.run_id else "new run")
    return {
        "logical_date": record.logical_date,
        "data_interval_start": record.interval_start,
        "data_interval_end": record.interval_end,
        "what": what,
        "run_id": record.run_id or "",
        "state": planned.state or "",
    }
