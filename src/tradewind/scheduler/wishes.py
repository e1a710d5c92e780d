"""What a person's wish about a run means to the engine: pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from tradewind.engine import events
from tradewind.engine.clearing import with_relatives
from tradewind.engine.events import Event
from tradewind.engine.run import FAILED_STATES, Run
from tradewind.model.ids import MapPath, TaskId
from tradewind.model.records import RunRecord
from tradewind.model.requests import Cancel, Clear, DropXCom, Mark, MarkRun, SetXCom, Trigger, Wish
from tradewind.model.states import RunState, TaskState
from tradewind.scheduler.active import ActiveRun

Marked = Literal[TaskState.SUCCESS, TaskState.FAILED, TaskState.SKIPPED]
MARKS: dict[str, Marked] = {
    "success": TaskState.SUCCESS,
    "failed": TaskState.FAILED,
    "skipped": TaskState.SKIPPED,
}
RUN_MARKS: dict[str, Literal[RunState.SUCCESS, RunState.FAILED]] = {
    "success": RunState.SUCCESS,
    "failed": RunState.FAILED,
}


def events_of(wish: Wish, run: Run, who: str, *, waits: bool = False) -> list[Event]:
    """In the order they are to happen; none where there is nothing to do. `waits`: see `events.TasksCleared`."""
    match wish:
        case Cancel():
            return [events.RunCancelled(_why(f"cancelled by {who}", wish.why))]
        case Clear():
            return _cleared(wish, run, _why(f"cleared by {who}", wish.why), waits=waits)
        case Mark():
            chosen = with_relatives(run, wish.tasks, upstream=wish.upstream, downstream=wish.downstream)
            return _marked(chosen, MARKS[wish.state], _why(f"marked {wish.state} by {who}", wish.why), waits=waits)
        case MarkRun():
            return [events.RunMarked(RUN_MARKS[wish.state], _why(f"marked {wish.state} by {who}", wish.why))]
        case Trigger() | SetXCom() | DropXCom():
            return []


def first_events(active: ActiveRun, wish: Wish, record: RunRecord, who: str) -> list[Event]:
    """What a run that nobody drove begins with here; none where there is nothing to do. One that had ended is queued,
    as in Airflow: `max_active_runs` holds for it too.

    Not where tasks depend on the past: with `max_active_runs=1` the next run may have begun, and wait for this one;
    each would wait for the other for ever."""
    waits = not any(task.depends_on_past or task.wait_for_downstream for task in active.spec.tasks)
    asked = events_of(wish, active.run, who, waits=waits)
    return asked if record.state is RunState.QUEUED or not asked else [events.RunRestored(), *asked]


def _cleared(wish: Clear, run: Run, why: str, *, waits: bool) -> list[Event]:
    chosen = wish.tasks or tuple((task.spec.task_id, ()) for task in run.plan.tasks)
    selection = with_relatives(run, chosen, upstream=wish.upstream, downstream=wish.downstream)
    if wish.only_failed:
        selection = tuple(
            one for one in selection if (found := run.instance(*one)) is not None and found.state in FAILED_STATES
        )
    return [events.TasksCleared(selection, why, waits)] if selection else []


def _marked(chosen: Iterable[tuple[TaskId, MapPath]], state: Marked, why: str, *, waits: bool) -> list[Event]:
    return [events.TaskMarked(task_id, path, state, why, waits) for task_id, path in chosen]


def _why(what: str, reason: str) -> str:
    return f"{what}: {reason}" if reason else what
