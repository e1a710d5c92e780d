"""The graph of a DAG, of any version, with its critical path."""

from __future__ import annotations

from typing import Any

from msgspec import Struct

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.asset_names import asset_names
from tradewind.api.ours.bodies.dags import Graph, GraphEdge, GraphNode
from tradewind.api.ours.critical_path import critical_path, ended_last
from tradewind.api.ours.nodes import graph_edges, graph_nodes
from tradewind.api.ours.paths import DAG, run_named, spec_of
from tradewind.api.problems import NotFound
from tradewind.engine.prediction import usual_seconds
from tradewind.model.ids import RunKey
from tradewind.model.spec import DagSpec


class GraphQuery(Struct, frozen=True):
    run_id: str = ""
    """As it was for this run."""
    version: int | None = None


def graph(call: Call[GraphQuery, None]) -> Graph:
    """Groups, tasks, assets and what waits for what"""
    dag_id, query = call.path["dag_id"], call.query
    versions = {one.number: one.hash for one in call.store.dag_versions(dag_id)}
    dag_hash = None
    if query.run_id:
        call.require(Resource.RUN, Action.READ, dag_id=dag_id)
        dag_hash = run_named(call, RunKey(dag_id, query.run_id)).dag_hash
    elif query.version is not None:
        dag_hash = versions.get(query.version)
        if dag_hash is None:
            raise NotFound(f"DAG {dag_id!r} has no version {query.version}")
    spec = spec_of(call, dag_id, dag_hash)
    known = call.store.dag(dag_id)
    shown = dag_hash or (known.hash if known is not None else "")
    assets, edges = _assets(spec)
    return Graph(
        version_number=next((number for number, one in versions.items() if one == shown), 0),
        nodes=[*graph_nodes(spec), *assets],
        edges=[*graph_edges(spec), *edges],
        critical_path=path_of_run(call, RunKey(dag_id, query.run_id), spec) if query.run_id else _usual(call, spec),
    )


def path_of_run(call: Call[Any, Any], key: RunKey, spec: DagSpec) -> list[str]:
    ends: dict[str, float] = {}
    for row in call.store.tasks(key):
        if row.ended_at is not None and row.started_at is not None:
            ends[row.task_id] = max(ends.get(row.task_id, 0.0), row.ended_at.timestamp())
    return ended_last({task.task_id: task.upstream for task in spec.tasks}, ends)


def _usual(call: Call[Any, Any], spec: DagSpec) -> list[str]:
    seconds = usual_seconds(call.store.task_durations(spec.dag_id))
    return critical_path({task.task_id: task.upstream for task in spec.tasks}, seconds)


def _assets(spec: DagSpec) -> tuple[list[GraphNode], list[GraphEdge]]:
    """Assets that start the DAG, before its first tasks; those that tasks update, behind them."""
    roots = [task.task_id for task in spec.tasks if not task.upstream]
    pairs = [(name, root, True) for name in sorted(asset_names(spec.schedule.assets)) for root in roots]
    pairs += [
        (name, task.task_id, False)
        for task in spec.tasks
        for outlet in task.outlets
        for name in sorted(asset_names(outlet))
    ]
    names = dict.fromkeys(name for name, _, _ in pairs)
    nodes = [GraphNode(id=f"asset:{name}", label=name, kind="asset", parent=None) for name in names]
    edges = [
        GraphEdge(f"asset:{name}", task_id) if is_before else GraphEdge(task_id, f"asset:{name}")
        for name, task_id, is_before in pairs
    ]
    return nodes, edges


OPERATIONS = (
    Operation(
        method="GET",
        path=f"{DAG}/graph",
        name="tradewind_graph",
        tag="DAGs",
        needs=Need(Resource.DAG),
        do=graph,
        query=GraphQuery,
        answer=Graph,
    ),
)
