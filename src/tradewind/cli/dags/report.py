"""`tradewind dags report`."""

from __future__ import annotations

import click

from tradewind import settings
from tradewind.cli.output import output_option, print_rows
from tradewind.cli.remote.target import remote
from tradewind.cli.scan import scan
from tradewind.model.errors import TradewindError


@click.command()
@output_option
def report(output: str) -> None:
    """Load every file of the DAG folder: how long each takes, its DAGs, tasks and errors. Slowest first."""
    own = settings.load()
    if (server := remote(own.home)) is not None:
        raise TradewindError(
            f"the DAG files are on the machine of {server.url}, and are loaded there",
            hint="see `tradewind dags list` and `tradewind dags list-import-errors`, or run this command there",
        )
    found = sorted(scan(own), key=lambda one: -one.loaded.seconds)
    rows = [
        {
            "file": one.file,
            "duration": one.loaded.seconds,
            "dag_num": len(one.loaded.specs),
            "task_num": sum(len(spec.tasks) for spec in one.loaded.specs),
            "dags": [spec.dag_id for spec in one.loaded.specs],
            "errors": len(one.loaded.problems),
        }
        for one in found
    ]
    print_rows(rows, output, empty="the DAG folder has no DAG files")
