"""`tradewind experiments list` and `show`."""

from __future__ import annotations

from typing import Any

import click

from tradewind.cli.complete import complete_dag_id
from tradewind.cli.experiments.reading import MOST_ENTRIES, Experiment, experiment_of, experiments_of
from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_record, print_rows
from tradewind.cli.which_run import find_run, run_arguments
from tradewind.model.journal import EntryQuery


@click.command("list")
@click.argument("dag_id", shell_complete=complete_dag_id)
@click.option("-n", "--limit", type=click.IntRange(min=1), default=25, show_default=True, help="How many at most.")
@click.option("--sort", metavar="NAME", help="By a metric or param, the highest first; -NAME: the lowest.")
@output_option
def list_experiments(dag_id: str, limit: int, sort: str | None, output: str) -> None:
    """List the runs of DAG_ID with what they logged, newest first."""
    with open_home() as home:
        found = experiments_of(home, dag_id, limit)
        if not found:
            find_run(home.store, dag_id, None)  # says whether there is such a DAG
    if sort:
        found = _sorted(found, sort)
    print_rows([_row(one) for one in found], output, empty="no runs yet")


@click.command()
@run_arguments
@output_option
def show(dag_id: str, run_id: str | None, output: str) -> None:
    """Show what a run of DAG_ID (default: the latest) logged: params, metrics, files, and MLflow's pages about it."""
    with open_home() as home:
        run = find_run(home.store, dag_id, run_id)
        found = experiment_of(home, run)

        def entries(kind: str) -> list[Any]:
            query = EntryQuery(kind, dag_id=run.dag_id, run_id=run.run_id, limit=MOST_ENTRIES)
            return list(reversed(home.store.entries(query)))

        files = [f"{one.task_id}: {one.name} ({one.body['what']})" for one in entries("LoggedArtifact")]
        tracked = [one.body.get("url") or one.body["mlflow_run_id"] for one in entries("TrackedRun")]
    print_record({**_row(found), "files": files, "mlflow": tracked}, output)


def _row(one: Experiment) -> dict[str, Any]:
    return {
        "run_id": one.run_id,
        "state": one.state,
        "started_at": one.started_at,
        "seconds": one.seconds,
        "params": one.params,
        "metrics": one.metrics,
    }


def _sorted(found: list[Experiment], by: str) -> list[Experiment]:
    """Runs without it come last; so do values that are no numbers."""
    name, is_ascending = by.removeprefix("-"), by.startswith("-")

    def rank(one: Experiment) -> tuple[bool, float]:
        value = one.metrics.get(name, one.params.get(name))
        if not isinstance(value, (int, float)) or value != value:
            return True, 0.0
        return False, value if is_ascending else -value

    return sorted(found, key=rank)
