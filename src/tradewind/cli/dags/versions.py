"""`tradewind dags versions`."""

from __future__ import annotations

import click

from tradewind.cli.complete import complete_dag_id
from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.model.errors import NotFoundError


@click.command()
@click.argument("dag_id", shell_complete=complete_dag_id)
@output_option
def versions(dag_id: str, output: str) -> None:
    """List the versions of a DAG, the newest first. `tradewind dags diff --from N --to M` compares two."""
    with open_home() as home:
        known = home.store.dag(dag_id)
        found = home.store.dag_versions(dag_id)
    if known is None:
        raise NotFoundError(f"there is no DAG {dag_id!r}", hint="see `tradewind dags list`")
    rows = [
        {
            "version": version.number,
            "is_current": version.hash == known.hash,
            "created_at": version.created_at,
            "commit": version.bundle_version,
            "hash": version.hash,
            "snapshot": version.snapshot,
        }
        for version in found
    ]
    print_rows(rows, output, only_as_data={"snapshot"})
