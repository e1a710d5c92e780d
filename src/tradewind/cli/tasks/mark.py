"""`tradewind tasks mark`: a person says what became of task instances."""

from __future__ import annotations

from typing import Any, Literal, cast

import click

from tradewind.cli.asking import make_sure
from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.cli.tasks.choosing import Wanted, choose, choosing_options
from tradewind.cli.tasks.clear import listed, rows_of
from tradewind.cli.wishes import carry_out, restored
from tradewind.model.requests import Mark

State = Literal["success", "failed", "skipped"]


@click.command()
@click.argument("state", type=click.Choice(["success", "failed", "skipped"]))
@choosing_options
@click.option("--dry-run", is_flag=True, help="Only list what would be marked.")
@click.option("--reason", default="", metavar="TEXT", help="Why: kept in the runs' history.")
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@click.option("--plain", is_flag=True, help="One line an event, with the tasks' logs.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@output_option
def mark(
    state: str, wanted: Wanted, dry_run: bool, reason: str, yes: bool, plain: bool, quiet: bool, output: str
) -> None:
    """Mark tasks of runs of DAG_ID (default: of the latest run) as STATE, whatever became of them.

    What runs is stopped. After a success, tasks that failed for want of it run.
    """
    if not (wanted.names or wanted.task_ids or wanted.task_regex or wanted.only_failed or wanted.only_running):
        raise click.UsageError("say which tasks; for a whole run there is `tradewind runs mark`")
    with open_home() as home:
        found = choose(home, wanted, lambda record: restored(home, record), untouched=True)
        if dry_run:
            print_rows(rows_of(found), output)
            return
        make_sure(f"{listed(found)}\nMark these as {state}?", yes=yes)
        wishes: list[Any] = [(one.run, Mark(one.instances, cast("State", state), why=reason)) for one in found]
        carry_out(home, wishes, plain=plain, quiet=quiet)
