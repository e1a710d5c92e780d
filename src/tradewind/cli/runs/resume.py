"""`tradewind runs resume`."""

from __future__ import annotations

import sys

import click

from tradewind import settings
from tradewind.cli.remote.target import remote
from tradewind.cli.runs.rerun import rerun
from tradewind.cli.session import open_session
from tradewind.cli.watch import watch
from tradewind.cli.which_run import find_run, key_of, run_arguments


@click.command()
@run_arguments
@click.option("--plain", is_flag=True, help="One line an event, with the tasks' logs; for pipes and CI.")
@click.option("--parallelism", type=click.IntRange(min=1), help="Tries that may run at once.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def resume(dag_id: str, run_id: str | None, plain: bool, parallelism: int | None, quiet: bool) -> None:
    """Finish a run of DAG_ID (default: the latest) that failed, was cancelled, or lost its process.

    What succeeded is kept; the run goes on with the code it started with. The exit code is that of `tradewind run`.
    On a server its scheduler is asked to, as by `runs rerun --only-failed`.
    """
    found = settings.load(overrides={"parallelism": parallelism} if parallelism else {})
    if remote(found.home) is not None:  # its scheduler does it
        click.get_current_context().invoke(
            rerun, dag_id=dag_id, run_id=run_id, only_failed=True, reason="resumed", yes=True, plain=plain, quiet=quiet
        )
        return
    with open_session(found) as session:
        view = session.resume(key_of(find_run(session.store, dag_id, run_id)))
        code = watch(session, view, plain=plain, quiet=quiet)
    sys.exit(code)
