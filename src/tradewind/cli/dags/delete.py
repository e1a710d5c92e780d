"""`tradewind dags delete`: a DAG and all that is kept of it."""

from __future__ import annotations

from urllib.parse import quote

import click

from tradewind.cli.asking import make_sure
from tradewind.cli.audited import audited
from tradewind.cli.complete import complete_dag_id
from tradewind.cli.home import Home, open_home
from tradewind.cli.which_run import key_of
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.service import Topic
from tradewind.model.states import RunState
from tradewind.purge import delete_runs

RUNS_AT_ONCE = 1_000


@click.command()
@click.argument("dag_id", shell_complete=complete_dag_id)
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
def delete(dag_id: str, yes: bool) -> None:
    """Delete DAG_ID with its runs, their logs and values. While its file is there, it comes back when that is parsed.

    The runs alone: `tradewind runs delete DAG_ID --all`.
    """
    with open_home() as home:
        dag = home.store.dag(dag_id)
        if dag is None:
            raise NotFoundError(f"there is no DAG {dag_id!r}", hint="see `tradewind dags list`")
        if home.store.runs(dag_id=dag_id, states=[RunState.RUNNING], limit=1):
            raise TradewindError(
                f"DAG {dag_id!r} has runs that go on", hint=f"end them first: tradewind runs cancel {dag_id}"
            )
        make_sure(f"Delete the DAG {dag_id} with all of its runs, their logs and values?", yes=yes)
        if home.remote is not None:
            home.remote.client.request("DELETE", f"/api/v2/dags/{quote(dag_id, safe='')}")
        else:
            _delete(home, dag_id)
    click.echo(f"DAG {dag_id} is deleted")
    if dag.retired_at is None:
        click.echo(f"note: it comes back with its file: {dag.root}/{dag.file}", err=True)


def _delete(home: Home, dag_id: str) -> None:
    home.store.set_paused(dag_id, True)
    while runs := home.store.runs(dag_id=dag_id, limit=RUNS_AT_ONCE):
        delete_runs(home.settings, home.store, [key_of(run) for run in runs])
    home.store.delete_dag(dag_id)
    home.store.ring(Topic.DAGS)
    audited(home, "delete_dag", dag_id=dag_id)
