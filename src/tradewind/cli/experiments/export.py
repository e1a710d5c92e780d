"""`tradewind experiments export`: params and metrics of runs as CSV."""

from __future__ import annotations

import csv
from typing import TextIO

import click

from tradewind.cli.complete import complete_dag_id, complete_run_id
from tradewind.cli.experiments.reading import chosen, names_in
from tradewind.cli.home import open_home

_HEAD = ("dag_id", "run_id", "state", "started_at", "seconds")


@click.command()
@click.argument("dag_id", shell_complete=complete_dag_id)
@click.argument("run_ids", nargs=-1, shell_complete=complete_run_id, metavar="[RUN_ID]...")
@click.option("-n", "--limit", type=click.IntRange(min=1), default=1000, show_default=True, help="How many at most.")
@click.option("-f", "--file", type=click.File("w", encoding="utf-8"), default="-", help="Where to (default: here).")
def export(dag_id: str, run_ids: tuple[str, ...], limit: int, file: TextIO) -> None:
    """Write runs of DAG_ID as CSV: a line a run, columns `param.NAME` and `metric.NAME`."""
    with open_home() as home:
        found = chosen(home, dag_id, run_ids, limit)
    params, metrics = names_in(found, "params"), names_in(found, "metrics")
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow([*_HEAD, *(f"param.{name}" for name in params), *(f"metric.{name}" for name in metrics)])
    for one in found:
        head = [one.dag_id, one.run_id, one.state, one.started_at.isoformat() if one.started_at else "", one.seconds]
        logged = [one.params.get(name, "") for name in params] + [one.metrics.get(name, "") for name in metrics]
        writer.writerow([*head, *logged])
