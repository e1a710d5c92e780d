"""Skips that a task decides for others: branches and short circuits. Skips by trigger rule are `decide`'s.

The text of such a skip names its decider. It is also what `clearing` reads, so that a task that a branch passed over
is not run because somebody cleared it alone (Airflow's NotPreviouslySkippedDep).
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from tradewind.engine.branching import not_followed
from tradewind.engine.run import Instance, Run
from tradewind.engine.turn import Turn
from tradewind.model.ids import MapPath, TaskId
from tradewind.model.states import TaskState

_MARK = "skipped by "


def skip_not_followed(turn: Turn, branch: Instance, followed: tuple[TaskId, ...]) -> None:
    skipped = not_followed(turn.run.plan, branch.plan.task_id, followed)
    _skip_all(turn, branch, skipped, f"it follows {', '.join(followed) or 'nothing'}")


def short_circuit(turn: Turn, by: Instance, reach: Literal["direct", "all"]) -> None:
    """Skip what is downstream; teardowns are left to their own rule."""
    plan = turn.run.plan
    task_ids = plan.downstream[by.plan.task_id] if reach == "direct" else plan.after(by.plan.task_id)
    tasks = [t.task_id for t in plan.tasks if t.task_id in task_ids and not t.spec.is_teardown]
    _skip_all(turn, by, tasks, "it was a short circuit")


def decider_of(instance: Instance) -> TaskId | None:
    """The task that had this instance skipped, where one did."""
    if instance.state is not TaskState.SKIPPED or not instance.why.startswith(_MARK):
        return None
    return instance.why.removeprefix(_MARK).partition(":")[0]


def decider_instance(run: Run, instance: Instance) -> Instance | None:
    task_id = decider_of(instance)
    decider = run.plan.by_id.get(task_id) if task_id else None
    if decider is None:
        return None
    depth = run.plan.common_depth(decider.groups, instance.plan.groups)
    return run.instance(decider.task_id, instance.path[:depth])


def _skip_all(turn: Turn, by: Instance, task_ids: Iterable[TaskId], how: str) -> None:
    why = f"{_MARK}{by.plan.task_id}: {how}"
    for task_id in task_ids:
        for instance in _in_reach(turn.run, by, task_id):
            _skip(turn, instance, why)


def _in_reach(run: Run, by: Instance, task_id: TaskId) -> list[Instance]:
    """Instances for which `by` is the one instance of its task upstream. A task behind several instances of a mapped
    branch is not skipped by any one of them."""
    task = run.plan.by_id[task_id]
    depth = run.plan.common_depth(by.plan.groups, task.groups)
    prefix: MapPath = by.path[:depth]
    return run.below(task, prefix) if len(by.path) == depth else []


def _skip(turn: Turn, instance: Instance, why: str) -> None:
    """Airflow's decision holds whatever the instance is doing or has done: one that did not wait for its decider (rule
    `always`, `one_done`…) may have run already, and still ends skipped."""
    if instance.state is not TaskState.SKIPPED:
        turn.stop(instance, why)
        turn.change(instance, TaskState.SKIPPED, why, try_id=instance.try_id)
