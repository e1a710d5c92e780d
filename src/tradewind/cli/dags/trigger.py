"""`tradewind dags trigger`: a run by hand, for the scheduler to run. `tradewind run` runs one here and now."""

from __future__ import annotations

import getpass
from datetime import datetime
from typing import Any

import click

from tradewind.cli.complete import complete_dag_id
from tradewind.cli.home import Home, open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.cli.service import note_without_scheduler
from tradewind.cli.values import instant, json_object, name_and_value
from tradewind.model.changes import RunCreated
from tradewind.model.requests import Trigger
from tradewind.model.service import Topic
from tradewind.scheduler.clock import utc_now


@click.command()
@click.argument("dag_id", shell_complete=complete_dag_id)
@click.option("-c", "--conf", callback=json_object, metavar="JSON", help="The run's conf, or @FILE.")
@click.option("--params", callback=json_object, metavar="JSON", help="Params as a JSON object, or @FILE.")
@click.option("-p", "param", multiple=True, callback=name_and_value, metavar="NAME=VALUE", help="One param; repeat it.")
@click.option(
    "-l",
    "--logical-date",
    "-e",
    "--exec-date",
    callback=instant,
    metavar="DATE",
    help="ISO date or time; default: now.",
)
@click.option("-r", "--run-id", help="Default: manual__<logical date>.")
@click.option("--run-after", callback=instant, metavar="DATE", help="Not before then.")
@click.option("--note", default="", help="A word on why.")
@output_option
def trigger(
    dag_id: str,
    conf: dict[str, Any],
    params: dict[str, Any],
    param: dict[str, Any],
    logical_date: datetime | None,
    run_id: str | None,
    run_after: datetime | None,
    note: str,
    output: str,
) -> None:
    """Queue a run of DAG_ID, as it is in the store: the scheduler starts it at once, where the DAG's `max_active_runs`
    allows it and the DAG is not paused."""
    wish = Trigger(dag_id, conf, {**params, **param}, logical_date, run_id, note, run_after)
    with open_home() as home:
        created = _made(home, wish)
        _say_what_it_waits_for(home, dag_id)
    print_rows([_row(created)], output)


def _made(home: Home, wish: Trigger) -> RunCreated:
    if home.remote is not None:
        return home.remote.make_run(wish)
    from tradewind.scheduler.triggering import make_run  # with the timetables: not for --help

    created = make_run(home.store, wish, who=getpass.getuser(), now=utc_now())
    home.store.ring(Topic.RUNS)
    return created


def _say_what_it_waits_for(home: Home, dag_id: str) -> None:
    if (dag := home.store.dag(dag_id)) is not None and dag.is_paused:
        click.secho(f"note: {dag_id} is paused: go on with tradewind dags unpause {dag_id}", err=True)
    note_without_scheduler(home.store)


def _row(created: RunCreated) -> dict[str, object]:
    return {
        "dag_id": created.run.dag_id,
        "run_id": created.run.run_id,
        "state": "queued",
        "logical_date": created.logical_date,
        "run_after": created.run_after,
        "conf": created.conf,
    }
