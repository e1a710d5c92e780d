"""Answers the engine's AskPast from the rows of the run before."""

from __future__ import annotations

from tradewind.engine.events import PastChanged
from tradewind.engine.past import verdict
from tradewind.model.ids import RunKey, TaskId
from tradewind.scheduler.active import ActiveRun
from tradewind.store.base import Store


def verdict_on_past(store: Store, active: ActiveRun, task_id: TaskId) -> tuple[PastChanged, bool]:
    """Does the DAG's previous run let this task go on? And may the answer change by itself: that run still goes on."""
    before = store.previous_run(active.key)
    rows = store.load_run(RunKey(before.dag_id, before.run_id)).tasks if before is not None else None
    may_change = before is not None and not before.state.is_finished
    return PastChanged(task_id, *verdict(active.run.plan, task_id, rows)), may_change
