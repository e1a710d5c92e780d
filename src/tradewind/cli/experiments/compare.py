"""`tradewind experiments compare`: runs side by side."""

from __future__ import annotations

from typing import Any

import click

from tradewind.cli.complete import complete_dag_id, complete_run_id
from tradewind.cli.experiments.reading import Experiment, chosen, names_in
from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_rows


@click.command()
@click.argument("dag_id", shell_complete=complete_dag_id)
@click.argument("run_ids", nargs=-1, shell_complete=complete_run_id, metavar="[RUN_ID]...")
@click.option(
    "-n", "--last", type=click.IntRange(min=2), default=2, show_default=True, help="Without RUN_IDs: how many."
)
@click.option("--all", "also_equal", is_flag=True, help="Also what is the same in all of them.")
@output_option
def compare(dag_id: str, run_ids: tuple[str, ...], last: int, also_equal: bool, output: str) -> None:
    """Put runs of DAG_ID side by side: a line for each param and metric that differs."""
    with open_home() as home:
        found = chosen(home, dag_id, run_ids, last)
    rows = [row for what in ("params", "metrics") for row in _rows(found, what, also_equal)]
    print_rows(rows, output, empty="they have logged the same" if found else "no runs yet")


def _rows(found: list[Experiment], what: str, also_equal: bool) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for name in names_in(found, what):
        values = [getattr(one, what).get(name) for one in found]
        if also_equal or any(value != values[0] for value in values):
            rows.append(
                {"what": what[:-1], "name": name}
                | {one.run_id: value for one, value in zip(found, values, strict=True)}
            )
    return rows
