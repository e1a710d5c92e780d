"""What lists of task instances are filtered and sorted by: Airflow's parameters as filters on ours."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from msgspec import Struct

from tradewind.api.call import Call
from tradewind.api.v2.paging import fits
from tradewind.api.v2.ranges import EVERY, Ranges, among, in_ranges, matching, one_of
from tradewind.api.v2.versions import Known
from tradewind.model.spec import TaskSpec
from tradewind.model.states import TaskState
from tradewind.store.browse import Filter, Op
from tradewind.store.browse.listings import TASK_AFTER_DAG

ORDER: dict[str, tuple[str, ...]] = {
    "id": ("run_number", "task_id", "map_length", "map_path"),
    "ti_id": ("run_number", "task_id", "map_length", "map_path"),
    "task_id": ("task_id",),
    "dag_id": ("dag_id",),
    "run_id": ("run_id",),
    "dag_run_id": ("run_id",),
    "state": ("state",),
    "duration": ("duration",),
    "start_date": ("started_at",),
    "end_date": ("ended_at",),
    "map_index": ("map_length", "map_path"),
    "try_number": ("try_number",),
    "logical_date": ("logical_date",),
    "run_after": ("run_after",),
    "data_interval_start": ("data_interval_start",),
    "data_interval_end": ("data_interval_end",),
    "rendered_map_index": ("shown_index", "map_length", "map_path"),
    "operator": ("task_id",),
    "queued_when": ("queued_at",),
    "queued_dttm": ("queued_at",),
    "pool": ("pool",),
    "executor": ("executor",),
    "hostname": ("host",),
}
BY_INDEX = ("map_length", "map_path")
STATES = (*TaskState, "restarting", "awaiting_input")
"""Airflow's, too, which no task instance here has."""
IN_TIME = ("run_number", "task_id", "map_length", "map_path")
"""Over many runs the default of Airflow, by map index, would mix them all: the oldest run first, and on an index."""
PATTERNS = {
    "dag_id": "dag_id",
    "run_id": "run_id",
    "task_display_name": "task_id",
    "pool_name": "pool",
    "rendered_map_index": "shown_index",
}


class InstancesQuery(Ranges, frozen=True, kw_only=True):
    state: tuple[str, ...] = ()
    pool: tuple[str, ...] = ()
    pool_name_pattern: str | None = None
    pool_name_prefix_pattern: str | None = None
    queue: tuple[str, ...] = ()
    queue_name_pattern: str | None = None
    queue_name_prefix_pattern: str | None = None
    executor: tuple[str, ...] = ()
    version_number: tuple[int, ...] = ()
    try_number: tuple[int, ...] = ()
    operator: tuple[str, ...] = ()
    operator_name_pattern: str | None = None
    operator_name_prefix_pattern: str | None = None
    map_index: tuple[int, ...] = ()
    rendered_map_index_pattern: str | None = None
    rendered_map_index_prefix_pattern: str | None = None
    order_by: tuple[str, ...] = ()
    """Absent: by map index within a run; over many runs the oldest run first."""


def filters_of(query: InstancesQuery) -> list[Filter]:
    return [
        *in_ranges(query),
        *matching(query, PATTERNS),
        *one_of("state", among("state", map(state_asked, query.state), STATES)),
        *one_of("pool", query.pool),
        *one_of("executor", query.executor),
        *one_of("version", query.version_number),
        *one_of("try_number", query.try_number),
        *one_of("map_path", (str(index) if index >= 0 else "" for index in query.map_index)),
    ]


def state_asked(state: str | None) -> str:
    return "none" if state is None or state in ("", "no_status", "None", "null") else state


class Texts(Struct, frozen=True):
    """What an attribute of tasks is asked to be: one of several, like a pattern, beginning like one."""

    among: Collection[str] = ()
    pattern: str | None = None
    prefix: str | None = None

    @property
    def lets_all(self) -> bool:
        return not self.among and self.pattern in (None, EVERY) and self.prefix in (None, EVERY)

    def lets(self, text: str) -> bool:
        pattern, prefix = (None if one == EVERY else one for one in (self.pattern, self.prefix))
        return (not self.among or text in self.among) and fits(text, pattern, prefix)


def said_by_spec(query: InstancesQuery) -> dict[str, Texts]:
    return {
        "operator": Texts(query.operator, query.operator_name_pattern, query.operator_name_prefix_pattern),
        "queue": Texts(query.queue, query.queue_name_pattern, query.queue_name_prefix_pattern),
    }


def by_spec(call: Call[Any, Any], known: Known | None, asked: Mapping[str, Texts]) -> list[Filter]:
    """Operators, queues and groups are said by the spec, not by the table: the ids of tasks that fit are asked for
    instead. `asked`: attribute of a task → texts; without a version at hand, those of every DAG are looked through."""
    wanted = {name: texts for name, texts in asked.items() if not texts.lets_all}
    if not wanted:
        return []

    def fits_all(task: TaskSpec) -> bool:
        return all(texts.lets(getattr(task, name) or "") for name, texts in wanted.items())

    if known is not None:
        return [Filter("task_id", Op.IN, tuple(task.task_id for task in known.spec.tasks if fits_all(task)))]
    dags = call.store.dags(include_retired=True)
    specs = (call.server.versions.known(call.store, dag.dag_id, dag.hash).spec for dag in dags)
    pairs = (f"{spec.dag_id}{TASK_AFTER_DAG}{task.task_id}" for spec in specs for task in spec.tasks if fits_all(task))
    return [Filter("dag_and_task", Op.IN, tuple(pairs))]
