"""`tradewind dags test`."""

from __future__ import annotations

import getpass
import sys
from datetime import datetime
from typing import Any

import click

from tradewind import settings as settings_module
from tradewind.cli.complete import complete_dag_id
from tradewind.cli.durations import duration
from tradewind.cli.home import open_home
from tradewind.cli.output import styled_state
from tradewind.cli.scratch import scratch_home
from tradewind.cli.session import open_session
from tradewind.cli.target import resolve
from tradewind.cli.values import instant, json_object, name_and_value
from tradewind.cli.watch import PlainLog, watch
from tradewind.scheduler.clock import utc_now


@click.command()
@click.argument("dag", metavar="FILE_OR_DAG_ID", shell_complete=complete_dag_id)
@click.argument("logical_date", required=False, callback=instant)
@click.option("--dag-id", help="Which DAG, where the file has several.")
@click.option("-c", "--conf", callback=json_object, metavar="JSON", help="The run's conf.")
@click.option("--params", callback=json_object, metavar="JSON", help="Params as a JSON object, or @FILE.")
@click.option("-p", "param", multiple=True, callback=name_and_value, metavar="NAME=VALUE", help="One param; repeat it.")
def test(
    dag: str,
    logical_date: datetime | None,
    dag_id: str | None,
    conf: dict[str, Any],
    params: dict[str, Any],
    param: dict[str, Any],
) -> None:
    """Run a DAG once for LOGICAL_DATE (default: now), with the tasks' logs here, leaving no trace.

    It runs as `tradewind run` does, in a home that is deleted afterwards; variables, connections and pools are yours.
    The exit code is 0 where the run succeeded, 1 where it failed.
    """
    settings = settings_module.load()
    with open_home() as home:
        target = resolve(dag, dag_id, settings, home.store)
    with scratch_home(settings, with_secrets=True) as scratch, open_session(scratch) as session:
        view = session.launch(
            session.load(target),
            params={**params, **param},
            conf=conf,
            logical_date=logical_date,
            triggered_by=getpass.getuser(),
        )
        session.scheduler.observe(PlainLog(view, scratch.log_folder).changed)
        code = watch(session, view, plain=True, quiet=True)  # quiet: its summary names files that will be gone
        tally = ", ".join(f"{number} {state}" for state, number in sorted(view.tally().items()))
        click.echo(f"{view.spec.dag_id} {styled_state(view.state)} in {duration(view.seconds(utc_now()))}  ({tally})")
    sys.exit(code)
