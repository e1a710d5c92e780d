"""Which tasks a branch passes over."""

from __future__ import annotations

from collections.abc import Iterable

from tradewind.engine.plan import Plan
from tradewind.model.ids import TaskId


def not_followed(plan: Plan, branch: TaskId, followed: Iterable[TaskId]) -> list[TaskId]:
    """Direct downstream tasks of a branch that are to be skipped: those it does not follow, unless they also come after
    a task that it follows. (With `branch >> [a, join]` and `a >> join`, following `a` leads to `join` as well.)"""
    kept: set[TaskId] = set()
    for task_id in followed:
        if task_id in plan.by_id:
            kept.add(task_id)
            kept |= plan.after(task_id)
    return [task_id for task_id in plan.downstream[branch] if task_id not in kept]
