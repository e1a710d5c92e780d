"""`tradewind dags next-execution`."""

from __future__ import annotations

import click

from tradewind.cli.complete import complete_dag_id
from tradewind.cli.output import output_option, print_rows
from tradewind.cli.specs import current_spec
from tradewind.model.spec import DagSpec
from tradewind.scheduler.clock import utc_now
from tradewind.timetables import DagRunInfo, DataInterval, TimeRestriction, Timetable, build, next_run


@click.command()
@click.argument("dag", metavar="FILE_OR_DAG_ID", shell_complete=complete_dag_id)
@click.option("--dag-id", help="Which DAG, where the file has several.")
@click.option("-n", "--num-executions", type=click.IntRange(1, 1000), default=1, show_default=True, help="How many.")
@output_option
def next_execution(dag: str, dag_id: str | None, num_executions: int, output: str) -> None:
    """When a DAG's schedule is due next, and for which data interval, if the scheduler were to start now."""
    spec = current_spec(dag, dag_id)
    rows = [
        {
            "logical_date": info.logical_date,
            "data_interval_start": info.data_interval.start,
            "data_interval_end": info.data_interval.end,
            "run_after": info.run_after,
        }
        for info in _upcoming(spec, num_executions)
    ]
    print_rows(rows, output, empty=f"none: the schedule is {spec.schedule.summary or spec.schedule.kind}")


def _upcoming(spec: DagSpec, count: int) -> list[DagRunInfo]:
    timetable = _timetable(spec)
    restriction = TimeRestriction(spec.start_date, spec.end_date, spec.catchup)
    found: list[DagRunInfo] = []
    last: DataInterval | None = None
    now = utc_now()
    while len(found) < count and (info := next_run(timetable, last, restriction, now)) is not None:
        if found and info.run_after <= found[-1].run_after:
            break  # @continuous, or a timetable of the author's that does not move on
        found.append(info)
        last = info.data_interval
    return found


def _timetable(spec: DagSpec) -> Timetable:
    if spec.schedule.kind != "custom":
        return build(spec.schedule)
    from tradewind.cli.load_here import find_class, load_here  # executes the DAG file: only for the author's timetables

    load_here(spec.dag_id)
    return build(spec.schedule, find_class=find_class)
