"""What tasks and assets remember (`task_state_store`, `asset_state_store`): JSON values by key."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Annotated, Any

from msgspec import Meta, Struct
from sqlalchemy import select

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.problems import Invalid, NotFound
from tradewind.api.v2.assets import asset_of
from tradewind.api.v2.paging import Paging, cut
from tradewind.model.ids import RunKey
from tradewind.store.schema.core import variable

OF_TASK = "/api/v2/dags/{dag_id}/dagRuns/{dag_run_id}/taskInstances/{task_id}/state-store"
OF_ASSET = "/api/v2/assets/{asset_id}/state-store"
ONE = "/{key}"


class TaskStateStoreBody(Struct, frozen=True):
    value: Any
    expires_at: str | None = None
    """Accepted as in DAG files, and without effect: values stay until they are deleted."""


class TaskStateStorePatchBody(Struct, frozen=True):
    value: Any


class AssetStateStoreBody(Struct, frozen=True):
    value: Any


class TaskStateStoreResponse(Struct, frozen=True):
    key: str
    value: Any
    updated_at: datetime
    """Where it is not known: since when it can have been there."""
    expires_at: datetime | None = None


class TaskStateStoreCollection(Struct, frozen=True):
    task_state_store: tuple[TaskStateStoreResponse, ...]
    total_entries: int


class AssetStateStoreResponse(Struct, frozen=True):
    key: str
    value: Any
    updated_at: datetime
    last_updated_by: None = None


class AssetStateStoreCollection(Struct, frozen=True):
    asset_state_store: tuple[AssetStateStoreResponse, ...]
    total_entries: int


class InstanceQuery(Struct, frozen=True, kw_only=True):
    map_index: Annotated[int, Meta(ge=-1)] = -1


class InstancePage(Paging, frozen=True, kw_only=True):
    map_index: Annotated[int, Meta(ge=-1)] = -1


class ClearQuery(Struct, frozen=True, kw_only=True):
    map_index: Annotated[int, Meta(ge=-1)] = -1
    all_map_indices: bool = False


class Place(Struct, frozen=True):
    """Whose memory is meant."""

    prefix: str
    since: datetime


# ---------------------------------------------------------------------------------------------- of tasks


def list_task_state_store(call: Call[InstancePage, Any]) -> TaskStateStoreCollection:
    """What a task instance remembers."""
    place = _task(call)
    found, total = _listed(call, place)
    return TaskStateStoreCollection(tuple(TaskStateStoreResponse(*one) for one in found), total)


def get_task_state_store(call: Call[InstanceQuery, Any]) -> TaskStateStoreResponse:
    """One value that a task instance remembers."""
    return TaskStateStoreResponse(*_one(call, _task(call)))


def set_task_state_store(call: Call[InstanceQuery, TaskStateStoreBody]) -> None:
    """Have a task instance remember a value."""
    _set(call, _task(call), call.body.value)


def patch_task_state_store(call: Call[InstanceQuery, TaskStateStorePatchBody]) -> TaskStateStoreResponse:
    """Change a value that a task instance remembers."""
    place = _task(call)
    _one(call, place)
    _set(call, place, call.body.value)
    return TaskStateStoreResponse(*_one(call, place))


def delete_task_state_store(call: Call[InstanceQuery, Any]) -> None:
    """Have a task instance forget a value."""
    _delete(call, _task(call))


def clear_task_state_store(call: Call[ClearQuery, Any]) -> None:
    """Have a task instance, or all of a mapped task, forget everything."""
    _clear(call, _task(call, all_instances=call.query.all_map_indices))


def _task(call: Call[Any, Any], *, all_instances: bool = False) -> Place:
    key = RunKey(call.path["dag_id"], call.path["dag_run_id"])
    run = call.store.run(key)
    if run is None:
        raise NotFound(f"DAG {key.dag_id!r} has no run {key.run_id!r}")
    task_id, index = call.path["task_id"], call.query.map_index
    spec = call.store.spec(run.dag_id, run.dag_hash)
    if spec is None or all(task.task_id != task_id for task in spec.tasks):
        raise NotFound(f"DAG {key.dag_id!r} has no task {task_id!r} in this run")
    instance = "" if all_instances else f"{'' if index < 0 else index}/"
    return Place(f"__task_state__/{key.dag_id}/{key.run_id}/{task_id}/{instance}", run.started_at or run.run_after)


# ---------------------------------------------------------------------------------------------- of assets


def list_asset_state_store(call: Call[Paging, Any]) -> AssetStateStoreCollection:
    """What an asset's tasks remember of it."""
    found, total = _listed(call, _asset(call))
    return AssetStateStoreCollection(tuple(AssetStateStoreResponse(*one) for one in found), total)


def get_asset_state_store(call: Call[Any, Any]) -> AssetStateStoreResponse:
    """One value that is remembered of an asset."""
    return AssetStateStoreResponse(*_one(call, _asset(call)))


def set_asset_state_store(call: Call[Any, AssetStateStoreBody]) -> None:
    """Remember a value of an asset."""
    _set(call, _asset(call), call.body.value)


def delete_asset_state_store(call: Call[Any, Any]) -> None:
    """Forget a value of an asset."""
    _delete(call, _asset(call))


def clear_asset_state_store(call: Call[Any, Any]) -> None:
    """Forget all values of an asset."""
    _clear(call, _asset(call))


def _asset(call: Call[Any, Any]) -> Place:
    row = asset_of(call)
    return Place(f"__asset_state__/{row.name}/", row.created_at)


# ---------------------------------------------------------------------------------------------- both


def _listed(call: Call[Any, Any], place: Place) -> tuple[list[tuple[str, Any, datetime]], int]:
    rows = _below(call, place)
    return [_read(call, place, key, at) for key, at in cut(call, rows, {})], len(rows)


def _one(call: Call[Any, Any], place: Place) -> tuple[str, Any, datetime]:
    wanted = place.prefix + call.path["key"]
    for key, at in _below(call, place):
        if key == wanted:
            return _read(call, place, key, at)
    raise NotFound(f"nothing is remembered as {call.path['key']!r}")


def _read(call: Call[Any, Any], place: Place, key: str, at: str | None) -> tuple[str, Any, datetime]:
    value = json.loads(call.store.get_variable(key) or "null")
    return key.removeprefix(place.prefix), value, datetime.fromisoformat(at) if at else place.since


def _set(call: Call[Any, Any], place: Place, value: Any) -> None:
    if value is None:
        raise Invalid("null is not remembered", hint="delete the key instead")
    call.store.set_variable(place.prefix + call.path["key"], json.dumps(value), call.now.isoformat())
    _audit(call, "remember", place)


def _delete(call: Call[Any, Any], place: Place) -> None:
    if not call.store.delete_variable(place.prefix + call.path["key"]):
        raise NotFound(f"nothing is remembered as {call.path['key']!r}")
    _audit(call, "forget", place)


def _clear(call: Call[Any, Any], place: Place) -> None:
    for key, _ in _below(call, place):
        call.store.delete_variable(key)
    _audit(call, "forget_all", place)


def _audit(call: Call[Any, Any], action: str, place: Place) -> None:
    what = {"of": place.prefix, "key": call.path.get("key")}
    call.audit(action, dag_id=call.path.get("dag_id"), run_id=call.path.get("dag_run_id"), **what)


def _below(call: Call[Any, Any], place: Place) -> list[tuple[str, str | None]]:
    """Keys, and when they were set through the API."""
    begins = variable.c.key.startswith(place.prefix, autoescape=True)
    rows = call.browser.read(select(variable.c.key, variable.c.description).where(begins).order_by(variable.c.key))
    return [(key, at) for key, at in rows if key.startswith(place.prefix)]  # whatever the case, for SQLite


def _operation(method: Any, path: str, do: Any, action: Action, **more: Any) -> Operation:
    of_task = path.startswith(OF_TASK)
    tag = "Task State Store" if of_task else "Asset State Store"
    need = Need(Resource.XCOM if of_task else Resource.ASSET, action)
    return Operation(method=method, path=path, name=do.__name__, tag=tag, needs=need, do=do, **more)


EXAMPLE = {"watermark": {"value": {"last_row": 1200}}}
_READ, _EDIT, _DELETE = Action.READ, Action.EDIT, Action.DELETE
OPERATIONS = (
    _operation("GET", OF_TASK, list_task_state_store, _READ, query=InstancePage, answer=TaskStateStoreCollection),
    _operation("DELETE", OF_TASK, clear_task_state_store, _DELETE, query=ClearQuery, status=204),
    _operation("GET", OF_TASK + ONE, get_task_state_store, _READ, query=InstanceQuery, answer=TaskStateStoreResponse),
    _operation(
        "PUT",
        OF_TASK + ONE,
        set_task_state_store,
        _EDIT,
        query=InstanceQuery,
        body=TaskStateStoreBody,
        status=204,
        examples=EXAMPLE,
    ),
    _operation(
        "PATCH",
        OF_TASK + ONE,
        patch_task_state_store,
        _EDIT,
        query=InstanceQuery,
        body=TaskStateStorePatchBody,
        answer=TaskStateStoreResponse,
        examples=EXAMPLE,
    ),
    _operation("DELETE", OF_TASK + ONE, delete_task_state_store, _DELETE, query=InstanceQuery, status=204),
    _operation("GET", OF_ASSET, list_asset_state_store, _READ, query=Paging, answer=AssetStateStoreCollection),
    _operation("DELETE", OF_ASSET, clear_asset_state_store, _DELETE, status=204),
    _operation("GET", OF_ASSET + ONE, get_asset_state_store, _READ, answer=AssetStateStoreResponse),
    _operation(
        "PUT", OF_ASSET + ONE, set_asset_state_store, _EDIT, body=AssetStateStoreBody, status=204, examples=EXAMPLE
    ),
    _operation("DELETE", OF_ASSET + ONE, delete_asset_state_store, _DELETE, status=204),
)
