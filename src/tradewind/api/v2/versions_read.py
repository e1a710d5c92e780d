"""Versions of DAGs, and their code."""

from __future__ import annotations

from typing import Any

from msgspec import Struct
from starlette.responses import Response

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.code import source_of_version
from tradewind.api.problems import NotAcceptable, NotFound
from tradewind.api.v2.numbers import number_in_path
from tradewind.api.v2.paging import Ordered
from tradewind.api.v2.ranges import EVERY, listed, named, order_of
from tradewind.api.v2.versions import DagVersionResponse
from tradewind.store.browse import Filter, Op
from tradewind.store.browse.listings import DAG_VERSIONS, DagVersionRow

ROOT = "/api/v2/dags/{dag_id}/dagVersions"
ORDER: dict[str, tuple[str, ...]] = {
    "id": ("dag_id", "number"),
    "version_number": ("number",),
    "bundle_name": ("bundle",),
    "bundle_version": ("bundle_version",),
    "created_at": ("created_at",),
}
TEXT, JSON = "text/plain", "application/json"


class VersionsQuery(Ordered, frozen=True, kw_only=True):
    order_by: tuple[str, ...] = ("id",)
    version_number: int | None = None
    bundle_name: str | None = None
    bundle_version: str | None = None


class DagVersionCollection(Struct, frozen=True):
    dag_versions: tuple[DagVersionResponse, ...]
    total_entries: int


class SourceQuery(Struct, frozen=True):
    version_number: int | None = None
    """Absent: the newest."""


class DAGSource(Struct, frozen=True):
    content: str | None
    dag_id: str
    version_number: int | None
    dag_display_name: str


def get_dag_versions(call: Call[VersionsQuery, Any]) -> DagVersionCollection:
    """Versions of a DAG, or of all where its id is `~`."""
    query, dag_id = call.query, call.path["dag_id"]
    if dag_id != EVERY and call.store.dag(dag_id) is None:
        raise NotFound(f"the DAG {dag_id!r} was not found")
    exact = {"number": query.version_number, "bundle": query.bundle_name, "bundle_version": query.bundle_version}
    filters = [*named("dag_id", dag_id), *(Filter(name, Op.EQ, one) for name, one in exact.items() if one is not None)]
    order = order_of(query.order_by, ORDER)
    page = listed(call, DAG_VERSIONS, filters, order, Resource.DAG, limit=query.limit, offset=query.offset)
    return DagVersionCollection(tuple(_shown(call, row) for row in page.rows), page.total or 0)


def get_dag_version(call: Call[Any, Any]) -> DagVersionResponse:
    """One version of a DAG."""
    number = number_in_path(call, "version_number")
    return _shown(call, _row(call, call.path["dag_id"], number))


def get_dag_source(call: Call[SourceQuery, Any]) -> DAGSource | Response:
    """The file of a DAG as a version had it: as JSON, or as `text/plain`."""
    accept = call.headers.get("accept", "*/*")
    if not any(kind in accept for kind in (JSON, TEXT, "*/*")):
        raise NotAcceptable(f"the source comes as {JSON} or {TEXT}")
    dag_id, number = call.path["dag_id"], call.query.version_number
    if number is None:
        dag = call.store.dag(dag_id)
        if dag is None:
            raise NotFound(f"the DAG {dag_id!r} was not found")
        known = call.server.versions.known(call.store, dag_id, dag.hash)
        number = known.response.version_number
    row = _row(call, dag_id, number)
    known = call.server.versions.known(call.store, dag_id, row.hash)
    source = source_of_version(call, row.snapshot, known.spec.file)
    if source is None:
        raise NotFound(f"the code of version {number} of DAG {dag_id!r} is not kept any more")
    if TEXT in accept and JSON not in accept:
        return Response(source, media_type=f"{TEXT}; charset=utf-8", headers={"X-Content-Type-Options": "nosniff"})
    return DAGSource(source, dag_id, number, known.label)


def _row(call: Call[Any, Any], dag_id: str, number: int) -> DagVersionRow:
    asked = (Filter("dag_id", Op.EQ, dag_id), Filter("number", Op.EQ, number))
    found = call.browser.first(DAG_VERSIONS, *asked, visible=None)
    if found is None:
        raise NotFound(f"DAG {dag_id!r} has no version {number}")
    return found


def _shown(call: Call[Any, Any], row: DagVersionRow) -> DagVersionResponse:
    return call.server.versions.known(call.store, row.dag_id, row.hash).response


OPERATIONS = (
    Operation(
        method="GET",
        path=ROOT,
        name="get_dag_versions",
        tag="DagVersion",
        needs=Need(Resource.DAG),
        do=get_dag_versions,
        query=VersionsQuery,
        answer=DagVersionCollection,
        errors=(400, 404),
    ),
    Operation(
        method="GET",
        path=f"{ROOT}/{{version_number}}",
        name="get_dag_version",
        tag="DagVersion",
        needs=Need(Resource.DAG),
        do=get_dag_version,
        answer=DagVersionResponse,
        errors=(404,),
    ),
    Operation(
        method="GET",
        path="/api/v2/dagSources/{dag_id}",
        name="get_dag_source",
        tag="DagSource",
        needs=Need(Resource.CODE),
        do=get_dag_source,
        query=SourceQuery,
        answer=DAGSource,
        errors=(404, 406),
        media_types=(JSON, TEXT),
    ),
)
