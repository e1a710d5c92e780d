"""`tradewind backfills create`, with Airflow's names of its options."""

from __future__ import annotations

import getpass
from collections.abc import Mapping
from datetime import datetime
from typing import Any, cast, get_args

import click
from msgspec.structs import replace

from tradewind.cli.asking import make_sure
from tradewind.cli.complete import complete_dag_id
from tradewind.cli.home import Home, open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.cli.service import note_without_scheduler
from tradewind.cli.specs import stored_spec
from tradewind.cli.values import instant, json_object
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.messages import GetRuns, RunRecord
from tradewind.model.service import BackfillRecord, BackfillRunRecord, Reprocess, Topic
from tradewind.model.spec import DagSpec
from tradewind.scheduler.clock import utc_now
from tradewind.scheduler.params import resolve_params
from tradewind.timetables import Timetable
from tradewind.timetables.backfill import Planned, check, dates_between, plan

ASKS_ABOVE = 1_000
MOST_RUNS = 100_000
DEFAULT_ACTIVE_RUNS = 10


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
    with open_home() as home:
        spec = _spec(home, dag_id)
        if why_not := check(spec, from_date, to_date, is_reverse=is_reverse):
            raise TradewindError(f"this backfill of DAG {dag_id!r} cannot be: {why_not}")
        resolve_params(spec, {p.name: conf[p.name] for p in spec.params if p.name in conf})
        now = utc_now()
        dates = dates_between(spec, from_date, to_date, now, at_most=MOST_RUNS + 1, timetable=_timetable(spec))
        if len(dates) > MOST_RUNS:
            raise TradewindError(f"more than {MOST_RUNS:,} runs", hint="fill the range in parts")
        existing = _existing(home, dag_id, [due.logical_date for due in dates])
        planned = plan(dates, existing, now=now, reprocess=reprocess, is_reverse=is_reverse)
        count = sum(not one.record.why_not for one in planned)
        if dry_run:
            print_rows([_row(one) for one in planned], output, empty="the schedule has no date in this range")
            return
        if not count:
            raise TradewindError(f"there is nothing to run: {_why_nothing(planned)}", hint="see it with --dry-run")
        if count > ASKS_ABOVE:
            make_sure(f"This makes {count:,} runs of {dag_id}. Go on?", yes=yes)
        backfill_id = home.store.create_backfill(
            BackfillRecord(
                backfill_id=0,
                dag_id=dag_id,
                from_date=from_date,
                to_date=to_date,
                is_reverse=is_reverse,
                reprocess=reprocess,
                max_active_runs=max_active_runs,
                conf=conf,
                is_paused=False,
                created_at=now,
                created_by=getpass.getuser(),
                on_latest_version=on_latest_version,
            ),
            [_stored(one) for one in planned],
        )
        home.store.ring(Topic.RUNS)
        skipped = f", {len(planned) - count} dates are left out" if count < len(planned) else ""
        click.echo(f"backfill {backfill_id}: {count} runs of {dag_id}, {max_active_runs} at once{skipped}")
        click.echo(f"watch it: tradewind backfills show {backfill_id}")
        if (dag := home.store.dag(dag_id)) is not None and dag.is_paused:
            click.echo(f"note: {dag_id} is paused, so none begins: tradewind dags unpause {dag_id}", err=True)
        note_without_scheduler(home.store)


def _spec(home: Home, dag_id: str) -> DagSpec:
    spec = stored_spec(home, dag_id) or home.store.spec(dag_id)
    if spec is None:
        raise NotFoundError(f"there is no DAG {dag_id!r}", hint="see `tradewind dags list`")
    return spec


def _timetable(spec: DagSpec) -> Timetable | None:
    """The author's own timetable is code, which is loaded here."""
    if spec.schedule.kind != "custom":
        return None
    from tradewind.cli.load_here import load_here  # executes the DAG file: only for the author's timetables

    return load_here(spec.dag_id).dag.timetable


def _existing(home: Home, dag_id: str, dates: list[datetime]) -> Mapping[datetime, RunRecord]:
    found = home.store.runs_asked_for(GetRuns(dag_id, logical_dates=tuple(dates))) if dates else []
    return {cast("datetime", run.logical_date): run for run in found}


def _stored(planned: Planned) -> BackfillRunRecord:
    """A run that is run again gets its place when its turn comes."""
    record = planned.record
    return record if record.why_not else replace(record, run_id=None)


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


def _why_nothing(planned: list[Planned]) -> str:
    if not planned:
        return "the schedule has no date in this range"
    return "; ".join(dict.fromkeys(one.record.why_not for one in planned[:3]))
