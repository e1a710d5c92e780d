"""Clearing goes on in other DAGs where an ExternalTaskMarker is cleared: the task it names, and all after it."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from msgspec import Struct

from tradewind.cli.home import Home
from tradewind.cli.tasks.choosing import Chosen
from tradewind.cli.values import parse_instant
from tradewind.engine.clearing import with_relatives
from tradewind.engine.run import Run
from tradewind.model.errors import TradewindError
from tradewind.model.ids import MapPath, RunKey, TaskId
from tradewind.model.messages import GetRuns
from tradewind.model.records import RunRecord
from tradewind.model.spec import TaskSpec
from tradewind.model.states import TaskState

MARKER = "ExternalTaskMarker"
DEFAULT_DEPTH = 10
Restore = Callable[[RunRecord], Run]


class _Marked(Struct, frozen=True):
    """What a marker points to. `depth`: how many markers may follow from here."""

    marker: str
    dag_id: str
    task_id: str
    date: datetime
    depth: int


def with_marked(home: Home, chosen: list[Chosen], restore: Restore) -> list[Chosen]:
    """The chosen, and what markers among them lead to. A run or task that is not there is passed over, as in Airflow.

    Raises TradewindError where more markers follow each other than the first of them allows."""
    found = {one.key: one for one in chosen}
    waiting = deque(marked for one in chosen for marked in _marked_by(home, one, one.instances, None))
    while waiting:
        marked = waiting.popleft()
        if marked.depth < 0:
            raise TradewindError(
                f"Maximum recursion depth reached for ExternalTaskMarker {marked.marker}",
                hint="the DAGs' markers go round in a circle, or recursion_depth= is too small",
            )
        for run in home.store.runs_asked_for(GetRuns(marked.dag_id, logical_dates=(marked.date,))):
            key = RunKey(run.dag_id, run.run_id)
            there = found.get(key, Chosen(run, (), ()))
            new = _with_new(there, restore(run), marked.task_id)
            fresh = tuple(one for one in new.instances if one not in there.instances)
            if fresh:
                found[key] = new
                waiting.extend(_marked_by(home, new, fresh, marked.depth))
    return list(found.values())


def _with_new(there: Chosen, run: Run, task_id: TaskId) -> Chosen:
    """Also this task and all after it."""
    if task_id not in run.plan.by_id:
        return there
    direct = tuple((task_id, one.path) for one in run.below(run.plan.by_id[task_id], ()))
    names = list(there.instances)
    states = list(there.states)
    for name in with_relatives(run, direct, downstream=True):
        instance = run.instance(*name)
        if name not in names and instance is not None and instance.state is not TaskState.NONE:
            names.append(name)
            states.append(instance.state)
    return Chosen(there.run, tuple(names), tuple(states))


def _marked_by(
    home: Home, chosen: Chosen, instances: tuple[tuple[TaskId, MapPath], ...], depth: int | None
) -> Iterator[_Marked]:
    spec = home.store.spec(chosen.run.dag_id, chosen.run.dag_hash)
    tasks = {task.task_id: task for task in spec.tasks if task.operator == MARKER} if spec is not None else {}
    for task_id, path in instances:
        if (task := tasks.get(task_id)) is not None:
            marked = _marked(home, chosen, task, path, depth)
            if marked is not None:
                yield marked


def _marked(home: Home, chosen: Chosen, task: TaskSpec, path: MapPath, depth: int | None) -> _Marked | None:
    """By its fields as its last try rendered them; one without a try means the run's own date."""
    tries = home.store.tries(chosen.key, task.task_id, path)
    fields: dict[str, Any] = {**task.extra, **((tries[-1].rendered or {}) if tries else {})}
    date = parse_instant(str(fields.get("logical_date") or "")) or chosen.run.logical_date
    if date is None:
        return None
    own = int(task.extra.get("recursion_depth", DEFAULT_DEPTH))
    left = own if depth is None else min(depth, own)
    return _Marked(task.task_id, str(fields["external_dag_id"]), str(fields["external_task_id"]), date, left - 1)
