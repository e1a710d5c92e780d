"""`tradewind dags pause` and `unpause`: the schedule alone; `tradewind run` runs a paused DAG, too."""

from __future__ import annotations

import click

from tradewind.cli.complete import complete_dag_id
from tradewind.cli.home import open_home


@click.command()
@click.argument("dag_ids", nargs=-1, required=True, shell_complete=complete_dag_id)
def pause(dag_ids: tuple[str, ...]) -> None:
    """Pause the schedule of DAG_IDS. The scheduler service, in a later release, obeys it; `tradewind run` does not."""
    _set(dag_ids, is_paused=True)


@click.command()
@click.argument("dag_ids", nargs=-1, required=True, shell_complete=complete_dag_id)
def unpause(dag_ids: tuple[str, ...]) -> None:
    """Let the schedule of DAG_IDS go on."""
    _set(dag_ids, is_paused=False)


def _set(dag_ids: tuple[str, ...], *, is_paused: bool) -> None:
    with open_home() as home:
        for dag_id in dag_ids:
            home.store.set_paused(dag_id, is_paused)
            click.echo(f"{dag_id} is {'paused' if is_paused else 'active'}")
