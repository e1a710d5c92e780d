"""What is left to do of a run, for predicting its end."""

from __future__ import annotations

from datetime import datetime

from tradewind.engine.prediction import Work
from tradewind.engine.run import Instance
from tradewind.model.spec import DagSpec
from tradewind.scheduler.active import ActiveRun


def work_of_tasks(spec: DagSpec) -> list[Work]:
    """Of a run that has not begun."""
    return [Work(task.task_id, task.upstream) for task in spec.tasks]


def work_left(active: ActiveRun, now: datetime) -> list[Work]:
    by_task: dict[str, list[Instance]] = {}
    for instance in active.run.all_instances():
        by_task.setdefault(instance.plan.task_id, []).append(instance)
    return [
        _work(active, task.task_id, task.upstream, by_task.get(task.task_id, []), now) for task in active.spec.tasks
    ]


def _work(active: ActiveRun, task_id: str, upstream: tuple[str, ...], instances: list[Instance], now: datetime) -> Work:
    left = [one for one in instances if not one.state.is_finished]
    starts = [active.first_started_at.get((task_id, one.path)) for one in left]
    going = [(now - at).total_seconds() for at in starts if at is not None]
    return Work(
        task_id,
        upstream,
        is_done=bool(instances) and not left,
        # Of several instances the one that began last, and where some have not begun, none: the mapped task is done
        # when they all are.
        running_seconds=min(going) if going and len(going) == len(left) else None,
    )
