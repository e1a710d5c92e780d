"""`tradewind run`: one DAG file, or one DAG, from start to end, watched."""

from __future__ import annotations

import getpass
import sys
from datetime import datetime
from typing import Any

import click

from tradewind import settings as settings_module
from tradewind.cli.session import Loaded, Session, open_session
from tradewind.cli.target import resolve
from tradewind.cli.values import instant, json_object, name_and_value
from tradewind.cli.view import RunView
from tradewind.cli.watch import watch
from tradewind.model.errors import NotFoundError
from tradewind.model.ids import RunKey


@click.command()
@click.argument("target", metavar="FILE_OR_DAG_ID")
@click.option("--dag-id", help="Which DAG, where the file has several.")
@click.option("--params", callback=json_object, metavar="JSON", help="Params as a JSON object, or @FILE.")
@click.option("-p", "param", multiple=True, callback=name_and_value, metavar="NAME=VALUE", help="One param; repeat it.")
@click.option("--conf", callback=json_object, metavar="JSON", help="The run's conf, as with Airflow's trigger.")
@click.option("--logical-date", callback=instant, metavar="DATE", help="ISO date or time; default: now.")
@click.option("--run-id", help="Default: manual__<logical date>.")
@click.option("--task", "task_id", help="Only this task, again, in the DAG's latest run, with the values it has.")
@click.option("--from", "from_task", help="This task and all after it, again, in the DAG's latest run.")
@click.option("--plain", is_flag=True, help="One line an event, with the tasks' logs; for pipes and CI.")
@click.option("--parallelism", type=click.IntRange(min=1), help="Tries that may run at once.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def run(
    target: str,
    dag_id: str | None,
    params: dict[str, Any],
    param: dict[str, Any],
    conf: dict[str, Any],
    logical_date: datetime | None,
    run_id: str | None,
    task_id: str | None,
    from_task: str | None,
    plain: bool,
    parallelism: int | None,
    quiet: bool,
) -> None:
    """Run a DAG from a file, or by its id, with live progress.

    The exit code is 0 where the run succeeded, 1 where it failed, 130 where it was interrupted. Ctrl-C cancels the run
    cleanly, a second Ctrl-C kills it; `tradewind runs resume` finishes a run that was cut short.
    """
    overrides = {"parallelism": parallelism} if parallelism else {}
    found = settings_module.load(overrides=overrides)
    with open_session(found) as session:
        loaded = session.load(resolve(target, dag_id, found, session.store))
        if again := task_id or from_task:
            view = _again(session, loaded, again, with_downstream=from_task is not None)
        else:
            view = session.launch(
                loaded,
                params={**params, **param},
                conf=conf,
                logical_date=logical_date,
                run_id=run_id,
                triggered_by=getpass.getuser(),
            )
        code = watch(session, view, plain=plain, quiet=quiet)
    sys.exit(code)


def _again(session: Session, loaded: Loaded, task_id: str, *, with_downstream: bool) -> RunView:
    """One task (and what follows it) of the DAG's latest run, with the code as it is now."""
    known = {task.task_id for task in loaded.spec.tasks}
    if task_id not in known:
        raise NotFoundError(f"DAG {loaded.spec.dag_id!r} has no task {task_id!r}", hint=f"it has {', '.join(known)}")
    latest = session.store.runs(dag_id=loaded.spec.dag_id, limit=1)
    if not latest:
        raise NotFoundError(f"DAG {loaded.spec.dag_id!r} has no run yet", hint="run all of it once first")
    key = RunKey(loaded.spec.dag_id, latest[0].run_id)
    return session.clear(key, [(task_id, ())], upstream=False, downstream=with_downstream, code=loaded)
