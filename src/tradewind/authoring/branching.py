"""What a branch or a short-circuit tells the runner: noted on the running task instance, reported with its success.

The runner reads `ti.branch_followed` (None: not a branch) and `ti.short_circuited` ("", "direct" or "all") when the
task has ended; the engine does the skipping. Tasks named here are checked against the direct downstream at once, so
that a wrong id fails the branch and not the run.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any, Literal, cast

from tradewind.authoring.exceptions import AirflowException


def follow(context: Mapping[str, Any], task_ids: Any) -> None:
    """Go on with these tasks only: an id or a collection of ids of direct downstream tasks, or of downstream groups
    (their first tasks are meant). None follows nothing.

    Raises AirflowException for an id that is not directly downstream."""
    wanted = _as_ids(task_ids)
    task = context["task"]
    followed = [task_id for name in wanted for task_id in _resolve(task, name)]
    direct = set(cast(Collection[str], task.downstream_task_ids))
    _check_downstream(task.task_id, wanted, followed, direct)
    context["ti"].branch_followed = tuple(sorted(set(followed)))


def skip_tasks(context: Mapping[str, Any], tasks: Iterable[Any]) -> None:
    """Skip these direct downstream tasks and go on with all others."""
    task = context["task"]
    skipped = {getattr(item, "task_id", item) for item in tasks}
    ti = context["ti"]
    before = ti.branch_followed
    direct = set(task.downstream_task_ids) if before is None else set(before)
    ti.branch_followed = tuple(sorted(direct - skipped))


def short_circuit(context: Mapping[str, Any], reach: Literal["direct", "all"]) -> None:
    """Skip the direct downstream tasks ("direct": trigger rules decide further down), or all downstream ("all")."""
    context["ti"].short_circuited = reach


def _as_ids(task_ids: Any) -> list[str]:
    if task_ids is None:
        return []
    if isinstance(task_ids, str):
        return [task_ids]
    if not isinstance(task_ids, Collection):
        raise AirflowException(
            f"'branch_task_ids' expected all task IDs are strings, or None, not {type(task_ids).__name__}",
            hint="a branch returns a task id, a list of task ids, or None",
        )
    wanted = list(cast(Collection[Any], task_ids))
    if invalid := sorted(f"({item!r}: {type(item).__name__})" for item in wanted if not isinstance(item, str)):
        raise AirflowException(
            f"'branch_task_ids' expected all task IDs are strings. Invalid tasks found: {', '.join(invalid)}",
            hint="return the tasks' ids, not the tasks",
        )
    return wanted


def _resolve(task: Any, name: str) -> list[str]:
    """A group's id stands for its first tasks; an id inside the branch's own group may be given without its prefix."""
    dag = task.dag
    if dag is None:
        return [name]
    if name not in dag.task_dict and (group := dag.task_group_dict.get(name)) is not None:
        return [root.task_id for root in group.roots]
    return [name]


def _check_downstream(task_id: str, wanted: list[str], followed: list[str], direct: set[str]) -> None:
    if not (invalid := sorted(set(followed) - direct)):
        return
    named = sorted(set(wanted) - direct) or invalid
    raise AirflowException(
        f"{task_id}: 'branch_task_ids' must contain only valid task_ids. Invalid tasks found: {named}",
        hint=f"direct downstream of {task_id!r} are: {', '.join(sorted(direct)) or 'none'}",
    )
