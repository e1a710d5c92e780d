"""Task groups of a DAG: which tasks are meant by the name of one."""

from __future__ import annotations

from tradewind.model.ids import TaskId
from tradewind.model.spec import DagSpec


def tasks_named(spec: DagSpec, name: str) -> tuple[TaskId, ...]:
    """The task of that name, or all tasks of the group of that name, those of groups within it included; () for
    neither. In the DAG's order."""
    if any(task.task_id == name for task in spec.tasks):
        return (name,)
    within = {name} if name and any(group.group_id == name for group in spec.groups) else set[str]()
    for _ in spec.groups:  # an inner group may stand before the outer one
        within |= {group.group_id for group in spec.groups if group.parent_id in within}
    return tuple(task.task_id for task in spec.tasks if task.group_id in within)
