"""How `tradewind dags diff` shows what differs: as text, or as data."""

from __future__ import annotations

from typing import Any

import click
import msgspec
from msgspec import Struct

from tradewind.dag_processor.comparing import Difference, SpecDifference
from tradewind.model.parsing import ClockAnswer
from tradewind.model.service import DueRun
from tradewind.model.spec import DagSpec
from tradewind.model.warm import Snapshot
from tradewind.timetables.changing import RUNS_AT_MOST, ScheduleChange

SHOWN_RUNS = 5


class Version(Struct, frozen=True):
    """One side of the comparison."""

    name: str
    spec: DagSpec
    snapshot: Snapshot | None
    answer: ClockAnswer | None = None


class Compared(Struct, frozen=True):
    dag_id: str
    old: Version | None
    new: Version
    difference: SpecDifference | None
    schedule: ScheduleChange
    schedule_error: str
    code: tuple[str, ...]
    """Unified diff of the DAG file."""


def print_comparison(one: Compared, *, with_code: bool) -> None:
    before = one.old.name if one.old else "nothing"
    click.secho(f"{one.dag_id}: {before} → {one.new.name}", bold=True)
    if one.difference is None:
        click.secho(f"  a new DAG with {len(one.new.spec.tasks)} tasks", fg="green")
    elif one.difference.is_empty:
        click.echo("  no task and no argument differs")
    else:
        _print_difference(one.difference)
    _print_schedule(one)
    _print_code(one, with_code=with_code)


def _print_difference(difference: SpecDifference) -> None:
    for name in difference.tasks_added:
        click.secho(f"  + task {name}", fg="green")
    for name in difference.tasks_removed:
        click.secho(f"  - task {name}", fg="red")
    for name, changes in difference.tasks_changed.items():
        click.secho(f"  ~ task {name}", fg="yellow")
        for change in changes:
            click.echo(f"      {_in_words(change)}")
    for change in difference.arguments:
        click.secho(f"  ~ {_in_words(change)}", fg="yellow")


def _in_words(change: Difference) -> str:
    return f"{change.name}: {_short(change.before)} → {_short(change.after)}"


def _short(value: Any) -> str:
    if value is None:
        return "(none)"
    text = value if isinstance(value, str) else msgspec.json.encode(value, enc_hook=str).decode()
    return text if len(text) <= 80 else f"{text[:77]}…"


def _print_schedule(one: Compared) -> None:
    if one.schedule_error:
        click.secho(f"  the schedule cannot be followed: {one.schedule_error}", fg="red")
        return
    change = one.schedule
    for sign, runs, colour in (("+", change.added, "green"), ("-", change.dropped, "red")):
        if runs:
            count = f"more than {RUNS_AT_MOST:,}" if len(runs) > RUNS_AT_MOST else f"{len(runs):,}"
            click.secho(f"  {sign} {count} due run{'s' * (len(runs) != 1)}, of the dates:", fg=colour)
            for due in runs[:SHOWN_RUNS]:
                click.echo(f"      {_date(due)}")
            if len(runs) > SHOWN_RUNS:
                click.echo(f"      … until {_date(runs[-1])}")
    if change.next_before != change.next_after or change.next_after:
        following = ", ".join(f"{due.run_after:%Y-%m-%d %H:%M:%S}" for due in change.next_after) or "never"
        click.echo(f"  next runs: {following}")
    if change.why_held:
        click.secho(f"  it will be held: {change.why_held}; accept it: tradewind dags accept {one.dag_id}", fg="yellow")


def _date(due: DueRun) -> str:
    return due.logical_date.isoformat(sep=" ", timespec="seconds").replace("+00:00", "Z")


def _print_code(one: Compared, *, with_code: bool) -> None:
    if not one.code:
        return
    added = sum(line.startswith("+") for line in one.code[2:])
    removed = sum(line.startswith("-") for line in one.code[2:])
    more = "" if with_code else "; --code shows them"
    click.echo(f"  {one.new.spec.file}: {added} lines added, {removed} removed{more}")
    if with_code:
        for line in one.code:
            click.secho(f"    {line}", fg={"+": "green", "-": "red", "@": "cyan"}.get(line[:1]))


def as_data(one: Compared) -> dict[str, Any]:
    return {
        "dag_id": one.dag_id,
        "from": one.old.name if one.old else None,
        "to": one.new.name,
        "is_new": one.old is None,
        "tasks_added": one.difference.tasks_added if one.difference else [t.task_id for t in one.new.spec.tasks],
        "tasks_removed": one.difference.tasks_removed if one.difference else [],
        "tasks_changed": one.difference.tasks_changed if one.difference else {},
        "arguments": one.difference.arguments if one.difference else [],
        "runs_added": one.schedule.added,
        "runs_dropped": one.schedule.dropped,
        "next_before": one.schedule.next_before,
        "next_after": one.schedule.next_after,
        "held_why": one.schedule.why_held,
        "schedule_error": one.schedule_error,
        "code": one.code,
    }
