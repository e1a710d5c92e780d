"""Reading DAGs: the list, one, in detail; tags; how many runs are in which state."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Literal

from msgspec import Struct
from sqlalchemy import func, or_, select

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.problems import NotFound
from tradewind.api.v2.dag_bodies import (
    DAGCollection,
    DAGDetailsResponse,
    DAGResponse,
    one_dag,
    one_dag_in_detail,
    shown_dags,
    timetable_class,
)
from tradewind.api.v2.paging import Ordered, cut, fits
from tradewind.api.v2.ranges import EVERY, in_ranges, listed, matching, one_of, order_of
from tradewind.model.states import RunState
from tradewind.store.browse import Filter, Op
from tradewind.store.browse.among import like
from tradewind.store.browse.listings import DAGS
from tradewind.store.schema.core import run
from tradewind.store.schema.service import asset_ref

ORDER: dict[str, tuple[str, ...]] = {
    "dag_id": ("dag_id",),
    "dag_display_name": ("label", "dag_id"),
    "next_dagrun": ("next_run_after",),
    "is_paused": ("is_paused",),
    "state": ("last_run_state",),
    "last_run_state": ("last_run_state",),
    "start_date": ("last_run_started_at",),
    "last_run_start_date": ("last_run_started_at",),
}


class DagsQuery(Ordered, frozen=True, kw_only=True):
    order_by: tuple[str, ...] = ("dag_id",)
    tags: tuple[str, ...] = ()
    tags_match_mode: Literal["any", "all"] | None = None
    owners: tuple[str, ...] = ()
    dag_id_pattern: str | None = None
    dag_id_prefix_pattern: str | None = None
    dag_display_name_pattern: str | None = None
    dag_display_name_prefix_pattern: str | None = None
    exclude_stale: bool = True
    paused: bool | None = None
    has_import_errors: bool | None = None
    last_dag_run_state: RunState | None = None
    bundle_name: str | None = None
    bundle_version: str | None = None
    has_asset_schedule: bool | None = None
    asset_dependency: str | None = None
    """Part of the name or URI of an asset that the DAG waits for."""
    dag_run_start_date_gte: datetime | None = None
    dag_run_start_date_gt: datetime | None = None
    dag_run_start_date_lte: datetime | None = None
    dag_run_start_date_lt: datetime | None = None
    dag_run_end_date_gte: datetime | None = None
    dag_run_end_date_gt: datetime | None = None
    dag_run_end_date_lte: datetime | None = None
    dag_run_end_date_lt: datetime | None = None
    dag_run_state: tuple[str, ...] = ()
    is_favorite: bool | None = None
    timetable_type: tuple[str, ...] = ()
    """Class of the timetable, with or without its module: `CronTriggerTimetable`."""


class TagsQuery(Ordered, frozen=True, kw_only=True):
    tag_name_pattern: str | None = None
    tag_name_prefix_pattern: str | None = None


class TagCollection(Struct, frozen=True):
    tags: tuple[str, ...]
    total_entries: int


class StatsQuery(Struct, frozen=True):
    dag_ids: tuple[str, ...] = ()


class StateCount(Struct, frozen=True):
    state: str
    count: int


class DagStats(Struct, frozen=True):
    dag_id: str
    dag_display_name: str
    stats: tuple[StateCount, ...]


class DagStatsCollection(Struct, frozen=True):
    dags: tuple[DagStats, ...]
    total_entries: int


def get_dags(call: Call[DagsQuery, Any]) -> DAGCollection:
    """DAGs, by id."""
    query = call.query
    order = order_of(query.order_by, ORDER)
    filters = [*_filters(query), *_waiting_for(call, query.asset_dependency), *_timed(call, query.timetable_type)]
    page = listed(call, DAGS, filters, order, Resource.DAG, limit=query.limit, offset=query.offset)
    return DAGCollection(shown_dags(call, page.rows), page.total or 0)


def _filters(query: DagsQuery) -> list[Filter]:
    how = Op.HAS_ALL if query.tags_match_mode == "all" else Op.HAS_ANY
    exact: dict[str, Any] = {
        "is_paused": query.paused,
        "has_import_errors": query.has_import_errors,
        "last_run_state": query.last_dag_run_state,
        "bundle": query.bundle_name,
        "bundle_version": query.bundle_version,
        "is_by_assets": query.has_asset_schedule,
    }
    return [
        *([Filter("retired_at", Op.IS_NULL)] if query.exclude_stale else []),
        *([Filter("tags", how, query.tags)] if query.tags else []),
        *([Filter("owners", Op.HAS_ANY, query.owners)] if query.owners else []),
        *([Filter("dag_id", Op.IN, ())] if query.is_favorite else []),
        *(Filter(field, Op.EQ, value) for field, value in exact.items() if value is not None),
        *matching(query, {"dag_id": "dag_id", "dag_display_name": "label"}),
        *in_ranges(query, {"dag_run_start_date": "last_run_started_at", "dag_run_end_date": "last_run_ended_at"}),
        *one_of("last_run_state", query.dag_run_state),
    ]


def _waiting_for(call: Call[Any, Any], asset_pattern: str | None) -> list[Filter]:
    if not asset_pattern or asset_pattern == EVERY:
        return []
    text = f"%{asset_pattern}%"
    named = or_(like(asset_ref.c.name, text), like(asset_ref.c.uri, text))
    found = call.browser.read(select(asset_ref.c.dag_id).where(asset_ref.c.kind == "schedule", named).distinct())
    return [Filter("dag_id", Op.IN, tuple(row[0] for row in found))]


def _timed(call: Call[Any, Any], types: Sequence[str]) -> list[Filter]:
    if not types:
        return []
    names = {one.rpartition(".")[2] for one in types}
    dags = call.store.dags(include_retired=True)
    known = call.server.versions.of_many(call.store, ((dag.dag_id, dag.hash) for dag in dags))
    found = (dag_id for (dag_id, _), one in known.items() if timetable_class(one.spec.schedule) in names)
    return [Filter("dag_id", Op.IN, tuple(found))]


def get_dag(call: Call[Any, Any]) -> DAGResponse:
    """One DAG."""
    return one_dag(call, call.path["dag_id"])


def get_dag_details(call: Call[Any, Any]) -> DAGDetailsResponse:
    """One DAG with what its newest version says."""
    return one_dag_in_detail(call, call.path["dag_id"])


class _Tag(Struct, frozen=True):
    name: str


def get_dag_tags(call: Call[TagsQuery, Any]) -> TagCollection:
    """Tags of the DAGs that there are."""
    query, visible = call.query, call.visible(Resource.DAG)
    dags = (dag for dag in call.store.dags() if visible is None or dag.dag_id in visible)
    names = sorted({name for dag in dags for name in dag.tags})
    some = [_Tag(name) for name in names if fits(name, query.tag_name_pattern, query.tag_name_prefix_pattern)]
    return TagCollection(tuple(tag.name for tag in cut(call, some, {"name": "name"})), len(some))


def get_dag_stats(call: Call[StatsQuery, Any]) -> DagStatsCollection:
    """How many runs each DAG has in each state."""
    visible = call.visible(Resource.RUN)
    dags = {dag.dag_id: dag for dag in call.store.dags() if visible is None or dag.dag_id in visible}
    if missing := [dag_id for dag_id in call.query.dag_ids if dag_id not in dags]:
        raise NotFound(f"the DAG {missing[0]!r} was not found")
    wanted = call.query.dag_ids or tuple(dags)
    counted = _counted(call, wanted)
    known = call.server.versions.of_many(call.store, ((dag_id, dags[dag_id].hash) for dag_id in wanted))
    stats = tuple(
        DagStats(
            dag_id,
            known[dag_id, dags[dag_id].hash].label,
            tuple(StateCount(str(state), counted.get((dag_id, str(state)), 0)) for state in RunState),
        )
        for dag_id in dict.fromkeys(wanted)
    )
    return DagStatsCollection(stats, len(stats))


def _counted(call: Call[Any, Any], dag_ids: Iterable[str]) -> dict[tuple[str, str], int]:
    asked = set(dag_ids)
    statement = select(run.c.dag_id, run.c.state, func.count()).group_by(run.c.dag_id, run.c.state)
    if len(asked) < 100:
        statement = statement.where(run.c.dag_id.in_(asked))
    return {(dag_id, state): count for dag_id, state, count in call.browser.read(statement) if dag_id in asked}


def _operation(path: str, do: Any, answer: Any, needs: Resource = Resource.DAG, **more: Any) -> Operation:
    return Operation(
        method="GET", path=f"/api/v2{path}", name=do.__name__, needs=Need(needs), do=do, answer=answer, **more
    )


OPERATIONS = (
    _operation("/dags", get_dags, DAGCollection, tag="DAG", query=DagsQuery, errors=(400,)),
    _operation("/dags/{dag_id}", get_dag, DAGResponse, tag="DAG", errors=(404,)),
    _operation("/dags/{dag_id}/details", get_dag_details, DAGDetailsResponse, tag="DAG", errors=(404,)),
    _operation("/dagTags", get_dag_tags, TagCollection, tag="DAG", query=TagsQuery, errors=(400,)),
    _operation(
        "/dagStats", get_dag_stats, DagStatsCollection, Resource.RUN, tag="DagStats", query=StatsQuery, errors=(404,)
    ),
)
