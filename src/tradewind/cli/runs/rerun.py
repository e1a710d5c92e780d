"""`tradewind runs rerun`: a run again, from a task on, or what failed of it."""

from __future__ import annotations

import click

from tradewind.cli.asking import make_sure
from tradewind.cli.complete import complete_task_id
from tradewind.cli.home import open_home
from tradewind.cli.tasks.choosing import Wanted, choose
from tradewind.cli.tasks.clear import listed
from tradewind.cli.which_run import run_arguments
from tradewind.cli.wishes import carry_out, restored
from tradewind.model.requests import Clear


@click.command()
@run_arguments
@click.option(
    "--from", "from_tasks", metavar="TASK", multiple=True, shell_complete=complete_task_id, help="From this task on."
)
@click.option("-f", "--only-failed", is_flag=True, help="What failed or was cancelled, and what waits for it.")
@click.option("--reason", default="", metavar="TEXT", help="Why: kept in the run's history.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@click.option("--plain", is_flag=True, help="One line an event, with the tasks' logs.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def rerun(
    dag_id: str,
    run_id: str | None,
    from_tasks: tuple[str, ...],
    only_failed: bool,
    reason: str,
    yes: bool,
    plain: bool,
    quiet: bool,
) -> None:
    """Run a run of DAG_ID (default: the latest) again: all of it, from a task on, or what failed.

    With a scheduler alive it is asked to; else this process does it.
    """
    wanted = Wanted(dag_id, runs=(run_id or "latest",), task_ids=from_tasks, only_failed=only_failed, downstream=True)
    with open_home() as home:
        found = choose(home, wanted, lambda record: restored(home, record))
        make_sure(f"{listed(found)}\nRun these again?", yes=yes)
        carry_out(home, [(one.run, Clear(one.instances, why=reason)) for one in found], plain=plain, quiet=quiet)
