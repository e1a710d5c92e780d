"""Joining many at once (chain, chain_linear, cross_downstream) and naming an edge (Label)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from tradewind.authoring.location import caller_location
from tradewind.authoring.nodes import DependencyMixin, nodes_of
from tradewind.model.errors import DagFileError

if TYPE_CHECKING:
    from tradewind.authoring.task import AbstractTask


class EdgeModifier(DependencyMixin):
    """What stands between two nodes in `a >> Label("yes") >> b`; edges are made once both sides are known."""

    def __init__(self, label: str | None = None) -> None:
        self.label = label
        self._upstream: list[DependencyMixin] = []
        self._downstream: list[DependencyMixin] = []

    @property
    def roots(self) -> Sequence[AbstractTask]:
        return [task for node in self._downstream for task in node.roots]

    @property
    def leaves(self) -> Sequence[AbstractTask]:
        return [task for node in self._upstream for task in node.leaves]

    def set_upstream(self, task_or_task_list: Any, edge_modifier: EdgeModifier | None = None) -> None:
        self._join(new_upstream=nodes_of(task_or_task_list))

    def set_downstream(self, task_or_task_list: Any, edge_modifier: EdgeModifier | None = None) -> None:
        self._join(new_downstream=nodes_of(task_or_task_list))

    def update_relative(
        self, other: DependencyMixin, upstream: bool = True, edge_modifier: EdgeModifier | None = None
    ) -> None:
        if upstream:
            self._join(new_upstream=[other])
        else:
            self._join(new_downstream=[other])

    def add_edge_info(self, dag: Any, upstream_id: str, downstream_id: str) -> None:
        dag.set_edge_info(upstream_id, downstream_id, {"label": self.label})

    def _join(
        self, new_upstream: Sequence[DependencyMixin] = (), new_downstream: Sequence[DependencyMixin] = ()
    ) -> None:
        self._upstream += new_upstream
        self._downstream += new_downstream
        pairs = [(before, after) for before in new_upstream for after in self._downstream]
        pairs += [
            (before, after) for before in self._upstream for after in new_downstream if before not in new_upstream
        ]
        for before, after in pairs:
            before.set_downstream(after, edge_modifier=self)


def Label(label: str) -> EdgeModifier:
    """A named edge: `branch >> Label("no errors") >> save`."""
    return EdgeModifier(label=label)


def chain(*tasks: Any) -> None:
    """Join each argument to the next: `chain(a, [b, c], [d, e], f)` joins a to b and c, b to d, c to e, d and e to f.

    Two lists side by side must be equally long. Raises DagFileError where they are not."""
    for before, after in pairwise(tasks):
        if isinstance(before, DependencyMixin):
            before.set_downstream(after)
        elif isinstance(after, DependencyMixin):
            after.set_upstream(before)
        else:
            _chain_lists(before, after)


def _chain_lists(before: Any, after: Any) -> None:
    left, right = nodes_of_items(before), nodes_of_items(after)
    if len(left) != len(right):
        raise DagFileError(
            f"chain() joins two lists only if they are equally long, but they have {len(left)} and {len(right)} items",
            location=caller_location(),
            hint="cross_downstream() or chain_linear() joins every task of one list to every task of the next",
        )
    for one, other in zip(left, right, strict=True):
        one.set_downstream(other)


def nodes_of_items(items: Any) -> list[DependencyMixin]:
    return nodes_of(list(items) if isinstance(items, (list, tuple, set, frozenset)) else items)  # pyright: ignore[reportUnknownArgumentType]


def chain_linear(*elements: Any) -> None:
    """Join every task of each argument to every task of the next: `chain_linear(a, [b, c], [d, e])`.

    Empty lists are passed over. Raises DagFileError if nothing could be joined."""
    before: list[DependencyMixin] | None = None
    joined = False
    for element in elements:
        after = nodes_of(element)
        if not after:
            continue
        if before is not None:
            cross_downstream(before, after)
            joined = True
        before = after
    if not joined:
        raise DagFileError(
            "chain_linear() joined nothing: it needs at least two arguments with tasks in them",
            location=caller_location(),
            hint="pass two or more tasks, task groups or lists of them",
        )


def cross_downstream(from_tasks: Any, to_tasks: Any) -> None:
    """Join every task of the first list to every task of the second."""
    after = nodes_of(to_tasks)
    for node in nodes_of(from_tasks):
        node.set_downstream(after)
