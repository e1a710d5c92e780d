"""`tradewind db clean`: retention, by age, by count, or both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta

import click

from tradewind.cli.asking import make_sure
from tradewind.cli.db.runs import all_runs
from tradewind.cli.home import Home, open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.cli.runs.list import run_row
from tradewind.cli.values import instant
from tradewind.cli.which_run import key_of
from tradewind.model.errors import ConfigurationError
from tradewind.model.records import RunRecord
from tradewind.purge import delete_runs

RUNS_AT_ONCE = 200


@click.command()
@click.option(
    "--before",
    "--clean-before-timestamp",
    callback=instant,
    metavar="DATE",
    help="Delete runs that ended before this ISO date.",
)
@click.option("--older-than", type=click.FloatRange(min=0), metavar="DAYS", help="The same, as an age in days.")
@click.option("--keep", type=click.IntRange(min=0), metavar="N", help="Keep the newest N ended runs of each DAG.")
@click.option("-d", "--dag-id", metavar="DAG_ID", help="Only runs of this DAG.")
@click.option("--dry-run", is_flag=True, help="Only list what would be deleted.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@output_option
def clean(
    before: datetime | None,
    older_than: float | None,
    keep: int | None,
    dag_id: str | None,
    dry_run: bool,
    yes: bool,
    output: str,
) -> None:
    """Delete old runs: their history, logs, pictures, and the values that only they used.

    With an age and --keep, a run goes that is both too old and not among the newest. Runs that have not ended stay.
    With an age alone, and for all DAGs, audit entries, ended processes and used asset events of that age go, too.
    """
    with open_home() as home:
        if before is None and older_than is not None:
            before = home.store.now() - timedelta(days=older_than)
        if before is None and keep is None:
            raise ConfigurationError(
                "nothing says what is old", hint="give --before DATE, --older-than DAYS or --keep N"
            )
        old = _outlived(all_runs(home.store, dag_id=dag_id), before, keep)
        if dry_run:
            print_rows([_row(home, run) for run in old], output, empty="nothing would be deleted")
            return
        if old:
            make_sure(f"Delete {len(old)} runs {_said(before, keep)}, with logs and values?", yes=yes)
        runs, artifacts = _delete(home, old)
        if before is not None and keep is None and dag_id is None:
            home.store.clean(before)
    if not old:
        click.echo(f"no run {_said(before, keep)}")
        return
    click.echo(f"deleted {runs} run{'s' * (runs != 1)} and {artifacts} artifact{'s' * (artifacts != 1)}")


def _outlived(runs: Iterable[RunRecord], before: datetime | None, keep: int | None) -> list[RunRecord]:
    """`runs`: newest first."""
    ended: Counter[str] = Counter()
    old: list[RunRecord] = []
    for run in runs:
        if run.ended_at is None or not run.state.is_finished:
            continue
        ended[run.dag_id] += 1
        is_kept = keep is not None and ended[run.dag_id] <= keep
        if not is_kept and (before is None or run.ended_at < before):
            old.append(run)
    return old


def _delete(home: Home, old: list[RunRecord]) -> tuple[int, int]:
    runs = artifacts = 0
    for start in range(0, len(old), RUNS_AT_ONCE):
        done = delete_runs(home.settings, home.store, [key_of(run) for run in old[start : start + RUNS_AT_ONCE]])
        runs, artifacts = runs + done[0], artifacts + done[1]
    return runs, artifacts


def _row(home: Home, run: RunRecord) -> dict[str, object]:
    """With what goes along: log files, and values in files."""
    key = key_of(run)
    logs = [home.settings.log_folder / one.log_path for one in home.store.tries(key, with_callbacks=True)]
    values = [xcom for xcom in home.store.all_xcoms(key) if xcom.value.artifact is not None]
    log_bytes = sum(log.stat().st_size for log in logs if log.exists())
    return {
        **run_row(run),
        "logs": sum(log.exists() for log in logs),
        "log_bytes": log_bytes,
        "large_values": len(values),
    }


def _said(before: datetime | None, keep: int | None) -> str:
    parts = [f"ended before {before}"] if before is not None else []
    return " and ".join([*parts, *([f"is beyond the newest {keep} of its DAG"] if keep is not None else [])])
