"""`tradewind tasks test`."""

from __future__ import annotations

import logging
import os
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from tradewind.cli.complete import complete_dag_id, complete_run_id, complete_task_id
from tradewind.cli.home import open_home
from tradewind.cli.tasks.alone import prepare
from tradewind.cli.tasks.which import map_index_option
from tradewind.cli.values import json_object, name_and_text
from tradewind.model.ids import MapPath
from tradewind.model.messages import Resume
from tradewind.model.outcomes import Deferred, Failed, Rescheduled, Skipped, Succeeded, TryReport
from tradewind.runner.in_process import execute_in_process


@click.command()
@click.argument("dag", metavar="FILE_OR_DAG_ID", shell_complete=complete_dag_id)
@click.argument("task_id", shell_complete=complete_task_id)
@click.argument("run_or_date", metavar="[RUN_ID|DATE]", required=False, shell_complete=complete_run_id)
@click.option("--dag-id", help="Which DAG, where the file has several.")
@map_index_option
@click.option("-t", "--task-params", "--params", "params", callback=json_object, metavar="JSON", help="Params.")
@click.option("-c", "--conf", callback=json_object, metavar="JSON", help="The run's conf.")
@click.option("--env-vars", callback=json_object, metavar="JSON", help="Environment variables for the task.")
@click.option("-e", "--env", multiple=True, callback=name_and_text, metavar="NAME=VALUE", help="One of them.")
def test(
    dag: str,
    task_id: str,
    run_or_date: str | None,
    dag_id: str | None,
    map_path: MapPath | None,
    params: dict[str, Any],
    conf: dict[str, Any],
    env_vars: dict[str, Any],
    env: dict[str, str],
) -> None:
    """Run one task in this very process, without its dependencies, leaving no trace.

    It sees the values, params and dates of RUN_ID (default: the DAG's latest run), or of a DATE without a run. What it
    returns is shown and forgotten. Being in this process, it may call breakpoint().
    """
    os.environ.update({name: str(value) for name, value in {**env_vars, **env}.items()})
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)-8s %(message)s", stream=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="tradewind-") as folder, open_home() as home:
        alone = prepare(
            home, dag, task_id, run_or_date, map_path, dag_id=dag_id, conf=conf, params=params, scratch=Path(folder)
        )
        if alone.run is not None:
            click.echo(f"note: with the values of run {alone.run.run_id}", err=True)

        def execute(resume: Resume | None) -> TryReport:
            return execute_in_process(
                alone.loaded.dag,
                alone.task.task_id,
                alone.map_path,
                loaded=alone.loaded.file,
                supervisor=alone.supervisor,
                resume=resume,
                **alone.arguments,
            )

        report = execute(None)
        if isinstance(report.outcome, Deferred):
            from tradewind.triggerer.inline import to_its_end  # asyncio: for tasks that defer

            click.secho(f"deferred: waits for {report.outcome.trigger or 'an answer'}", fg="cyan", err=True)
            report = to_its_end(report, execute, artifact_url=folder)
    sys.exit(_tell(report))


def _tell(report: TryReport) -> int:
    """One line, and the exit code."""
    match report.outcome:
        case Succeeded(result=result, more=more):
            click.secho("success", fg="green")
            if result is not None:
                click.echo(f"returned {result.type}, {result.size_bytes:,} bytes: {result.preview}")
            for key, value in more:
                click.echo(f"pushed {key}: {value.type}: {value.preview}")
            return 0
        case Skipped(message=text):
            click.secho(f"skipped: {text}", fg="magenta")
            return 0
        case Rescheduled(at=at):
            click.secho(f"would be looked at again at {at}", fg="cyan")
            return 0
        case Failed(error_type=kind, message=text, traceback=traceback):
            click.secho(f"failed: {kind}: {text}", fg="red", err=True)
            click.echo(traceback or "", err=True)
            return 1
        case _:
            click.echo("the task was only asked for its number of instances")
            return 0
