"""`tradewind tasks render`."""

from __future__ import annotations

import tempfile
from functools import partial
from pathlib import Path
from typing import Any

import click

from tradewind.cli.complete import complete_dag_id, complete_run_id, complete_task_id
from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_record
from tradewind.cli.tasks.alone import prepare
from tradewind.cli.tasks.which import map_index_option
from tradewind.cli.values import json_object
from tradewind.model.ids import MapPath
from tradewind.runner.in_process import message_for
from tradewind.runner.try_runner import render_try


@click.command()
@click.argument("dag", metavar="FILE_OR_DAG_ID", shell_complete=complete_dag_id)
@click.argument("task_id", shell_complete=complete_task_id)
@click.argument("run_or_date", metavar="[RUN_ID|DATE]", required=False, shell_complete=complete_run_id)
@click.option("--dag-id", help="Which DAG, where the file has several.")
@map_index_option
@click.option("--params", callback=json_object, metavar="JSON", help="Params.")
@click.option("-c", "--conf", callback=json_object, metavar="JSON", help="The run's conf.")
@output_option
def render(
    dag: str,
    task_id: str,
    run_or_date: str | None,
    dag_id: str | None,
    map_path: MapPath | None,
    params: dict[str, Any],
    conf: dict[str, Any],
    output: str,
) -> None:
    """Show a task's template fields as they would be rendered for RUN_ID (default: the latest run), or for a DATE.

    Secrets are masked.
    """
    with tempfile.TemporaryDirectory(prefix="tradewind-") as folder, open_home() as home:
        prepared = partial(prepare, home, dag, task_id, run_or_date, map_path)
        alone = prepared(dag_id=dag_id, conf=conf, params=params, scratch=Path(folder))
        message = message_for(alone.loaded.dag, alone.task.task_id, alone.map_path, **alone.arguments)
        alone.supervisor.begin(message)
        fields = render_try(message, alone.loaded.file, alone.supervisor)
    if output != "table":
        print_record(fields, output)
        return
    for name, value in fields.items():
        click.secho(f"# {name}", bold=True)
        click.echo(value if isinstance(value, str) else repr(value))
    if not fields:
        click.echo(f"task {task_id!r} has no template fields")
