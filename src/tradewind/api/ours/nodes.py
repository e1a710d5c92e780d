"""A DAG's groups and tasks as the grid, the graph and the run page show them. Pure."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from tradewind.api.ours.bodies.dags import GraphEdge, GraphNode, GridNode
from tradewind.api.ours.node_order import upstream_first
from tradewind.model.spec import DagSpec, GroupSpec, TaskSpec

_OTHER_DAGS = {"TriggerDagRunOperator": "trigger_dag_id", "ExternalTaskSensor": "external_dag_id"}


def grid_nodes(spec: DagSpec) -> list[GridNode]:
    """Depth first; of neighbours each after what it waits for, else in the order the author wrote them, where a group
    stands where its first task does."""
    children, mapped = upstream_first(spec, _children(spec)), mapped_tasks(spec)
    found: list[GridNode] = []

    def walk(group_id: str, depth: int) -> None:
        for node in children[group_id]:
            place = len(found)
            found.append(_grid_node(node, depth, group_id, mapped))
            if isinstance(node, GroupSpec):
                walk(node.group_id, depth + 1)
                found[place] = _with_children(found[place], len(found) - place - 1)

    walk("", 0)
    return found


def groups_above(spec: DagSpec) -> Mapping[str, tuple[str, ...]]:
    """Task id → the groups it is in, innermost first."""
    parents = {group.group_id: group.parent_id for group in spec.groups}
    found: dict[str, tuple[str, ...]] = {"": ()}

    def above(group_id: str) -> tuple[str, ...]:
        if group_id not in found:
            found[group_id] = (group_id, *above(parents.get(group_id, "")))
        return found[group_id]

    return {task.task_id: above(task.group_id) for task in spec.tasks}


def mapped_tasks(spec: DagSpec) -> frozenset[str]:
    """Those that have instances: mapped themselves, or in a mapped group."""
    groups = {group.group_id for group in spec.groups if group.expansion is not None}
    if not groups:
        return frozenset(task.task_id for task in spec.tasks if task.expansion is not None)
    above = groups_above(spec)
    return frozenset(
        task.task_id for task in spec.tasks if task.expansion is not None or not groups.isdisjoint(above[task.task_id])
    )


def graph_nodes(spec: DagSpec) -> Iterator[GraphNode]:
    for group in spec.groups:
        yield GraphNode(
            id=group.group_id,
            label=group.label or group.group_id.rpartition(".")[2],
            kind="group",
            parent=group.parent_id or None,
            is_mapped=group.expansion is not None,
            tooltip=group.tooltip,
            ui_color=group.ui_color,
        )
    mapped = mapped_tasks(spec)
    for task in spec.tasks:
        yield GraphNode(
            id=task.task_id,
            label=_label(task),
            kind="dag" if task.operator in _OTHER_DAGS else "task",
            parent=task.group_id or None,
            operator=task.operator,
            is_mapped=task.task_id in mapped,
            is_setup=task.is_setup,
            is_teardown=task.is_teardown,
            trigger_rule=str(task.trigger_rule),
            tooltip=task.doc,
            ui_color=task.ui_color,
        )


def graph_edges(spec: DagSpec) -> Iterator[GraphEdge]:
    labels = {(one.upstream, one.downstream): one.label for one in spec.edge_labels}
    for task in spec.tasks:
        data = {given.task_id for given in task.inputs}
        if task.expansion is not None:
            data |= task.expansion.task_ids()
        for before in task.upstream:
            yield GraphEdge(before, task.task_id, labels.get((before, task.task_id), ""), before in data)


def _children(spec: DagSpec) -> dict[str, list[TaskSpec | GroupSpec]]:
    groups = {group.group_id: group for group in spec.groups}
    found: dict[str, list[TaskSpec | GroupSpec]] = {"": [], **{group_id: [] for group_id in groups}}
    placed: set[str] = set()

    def place(group_id: str) -> None:
        if group_id in groups and group_id not in placed:
            placed.add(group_id)
            place(groups[group_id].parent_id)
            found[groups[group_id].parent_id].append(groups[group_id])

    for task in spec.tasks:
        place(task.group_id)
        found[task.group_id].append(task)
    for group_id in groups:
        place(group_id)
    return found


def _grid_node(node: TaskSpec | GroupSpec, depth: int, group_id: str, mapped: Collection[str]) -> GridNode:
    if isinstance(node, GroupSpec):
        label = node.label or node.group_id.removeprefix(f"{group_id}.")
        return GridNode(node.group_id, label, depth, is_group=True, is_mapped=node.expansion is not None)
    return GridNode(
        node.task_id,
        node.label or node.task_id.removeprefix(f"{group_id}."),
        depth,
        is_group=False,
        is_mapped=node.task_id in mapped,
        operator=node.operator,
        trigger_rule=str(node.trigger_rule),
    )


def _with_children(node: GridNode, children: int) -> GridNode:
    return GridNode(node.id, node.label, node.depth, node.is_group, node.is_mapped, children=children)


def _label(task: TaskSpec) -> str:
    return task.label or (task.task_id.removeprefix(f"{task.group_id}.") if task.group_id else task.task_id)
