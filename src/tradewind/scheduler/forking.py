"""Forks of a run: new runs, queued, that begin with the states and values of everything before the tasks they start
from. All of them in one commit; nothing that has succeeded runs again."""

from __future__ import annotations

from collections.abc import Sequence, Set
from datetime import datetime, timedelta
from typing import Any

import msgspec
from msgspec.structs import replace

from tradewind.engine.forking import Fork as Taken
from tradewind.engine.forking import fork
from tradewind.engine.run import Bounds, Run
from tradewind.model import entries
from tradewind.model.changes import Change, EntryWritten, Noted, RunCreated, TaskChanged, TaskExpanded, XComStored
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.groups import tasks_named
from tradewind.model.ids import MapPath, RunKey, TaskId, path_to_text
from tradewind.model.messages import GetRuns
from tradewind.model.records import RunRecord, RunRows
from tradewind.model.requests import Fork, ForkMade
from tradewind.model.spec import DagSpec
from tradewind.model.states import TaskState
from tradewind.model.values import XCom
from tradewind.scheduler.launch import manual_run
from tradewind.scheduler.run_deadlines import with_deadlines
from tradewind.store.base import Store
from tradewind.timetables import DataInterval

MOST_AT_ONCE = 1_000
DATES_LOOKED_AT = 4 * MOST_AT_ONCE


def make_forks(store: Store, wish: Fork, *, who: str, now: datetime, bounds: Bounds) -> list[ForkMade]:
    """Commits the runs; ringing for them is left to the caller. No user code runs.

    Raises NotFoundError for a run, version or task that is not there, TradewindError where nothing would run,
    ParamError, DuplicateRunError."""
    source = RunKey(wish.dag_id, wish.run_id)
    record, spec = _source(store, source)
    if not 1 <= len(wish.params) <= MOST_AT_ONCE:
        raise TradewindError(f"{len(wish.params):,} forks at once", hint=f"up to {MOST_AT_ONCE:,} can be made")
    rows = store.load_run(source)
    wish = replace(wish, tasks=_without_groups(spec, wish))
    taken = _taken(rows, spec, wish, now, bounds)
    values = _values_of(store.all_xcoms(source), taken)
    dates = free_dates(store, record, len(wish.params))
    changes: list[Change] = []
    made: list[ForkMade] = []
    for place, params in enumerate(wish.params):
        created = with_deadlines(_created(record, spec, wish, params, place, dates[place], now, who), spec, store, now)
        changes += [created, *_states(created.run, rows, taken), *(XComStored(created.run, one) for one in values)]
        changes += _story(created, record, wish, taken, who, now)
        made.append(ForkMade(created.run, created.logical_date, dict(params), len(taken.kept), taken.runs_again))
    store.commit(changes, who=who, now=now)
    return made


def _source(store: Store, source: RunKey) -> tuple[RunRecord, DagSpec]:
    record = store.run(source)
    if record is None:
        raise NotFoundError(f"there is no run {source.run_id!r} of DAG {source.dag_id!r}", hint="see `runs list`")
    spec = store.spec(source.dag_id, record.dag_hash)
    if spec is None:
        raise NotFoundError(f"version {record.dag_hash} of DAG {source.dag_id!r} is not in the store any more")
    return record, spec


def _without_groups(spec: DagSpec, wish: Fork) -> tuple[tuple[TaskId, MapPath], ...]:
    """The name of a group stands for its tasks. Raises NotFoundError."""
    found: list[tuple[TaskId, MapPath]] = []
    for name, path in wish.tasks:
        meant = tasks_named(spec, name)
        if not meant:
            known = ", ".join([*(task.task_id for task in spec.tasks), *(one.group_id for one in spec.groups)][:20])
            raise NotFoundError(
                f"DAG {wish.dag_id!r} has no task and no group {name!r} in this run", hint=f"it has {known}"
            )
        found += [(task_id, path) for task_id in meant]
    return tuple(found)


def _taken(rows: RunRows, spec: DagSpec, wish: Fork, now: datetime, bounds: Bounds) -> Taken:
    run = Run.restore(spec, rows.run, expansions=rows.expansions, tasks=rows.tasks, lengths=rows.lengths, bounds=bounds)
    if not wish.tasks:
        raise TradewindError("a fork starts from a task", hint="say from which: --from TASK")
    for task_id, path in wish.tasks:
        if not run.below(run.plan.by_id[task_id], path):
            raise NotFoundError(f"task {task_id!r} has no instance {path_to_text(path)} in run {wish.run_id!r}")
    taken = fork(run, wish.tasks, now)
    if taken.held_back:
        raise TradewindError(
            f"nothing would run: {taken.held_back}", hint="fork from the task that this comes from, or further up"
        )
    return taken


def _values_of(xcoms: Sequence[XCom], taken: Taken) -> list[XCom]:
    kept = {(one.plan.task_id, one.path) for one in taken.kept}
    return [one for one in xcoms if (one.task_id, one.map_path) in kept]


def _created(
    record: RunRecord,
    spec: DagSpec,
    wish: Fork,
    params: dict[str, Any],
    place: int,
    date: datetime | None,
    now: datetime,
    who: str,
) -> RunCreated:
    name = wish.new_run_id or f"fork__{now.isoformat()}"
    start, end = record.data_interval_start, record.data_interval_end
    inherited = {name: value for name, value in record.conf.items() if name not in params}  # a conf goes before params
    made = manual_run(
        spec,
        snapshot=record.snapshot,
        now=now,
        logical_date=date,
        run_id=name if len(wish.params) == 1 else f"{name}_{place + 1}",
        conf={**inherited, **wish.conf},
        params={**record.params, **params},
        triggered_by=who,
        note=wish.note,
        partition_key=record.partition_key,
        interval=DataInterval(start, end) if start is not None and end is not None else None,
    )
    interval = {} if start is not None else {"data_interval_start": None, "data_interval_end": None}
    return replace(made, logical_date=date, triggering_assets=record.triggering_assets, **interval)


def free_dates(store: Store, record: RunRecord, count: int) -> list[datetime | None]:
    """A DAG has one run for a logical date: a fork has its run's date and the first microseconds behind it that are
    free, so that `ds` and all paths that are made of it are the same."""
    date = record.logical_date
    if date is None:
        return [None] * count
    candidates = [date + timedelta(microseconds=place) for place in range(1, DATES_LOOKED_AT)]
    used: Set[datetime | None] = {
        one.logical_date for one in store.runs_asked_for(GetRuns(record.dag_id, logical_dates=tuple(candidates)))
    }
    free: list[datetime | None] = [one for one in candidates if one not in used]
    if len(free) < count:
        raise TradewindError(f"run {record.run_id!r} was forked {len(used):,} times", hint="delete some of them")
    return free[:count]


def _states(run: RunKey, rows: RunRows, taken: Taken) -> list[Change]:
    labels: dict[tuple[TaskId, MapPath], str | None] = {(one.task_id, one.map_path): one.label for one in rows.tasks}
    changes: list[Change] = [TaskExpanded(run, node, prefix, length) for node, prefix, length in taken.expansions]
    for one in taken.kept:
        task_id = one.plan.task_id
        # Other whys are read by the engine: which branch has skipped it, for example.
        why = f"as in run {rows.run.run_id}" if one.state is TaskState.SUCCESS else one.why
        label = labels.get((task_id, one.path))
        changes.append(TaskChanged(run, task_id, one.path, TaskState.NONE, one.state, why, label=label))
    return changes


def _story(created: RunCreated, record: RunRecord, wish: Fork, taken: Taken, who: str, now: datetime) -> list[Change]:
    tasks = tuple(f"{task_id}[{path_to_text(path)}]" if path else task_id for task_id, path in wish.tasks)
    changed = {name: value for name, value in created.params.items() if record.params.get(name) != value}
    entry = entries.Forked(
        from_dag_id=record.dag_id,
        from_run_id=record.run_id,
        tasks=tasks,
        params=changed,
        conf=wish.conf,
        kept=len(taken.kept),
        with_checkpoints=wish.with_checkpoints,
        sweep=f"{record.run_id}/{now.isoformat()}" if len(wish.params) > 1 else "",
    )
    with_params = ", with " + ", ".join(f"{name}={value!r:.60}" for name, value in changed.items()) if changed else ""
    why = f"forked by {who} from run {record.run_id}, from {', '.join(tasks)} on{with_params}"
    body = msgspec.to_builtins(entry)
    return [
        EntryWritten(created.run, "", (), "", type(entry).__name__, record.run_id, body),
        Noted(created.run, why),
    ]
