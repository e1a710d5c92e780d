"""Reading runs: lists, one, waiting for its end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import or_, select

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.problems import BadRequest, NotFound
from tradewind.api.v2.conf_search import with_conf
from tradewind.api.v2.ranges import (
    EVERY,
    TOTAL_WITH_CURSOR,
    Ranges,
    among,
    in_ranges,
    listed,
    matching,
    named,
    one_of,
    order_of,
)
from tradewind.api.v2.run_bodies import TRIGGERS, DAGRunCollection, DAGRunResponse, one_run, shown_runs
from tradewind.model.states import RunState, RunType
from tradewind.store.browse import Filter, Op, Page
from tradewind.store.browse.among import like
from tradewind.store.browse.listings import RUNS, RunRow
from tradewind.store.schema.core import run
from tradewind.store.schema.service import asset, asset_event, asset_event_use
from tradewind.timetables.partition_keys import date_of

ROOT = "/api/v2/dags/{dag_id}/dagRuns"
ORDER: dict[str, tuple[str, ...]] = {
    "id": ("number",),
    "state": ("state",),
    "dag_id": ("dag_id",),
    "run_id": ("run_id",),
    "dag_run_id": ("run_id",),
    "logical_date": ("logical_date",),
    "run_after": ("run_after",),
    "start_date": ("started_at",),
    "end_date": ("ended_at",),
    "queued_at": ("queued_at",),
    "updated_at": ("updated_at",),
    "duration": ("duration",),
    "run_type": ("run_type",),
    "conf": ("number",),
    "data_interval_start": ("data_interval_start",),
    "data_interval_end": ("data_interval_end",),
    "partition_key": ("partition_key",),
    "partition_date": ("number",),
    "triggering_user_name": ("triggered_by",),
}
RUN_TYPES = (*RunType, "operator_triggered", "asset_materialization")
"""Airflow's, too, which no run here has: what a task or a click starts is `manual`."""
PATTERNS = {
    "run_id": "run_id",
    "dag_id": "dag_id",
    "triggering_user_name": "triggered_by",
    "partition_key": "partition_key",
}


class RunsQuery(Ranges, frozen=True, kw_only=True):
    cursor: str | None = None
    """Empty for the first page, then `next_cursor` of the answer; `offset` is left out then."""
    run_type: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    dag_version: tuple[int, ...] = ()
    bundle_version: str | None = None
    conf_contains: str | None = None
    order_by: tuple[str, ...] = ("id",)
    run_id_pattern: str | None = None
    run_id_prefix_pattern: str | None = None
    triggering_user_name_pattern: str | None = None
    triggering_user_name_prefix_pattern: str | None = None
    dag_id_pattern: str | None = None
    dag_id_prefix_pattern: str | None = None
    partition_key_pattern: str | None = None
    partition_key_prefix_pattern: str | None = None
    partition_date_gte: datetime | None = None
    """What the partition's key says, where it says a date."""
    partition_date_lte: datetime | None = None
    consuming_asset_pattern: str | None = None
    """Part of the name or URI of an asset that started the run."""


class RunsBody(Ranges, frozen=True, kw_only=True, forbid_unknown_fields=True):
    order_by: str | None = None
    page_offset: int = 0
    page_limit: int = 100
    dag_ids: tuple[str, ...] | None = None
    states: tuple[str | None, ...] | None = None
    conf_contains: str | None = None


def get_dag_runs(call: Call[RunsQuery, Any]) -> DAGRunCollection:
    """Runs of a DAG, or of all where its id is `~`."""
    query, dag_id = call.query, call.path["dag_id"]
    if dag_id != EVERY and call.store.dag(dag_id) is None:
        raise NotFound(f"the DAG {dag_id!r} was not found")
    filters = [
        *named("dag_id", dag_id),
        *in_ranges(query),
        *matching(query, PATTERNS),
        *one_of("state", among("state", query.state, RunState)),
        *one_of("run_type", among("run_type", query.run_type, RUN_TYPES)),
        *one_of("version", query.dag_version),
        *([] if query.bundle_version is None else [Filter("bundle_version", Op.EQ, query.bundle_version)]),
        *with_conf(call, query.conf_contains, None if dag_id == EVERY else dag_id),
        *_started_by(call, query.consuming_asset_pattern),
        *_of_partitions(call, query, None if dag_id == EVERY else dag_id),
        *_by_people(query),
    ]
    order = order_of(query.order_by, ORDER)
    page = listed(call, RUNS, filters, order, Resource.RUN, limit=query.limit, offset=query.offset, cursor=query.cursor)
    return _collection(call, page, has_cursor=query.cursor is not None)


def get_list_dag_runs_batch(call: Call[Any, RunsBody]) -> DAGRunCollection:
    """Runs of many DAGs."""
    body = call.body
    if call.path["dag_id"] != EVERY:
        raise BadRequest("the id of the DAG in the path has to be ~", hint="name DAGs in `dag_ids`")
    if body.page_offset < 0 or body.page_limit < 0:
        raise BadRequest("page_offset and page_limit are numbers from 0 on")
    filters = [
        *one_of("dag_id", body.dag_ids or ()),
        *one_of("state", among("states", (one for one in body.states or () if one is not None), RunState)),
        *in_ranges(body),
        *with_conf(call, body.conf_contains),
    ]
    order = order_of((body.order_by,) if body.order_by else ("id",), ORDER)
    page = listed(call, RUNS, filters, order, Resource.RUN, limit=body.page_limit, offset=body.page_offset)
    return _collection(call, page, has_cursor=False)


def get_dag_run(call: Call[Any, Any]) -> DAGRunResponse:
    """One run."""
    return one_run(call, call.path["dag_id"], call.path["dag_run_id"])


def _by_people(query: RunsQuery) -> list[Filter]:
    """What starts runs by itself is shown without a user's name, and found by none."""
    patterns = (query.triggering_user_name_pattern, query.triggering_user_name_prefix_pattern)
    return [Filter("triggered_by", Op.NOT_IN, tuple(TRIGGERS))] if any(patterns) else []


def _of_partitions(call: Call[Any, Any], query: RunsQuery, dag_id: str | None) -> list[Filter]:
    """The date of a partition is what its key says: the few runs that have keys are looked through."""
    since, until = query.partition_date_gte, query.partition_date_lte
    if since is None and until is None:
        return []
    keyed = select(run.c.id, run.c.partition_key).where(run.c.partition_key.is_not(None))
    rows = call.browser.read(keyed if dag_id is None else keyed.where(run.c.dag_id == dag_id))
    dated = ((number, date_of(key)) for number, key in rows)
    within = (number for number, at in dated if at and (not since or since <= at) and (not until or at <= until))
    return [Filter("number", Op.IN, tuple(within))]


def _started_by(call: Call[Any, Any], asset_pattern: str | None) -> list[Filter]:
    if not asset_pattern or asset_pattern == EVERY:
        return []
    text = f"%{asset_pattern}%"
    used = (
        select(asset_event_use.c.run)
        .join(asset_event, asset_event.c.id == asset_event_use.c.event)
        .join(asset, asset.c.id == asset_event.c.asset)
        .where(asset_event_use.c.run.is_not(None), or_(like(asset.c.name, text), like(asset.c.uri, text)))
        .distinct()
    )
    return [Filter("number", Op.IN, tuple(row[0] for row in call.browser.read(used)))]


def _collection(call: Call[Any, Any], page: Page[RunRow], *, has_cursor: bool) -> DAGRunCollection:
    runs = shown_runs(call, page.rows)
    if not has_cursor:
        return DAGRunCollection(runs, page.total or 0)
    total = min(page.total or 0, TOTAL_WITH_CURSOR)
    return DAGRunCollection(runs, total, TOTAL_WITH_CURSOR, page.next, page.previous)


OPERATIONS = (
    Operation(
        method="GET",
        path=ROOT,
        name="get_dag_runs",
        tag="DagRun",
        needs=Need(Resource.RUN),
        do=get_dag_runs,
        query=RunsQuery,
        answer=DAGRunCollection,
        errors=(400, 404),
    ),
    Operation(
        method="POST",
        path=f"{ROOT}/list",
        name="get_list_dag_runs_batch",
        tag="DagRun",
        needs=Need(Resource.RUN),
        do=get_list_dag_runs_batch,
        body=RunsBody,
        answer=DAGRunCollection,
        errors=(400, 404),
        examples={"failed since an instant": {"states": ["failed"], "start_date_gte": "2026-05-01T00:00:00Z"}},
    ),
    Operation(
        method="GET",
        path=f"{ROOT}/{{dag_run_id}}",
        name="get_dag_run",
        tag="DagRun",
        needs=Need(Resource.RUN),
        do=get_dag_run,
        answer=DAGRunResponse,
        errors=(404,),
    ),
)
