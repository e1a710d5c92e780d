"""A copy of a DAG with some of its tasks."""

from __future__ import annotations

import copy
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from tradewind.authoring.dag import DAG
    from tradewind.authoring.groups import TaskGroup


def partial_subset(
    dag: DAG,
    wanted: str | re.Pattern[str] | Iterable[str],
    *,
    include_downstream: bool,
    include_upstream: bool,
    include_direct_upstream: bool,
) -> DAG:
    """Tasks whose id is in `wanted` (or matches it, where it is a pattern), with their relatives as asked."""
    keep = {task.task_id for task in dag.tasks if _matches(task.task_id, wanted)}
    for task_id in tuple(keep):
        task = dag.get_task(task_id)
        if include_downstream:
            keep |= task.get_flat_relative_ids(upstream=False)
        if include_upstream:
            keep |= task.get_flat_relative_ids(upstream=True)
        elif include_direct_upstream:
            keep |= task.upstream_task_ids
    other = copy.deepcopy(dag)
    other.task_dict = {task_id: task for task_id, task in other.task_dict.items() if task_id in keep}
    for task in other.task_dict.values():
        task.upstream_task_ids &= keep
        task.downstream_task_ids &= keep
    _prune(other.task_group, keep)
    other.groups_made = {str(group.group_id): group for group in other.task_group.iter_groups()}
    return other


def _matches(task_id: str, wanted: Any) -> bool:
    if isinstance(wanted, (str, re.Pattern)):
        return re.search(cast("str | re.Pattern[str]", wanted), task_id) is not None
    return task_id in wanted


def _prune(group: TaskGroup, keep: set[str]) -> None:
    for key, child in list(group.children.items()):
        if hasattr(child, "children"):
            inner = cast("TaskGroup", child)
            _prune(inner, keep)
            if not inner.children:
                del group.children[key]
        elif key not in keep:
            del group.children[key]
