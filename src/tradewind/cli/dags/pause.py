"""`tradewind dags pause` and `unpause`: the schedule alone; `tradewind run` runs a paused DAG, too."""

from __future__ import annotations

import getpass

import click

from tradewind.cli.complete import complete_dag_id
from tradewind.cli.home import open_home
from tradewind.model.service import AuditRecord, Topic
from tradewind.scheduler.clock import utc_now


@click.command()
@click.argument("dag_ids", nargs=-1, required=True, shell_complete=complete_dag_id)
def pause(dag_ids: tuple[str, ...]) -> None:
    """Pause DAG_IDS: nothing of them starts any more; runs that go on end as they would. `tradewind run` still runs
    them."""
    _set(dag_ids, is_paused=True)


@click.command()
@click.argument("dag_ids", nargs=-1, required=True, shell_complete=complete_dag_id)
def unpause(dag_ids: tuple[str, ...]) -> None:
    """Let DAG_IDS go on: what was queued, and the schedule."""
    _set(dag_ids, is_paused=False)


def _set(dag_ids: tuple[str, ...], *, is_paused: bool) -> None:
    who = getpass.getuser()
    with open_home() as home:
        for dag_id in dag_ids:
            home.store.set_paused(dag_id, is_paused)
            home.store.write_audit(AuditRecord(utc_now(), who, "pause" if is_paused else "unpause", dag_id))
            click.echo(f"{dag_id} is {'paused' if is_paused else 'active'}")
        home.store.ring(Topic.DAGS)
