"""`tradewind runs mark`: a person says what became of a run."""

from __future__ import annotations

from typing import Any, Literal, cast

import click

from tradewind.cli.asking import make_sure
from tradewind.cli.complete import complete_dag_id, complete_run_id
from tradewind.cli.home import open_home
from tradewind.cli.which_run import find_run
from tradewind.cli.wishes import carry_out
from tradewind.model.requests import MarkRun

State = Literal["success", "failed"]


@click.command()
@click.argument("state", type=click.Choice(["success", "failed"]))
@click.argument("dag_id", shell_complete=complete_dag_id)
@click.argument("run_ids", nargs=-1, shell_complete=complete_run_id)
@click.option("--reason", default="", metavar="TEXT", help="Why: kept in the run's history.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@click.option("--plain", is_flag=True, help="One line an event, with the tasks' logs.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
def mark(state: str, dag_id: str, run_ids: tuple[str, ...], reason: str, yes: bool, plain: bool, quiet: bool) -> None:
    """Mark runs of DAG_ID (default: the latest) as STATE.

    A run that is marked failed is stopped; of one that is marked a success all tasks are, but for those that were
    skipped. Teardowns that have something to tear down still run.
    """
    with open_home() as home:
        found = [find_run(home.store, dag_id, run_id) for run_id in run_ids or (None,)]
        names = "\n".join(f"{run.dag_id} {run.run_id} ({run.state})" for run in found)
        make_sure(f"{names}\nMark as {state}?", yes=yes)
        wishes: list[Any] = [(run, MarkRun(cast("State", state), reason)) for run in found]
        carry_out(home, wishes, plain=plain, quiet=quiet)
