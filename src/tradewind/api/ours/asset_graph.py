"""Assets with the DAGs and tasks that update them and wait for them."""

from __future__ import annotations

from typing import Any

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.values import AssetEdge, AssetGraph, AssetNode
from tradewind.api.ours.paths import ROOT
from tradewind.store.facets.views import AssetLink


def asset_graph(call: Call[Any, None]) -> AssetGraph:
    """Which tasks update which assets, and which DAGs they start"""
    visible = call.visible(Resource.DAG)
    links = [link for link in call.store.asset_links() if visible is None or link.dag_id in visible]
    states = {dag.dag_id: dag.last_run_state for dag in call.store.dags()}
    assets = {one.name: one for one in call.store.assets()}
    by_uri = {one.uri: one.name for one in assets.values()}
    nodes: dict[str, AssetNode] = {}
    for one in assets.values():
        nodes[f"asset:{one.name}"] = AssetNode(
            id=f"asset:{one.name}",
            kind="asset",
            label=one.name,
            uri=one.uri,
            group=one.group,
            last_event_at=one.last_event_at,
        )
    edges: dict[tuple[str, str], AssetEdge] = {}
    for link in links:
        own = _asset_node(link, by_uri, nodes)
        other = _dag_node(link, states.get(link.dag_id), nodes)
        pair = (other, own) if link.kind == "outlet" else (own, other)
        edges[pair] = AssetEdge(*pair)
        if link.task_id:
            dag = f"dag:{link.dag_id}"
            nodes.setdefault(dag, _dag(link.dag_id, states.get(link.dag_id)))
            # From the DAG to its task, of what it reads as well: a DAG that reads what it writes is no circle.
            edges[dag, other] = AssetEdge(dag, other)
    for alias, name in call.store.alias_assets():
        if f"alias:{alias}" in nodes and f"asset:{name}" in nodes:
            edges[f"alias:{alias}", f"asset:{name}"] = AssetEdge(f"alias:{alias}", f"asset:{name}")
    return AssetGraph(list(nodes.values()), list(edges.values()))


def _asset_node(link: AssetLink, by_uri: dict[str, str], nodes: dict[str, AssetNode]) -> str:
    if link.alias:
        name = f"alias:{link.alias}"
        nodes.setdefault(name, AssetNode(id=name, kind="alias", label=link.alias))
        return name
    label = link.name or by_uri.get(link.uri) or link.uri
    name = f"asset:{label}"
    nodes.setdefault(name, AssetNode(id=name, kind="asset", label=label, uri=link.uri))
    return name


def _dag_node(link: AssetLink, state: Any, nodes: dict[str, AssetNode]) -> str:
    if not link.task_id:
        node = _dag(link.dag_id, state)
    else:
        node = AssetNode(id=f"task:{link.dag_id}:{link.task_id}", kind="task", label=link.task_id, group=link.dag_id)
    nodes.setdefault(node.id, node)
    return node.id


def _dag(dag_id: str, state: Any) -> AssetNode:
    return AssetNode(id=f"dag:{dag_id}", kind="dag", label=dag_id, state=str(state or ""))


OPERATIONS = (
    Operation(
        method="GET",
        path=f"{ROOT}/assets/graph",
        name="tradewind_asset_graph",
        tag="Assets",
        needs=Need(Resource.ASSET),
        do=asset_graph,
        answer=AssetGraph,
    ),
)
