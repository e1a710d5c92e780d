"""What is odd about DAGs, and stops nothing yet: tasks in pools that do not exist."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.v2.paging import Ordered, cut
from tradewind.model.records import DagRecord
from tradewind.model.spec import DagSpec

NO_POOL = "non-existent pool"
ORDER = {"dag_id": "dag_id", "warning_type": "warning_type", "message": "message", "timestamp": "timestamp"}


class DagWarning(Struct, frozen=True):
    dag_id: str
    warning_type: str
    message: str
    timestamp: datetime
    dag_display_name: str


class DagWarningCollection(Struct, frozen=True):
    dag_warnings: tuple[DagWarning, ...]
    total_entries: int


class WarningQuery(Ordered, frozen=True, kw_only=True):
    dag_id: str | None = None
    warning_type: Literal["asset conflict", "non-existent pool", "runtime varying value"] | None = None


class Pools(Struct, frozen=True):
    """Of one version of a DAG."""

    names: frozenset[str]
    label: str


def list_dag_warnings(call: Call[WarningQuery, Any]) -> DagWarningCollection:
    """DAGs with tasks in pools that do not exist: these tasks wait."""
    visible = call.visible(Resource.DAG)
    pools = {pool.name for pool in call.store.pools()}
    found = [
        warning
        for dag in call.store.dags()
        if (visible is None or dag.dag_id in visible) and call.query.dag_id in (None, dag.dag_id)
        if (warning := _warning(call, dag, pools)) is not None and call.query.warning_type in (None, NO_POOL)
    ]
    return DagWarningCollection(tuple(cut(call, found, ORDER)), len(found))


_pools_of_version: dict[str, Pools] = {}


def _warning(call: Call[Any, Any], dag: DagRecord, pools: set[str]) -> DagWarning | None:
    used = _pools(call, dag)
    missing = sorted(used.names - pools)
    if not missing:
        return None
    message = f"tasks of DAG {dag.dag_id!r} wait for pools that do not exist: {', '.join(missing)}"
    return DagWarning(dag.dag_id, NO_POOL, message, dag.seen_at, used.label or dag.dag_id)


def _pools(call: Call[Any, Any], dag: DagRecord) -> Pools:
    found = _pools_of_version.get(dag.hash)
    if found is None:
        spec = call.store.spec(dag.dag_id, dag.hash)
        found = _of_spec(spec) if spec is not None else Pools(frozenset(), "")
        if len(_pools_of_version) > 10_000:
            _pools_of_version.clear()
        _pools_of_version[dag.hash] = found
    return found


def _of_spec(spec: DagSpec) -> Pools:
    return Pools(frozenset(task.pool for task in spec.tasks), spec.label)


OPERATIONS = (
    Operation(
        method="GET",
        path="/api/v2/dagWarnings",
        name="list_dag_warnings",
        tag="DagWarning",
        needs=Need(Resource.DAG),
        do=list_dag_warnings,
        query=WarningQuery,
        answer=DagWarningCollection,
    ),
)
