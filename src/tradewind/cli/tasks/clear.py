"""`tradewind tasks clear`."""

from __future__ import annotations

from collections.abc import Callable

import click

from tradewind.cli.asking import make_sure
from tradewind.cli.home import Home, open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.cli.tasks.choosing import Chosen, Wanted, choose, choosing_options
from tradewind.cli.tasks.markers import with_marked
from tradewind.cli.wishes import carry_out, restored
from tradewind.engine.run import Run
from tradewind.model.ids import path_to_text
from tradewind.model.records import RunRecord
from tradewind.model.requests import Clear

SHOWN_AT_MOST = 30


@click.command()
@choosing_options
@click.option("--dry-run", is_flag=True, help="Only list what would run again.")
@click.option("--reason", default="", metavar="TEXT", help="Why: kept in the runs' history.")
@click.option(
    "--newest-code", is_flag=True, help="Go on with the newest version of the DAG (a scheduler must be alive)."
)
@click.option("-y", "--yes", is_flag=True, help="Do not ask.")
@click.option("--plain", is_flag=True, help="One line an event, with the tasks' logs.")
@click.option("-q", "--quiet", is_flag=True, help="Say nothing but errors.")
@output_option
def clear(
    wanted: Wanted, dry_run: bool, reason: str, newest_code: bool, yes: bool, plain: bool, quiet: bool, output: str
) -> None:
    """Run tasks of runs of DAG_ID again (default: of the latest run, all), with the code each run started with.

    With a scheduler alive it is asked to; else this process does it, and its exit code is that of `tradewind run`.
    `tradewind run DAG_ID --task TASK` runs a task again with the code as it is now.
    """
    with open_home() as home:
        found = with_marked(home, choose(home, wanted, restore(home)), restore(home))
        if dry_run:
            print_rows(rows_of(found), output)
            return
        make_sure(f"{listed(found)}\nRun these again?", yes=yes)
        wishes = [(one.run, Clear(one.instances, why=reason, with_newest_code=newest_code)) for one in found]
        carry_out(home, wishes, plain=plain, quiet=quiet)


def restore(home: Home) -> Callable[[RunRecord], Run]:
    return lambda record: restored(home, record)


def listed(found: list[Chosen]) -> str:
    """For a question: what is meant, a run at a time."""
    lines: list[str] = []
    left = SHOWN_AT_MOST
    for one in found:
        lines.append(f"{one.run.dag_id} {one.run.run_id}")
        names = one.names()
        lines += [f"  {name}" for name in names[: max(left, 0)]]
        if len(names) > max(left, 0):
            lines.append(f"  … {len(names) - max(left, 0)} more")
        left -= len(names)
    return "\n".join(lines)


def rows_of(found: list[Chosen]) -> list[dict[str, str]]:
    return [
        {
            "dag_id": one.run.dag_id,
            "run_id": one.run.run_id,
            "task_id": task_id,
            "map_index": path_to_text(path) if path else "-1",
            "state": str(state),
        }
        for one in found
        for (task_id, path), state in zip(one.instances, one.states, strict=True)
    ]
