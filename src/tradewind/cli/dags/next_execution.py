"""`tradewind dags next-execution`."""

from __future__ import annotations

import click

from tradewind.cli.complete import complete_dag_id
from tradewind.cli.home import open_home
from tradewind.cli.output import output_option, print_rows
from tradewind.cli.specs import current_spec
from tradewind.model.service import DagSchedule
from tradewind.model.spec import DagSpec
from tradewind.scheduler.clock import utc_now
from tradewind.timetables import DagRunInfo, DataInterval, TimeRestriction, Timetable, build, next_run
from tradewind.timetables.due import interval_of


@click.command()
@click.argument("dag", metavar="FILE_OR_DAG_ID", shell_complete=complete_dag_id)
@click.option("--dag-id", help="Which DAG, where the file has several.")
@click.option("-n", "--num-executions", type=click.IntRange(1, 1000), default=1, show_default=True, help="How many.")
@output_option
def next_execution(dag: str, dag_id: str | None, num_executions: int, output: str) -> None:
    """When a DAG's schedule is due next, and for which data interval: after its last run by the clock, or from now on
    where it has had none."""
    spec = current_spec(dag, dag_id)
    clock = _clock(spec)
    rows = [
        {
            "logical_date": info.logical_date,
            "data_interval_start": info.data_interval.start,
            "data_interval_end": info.data_interval.end,
            "run_after": info.run_after,
        }
        for info in _upcoming(spec, clock, num_executions)
    ]
    over = "" if clock is None or clock.last_interval_end is None else ", and its last run has been"
    print_rows(rows, output, empty=f"none: the schedule is {spec.schedule.summary or spec.schedule.kind}{over}")
    if clock is not None and clock.is_paused:
        click.echo(
            f"note: {spec.dag_id} is paused: no run begins before `tradewind dags unpause {spec.dag_id}`", err=True
        )


def _clock(spec: DagSpec) -> DagSchedule | None:
    """Where the scheduler stands with this very version of the DAG."""
    with open_home() as home:
        clock = next(iter(home.store.schedules(dag_id=spec.dag_id)), None)
    return clock if clock is not None and clock.dag_hash == spec.hash and not clock.is_retired else None


def _upcoming(spec: DagSpec, clock: DagSchedule | None, count: int) -> list[DagRunInfo]:
    timetable = _timetable(spec)
    restriction = TimeRestriction(spec.start_date, spec.end_date, spec.catchup)
    found: list[DagRunInfo] = []
    last: DataInterval | None = clock and interval_of(clock.last_interval_start, clock.last_interval_end)
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
