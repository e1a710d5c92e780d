"""`tradewind dags state`: one word for scripts."""

from __future__ import annotations

import click
import msgspec

from tradewind.cli.home import open_home
from tradewind.cli.which_run import find_run, run_arguments


@click.command()
@run_arguments
def state(dag_id: str, run_id: str | None) -> None:
    """Print the state of a run of DAG_ID (default: the latest; a logical date will do), with its conf where it has one.

    For more: `tradewind runs show DAG_ID [RUN_ID]`.
    """
    with open_home() as home:
        run = find_run(home.store, dag_id, run_id)
    conf = f", {msgspec.json.encode(run.conf, enc_hook=str).decode()}" if run.conf else ""
    click.echo(f"{run.state}{conf}")
