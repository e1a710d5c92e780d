"""`tradewind tasks render`."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import click

from tradewind.cli.complete import complete_dag_id, complete_run_id, complete_task_id
from tradewind.cli.home import Home, open_home
from tradewind.cli.output import output_option, print_record
from tradewind.cli.tasks.alone import prepare
from tradewind.cli.tasks.which import map_index_option
from tradewind.cli.values import json_object
from tradewind.cli.which_run import find_run, key_of
from tradewind.model.errors import NotFoundError, TradewindError
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

    Secrets are masked. Of a server: as they were rendered in that run.
    """
    with tempfile.TemporaryDirectory(prefix="tradewind-") as folder, open_home() as home:
        if home.remote is not None:
            _print(
                task_id, _as_it_was(home, dag, task_id, run_or_date, map_path, is_changed=bool(params or conf)), output
            )
            return
        prepared = partial(prepare, home, dag, task_id, run_or_date, map_path)
        alone = prepared(dag_id=dag_id, conf=conf, params=params, scratch=Path(folder))
        message = message_for(alone.loaded.dag, alone.task.task_id, alone.map_path, **alone.arguments)
        alone.supervisor.begin(message)
        fields = render_try(message, alone.loaded.file, alone.supervisor)
    _print(task_id, fields, output)


def _as_it_was(
    home: Home, dag_id: str, task_id: str, run_id: str | None, path: MapPath | None, *, is_changed: bool
) -> dict[str, Any]:
    """Of the last try in a run of a server, which renders nothing for others: a template is its author's code."""
    if is_changed:
        raise TradewindError(
            "a server shows what was rendered, and renders nothing anew", hint="leave out --params and --conf"
        )
    run = find_run(home.store, dag_id, run_id)
    tries = [one for one in home.store.tries(key_of(run), task_id, path) if one.rendered is not None]
    if not tries:
        raise NotFoundError(
            f"nothing was rendered for task {task_id!r} in run {run.run_id!r}",
            hint="it has not run there, or has no template fields; a mapped one: --map-index",
        )
    return tries[-1].rendered or {}


def _print(task_id: str, fields: Mapping[str, Any], output: str) -> None:
    if output != "table":
        print_record(fields, output)
        return
    for name, value in fields.items():
        click.secho(f"# {name}", bold=True)
        click.echo(value if isinstance(value, str) else repr(value))
    if not fields:
        click.echo(f"task {task_id!r} has no template fields")
