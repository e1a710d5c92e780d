"""`tradewind why`: what a DAG, a run or a task waits for, for how long, and who has it; or where the time went."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

import click

from tradewind.cli.complete import complete_dag_id, complete_run_id, complete_task_id
from tradewind.cli.durations import duration
from tradewind.cli.home import Home, open_home
from tradewind.cli.output import output_option, print_rows, styled_state
from tradewind.cli.runs.cache import outcomes
from tradewind.cli.tasks.which import map_index_option, task_of
from tradewind.cli.which_run import find_run, key_of
from tradewind.cli.wishes import restored
from tradewind.engine.run import Instance
from tradewind.executors.local import machine
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.ids import MapPath, RunKey, path_to_text
from tradewind.model.records import RunRecord
from tradewind.model.service import JobKind
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState, TaskState
from tradewind.scheduler.clock import utc_now
from tradewind.scheduler.explaining import (
    Deferred,
    Reason,
    Stage,
    World,
    stages,
    upstream_end,
    what_is_held,
    why_instance,
    why_no_next_run,
    why_run,
)
from tradewind.scheduler.past import look_at_past
from tradewind.scheduler.world import asked_of, deferred_of, why_run_is_queued, world_of

HOLDERS_SHOWN = 10
INSTANCES_SHOWN = 20
TASKS_SHOWN = 5
NESTED = frozenset({"holders", "stages", "held"})
"""Left out of plain lines."""


@click.command()
@click.argument("dag_id", shell_complete=complete_dag_id)
@click.argument("task_id", required=False, shell_complete=complete_task_id)
@click.argument("run_id", required=False, shell_complete=complete_run_id)
@map_index_option
@output_option
def why(dag_id: str, task_id: str | None, run_id: str | None, map_path: MapPath | None, output: str) -> None:
    """Say why DAG_ID has no run, why a run is queued, or why TASK_ID of a run (default: the latest) does not run: what
    it waits for, for how long, and who has it. Of what has run: where the time went.

    A run may stand in the place of TASK_ID: then it is about the whole run.
    """
    with open_home() as home:
        if task_id is None:
            rows = _of_dag(home, dag_id, None)
        elif run_id is None and _is_run(home, dag_id, task_id):
            rows = _of_dag(home, dag_id, task_id)
        else:
            rows = of_task(home, dag_id, task_id, run_id, map_path)
    show(rows, output)


def _is_run(home: Home, dag_id: str, name: str) -> bool:
    spec = home.store.spec(dag_id)
    if spec is None or any(task.task_id == name for task in spec.tasks):
        return False
    try:
        find_run(home.store, dag_id, name)
    except TradewindError:
        return False
    return True


def of_task(home: Home, dag_id: str, task_id: str, run_id: str | None, path: MapPath | None) -> list[dict[str, Any]]:
    record = find_run(home.store, dag_id, run_id)
    run = restored(home, record)
    task_of(run.spec, task_id)
    key = key_of(record)
    found = {(row.task_id, row.map_path): row for row in home.store.tasks(key)}
    owner, deferred = home.store.owner_of(key), _deferred(home, key)
    owner_id = owner.owner_id if owner else None
    world, now = world_of_home(home), utc_now()
    look_at_past(home.store, key, run)
    rows: list[dict[str, Any]] = []
    for instance in sorted(run.below(run.plan.by_id[task_id], path or ()), key=lambda one: one.path):
        if record.state is RunState.QUEUED:
            reason = _queued(home, record, run.spec)
        else:
            reason = why_instance(run, instance, found, record, world, owner_id, now, deferred)
        ready_at = upstream_end(run, instance, found)
        row = found.get((task_id, instance.path))
        told = stages(home.store.tries(key, task_id, instance.path), ready_at, record.started_at, row)
        rows.append(_instance_row(record, instance, reason, told, now))
    _add_cache_misses(home, record, task_id, rows)
    if not rows:
        raise NotFoundError(f"task {task_id!r} has no such instance in run {record.run_id!r}")
    return rows


def _add_cache_misses(home: Home, record: RunRecord, task_id: str, rows: list[dict[str, Any]]) -> None:
    """Why what has a cache was run all the same."""
    missed = {(one["task_id"], one["map_index"]): one for one in outcomes(home.store, record, task_id)}
    for row in rows:
        found = missed.get((row["task_id"], row["map_index"]))
        if found is not None and found["result"] != "hit":
            row["cache"] = f"not in the cache: {found['why']}" if found["result"] == "miss" else found["why"]


def _of_dag(home: Home, dag_id: str, run_id: str | None) -> list[dict[str, Any]]:
    """Of the run that is meant, else of those that are queued; and of the DAG's next run."""
    store = home.store
    spec = store.spec(dag_id)
    if spec is None or run_id is not None:
        runs = [find_run(store, dag_id, run_id)]
    else:
        runs = store.runs(dag_id=dag_id, states=[RunState.QUEUED, RunState.RUNNING], limit=INSTANCES_SHOWN)
    world = world_of_home(home)
    rows = [_run_row(home, run, world) for run in reversed(runs)]
    if spec is not None and run_id is None:
        schedule = next(iter(store.schedules(dag_id=dag_id)), None)
        reason = why_no_next_run(spec, schedule, runs, has_scheduler=world.has_scheduler, now=utc_now())
        rows.append(_row({"dag_id": dag_id, "run_id": None, "task_id": None, "state": "next run"}, reason, utc_now()))
    return rows


def _run_row(home: Home, record: RunRecord, world: World) -> dict[str, Any]:
    spec = home.store.spec(record.dag_id, record.dag_hash)
    if record.state is RunState.QUEUED and spec is not None:
        reason = _queued(home, record, spec)
    else:
        states = Counter(str(row.state) for row in home.store.tasks(key_of(record)) if not row.state.is_finished)
        reason = why_run(record, states)
    facts = {"dag_id": record.dag_id, "run_id": record.run_id, "task_id": None, "state": str(record.state)}
    row = _row(facts, reason, utc_now())
    row["held"] = _held(home, record, world) if record.state is RunState.RUNNING else []
    return row


def _held(home: Home, record: RunRecord, world: World) -> list[dict[str, Any]]:
    """What tasks of the run wait for, but for each other."""
    run, key, now = restored(home, record), key_of(record), utc_now()
    look_at_past(home.store, key, run)
    owner = home.store.owner_of(key)
    rows = {(row.task_id, row.map_path): row for row in home.store.tasks(key)}
    owner_id = owner.owner_id if owner else None
    found = what_is_held(run, rows, record, world, owner_id, now, _deferred(home, key))
    return [{"tasks": list(one.task_ids), "kind": one.kind, "why": one.text, "since": one.since} for one in found]


def _deferred(home: Home, key: RunKey) -> Deferred:
    """A server keeps to itself what its tasks wait for, which may hold secrets; but for questions to people."""
    return deferred_of(home.store, key) if home.remote is None else asked_of(home.store, key)


def _queued(home: Home, record: RunRecord, spec: DagSpec) -> Reason:
    has_scheduler = bool(home.store.jobs(kind=JobKind.SCHEDULER, only_alive=True))
    return why_run_is_queued(home.store, record, spec, has_scheduler=has_scheduler, now=utc_now())


def world_of_home(home: Home) -> World:
    """What is going on in this home."""
    running = home.store.runs(states=[RunState.RUNNING], limit=10_000)
    owners = {owner.owner_id for run in running if (owner := home.store.owner_of(key_of(run))) is not None}
    return world_of(home.store, home.settings.parallelism or machine.cpu_count() + 1, owners)


# ------------------------------------------------------------------------------------------ saying it


def _instance_row(
    record: RunRecord, instance: Instance, reason: Reason, told: Sequence[Stage], now: datetime
) -> dict[str, Any]:
    facts = {
        "dag_id": record.dag_id,
        "run_id": record.run_id,
        "task_id": instance.plan.task_id,
        "map_index": path_to_text(instance.path) if instance.path else "-1",
        "state": str(instance.state),
    }
    row = _row(facts, reason, now)
    row["stages"] = [
        {
            "try": one.number,
            "stage": one.name,
            "begin": one.begin,
            "seconds": ((one.end or now) - one.begin).total_seconds(),
        }
        for one in told
    ]
    return row


def _row(facts: dict[str, Any], reason: Reason, now: datetime) -> dict[str, Any]:
    return {
        **facts,
        "kind": reason.kind,
        "why": reason.text or facts["state"],
        "since": reason.since,
        "seconds": max(0.0, (now - reason.since).total_seconds()) if reason.since else None,
        "holders": [
            {
                "dag_id": one.run.dag_id,
                "run_id": one.run.run_id,
                "task_id": one.task_id,
                "map_index": path_to_text(one.map_path) if one.map_path else "-1",
                "slots": one.pool_slots,
                "state": str(one.state),
                "since": one.since,
            }
            for one in reason.holders
        ],
    }


def show(rows: list[dict[str, Any]], output: str) -> None:
    if output != "table":
        as_data = output in ("json", "yaml")
        print_rows(
            rows if as_data else [{k: v for k, v in row.items() if k not in NESTED} for row in rows],
            output,
        )
        return
    for (state, _, task_id), alike in groupby(
        rows[:INSTANCES_SHOWN], lambda row: (row["state"], row["why"], row["task_id"])
    ):
        first, *others = alike
        _print_one(first)
        if task_id is None and state == RunState.QUEUED and len(others) > 1:
            click.echo(f"  … and {len(others)} more runs for the same reason, the last one {others[-1]['run_id']}")
        else:
            for row in others:
                _print_one(row)
    if len(rows) > INSTANCES_SHOWN:
        tally = Counter(row["state"] for row in rows)
        more = ", ".join(f"{number} {state}" for state, number in tally.most_common())
        click.echo(f"… {len(rows)} in all: {more}; choose with --map-index, or see -o json")


def _print_one(row: dict[str, Any]) -> None:
    index = f"[{row['map_index']}]" if row.get("map_index", "-1") != "-1" else ""
    name = " ".join(part for part in (row["dag_id"], row["task_id"] and row["task_id"] + index, row["run_id"]) if part)
    state = styled_state(row["state"]) if row["state"] != str(TaskState.NONE) else "waits"
    is_over = row["kind"] == "ended"
    ago = ""
    if row["seconds"] is not None:
        ago = f" (ended {duration(row['seconds'])} ago)" if is_over else f" (for {duration(row['seconds'])})"
    click.echo(f"{click.style(name, bold=True)}: {state}{ago}")
    if row["why"] and row["why"] != row["state"]:
        click.echo(f"  {row['why']}")
    for held in row.get("held", ()):
        more = len(held["tasks"]) - TASKS_SHOWN
        names = ", ".join(held["tasks"][:TASKS_SHOWN]) + (f" and {more} more" if more > 0 else "")
        since = f" (for {duration((datetime.now(UTC) - held['since']).total_seconds())})" if held["since"] else ""
        click.echo(f"  {names}: {held['why']}{since}")
    if row.get("cache"):
        click.echo(f"  {row['cache']}")
    for holder in row["holders"][:HOLDERS_SHOWN]:
        index = f"[{holder['map_index']}]" if holder["map_index"] != "-1" else ""
        took = duration((datetime.now(UTC) - holder["since"]).total_seconds())
        slots = f", {holder['slots']} slots" if holder["slots"] > 1 else ""
        who = f"{holder['dag_id']} {holder['task_id']}{index} of {holder['run_id']}"
        click.echo(f"    held by {who}: {holder['state']} for {took}{slots}")
    if len(row["holders"]) > HOLDERS_SHOWN:
        click.echo(f"    and {len(row['holders']) - HOLDERS_SHOWN} more")
    for stage in row.get("stages", ()):
        click.echo(f"    try {stage['try']}: {stage['stage']} {duration(stage['seconds'])}")
