"""Where the boxes of a DAG's picture go: tasks in layers from left to right, lines crossing little. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

SWEEPS = 4


@dataclass(frozen=True)
class Placed:
    """A node's layer (0 is leftmost) and its row in that layer."""

    layer: int
    row: float


def place(upstream: Mapping[str, Sequence[str]]) -> dict[str, Placed]:
    """Layered layout (Sugiyama's, without the dummy nodes): the layer is the longest way from a root; rows follow the
    mean row of the neighbours, swept back and forth a few times. `upstream` is in an order where the DAG may be read
    from roots to leaves or not at all; it must have no cycle."""
    layers = _layers(upstream)
    downstream = _reversed(upstream)
    by_layer: dict[int, list[str]] = {}
    for node, layer in layers.items():
        by_layer.setdefault(layer, []).append(node)
    for sweep in range(SWEEPS):
        neighbours = upstream if sweep % 2 == 0 else downstream
        order = sorted(by_layer) if sweep % 2 == 0 else sorted(by_layer, reverse=True)
        _sweep(by_layer, order, neighbours)
    tallest = max((len(nodes) for nodes in by_layer.values()), default=0)
    return {
        node: Placed(layer, row + (tallest - len(nodes)) / 2)
        for layer, nodes in by_layer.items()
        for row, node in enumerate(nodes)
    }


def _layers(upstream: Mapping[str, Sequence[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for start in upstream:
        stack = [start]
        while stack:
            node = stack[-1]
            missing = [parent for parent in upstream[node] if parent not in found]
            if missing:
                stack += missing
                continue
            stack.pop()
            found[node] = max((found[parent] + 1 for parent in upstream[node]), default=0)
    return found


def _reversed(upstream: Mapping[str, Sequence[str]]) -> dict[str, list[str]]:
    downstream: dict[str, list[str]] = {node: [] for node in upstream}
    for node, parents in upstream.items():
        for parent in parents:
            downstream[parent].append(node)
    return downstream


def _sweep(by_layer: dict[int, list[str]], order: list[int], neighbours: Mapping[str, Sequence[str]]) -> None:
    rows = {node: row for nodes in by_layer.values() for row, node in enumerate(nodes)}
    for layer in order:
        nodes = by_layer[layer]
        centre = {
            node: sum(rows[other] for other in neighbours[node]) / len(neighbours[node])
            if neighbours[node]
            else rows[node]
            for node in nodes
        }
        nodes.sort(key=lambda node: centre[node])
        rows.update({node: row for row, node in enumerate(nodes)})
