"""A DAG as lines of text: its groups and tasks as a tree, or each task below those that it waits for."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from tradewind.model.spec import DagSpec, GroupSpec, TaskSpec


class Line(Struct, frozen=True):
    """One line: what stands before it, its short name, and the task or group it is."""

    indent: str
    name: str
    node: TaskSpec | GroupSpec


def by_group(spec: DagSpec) -> Iterator[Line]:
    """Groups with their members, in the DAG's order; empty groups last."""
    children = _children(spec)
    yield from _below("", "", children)


def by_dependency(spec: DagSpec) -> Iterator[Line]:
    """Each task below every task it waits for, from the roots on, as Airflow's `tasks list --tree`. What hangs below a
    task is written out once: the second time its name ends in `…`, since a diamond of diamonds has no end."""
    tasks = {task.task_id: task for task in spec.tasks}
    downstream: dict[str, list[str]] = {task_id: [] for task_id in tasks}
    for task in spec.tasks:
        for parent in task.upstream:
            downstream[parent].append(task.task_id)
    seen: set[str] = set()
    stack = [(task.task_id, 0) for task in reversed(spec.tasks) if not task.upstream]
    while stack:
        task_id, depth = stack.pop()
        is_repeated = task_id in seen and bool(downstream[task_id])
        yield Line("    " * depth, task_id + (" …" if is_repeated else ""), tasks[task_id])
        if task_id not in seen:
            seen.add(task_id)
            stack += [(child, depth + 1) for child in reversed(downstream[task_id])]


def _children(spec: DagSpec) -> dict[str, list[TaskSpec | GroupSpec]]:
    """Group id → its tasks and groups, a group where its first task stands."""
    groups = {group.group_id: group for group in spec.groups}
    found: dict[str, list[TaskSpec | GroupSpec]] = {"": [], **{group_id: [] for group_id in groups}}
    placed: set[str] = set()

    def place_group(group_id: str) -> None:
        if group_id and group_id not in placed:
            placed.add(group_id)
            place_group(groups[group_id].parent_id)
            found[groups[group_id].parent_id].append(groups[group_id])

    for task in spec.tasks:
        place_group(task.group_id)
        found[task.group_id].append(task)
    for group_id in groups:
        place_group(group_id)
    return found


def _below(group_id: str, indent: str, children: dict[str, list[TaskSpec | GroupSpec]]) -> Iterator[Line]:
    nodes = children[group_id]
    for place, node in enumerate(nodes):
        is_last = place == len(nodes) - 1
        name = node.group_id if isinstance(node, GroupSpec) else node.task_id
        yield Line(f"{indent}{'└─ ' if is_last else '├─ '}", name.removeprefix(f"{group_id}."), node)
        if isinstance(node, GroupSpec):
            yield from _below(node.group_id, f"{indent}{'   ' if is_last else '│  '}", children)
