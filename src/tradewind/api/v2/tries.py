"""The tries of a task instance, what it waits for, its links."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from msgspec import Struct

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.reasons import reason_of
from tradewind.api.ours.restoring import restored
from tradewind.api.problems import NotFound
from tradewind.api.v2.numbers import number_in_path
from tradewind.api.v2.task_bodies import TaskInstanceHistoryCollection, TaskInstanceHistoryResponse, shown_try
from tradewind.api.v2.task_instances_read import ONE, index_in_path, instance_row
from tradewind.model.ids import RunKey, path_from_text
from tradewind.model.states import TaskState
from tradewind.store.browse import Filter, Op
from tradewind.store.browse.listings import TRIES, TaskInstanceRow, TryRow

MAPPED = f"{ONE}/{{map_index}}"
MOST_TRIES = 1000


class MapIndexQuery(Struct, frozen=True):
    map_index: int = -1


class TaskDependency(Struct, frozen=True):
    name: str
    reason: str


class TaskDependencies(Struct, frozen=True):
    dependencies: tuple[TaskDependency, ...]


class LinksQuery(MapIndexQuery, frozen=True):
    try_number: int | None = None


class ExtraLinks(Struct, frozen=True):
    extra_links: dict[str, str | None]
    total_entries: int


class ExternalLogUrl(Struct, frozen=True):
    url: str


def get_task_instance_tries(call: Call[MapIndexQuery, Any]) -> TaskInstanceHistoryCollection:
    """Every try of a task instance, the oldest first."""
    return _tries(call, call.query.map_index)


def get_mapped_task_instance_tries(call: Call[Any, Any]) -> TaskInstanceHistoryCollection:
    """Every try of an instance of a mapped task."""
    return _tries(call, index_in_path(call))


def get_task_instance_try_details(call: Call[MapIndexQuery, Any]) -> TaskInstanceHistoryResponse:
    """One try of a task instance."""
    return _try(call, call.query.map_index)


def get_mapped_task_instance_try_details(call: Call[Any, Any]) -> TaskInstanceHistoryResponse:
    """One try of an instance of a mapped task."""
    return _try(call, index_in_path(call))


def get_task_instance_dependencies(call: Call[MapIndexQuery, Any]) -> TaskDependencies:
    """What keeps a task instance from running."""
    return _dependencies(call, call.query.map_index)


def get_task_instance_dependencies_by_map_index(call: Call[Any, Any]) -> TaskDependencies:
    """What keeps an instance of a mapped task from running."""
    return _dependencies(call, index_in_path(call))


def get_extra_links(call: Call[LinksQuery, Any]) -> ExtraLinks:
    """Links of an operator to the outside. They are made by users' code, which never runs here: there are none."""
    instance_row(call, call.query.map_index)
    return ExtraLinks({}, 0)


def get_external_log_url(call: Call[MapIndexQuery, Any]) -> ExternalLogUrl:
    """Where else the log of a try is: nowhere."""
    raise NotFound("logs are nowhere but here", hint="read them with …/logs/{try_number}")


def tries_of(call: Call[Any, Any], instance: TaskInstanceRow) -> list[TryRow]:
    """One for each number: a try that was deferred or rescheduled goes on in a new process, with the same number."""
    asked = (
        Filter("run_number", Op.EQ, instance.run_number),
        Filter("task_id", Op.EQ, instance.task_id),
        Filter("map_path", Op.EQ, instance.map_path),
        Filter("purpose", Op.EQ, "execute"),
    )
    rows = call.browser.all(TRIES, asked, None, order_by=("queued_at", "number"), limit=MOST_TRIES)
    return _one_a_number(rows)


def _one_a_number(rows: Sequence[TryRow]) -> list[TryRow]:
    found: dict[int, TryRow] = {}
    for row in rows:
        before = found.get(row.number)
        if before is not None and before.state in ("deferred", "rescheduled"):
            begun = before.started_at or row.started_at
            took = None
            if begun is not None and row.ended_at is not None:
                took = round((row.ended_at - begun).total_seconds() * 1_000_000)
            row = msgspec.structs.replace(row, started_at=begun, duration=took)
        found[row.number] = row
    return [found[number] for number in sorted(found)]


def _tries(call: Call[Any, Any], map_index: int) -> TaskInstanceHistoryCollection:
    instance = instance_row(call, map_index)
    known = call.server.versions.known(call.store, instance.dag_id, instance.dag_hash)
    tries = tuple(shown_try(row, known) for row in tries_of(call, instance))
    return TaskInstanceHistoryCollection(tries, len(tries))


def _try(call: Call[Any, Any], map_index: int) -> TaskInstanceHistoryResponse:
    number = number_in_path(call, "task_try_number")
    for found in _tries(call, map_index).task_instances:
        if found.try_number == number:
            return found
    raise NotFound(f"task {call.path['task_id']!r} has had no try {number} in this run")


def _dependencies(call: Call[Any, Any], map_index: int) -> TaskDependencies:
    """Nothing keeps back what has begun, or ended."""
    row = instance_row(call, map_index)
    record = call.store.run(RunKey(row.dag_id, row.run_id))
    if record is None or row.state not in (TaskState.NONE, TaskState.SCHEDULED, TaskState.UP_FOR_RETRY):
        return TaskDependencies(())
    run = restored(call, record)
    instance = run.instance(row.task_id, path_from_text(row.map_path))
    if instance is None:
        return TaskDependencies(())
    found = reason_of(call, record, run, instance)
    return TaskDependencies((TaskDependency(found.kind, found.text),))


def _operation(path: str, name: str, do: Any, answer: Any, query: Any = None) -> Operation:
    more = {} if query is None else {"query": query}
    return Operation(
        method="GET",
        path=path,
        name=name,
        tag="Task Instance",
        needs=Need(Resource.TASK),
        do=do,
        answer=answer,
        errors=(404,),
        **more,
    )


_HISTORY, _ONE_TRY = TaskInstanceHistoryCollection, TaskInstanceHistoryResponse
OPERATIONS = (
    _operation(f"{ONE}/tries", "get_task_instance_tries", get_task_instance_tries, _HISTORY, MapIndexQuery),
    _operation(
        f"{ONE}/tries/{{task_try_number}}",
        "get_task_instance_try_details",
        get_task_instance_try_details,
        _ONE_TRY,
        MapIndexQuery,
    ),
    _operation(f"{MAPPED}/tries", "get_mapped_task_instance_tries", get_mapped_task_instance_tries, _HISTORY),
    _operation(
        f"{MAPPED}/tries/{{task_try_number}}",
        "get_mapped_task_instance_try_details",
        get_mapped_task_instance_try_details,
        _ONE_TRY,
    ),
    _operation(
        f"{ONE}/dependencies",
        "get_task_instance_dependencies",
        get_task_instance_dependencies,
        TaskDependencies,
        MapIndexQuery,
    ),
    _operation(
        f"{MAPPED}/dependencies",
        "get_task_instance_dependencies_by_map_index",
        get_task_instance_dependencies_by_map_index,
        TaskDependencies,
    ),
    _operation(f"{ONE}/links", "get_extra_links", get_extra_links, ExtraLinks, LinksQuery),
    _operation(
        f"{ONE}/externalLogUrl/{{try_number}}",
        "get_external_log_url",
        get_external_log_url,
        ExternalLogUrl,
        MapIndexQuery,
    ),
)
