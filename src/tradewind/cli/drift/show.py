"""`tradewind drift list`, `show` and `history`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import click

from tradewind.cli.complete import from_store
from tradewind.cli.drift.reading import Report, newest_of_each, reports_of
from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.model.entries import ColumnDrift, DriftReport, PerformanceChecked

complete_monitor = from_store(lambda store, _: [one.entry.name for one in newest_of_each(store)])
BLOCKS = "▁▂▃▄▅▆▇█"
HISTOGRAM_WIDTH = 16
monitor_argument = click.argument("monitor", shell_complete=complete_monitor)


@click.command("list")
@output_option
def list_monitors(output: str) -> None:
    """List monitors by name, with what they found last."""
    with open_home() as home:
        rows = [{"monitor": one.entry.name, "of": _of(one), **_row(one)} for one in newest_of_each(home.store)]
    print_rows(rows, output, empty="no monitor has reported yet: ml.drift(…, name=…) in a task makes one")


@click.command()
@monitor_argument
@output_option
def show(monitor: str, output: str) -> None:
    """The newest report of a monitor: each column (or metric), what drifted first, with histograms before and now."""
    with open_home() as home:
        (newest,) = reports_of(home.store, monitor, 1)
    body = newest.body
    if output == "table":
        click.echo(
            f"{newest.entry.at:%Y-%m-%d %H:%M:%S} UTC, {newest.entry.dag_id}.{newest.entry.task_id}: {body.reason}"
        )
    print_rows(
        _columns(body, is_for_people=output == "table") if isinstance(body, DriftReport) else _metrics(body), output
    )


@click.command()
@monitor_argument
@click.option("-n", "--limit", type=click.IntRange(min=1), default=50, show_default=True, help="How many.")
@output_option
def history(monitor: str, limit: int, output: str) -> None:
    """What a monitor found, the newest first."""
    with open_home() as home:
        rows = [_row(one) for one in reports_of(home.store, monitor, limit)]
    print_rows(rows, output)


def sparkline(counts: Sequence[int], width: int = HISTOGRAM_WIDTH) -> str:
    """A bar of eight heights for each count; neighbours are put together where there are more than `width`."""
    if not counts:
        return ""
    step = -(-len(counts) // width)
    sums = [sum(counts[start : start + step]) for start in range(0, len(counts), step)]
    highest = max(sums) or 1
    return "".join(BLOCKS[round(one / highest * (len(BLOCKS) - 1))] for one in sums)


def _of(one: Report) -> str:
    return "data" if isinstance(one.body, DriftReport) else "model"


def _row(one: Report) -> dict[str, Any]:
    body = one.body
    return {
        "at": one.entry.at,
        "found": ("drifted" if isinstance(body, DriftReport) else "degraded") if one.found_something else "nothing",
        "rows": body.current_rows if isinstance(body, DriftReport) else body.rows,
        "triggered": body.triggered,
        "why": body.reason if not body.held_why or body.held_why in body.reason else f"{body.reason}; {body.held_why}",
        "by": f"{one.entry.dag_id}.{one.entry.task_id}",
        "run_id": one.entry.run_id,
    }


def _columns(report: DriftReport, *, is_for_people: bool) -> list[dict[str, Any]]:
    ordered = sorted(report.columns, key=lambda one: (not one.drifted, -_strength(one), one.column))
    return [_column(one, is_for_people=is_for_people) for one in ordered]


def _column(one: ColumnDrift, *, is_for_people: bool) -> dict[str, Any]:
    facts: dict[str, Any] = {"column": one.column, "drifted": one.drifted}
    if is_for_people:
        drawn = {"before": sparkline(one.reference_counts), "now": sparkline(one.current_counts)}
        return {**facts, "psi": one.statistics.get("psi"), **drawn, "p": one.p_adjusted, "why": one.reason}
    histogram = {"labels": one.labels, "reference": one.reference_counts, "current": one.current_counts}
    tested = {"p_value": one.p_value, "p_adjusted": one.p_adjusted}
    return {**facts, "kind": one.kind, **one.statistics, **tested, "nulls": one.nulls, **histogram, "why": one.reason}


def _metrics(checked: PerformanceChecked) -> list[dict[str, Any]]:
    return [
        {"metric": name, "now": value, "baseline": checked.baseline.get(name), "model": checked.model}
        for name, value in checked.metrics.items()
    ]


def _strength(one: ColumnDrift) -> float:
    return one.statistics.get("psi") or one.statistics.get("roc_auc") or 0.0
