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
    has_ended = before is not None and before.state.is_finished
    met = verdict(active.run.plan, task_id, rows, has_ended=has_ended)
    return PastChanged(task_id, *met), before is not None and not has_ended
