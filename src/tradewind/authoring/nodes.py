"""How nodes of a graph are joined: `>>`, `<<`, set_upstream, set_downstream, for tasks, groups, XComArgs and
edge labels alike. A node says which tasks are its roots and leaves; only tasks carry edges."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, TypeVar, cast

from tradewind.authoring.location import caller_location
from tradewind.model.errors import DagFileError

if TYPE_CHECKING:
    from tradewind.authoring.edges import EdgeModifier
    from tradewind.authoring.task import AbstractTask

T = TypeVar("T")


class DependencyMixin:
    """A node of the graph. `a >> b` gives `b`, so that `a >> b >> c` chains."""

    @property
    def roots(self) -> Sequence[AbstractTask]:
        """Tasks that an edge to this node arrives at."""
        raise NotImplementedError

    @property
    def leaves(self) -> Sequence[AbstractTask]:
        """Tasks that an edge from this node starts from."""
        raise NotImplementedError

    def set_upstream(self, task_or_task_list: Any, edge_modifier: EdgeModifier | None = None) -> None:
        """`task_or_task_list` (a node or a list of nodes) runs before this."""
        raise NotImplementedError

    def set_downstream(self, task_or_task_list: Any, edge_modifier: EdgeModifier | None = None) -> None:
        """`task_or_task_list` (a node or a list of nodes) runs after this."""
        raise NotImplementedError

    def update_relative(
        self, other: DependencyMixin, upstream: bool = True, edge_modifier: EdgeModifier | None = None
    ) -> None:
        """`other` has just been joined to this node, as its upstream or its downstream."""

    def __rshift__(self, other: T) -> T:
        self.set_downstream(other)
        return other

    def __lshift__(self, other: T) -> T:
        self.set_upstream(other)
        return other

    def __rrshift__(self, other: Any) -> DependencyMixin:
        """`[a, b] >> self`"""
        self.__lshift__(other)
        return self

    def __rlshift__(self, other: Any) -> DependencyMixin:
        """`[a, b] << self`"""
        self.__rshift__(other)
        return self


def nodes_of(other: object) -> list[DependencyMixin]:
    """A node, or a list, tuple, set or nest of them, as a flat list. Raises DagFileError for anything else."""
    if isinstance(other, DependencyMixin):
        return [other]
    if isinstance(other, Iterable) and not isinstance(other, (str, bytes, dict)):
        return [node for item in cast("Iterable[Any]", other) for node in nodes_of(item)]
    raise DagFileError(
        f"only tasks, task groups and lists of them can be joined by an arrow, not {_cut(cast('object', other))}",
        location=caller_location(),
        hint=_arrow_hint(cast("object", other)),
    )


def _cut(value: object) -> str:
    return f"{type(value).__name__} ({repr(value)[:60]})"


def _arrow_hint(other: Any) -> str:
    if other is None:
        return "the expression beside the arrow is None: a function that makes tasks has to return them"
    if callable(other):
        name = getattr(other, "__name__", "task")
        return f"call it to make a task: {name}()"
    return "put an operator, a called @task function or a task group on both sides of >> and <<"


def join_tasks(task: AbstractTask, other: Any, *, upstream: bool, edge_modifier: EdgeModifier | None = None) -> None:
    """Make edges between a task and everything in `other`."""
    relatives: list[AbstractTask] = []
    for node in nodes_of(other):
        node.update_relative(task, not upstream, edge_modifier=edge_modifier)
        relatives.extend(node.leaves if upstream else node.roots)
    _share_one_dag([task, *relatives])
    for relative in relatives:
        before, after = (relative, task) if upstream else (task, relative)
        before.downstream_task_ids.add(after.task_id)
        after.upstream_task_ids.add(before.task_id)
        if edge_modifier is not None and before.dag is not None:
            before.dag.set_edge_info(before.task_id, after.task_id, {"label": edge_modifier.label})


def _share_one_dag(tasks: list[AbstractTask]) -> None:
    """As in Airflow, a task without a DAG takes that of the task it is joined to."""
    dags = {id(task.dag): task.dag for task in tasks if task.dag is not None}
    if len(dags) > 1:
        names = " and ".join(sorted(repr(dag.dag_id) for dag in dags.values()))
        ids = ", ".join(task.task_id for task in tasks)
        raise DagFileError(
            f"tasks of different DAGs ({names}) cannot be joined: {ids}",
            location=caller_location(),
            hint="an arrow stays within one DAG; use assets or TriggerDagRunOperator between DAGs",
        )
    if not dags:
        ids = ", ".join(repr(task.task_id) for task in tasks)
        raise DagFileError(
            f"tasks that belong to no DAG cannot be joined: {ids}",
            location=caller_location(),
            hint="make the tasks inside `with DAG(...):` or pass dag= to one of them",
        )
    (dag,) = dags.values()
    for task in tasks:
        if task.dag is None:
            task.dag = dag
