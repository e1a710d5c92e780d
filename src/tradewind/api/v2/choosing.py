"""Which task instances of which runs a call means, by Airflow's words: `include_past`, `only_failed`, map indexes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from tradewind.api.call import Call
from tradewind.api.ours.restoring import restored
from tradewind.api.problems import Invalid, NotFound
from tradewind.api.v2.not_begun import not_begun
from tradewind.api.v2.task_bodies import TaskInstanceResponse, shown_instances
from tradewind.engine.clearing import with_relatives
from tradewind.engine.run import FAILED_STATES, Instance, Run
from tradewind.engine.stopping import was_cancelled
from tradewind.model.ids import MapPath, RunKey, TaskId, map_index, path_to_text
from tradewind.model.records import RunRecord
from tradewind.model.states import TaskState
from tradewind.store.base import Store
from tradewind.store.browse import Filter, Op, Query
from tradewind.store.browse.listings import TASK_INSTANCES, TaskInstanceRow

MOST_RUNS = 1_000
MOST_CHOSEN = 20_000
"""Task instances that one call may touch."""
PAGE = 1_000


class Wanted(Struct, frozen=True, kw_only=True):
    tasks: tuple[tuple[TaskId, int | None], ...] = ()
    """Map index None: all instances. No task at all: every one."""
    upstream: bool = False
    downstream: bool = False
    only_failed: bool = False
    only_running: bool = False


class Chosen(Struct, frozen=True):
    """Of one run."""

    run: RunRecord
    instances: list[Instance]

    @property
    def names(self) -> tuple[tuple[TaskId, MapPath], ...]:
        return tuple((one.plan.task_id, one.path) for one in self.instances)


def choose(call: Call[Any, Any], runs: Iterable[RunRecord], wanted: Wanted, *, untouched: bool) -> list[Chosen]:
    """Runs that have none are left out. `untouched`: also instances to which nothing has happened yet.

    Raises NotFound for a task or instance that none of the runs has, Invalid for too many."""
    found: list[Chosen] = []
    missing: list[str] = []
    count = 0
    for record in runs:
        instances, lacking = _instances(restored(call, record), wanted)
        missing += lacking
        if not untouched:
            instances = [one for one in instances if one.state is not TaskState.NONE]
        count += len(instances)
        if count > MOST_CHOSEN:
            raise Invalid(f"this would touch more than {MOST_CHOSEN:,} task instances", hint="choose fewer")
        if instances:
            found.append(Chosen(record, instances))
    if missing and not found:
        raise NotFound(f"task instance {missing[0]} was not found")
    return found


def new_tasks(store: Store, run: RunRecord) -> list[TaskId]:
    """Of the newest version of its DAG, what the run's version has not."""
    newest, own = store.spec(run.dag_id), store.spec(run.dag_id, run.dag_hash)
    if newest is None or own is None:
        return []
    known = {task.task_id for task in own.tasks}
    return [task.task_id for task in newest.tasks if task.task_id not in known]


def run_of(call: Call[Any, Any], dag_id: str, run_id: str) -> RunRecord:
    """Raises NotFound."""
    found = call.store.run(RunKey(dag_id, run_id))
    if found is None:
        raise NotFound(f"the run {run_id!r} of DAG {dag_id!r} was not found")
    return found


def with_neighbours(call: Call[Any, Any], own: RunRecord, *, past: bool, future: bool) -> list[RunRecord]:
    """The run, and those of its DAG before and after it; oldest first."""
    if not past and not future:
        return [own]
    at = date_of(own)
    others = call.store.runs(dag_id=own.dag_id, limit=MOST_RUNS)
    near = [one for one in others if (past and date_of(one) < at) or (future and date_of(one) > at)]
    return sorted([own, *near], key=date_of)


def between(call: Call[Any, Any], dag_id: str, start: datetime | None, end: datetime | None) -> list[RunRecord]:
    """Runs of a DAG by their dates, both ends included; oldest first."""
    runs = call.store.runs(dag_id=dag_id, limit=MOST_RUNS)
    fitting = [run for run in runs if (start is None or date_of(run) >= start) and (end is None or date_of(run) <= end)]
    return sorted(fitting, key=date_of)


def date_of(run: RunRecord) -> datetime:
    return run.logical_date or run.run_after


def tasks_of_group(call: Call[Any, Any], run: RunRecord, group_id: str) -> tuple[TaskId, ...]:
    """All that are in it, at any depth. Raises NotFound."""
    spec = call.store.spec(run.dag_id, run.dag_hash)
    groups = {group.group_id: group.parent_id for group in spec.groups} if spec is not None else {}
    if spec is None or group_id not in groups:
        raise NotFound(f"there is no task group {group_id!r} in run {run.run_id!r}")
    inside = {name for name in groups if _is_below(name, group_id, groups)}
    return tuple(task.task_id for task in spec.tasks if task.group_id in inside)


def shown_chosen(call: Call[Any, Any], chosen: Sequence[Chosen]) -> tuple[TaskInstanceResponse, ...]:
    """As they are now, in the order they were chosen."""
    rows = [row for one in chosen for row in _rows(call, one)]
    return tuple(shown for start in range(0, len(rows), PAGE) for shown in shown_instances(call, rows[start:][:PAGE]))


def _instances(run: Run, wanted: Wanted) -> tuple[list[Instance], list[str]]:
    """And names of what was asked for and is not there."""
    names = wanted.tasks or tuple((task.task_id, None) for task in run.plan.tasks)
    direct: list[Instance] = []
    missing: list[str] = []
    for task_id, index in names:
        task = run.plan.by_id.get(task_id)
        of_task = list(run.below(task, ())) if task is not None else []
        fitting = [one for one in of_task if index is None or map_index(one.path) == index]
        missing += [] if fitting else [f"{task_id!r}" + (f" with map index {index}" if index is not None else "")]
        direct += [one for one in fitting if _has_wanted_state(one, wanted)]
    own = tuple((one.plan.task_id, one.path) for one in direct)
    related = with_relatives(run, own, upstream=wanted.upstream, downstream=wanted.downstream)
    return [one for name in related if (one := run.instance(*name)) is not None], missing


def _has_wanted_state(instance: Instance, wanted: Wanted) -> bool:
    if wanted.only_failed:
        return instance.state in FAILED_STATES or was_cancelled(instance)
    return not wanted.only_running or instance.state in (TaskState.RUNNING, TaskState.QUEUED)


def _rows(call: Call[Any, Any], chosen: Chosen) -> list[TaskInstanceRow]:
    run = chosen.run
    filters = [
        Filter("dag_id", Op.EQ, run.dag_id),
        Filter("run_id", Op.EQ, run.run_id),
    ]
    tasks = tuple({task_id for task_id, _ in chosen.names})
    if len(tasks) < PAGE:
        filters.append(Filter("task_id", Op.IN, tasks))
    found: dict[tuple[str, str], TaskInstanceRow] = {}
    cursor: str | None = ""
    while cursor is not None:
        page = call.browser.page(
            TASK_INSTANCES, Query(tuple(filters), limit=PAGE, cursor=cursor or None, with_total=False), None
        )
        found.update(((row.task_id, row.map_path), row) for row in page.rows)
        cursor = page.next
    names = [(task_id, path_to_text(path)) for task_id, path in chosen.names]
    if any(name not in found for name in names):
        found = {(row.task_id, row.map_path): row for row in not_begun(call, run.dag_id, run.run_id)} | found
    return [found[name] for name in names if name in found]


def _is_below(name: str, top: str, parents: dict[str, str]) -> bool:
    while name:
        if name == top:
            return True
        name = parents.get(name, "")
    return False
