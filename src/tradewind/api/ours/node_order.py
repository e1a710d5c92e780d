"""In which order neighbours are shown: each after what it waits for, as Airflow's grid has them. Pure."""

from __future__ import annotations

import heapq
from collections.abc import Mapping, Sequence

from tradewind.model.spec import DagSpec, GroupSpec, TaskSpec

Node = TaskSpec | GroupSpec


def upstream_first(spec: DagSpec, children: Mapping[str, Sequence[Node]]) -> dict[str, list[Node]]:
    """Group → what is in it, in the order to show. Groups that wait for each other stay as they were written."""
    waits = _waits_of_neighbours(spec)
    return {group_id: _ordered(nodes, waits) for group_id, nodes in children.items()}


def _waits_of_neighbours(spec: DagSpec) -> dict[str, set[str]]:
    """Node → neighbours in its own group that it, or something in it, waits for."""
    parents = {group.group_id: group.parent_id for group in spec.groups}
    parents |= {task.task_id: task.group_id for task in spec.tasks}
    found: dict[str, set[str]] = {}
    for task in spec.tasks:
        path = _path(task.task_id, parents)
        for name in task.upstream:
            for own, other in zip(path, _path(name, parents), strict=False):
                if own != other:
                    found.setdefault(own, set()).add(other)
                    break
    return found


def _path(node_id: str, parents: Mapping[str, str]) -> list[str]:
    """From the outermost group down to the node."""
    path = [node_id]
    while parent := parents.get(path[-1], ""):
        path.append(parent)
    return path[::-1]


def _ordered(nodes: Sequence[Node], waits: Mapping[str, set[str]]) -> list[Node]:
    place = {_id(node): number for number, node in enumerate(nodes)}
    left = {name: len(waits.get(name, set()) & place.keys()) for name in place}
    below: dict[str, list[str]] = {}
    for name in place:
        for before in waits.get(name, ()):
            below.setdefault(before, []).append(name)
    ready = [place[name] for name, number in left.items() if not number]
    order: list[int] = []
    while ready:
        order.append(number := heapq.heappop(ready))
        for after in below.get(_id(nodes[number]), ()):
            left[after] -= 1
            if not left[after]:
                heapq.heappush(ready, place[after])
    order += sorted(set(range(len(nodes))) - set(order))
    return [nodes[number] for number in order]


def _id(node: Node) -> str:
    return node.group_id if isinstance(node, GroupSpec) else node.task_id
