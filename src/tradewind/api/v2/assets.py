"""Assets, their aliases, and their events."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.problems import Conflict, NotFound
from tradewind.api.v2.asset_bodies import (
    AssetAliasCollection,
    AssetAliasResponse,
    AssetCollection,
    AssetEventCollection,
    AssetEventResponse,
    AssetResponse,
    CreateAssetEventsBody,
    RunReference,
)
from tradewind.api.v2.asset_mentions import alias_names, runs_of_events, shown
from tradewind.api.v2.numbers import GREATEST, number_in_path
from tradewind.api.v2.paging import Ordered, bounds, cursors, cut, equal, fits, page_of, pattern, prefix
from tradewind.api.v2.run_bodies import DAGRunResponse, one_run
from tradewind.api.v2.run_changes import TriggerDAGRunPostBody, started
from tradewind.model.ids import map_index, path_from_text
from tradewind.model.service import NewAssetEvent, Topic
from tradewind.store.browse import Filter, Op
from tradewind.store.browse.listings.assets import ASSET_EVENTS, ASSETS, AssetEventRow, AssetRow
from tradewind.store.schema.service import asset, asset_ref

ROOT = "/api/v2/assets"
ORDER = {"id": "number", "name": "name", "uri": "uri", "created_at": "created_at", "updated_at": "created_at"}
EVENT_ORDER = {
    "id": "number",
    "timestamp": "at",
    "source_dag_id": "source_dag_id",
    "source_task_id": "source_task_id",
    "source_run_id": "source_run_id",
    "source_map_index": "source_map_path",
}


class MaterializeAssetBody(TriggerDAGRunPostBody, frozen=True):
    """The run that is to be started."""


class AssetQuery(Ordered, frozen=True, kw_only=True):
    name_pattern: str | None = None
    name_prefix_pattern: str | None = None
    uri_pattern: str | None = None
    uri_prefix_pattern: str | None = None
    dag_ids: tuple[str, ...] = ()
    """Only assets that these DAGs mention."""
    only_active: bool = True
    """Only assets that some DAG mentions."""


class AliasQuery(Ordered, frozen=True, kw_only=True):
    name_pattern: str | None = None
    name_prefix_pattern: str | None = None


class EventQuery(Ordered, frozen=True, kw_only=True):
    cursor: str | None = None
    """Empty for the first page, then `next_cursor` of the answer; `offset` is left out then."""
    asset_id: int | None = None
    source_dag_id: str | None = None
    source_task_id: str | None = None
    source_run_id: str | None = None
    source_map_index: int | None = None
    name_pattern: str | None = None
    name_prefix_pattern: str | None = None
    timestamp_gte: datetime | None = None
    timestamp_gt: datetime | None = None
    timestamp_lte: datetime | None = None
    timestamp_lt: datetime | None = None


def get_assets(call: Call[AssetQuery, Any]) -> AssetCollection:
    """Assets."""
    query = call.query
    filters = [
        pattern("name", query.name_pattern),
        prefix("name", query.name_prefix_pattern),
        pattern("uri", query.uri_pattern),
        prefix("uri", query.uri_prefix_pattern),
        Filter("is_active", Op.EQ, True) if query.only_active else None,
        Filter("number", Op.IN, _mentioned_by(call, query.dag_ids)) if query.dag_ids else None,
    ]
    page = page_of(call, ASSETS, filters, ORDER)
    return AssetCollection(shown(call, page.rows), page.total or 0)


def get_asset(call: Call[Any, Any]) -> AssetResponse:
    """One asset."""
    return shown(call, [asset_of(call)])[0]


def get_asset_aliases(call: Call[AliasQuery, Any]) -> AssetAliasCollection:
    """Aliases under which tasks say at run time which assets they have updated."""
    wanted = call.query.name_pattern, call.query.name_prefix_pattern
    found = [one for one in alias_names(call) if fits(one.name, *wanted)]
    return AssetAliasCollection(tuple(cut(call, found, {"id": "id", "name": "name"})), len(found))


def get_asset_alias(call: Call[Any, Any]) -> AssetAliasResponse:
    """One alias."""
    number = number_in_path(call, "asset_alias_id")
    found = next((one for one in alias_names(call) if one.id == number), None)
    if found is None:
        raise NotFound(f"there is no asset alias {number}")
    return found


def get_asset_events(call: Call[EventQuery, Any]) -> AssetEventCollection:
    """What has updated assets, and the runs it started."""
    query = call.query
    index = query.source_map_index
    filters = [
        equal("asset", query.asset_id) if query.asset_id is None or abs(query.asset_id) <= GREATEST else NOTHING,
        equal("source_dag_id", query.source_dag_id),
        equal("source_task_id", query.source_task_id),
        equal("source_run_id", query.source_run_id),
        equal("source_map_path", None if index is None else "" if index < 0 else str(index)),
        pattern("name", query.name_pattern),
        prefix("name", query.name_prefix_pattern),
        *bounds("at", query.timestamp_gte, query.timestamp_gt, query.timestamp_lte, query.timestamp_lt),
    ]
    page = page_of(call, ASSET_EVENTS, filters, EVENT_ORDER, Resource.DAG)
    return AssetEventCollection(events_shown(call, page.rows), page.total or 0, *cursors(page, query.cursor))


NOTHING = Filter("number", Op.EQ, -1)


def create_asset_event(call: Call[Any, CreateAssetEventsBody]) -> AssetEventResponse:
    """Say that something outside has updated an asset: DAGs that wait for it start."""
    body = call.body
    asset = _asset(call, body.asset_id)
    event = NewAssetEvent(
        asset.name,
        asset.uri,
        extra={**(body.extra or {}), "from_rest_api": True},
        partition_key=body.partition_key,
        by=call.who.name,
    )
    made = call.store.add_asset_event(event, now=call.now)
    call.store.ring(Topic.ASSETS)
    call.audit("create_asset_event", asset=asset.name, event_id=made.event_id)
    row = call.browser.first(ASSET_EVENTS, Filter("number", Op.EQ, made.event_id), visible=None)
    assert row is not None, "it was just written"
    return events_shown(call, [row])[0]


def materialize_asset(call: Call[Any, MaterializeAssetBody | None]) -> DAGRunResponse:
    """Start a run of the DAG that makes an asset."""
    asset = asset_of(call)
    dags = sorted({dag_id for dag_id, _ in call.store.producers_of(asset.name, asset.uri)})
    if not dags:
        raise NotFound(f"no DAG makes asset {asset.name!r}")
    if len(dags) > 1:
        raise Conflict(f"{len(dags)} DAGs make asset {asset.name!r}", hint=f"start one of them: {', '.join(dags)}")
    call.require(Resource.RUN, Action.CREATE, dag_id=dags[0])
    run = started(call, dags[0], call.body or MaterializeAssetBody())
    return one_run(call, run.dag_id, run.run_id)


def asset_of(call: Call[Any, Any]) -> AssetRow:
    """The one that the path names. Raises NotFound."""
    return _asset(call, number_in_path(call, "asset_id"))


def events_shown(call: Call[Any, Any], rows: list[AssetEventRow] | tuple[AssetEventRow, ...]) -> Any:
    runs = runs_of_events(call, [row.number for row in rows])
    return tuple(_event(row, tuple(runs.get(row.number, ()))) for row in rows)


def _asset(call: Call[Any, Any], number: int) -> AssetRow:
    found = call.browser.first(ASSETS, Filter("number", Op.EQ, number), visible=None) if number <= GREATEST else None
    if found is None:
        raise NotFound(f"there is no asset {number}")
    return found


def _mentioned_by(call: Call[Any, Any], dag_ids: tuple[str, ...]) -> list[int]:
    visible = call.visible(Resource.DAG)
    wanted = [one for one in dag_ids if visible is None or one in visible]
    refs = select(asset_ref.c.name, asset_ref.c.uri).where(asset_ref.c.dag_id.in_(wanted), asset_ref.c.alias == "")
    pairs = call.browser.read(refs)
    names, uris = {name for name, _ in pairs if name}, {uri for name, uri in pairs if not name}
    found = select(asset.c.id).where(or_(asset.c.name.in_(names), asset.c.uri.in_(uris)))
    return [row[0] for row in call.browser.read(found)]


def _event(row: AssetEventRow, runs: tuple[RunReference, ...]) -> AssetEventResponse:
    return AssetEventResponse(
        id=row.number,
        asset_id=row.asset,
        name=row.name,
        uri=row.uri,
        group=row.group,
        extra=row.extra,
        timestamp=row.at,
        source_dag_id=row.source_dag_id,
        source_task_id=row.source_task_id,
        source_run_id=row.source_run_id,
        source_map_index=map_index(path_from_text(row.source_map_path)),
        created_dagruns=runs,
        partition_key=row.partition_key,
    )


def _operation(method: Any, path: str, do: Any, action: Action = Action.READ, **more: Any) -> Operation:
    need = Need(Resource.ASSET, action)
    return Operation(method=method, path=ROOT + path, name=do.__name__, tag="Asset", needs=need, do=do, **more)


OPERATIONS = (
    _operation("GET", "", get_assets, query=AssetQuery, answer=AssetCollection),
    _operation("GET", "/aliases", get_asset_aliases, query=AliasQuery, answer=AssetAliasCollection),
    _operation("GET", "/aliases/{asset_alias_id}", get_asset_alias, answer=AssetAliasResponse),
    _operation("GET", "/events", get_asset_events, query=EventQuery, answer=AssetEventCollection),
    _operation(
        "POST",
        "/events",
        create_asset_event,
        Action.CREATE,
        body=CreateAssetEventsBody,
        answer=AssetEventResponse,
        errors=(404,),
        examples={"rows": {"asset_id": 1, "extra": {"rows": 1200}}},
    ),
    _operation("GET", "/{asset_id}", get_asset, answer=AssetResponse),
    _operation(
        "POST",
        "/{asset_id}/materialize",
        materialize_asset,
        body=MaterializeAssetBody | None,
        answer=DAGRunResponse,
        errors=(404, 409),
        examples={"now": {"conf": {"full": True}}},
    ),
)
