"""Plain graph algorithms over {task id: ids beside it}; ties go by the order of the mapping, so results are stable."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterator, Mapping


def topological_order(upstream: Mapping[str, Collection[str]]) -> list[str]:
    """Ids so that each comes after its upstream. Those on a cycle, and behind one, are left out."""
    waiting = {node: sum(before in upstream for before in befores) for node, befores in upstream.items()}
    after: dict[str, list[str]] = {node: [] for node in upstream}
    for node, befores in upstream.items():
        for before in befores:
            if before in after:
                after[before].append(node)
    ready = deque(node for node, count in waiting.items() if not count)
    order: list[str] = []
    while ready:
        node = ready.popleft()
        order.append(node)
        for follower in after[node]:
            waiting[follower] -= 1
            if not waiting[follower]:
                ready.append(follower)
    return order


def find_cycle(downstream: Mapping[str, Collection[str]]) -> list[str] | None:
    """The ids of one cycle, its first repeated at the end; None where there is none."""
    finished: set[str] = set()
    for start in downstream:
        if start not in finished and (cycle := _cycle_from(start, downstream, finished)):
            return cycle
    return None


def _cycle_from(start: str, downstream: Mapping[str, Collection[str]], finished: set[str]) -> list[str] | None:
    """Depth-first with a stack of our own: a chain of 10,000 tasks is deeper than Python recurses."""
    path: list[str] = [start]
    on_path = {start}
    stack: list[Iterator[str]] = [iter(sorted(downstream[start]))]
    while stack:
        following = next(stack[-1], None)
        if following is None:
            stack.pop()
            done = path.pop()
            on_path.discard(done)
            finished.add(done)
        elif following in on_path:
            return [*path[path.index(following) :], following]
        elif following in downstream and following not in finished:
            path.append(following)
            on_path.add(following)
            stack.append(iter(sorted(downstream[following])))
    return None


def effective_weights(
    weights: Mapping[str, int], order: list[str], beside: Mapping[str, Collection[str]]
) -> dict[str, int]:
    """Each node's own weight plus those of all nodes reached through `beside`; `order` has reached nodes first.

    Sets of nodes are bits of an int, so that 10,000 tasks take milliseconds and not minutes."""
    bit = {node: 1 << place for place, node in enumerate(order)}
    by_weight: dict[int, int] = {}
    for node in order:
        by_weight[weights[node]] = by_weight.get(weights[node], 0) | bit[node]
    reached: dict[str, int] = {}
    total: dict[str, int] = {}
    for node in order:
        mask = 0
        for other in beside[node]:
            mask |= reached[other] | bit[other]
        reached[node] = mask
        total[node] = weights[node] + sum(weight * (mask & nodes).bit_count() for weight, nodes in by_weight.items())
    return total
