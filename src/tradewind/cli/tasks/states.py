"""`tradewind tasks state` and `states-for-dag-run`."""

from __future__ import annotations

import click

from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.cli.runs.instances import Instances
from tradewind.cli.tasks.which import map_index_option, nearest, task_arguments
from tradewind.cli.which_run import find_run, run_arguments
from tradewind.model.errors import NotFoundError
from tradewind.model.ids import MapPath, path_to_text


@click.command()
@run_arguments
@output_option
def states_for_dag_run(dag_id: str, run_id: str | None, output: str) -> None:
    """The states of all task instances of a run of DAG_ID (default: the latest)."""
    with open_home() as home:
        run = find_run(home.store, dag_id, run_id)
        rows = Instances.of(home.store, run).as_rows()
    kept = ("task_id", "map_index", "state", "try_number", "start_date", "end_date", "seconds")
    found = [{"dag_id": run.dag_id, "run_id": run.run_id, **{name: row[name] for name in kept}} for row in rows]
    print_rows(found, output, only_as_data=("dag_id", "run_id", "end_date"))


@click.command()
@task_arguments
@map_index_option
def state(dag_id: str, task_id: str, run_id: str | None, map_path: MapPath | None) -> None:
    """Print the state of one task of a run of DAG_ID (default: the latest)."""
    with open_home() as home:
        run = find_run(home.store, dag_id, run_id)
        rows = Instances.of(home.store, run).as_rows()
    found = [row for row in rows if row["task_id"] == task_id]
    if not found:
        names = dict.fromkeys(row["task_id"] for row in rows)
        raise NotFoundError(f"run {run.run_id!r} has no task {task_id!r}", hint=nearest(task_id, names))
    if map_path:
        found = [row for row in found if row["map_index"] == path_to_text(map_path)]
    for row in found:
        click.echo(row["state"] if len(found) == 1 else f"{row['map_index']}\t{row['state']}")
