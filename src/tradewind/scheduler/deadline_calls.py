"""Which callbacks a deadline has called, and with what: as tries with purpose CALLBACK."""

from __future__ import annotations

from collections.abc import Iterator

from tradewind.model.ids import TaskKey
from tradewind.model.messages import CallbackCall
from tradewind.model.service import DeadlineRecord
from tradewind.scheduler.active import ActiveRun

CUSTOM = "Custom"
"""Reference of a deadline that only the author's code can tell."""


def call_of_deadline(
    active: ActiveRun, deadline: DeadlineRecord, name: str, why: str
) -> Iterator[tuple[TaskKey, CallbackCall]]:
    """`name` is on_deadline_missed or on_deadline_risk. The context is that of the task whose SLA it is, or of the
    DAG's last task."""
    if not active.spec.tasks:
        return
    task_id = deadline.callback.get("task_id") or active.spec.tasks[-1].task_id
    detail = {
        **deadline.callback,
        "deadline_id": deadline.deadline_id,
        "name": deadline.name,
        "due_at": deadline.due_at.isoformat(),
    }
    if task_id in active.tasks:
        yield TaskKey(*_names(active), task_id), CallbackCall(name, of_dag=True, reason=why, detail=detail)


def call_of_references(active: ActiveRun) -> Iterator[tuple[TaskKey, CallbackCall]]:
    """One process that asks all references of the author's own."""
    places = [place for place, one in enumerate(active.spec.deadlines) if one.reference == CUSTOM]
    if places and active.spec.tasks:
        key = TaskKey(*_names(active), active.spec.tasks[-1].task_id)
        reason = "when are the run's deadlines?"
        yield key, CallbackCall("deadline_reference", of_dag=True, reason=reason, detail={"places": places})


def _names(active: ActiveRun) -> tuple[str, str]:
    return active.key.dag_id, active.key.run_id
