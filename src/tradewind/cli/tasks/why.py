"""`tradewind tasks failed-deps`, Airflow's word for `tradewind why` about a task."""

from __future__ import annotations

import click

from tradewind.cli.home import open_home
from tradewind.cli.output import output_option
from tradewind.cli.tasks.which import map_index_option, task_arguments
from tradewind.cli.why import of_task, show
from tradewind.model.ids import MapPath


@click.command()
@task_arguments
@map_index_option
@output_option
def failed_deps(dag_id: str, task_id: str, run_id: str | None, map_path: MapPath | None, output: str) -> None:
    """Why a task of a run of DAG_ID is not running: what it waits for, or what became of it."""
    with open_home() as home:
        rows = of_task(home, dag_id, task_id, run_id, map_path)
    show(rows, output)
