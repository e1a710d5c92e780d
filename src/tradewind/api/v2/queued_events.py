"""Events of assets that a DAG waits with, until all are there that start a run of it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import func, select

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.problems import BadRequest, NotFound
from tradewind.api.v2.asset_bodies import QueuedEventCollection, QueuedEventResponse
from tradewind.api.v2.numbers import number_in_path
from tradewind.store.schema.service import asset_event, asset_event_use
from tradewind.store.sql.coding import from_micros, to_micros

OF_ASSET = "/api/v2/assets/{asset_id}/queuedEvents"
OF_DAG = "/api/v2/dags/{dag_id}/assets/queuedEvents"
OF_BOTH = "/api/v2/dags/{dag_id}/assets/{asset_id}/queuedEvents"


class QueuedQuery(Struct, frozen=True, kw_only=True):
    before: str | None = None
    """Only events from before this instant (ISO 8601)."""


class Waiting(Struct, frozen=True):
    dag_id: str
    asset_id: int
    since: datetime


def get_asset_queued_events(call: Call[QueuedQuery, Any]) -> QueuedEventCollection:
    """DAGs that wait with events of an asset."""
    return _listed(call, _found(call, asset_id=number_in_path(call, "asset_id")))


def delete_asset_queued_events(call: Call[QueuedQuery, Any]) -> None:
    """Forget an asset's events that DAGs wait with."""
    number = number_in_path(call, "asset_id")
    for dag_id in sorted({one.dag_id for one in _found(call, asset_id=number)}):
        _forget(call, dag_id, number)


def get_dag_asset_queued_events(call: Call[QueuedQuery, Any]) -> QueuedEventCollection:
    """Assets whose events a DAG waits with."""
    return _listed(call, _found(call, dag_id=_dag_id(call)))


def delete_dag_asset_queued_events(call: Call[QueuedQuery, Any]) -> None:
    """Forget all events that a DAG waits with."""
    dag_id = _dag_id(call)
    _found(call, dag_id=dag_id)
    _forget(call, dag_id, None)


def get_dag_asset_queued_event(call: Call[QueuedQuery, Any]) -> QueuedEventResponse:
    """The event of one asset that a DAG waits with."""
    (found,) = _found(call, dag_id=_dag_id(call), asset_id=number_in_path(call, "asset_id"))
    return _shown(call, found)


def delete_dag_asset_queued_event(call: Call[QueuedQuery, Any]) -> None:
    """Forget the events of one asset that a DAG waits with."""
    dag_id, number = _dag_id(call), number_in_path(call, "asset_id")
    _found(call, dag_id=dag_id, asset_id=number)
    _forget(call, dag_id, number)


def _dag_id(call: Call[Any, Any]) -> str:
    call.require(Resource.DAG, Action.READ, dag_id=call.path["dag_id"])
    return call.path["dag_id"]


def _found(call: Call[QueuedQuery, Any], *, dag_id: str | None = None, asset_id: int | None = None) -> list[Waiting]:
    """By DAG and asset. Raises NotFound where there is none."""
    visible = call.visible(Resource.DAG)
    rows = call.browser.read(_waiting(call, dag_id, asset_id))
    found = [Waiting(dag, number, _instant(at)) for dag, number, at in rows if visible is None or dag in visible]
    if not found:
        what = " and ".join([f"DAG {dag_id!r}"] * (dag_id is not None) + [f"asset {asset_id}"] * (asset_id is not None))
        raise NotFound(f"no event is waiting for {what}")
    return found


def _waiting(call: Call[QueuedQuery, Any], dag_id: str | None, asset_id: int | None) -> Any:
    use, event = asset_event_use.c, asset_event.c
    wanted = (
        select(use.dag_id, event.asset, func.min(event.at))
        .select_from(asset_event_use.join(asset_event, event.id == use.event))
        .where(use.run.is_(None))
        .group_by(use.dag_id, event.asset)
        .order_by(use.dag_id, event.asset)
    )
    if dag_id is not None:
        wanted = wanted.where(use.dag_id == dag_id)
    if asset_id is not None:
        wanted = wanted.where(event.asset == asset_id)
    before = _before(call)
    return wanted if before is None else wanted.where(event.at < to_micros(before))


def _before(call: Call[QueuedQuery, Any]) -> datetime | None:
    if call.query.before is None:
        return None
    try:
        found = datetime.fromisoformat(call.query.before)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadRequest(f"before is no instant: {call.query.before[:40]!r}", hint="e.g. 2026-01-31T12:00Z") from error


def _forget(call: Call[QueuedQuery, Any], dag_id: str, asset_id: int | None) -> None:
    call.require(Resource.DAG, Action.EDIT, dag_id=dag_id)
    use, event = asset_event_use.c, asset_event.c
    wanted = (
        select(use.event)
        .select_from(asset_event_use.join(asset_event, event.id == use.event))
        .where(use.run.is_(None), use.dag_id == dag_id)
    )
    if asset_id is not None:
        wanted = wanted.where(event.asset == asset_id)
    if (before := _before(call)) is not None:
        wanted = wanted.where(event.at < to_micros(before))
    call.store.forget_waiting_events(dag_id, [row[0] for row in call.browser.read(wanted)])
    call.audit("forget_queued_events", dag_id=dag_id, asset_id=asset_id)


def _listed(call: Call[QueuedQuery, Any], found: list[Waiting]) -> QueuedEventCollection:
    return QueuedEventCollection(tuple(_shown(call, one) for one in found), len(found))


def _shown(call: Call[Any, Any], one: Waiting) -> QueuedEventResponse:
    spec = call.store.spec(one.dag_id)
    return QueuedEventResponse(one.dag_id, one.asset_id, one.since, (spec.label if spec else "") or one.dag_id)


def _instant(at: int) -> datetime:
    found = from_micros(at)
    assert found is not None, "every event has its time"
    return found


def _operation(method: Any, path: str, do: Any, **more: Any) -> Operation:
    """Rights to the DAGs are asked for inside."""
    action = Action.READ if method == "GET" else Action.DELETE
    need = Need(Resource.ASSET, action)
    return Operation(
        method=method, path=path, name=do.__name__, tag="Asset", needs=need, do=do, query=QueuedQuery, **more
    )


OPERATIONS = (
    _operation("GET", OF_ASSET, get_asset_queued_events, answer=QueuedEventCollection),
    _operation("DELETE", OF_ASSET, delete_asset_queued_events, status=204),
    _operation("GET", OF_DAG, get_dag_asset_queued_events, answer=QueuedEventCollection),
    _operation("DELETE", OF_DAG, delete_dag_asset_queued_events, status=204),
    _operation("GET", OF_BOTH, get_dag_asset_queued_event, answer=QueuedEventResponse),
    _operation("DELETE", OF_BOTH, delete_dag_asset_queued_event, status=204),
)
