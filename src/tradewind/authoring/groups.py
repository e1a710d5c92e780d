"""Task groups: naming, nesting, defaults, standing in a graph as one node. Mapped ones are in `group_decorator`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tradewind.authoring import registry
from tradewind.authoring.exceptions import DuplicateTaskIdFound, TaskAlreadyInTaskGroup
from tradewind.authoring.location import caller_location
from tradewind.authoring.nodes import DependencyMixin, nodes_of
from tradewind.authoring.task import AbstractTask, check_key
from tradewind.model.errors import DagFileError

if TYPE_CHECKING:
    from tradewind.authoring.dag import DAG
    from tradewind.authoring.edges import EdgeModifier
    from tradewind.authoring.expand import ExpandInput


class TaskGroup(DependencyMixin):
    """A named set of tasks: `with TaskGroup("load") as load:`. Ids of its tasks and groups begin with `load.` unless
    `prefix_group_id=False`; `default_args` hold for the tasks in it."""

    used_ids: set[str]
    children: dict[str, DependencyMixin]

    def __init__(
        self,
        group_id: str | None,
        prefix_group_id: bool = True,
        parent_group: TaskGroup | None = None,
        dag: DAG | None = None,
        default_args: Mapping[str, Any] | None = None,
        tooltip: str = "",
        ui_color: str = "CornflowerBlue",
        ui_fgcolor: str = "#000",
        add_suffix_on_collision: bool = False,
        group_display_name: str = "",
    ) -> None:
        self.location = caller_location()
        self.prefix_group_id = prefix_group_id
        self.tooltip = tooltip
        self.ui_color = ui_color
        self.ui_fgcolor = ui_fgcolor
        self.group_display_name = group_display_name
        self.add_suffix_on_collision = add_suffix_on_collision
        self.children: dict[str, DependencyMixin] = {}
        self.upstream_group_ids: set[str | None] = set()
        self.downstream_group_ids: set[str | None] = set()
        self.upstream_task_ids: set[str] = set()
        self.downstream_task_ids: set[str] = set()
        self.parent_group: TaskGroup | None = None
        if group_id is None:  # the root of a DAG
            assert dag is not None
            self._group_id: str | None = None
            self.dag = dag
            self.default_args: dict[str, Any] = dict(default_args or {})
            return
        self._join(group_id, parent_group, dag)
        outer = self.parent_group.default_args if self.parent_group is not None else {}
        self.default_args = {**outer, **(default_args or {})}

    def _join(self, group_id: str, parent: TaskGroup | None, dag: DAG | None) -> None:
        check_key(group_id, "group id", self.location)
        if parent is None:
            dag = dag or registry.DagContext.get_current()
            parent = registry.current_group(dag)
        if parent is None:
            raise DagFileError(
                f"TaskGroup {group_id!r} belongs to no DAG",
                location=self.location,
                hint="make it inside `with DAG(...):`, or pass dag= or parent_group=",
            )
        self.dag: DAG = parent.dag
        self._group_id = self._free_id(parent, group_id)
        parent.add(self)

    def _free_id(self, parent: TaskGroup, group_id: str) -> str:
        """The id itself, or with `__1`, `__2`… where it is taken and `add_suffix_on_collision` is set."""
        if not self.dag.has_node(parent.child_id(group_id)):
            return group_id
        if not self.add_suffix_on_collision:
            raise DuplicateTaskIdFound(
                f"group_id {parent.child_id(group_id)!r} has already been added to the DAG {self.dag.dag_id!r}",
                location=self.location,
                hint="give the group another group_id, or add_suffix_on_collision=True",
            )
        return unique_label(group_id, parent, self.dag)

    @classmethod
    def create_root(cls, dag: DAG) -> TaskGroup:
        return TaskGroup(None, dag=dag)

    # ------------------------------------------------------------------ names

    @property
    def is_root(self) -> bool:
        return self._group_id is None

    @property
    def group_id(self) -> str | None:
        """The full id, with that of the group around if it prefixes; None for a DAG's root."""
        if self._group_id is None or self.parent_group is None:
            return self._group_id
        return self.parent_group.child_id(self._group_id)

    @property
    def node_id(self) -> str | None:
        return self.group_id

    @property
    def label(self) -> str | None:
        return self.group_display_name or self._group_id

    def child_id(self, label: str) -> str:
        """The full id of a child with this label. As in Airflow, a group that does not prefix hides those around it."""
        return f"{self.group_id}.{label}" if self.prefix_group_id and self._group_id is not None else label

    # ------------------------------------------------------------------ members

    def add(self, node: Any) -> Any:
        """Make a task or a group a child of this one."""
        if node is self:
            raise DagFileError("a task group cannot be in itself", location=caller_location(), hint="remove the call")
        key = node.node_id if isinstance(node, AbstractTask) else self.child_id(str(node._group_id))
        if isinstance(node, AbstractTask):
            if node.task_group is not None and node.task_group is not self:
                raise TaskAlreadyInTaskGroup(
                    f"task {node.task_id!r} is in task group {node.task_group.group_id!r} already",
                    location=node.location,
                    hint="a task has one group",
                )
            if self.dag.has_node(key) and self.dag.task_dict.get(key) is not node:
                raise _duplicate(key, self.dag, node)
            node.task_group = self
        else:
            node.parent_group = self
        self.children[key] = node
        if not isinstance(node, AbstractTask):
            self.dag.groups_made[key] = node
        return node

    def has_task(self, task: Any) -> bool:
        return any(other is task for other in self.iter_tasks())

    def __iter__(self) -> Iterator[AbstractTask]:
        """All tasks in the group and in groups below it."""
        for child in self.children.values():
            if isinstance(child, TaskGroup):
                yield from child
            elif isinstance(child, AbstractTask):
                yield child

    def iter_tasks(self) -> Iterator[AbstractTask]:
        return iter(self)

    def iter_groups(self) -> Iterator[TaskGroup]:
        """Groups below this one, outer before inner."""
        for child in self.children.values():
            if isinstance(child, TaskGroup):
                yield child
                yield from child.iter_groups()

    def get_child_by_label(self, label: str) -> Any:
        return self.children[self.child_id(label)]

    def get_task_group_dict(self) -> dict[str | None, TaskGroup]:
        return {self.group_id: self, **{group.group_id: group for group in self.iter_groups()}}

    def get_direct_children(self) -> list[Any]:
        return list(self.children.values())

    def topological_sort(self) -> list[Any]:
        wanted = {task.task_id for task in self}
        return [task for task in self.dag.topological_sort() if task.task_id in wanted]

    # ------------------------------------------------------------------ mapping

    @property
    def is_mapped(self) -> bool:
        return False

    @property
    def mapped_over(self) -> ExpandInput:
        raise DagFileError(f"task group {self.group_id!r} is not mapped", hint="use .expand()")

    def iter_mapped_task_groups(self) -> Iterator[TaskGroup]:
        group: TaskGroup | None = self
        while group is not None:
            if group.is_mapped:
                yield group
            group = group.parent_group

    # ------------------------------------------------------------------ standing in the graph

    def __enter__(self) -> Any:
        registry.open_group(self)
        return self

    def __exit__(self, *error: object) -> None:
        registry.close_group()

    @property
    def roots(self) -> Sequence[AbstractTask]:
        return list(self.get_roots())

    @property
    def leaves(self) -> Sequence[AbstractTask]:
        return list(self.get_leaves())

    def get_roots(self) -> Iterator[AbstractTask]:
        """Tasks with nothing before them in the group."""
        tasks = list(self)
        inside = {task.task_id for task in tasks}
        return (task for task in tasks if inside.isdisjoint(task.upstream_task_ids))

    def get_leaves(self) -> Iterator[AbstractTask]:
        """Tasks with nothing after them in the group. What follows a group does not wait for its teardowns, so a
        teardown stands for the work before it."""
        inside = {task.task_id: task for task in self}
        found: dict[str, AbstractTask] = {}
        for task in inside.values():
            if inside.keys().isdisjoint(task.downstream_task_ids):
                for leaf in _work_of(task, inside):
                    found[leaf.task_id] = leaf
        return iter(found.values())

    def set_upstream(self, task_or_task_list: Any, edge_modifier: EdgeModifier | None = None) -> None:
        self._join_nodes(task_or_task_list, upstream=True, edge_modifier=edge_modifier)

    def set_downstream(self, task_or_task_list: Any, edge_modifier: EdgeModifier | None = None) -> None:
        self._join_nodes(task_or_task_list, upstream=False, edge_modifier=edge_modifier)

    def _join_nodes(self, other: Any, *, upstream: bool, edge_modifier: EdgeModifier | None) -> None:
        nodes = nodes_of(other)
        for task in self.roots if upstream else self.leaves:
            (task.set_upstream if upstream else task.set_downstream)(nodes, edge_modifier=edge_modifier)
        for node in nodes:
            self.update_relative(node, upstream)
            if isinstance(node, TaskGroup):
                node.update_relative(self, not upstream)

    def update_relative(
        self, other: DependencyMixin, upstream: bool = True, edge_modifier: EdgeModifier | None = None
    ) -> None:
        if isinstance(other, TaskGroup):
            (self.upstream_group_ids if upstream else self.downstream_group_ids).add(other.group_id)
        elif isinstance(other, AbstractTask):
            (self.upstream_task_ids if upstream else self.downstream_task_ids).add(other.task_id)

    @property
    def upstream_list(self) -> list[Any]:
        return [task for root in self.roots for task in root.upstream_list]

    def as_setup(self) -> TaskGroup:
        for task in self:
            task.as_setup()
        return self

    def as_teardown(self, **kwargs: Any) -> TaskGroup:
        for task in self:
            task.as_teardown(**kwargs)
        return self

    @property
    def upstream_join_id(self) -> str:
        return f"{self.group_id}.upstream_join_id"

    @property
    def downstream_join_id(self) -> str:
        return f"{self.group_id}.downstream_join_id"

    def __repr__(self) -> str:
        return f"<TaskGroup: {self.group_id or 'root of ' + self.dag.dag_id}>"


def _duplicate(task_id: str, dag: DAG, node: AbstractTask) -> DuplicateTaskIdFound:
    first = dag.task_dict.get(task_id)
    where = f" (at {first.location})" if first is not None else " as a task group"
    return DuplicateTaskIdFound(
        f"Task id {task_id!r} has already been added to the DAG {dag.dag_id!r}{where}",
        location=node.location,
        hint="give one of the two another id",
    )


def _work_of(task: AbstractTask, inside: Mapping[str, AbstractTask]) -> Iterator[AbstractTask]:
    """The task, or for a teardown the last tasks before it in the group that are neither teardown nor its setup."""
    if not task.is_teardown:
        yield task
        return
    for before_id in sorted(task.upstream_task_ids & inside.keys()):
        before = inside[before_id]
        if before.is_teardown:
            yield from _work_of(before, inside)
        elif not before.is_setup:
            yield before


def unique_label(label: str, group: TaskGroup | None, dag: DAG) -> str:
    """`label`, or where its id is taken the next of `label__1`, `label__2`, … after those there are."""
    full = group.child_id if group is not None else str
    if not dag.has_node(full(label)):
        return label
    core = re.split(r"__\d+$", label)[0]
    number = dag.suffixes.get(full(core)) or _highest_suffix(full(core), dag)
    while dag.has_node(full(f"{core}__{number + 1}")):
        number += 1
    dag.suffixes[full(core)] = number + 1
    return f"{core}__{number + 1}"


def _highest_suffix(core: str, dag: DAG) -> int:
    pattern = re.compile(re.escape(core) + r"__(\d+)$")
    used = (pattern.match(node_id) for node_id in (*dag.task_dict, *dag.groups_made))
    return max((int(found.group(1)) for found in used if found), default=0)
