"""`tradewind data checks`: what `ml.check` and `ml.contract` found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import click

from tradewind.cli.complete import complete_dag_id, complete_run_id
from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.cli.which_run import find_run
from tradewind.model.entries import DataChecked, read_entry
from tradewind.model.journal import EntryQuery, JournalEntry


@click.command("checks")
@click.argument("dag_id", required=False, shell_complete=complete_dag_id)
@click.argument("run_id", required=False, shell_complete=complete_run_id)
@click.option("--bad", is_flag=True, help="Only those that found something.")
@click.option("-n", "--limit", type=click.IntRange(min=1), default=25, show_default=True, help="How many.")
@output_option
def list_checks(dag_id: str | None, run_id: str | None, bad: bool, limit: int, output: str) -> None:
    """List checks of data, the newest first: of all DAGs, of DAG_ID, or of one of its runs; a line for each failure."""
    with open_home() as home:
        run = find_run(home.store, dag_id, run_id).run_id if dag_id and run_id else None
        query = EntryQuery(DataChecked.__name__, dag_id=dag_id, run_id=run, limit=limit)
        rows = [row for entry in home.store.entries(query) for row in _rows(entry) if not bad or row["bad_rows"]]
    print_rows(rows, output, empty="nothing was checked yet: ml.check(data, schema), ml.contract(schema)")


def _rows(entry: JournalEntry) -> Iterator[dict[str, Any]]:
    found = read_entry(entry.body, DataChecked)
    own = {
        "at": entry.at,
        "dag_id": entry.dag_id,
        "run_id": entry.run_id,
        "task_id": entry.task_id,
        "schema": entry.name,
        "passed": found.passed,
        "action": found.action,
        "rows": found.rows,
        "bad_rows": found.bad_rows,
    }
    if not found.failures:
        yield {**own, "column": "", "check": found.error, "failed_rows": 0, "examples": []}
    for one in found.failures:
        failure = {"column": one.column, "check": one.check, "failed_rows": one.failed_rows}
        yield {**own, **failure, "examples": list(one.examples)}
