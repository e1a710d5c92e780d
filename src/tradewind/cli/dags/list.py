"""`tradewind dags list`."""

from __future__ import annotations

from pathlib import Path

import click

from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.model.records import DagRecord


@click.command("list")
@click.option("--refresh", is_flag=True, help="Load every file of the DAG folder first.")
@click.option("--tag", "tags", multiple=True, help="Only DAGs with this tag; repeat for one of several.")
@output_option
def list_dags(refresh: bool, tags: tuple[str, ...], output: str) -> None:
    """List the DAGs that the store knows: those of the DAG folder as of the last `--refresh`, and those that ran."""
    with open_home() as home:
        found, errors = home.store.dags(), home.store.import_errors()
        settings = home.settings
    if refresh or (not found and not errors and settings.dags_folder.is_dir()):
        from tradewind.cli.scan import scan  # the rooms that run things: only for this

        scan(settings)
        with open_home() as home:
            found, errors = home.store.dags(), home.store.import_errors()
    shown = [dag for dag in found if _is_there(dag) and (not tags or set(tags) & set(dag.tags))]
    rows = [
        {
            "dag_id": dag.dag_id,
            "fileloc": str(Path(dag.root) / dag.file),
            "owners": dag.owners,
            "is_paused": dag.is_paused,
            "schedule": dag.schedule,
            "tags": dag.tags,
        }
        for dag in shown
    ]
    print_rows(rows, output, empty=f"no DAGs; the DAG folder is {settings.dags_folder}")
    if errors:
        click.echo(f"{len(errors)} problem{'s' * (len(errors) != 1)}: tradewind dags list-import-errors", err=True)


def _is_there(dag: DagRecord) -> bool:
    return (Path(dag.root) / dag.file).exists()
