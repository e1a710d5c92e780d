"""`tradewind runs delete`."""

from __future__ import annotations

import click

from tradewind.cli.asking import make_sure
from tradewind.cli.complete import complete_dag_id, complete_run_id
from tradewind.cli.home import open_home
from tradewind.cli.which_run import SEARCHED_AT_MOST, find_run, key_of
from tradewind.purge import delete_runs


@click.command()
@click.argument("dag_id", shell_complete=complete_dag_id)
@click.argument("run_ids", nargs=-1, shell_complete=complete_run_id)
@click.option("--all", "delete_all", is_flag=True, help="All runs of the DAG.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
def delete(dag_id: str, run_ids: tuple[str, ...], delete_all: bool, yes: bool) -> None:
    """Delete runs of DAG_ID: their history, logs, pictures, and the values that only they used."""
    if not run_ids and not delete_all:
        raise click.UsageError("which runs? Give RUN_IDS (`latest` is one), or --all")
    with open_home() as home:
        if delete_all:
            found = home.store.runs(dag_id=dag_id, limit=SEARCHED_AT_MOST)
        else:
            found = [find_run(home.store, dag_id, run_id) for run_id in run_ids]
        keys = list(dict.fromkeys(key_of(run) for run in found))
        if keys:
            names = "\n".join(f"  {key.dag_id} {key.run_id}" for key in keys[:20])
            what = "this run" if len(keys) == 1 else f"these {len(keys)} runs"
            make_sure(f"{names}\nDelete {what}, with logs and values?", yes=yes)
        if home.remote is not None:
            runs, artifacts = home.remote.delete_runs(keys)
        else:
            runs, artifacts = delete_runs(home.settings, home.store, keys)
    click.echo(f"deleted {runs} run{'s' * (runs != 1)} and {artifacts} artifact{'s' * (artifacts != 1)}")
