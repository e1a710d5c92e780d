"""The one door of the engine: `step(run, event, now)` moves a run on and says what follows from it.

The run is moved in place. The same run, event and instant always give the same step. Its changes are to be committed
before its commands are acted upon; if the commit fails, throw the run away and restore it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from msgspec import Struct

from tradewind.engine import clearing, marking, stopping, tries
from tradewind.engine.commands import Command, RunFinished
from tradewind.engine.events import (
    DeferralEnded,
    DeferredTaskEnded,
    Event,
    PastChanged,
    RetryDue,
    RunCancelled,
    RunMarked,
    RunRestored,
    RunStarted,
    RunTimedOut,
    TaskMarked,
    TaskQueued,
    TasksCleared,
    TryDeferred,
    TryExpanded,
    TryFailed,
    TryLost,
    TryRescheduled,
    TrySkipped,
    TryStarted,
    TrySucceeded,
)
from tradewind.engine.moves import PAUSED_STATES
from tradewind.engine.outcome import outcome
from tradewind.engine.run import Instance, Past, Run
from tradewind.engine.settle import settle
from tradewind.engine.turn import Turn
from tradewind.model.changes import Change
from tradewind.model.states import RunState, TaskState


class Step(Struct, frozen=True):
    changes: list[Change]
    """For `store.commit`, in order: TaskChanged, TaskExpanded, ExpansionsForgotten, RunChanged, XComsCleared, Noted.
    The rows of tries (TryCreated, TryChanged) are the scheduler's to add: it knows their processes."""
    commands: list[Command]
    """To be acted upon after the commit, in order."""


def step(run: Run, event: Event, now: datetime) -> Step:
    """Take in one event and decide all that follows from it. Constant cost for each direct downstream task."""
    return step_all(run, (event,), now)


def step_all(run: Run, events: Iterable[Event], now: datetime, *, levels: int | None = None) -> Step:
    """Take in several events that came together, then decide once: what they say together counts, as if they had
    happened at the same time (a batch of reports is one commit).

    A skip or a failure goes all the way down at once. `levels` bounds how far in this step, and leaves the rest to the
    next one: with 1, decisions spread as slowly as in Airflow, one level for each pass of its scheduler."""
    turn = Turn(run, now)
    for event in events:
        if (on_report := _ON_REPORT.get(type(event))) is not None:
            _report(turn, event, on_report)
        else:
            _ON_EVENT[type(event)](turn, event)
    settle(turn, levels)
    return Step(turn.changes, turn.commands)


def is_current(run: Run, try_id: str) -> bool:
    """Is this try its instance's live one? After a TaskQueued: False where the instance no longer wanted a try, so that
    none must be created."""
    return try_id in run.tries


def _report(turn: Turn, event: Any, on_report: Callable[[Turn, Instance, Any], None]) -> None:
    """The fence: only the current try of an instance moves it."""
    instance = turn.run.tries.get(event.try_id)
    if instance is None:
        turn.note(f"{type(event).__name__} of a try that is no longer the current one", try_id=event.try_id)
    else:
        on_report(turn, instance, event)


def _run_started(turn: Turn, event: RunStarted) -> None:
    if turn.run.state is not RunState.QUEUED:
        turn.note(f"the run is {turn.run.state} already")
        return
    turn.change_run(RunState.RUNNING, "started")
    turn.begin()


def _run_restored(turn: Turn, event: RunRestored) -> None:
    if turn.run.state is RunState.RUNNING:
        clearing.go_on(turn)


def _run_timed_out(turn: Turn, event: RunTimedOut) -> None:
    stopping.stop_run(turn, stopping.OUT_OF_TIME)


def _run_cancelled(turn: Turn, event: RunCancelled) -> None:
    stopping.stop_run(turn, event.why, is_final=event.is_final)


def _retry_due(turn: Turn, event: RetryDue) -> None:
    _wake(turn, event, TaskState.UP_FOR_RETRY, TaskState.UP_FOR_RESCHEDULE)


def _deferral_ended(turn: Turn, event: DeferralEnded) -> None:
    _wake(turn, event, TaskState.DEFERRED)


def _deferred_task_ended(turn: Turn, event: DeferredTaskEnded) -> None:
    instance = turn.run.instance(event.task_id, event.map_path)
    if instance is None or instance.state is not TaskState.DEFERRED or instance.is_ready:
        turn.note("its trigger ended a task that does not wait for it", event.task_id, event.map_path)
        return
    tries.ended_by_trigger(turn, instance, event)


def _wake(turn: Turn, event: RetryDue | DeferralEnded, *states: TaskState) -> None:
    instance = turn.run.instance(event.task_id, event.map_path)
    if instance is None or instance.state not in states or instance.is_ready:
        turn.note("woken without need", event.task_id, event.map_path)
        return
    assert instance.state in PAUSED_STATES
    if instance.due_at is not None and instance.due_at > turn.now:
        turn.wake(instance)  # the clock was set back, or an old wake-up came late
    else:
        clearing.come_back(turn, instance)


def _past_changed(turn: Turn, event: PastChanged) -> None:
    run = turn.run
    task = run.plan.by_id[event.task_id]
    run.past[task.index] = Past(event.is_met, event.why)
    if event.is_met:
        turn.fresh += run.waiting_for_past.pop(task.index, {}).values()


def _tasks_cleared(turn: Turn, event: TasksCleared) -> None:
    clearing.clear(turn, event.instances, event.why, waits=event.waits)


def _task_marked(turn: Turn, event: TaskMarked) -> None:
    marking.mark(turn, event)
    run = turn.run
    if run.state.is_finished and not run.unfinished and outcome(run)[0] is not run.state:
        state, why = outcome(run)
        turn.change_run(state, why)
        turn.commands.append(RunFinished(state, why))


_ON_REPORT: dict[type[Any], Callable[[Turn, Instance, Any], None]] = {
    TryStarted: tries.started,
    TrySucceeded: tries.succeeded,
    TrySkipped: tries.skipped,
    TryFailed: tries.failed,
    TryLost: tries.lost,
    TryExpanded: tries.expanded,
    TryRescheduled: tries.rescheduled,
    TryDeferred: tries.deferred,
}
_ON_EVENT: dict[type[Any], Callable[[Turn, Any], None]] = {
    RunStarted: _run_started,
    RunRestored: _run_restored,
    RunTimedOut: _run_timed_out,
    RunCancelled: _run_cancelled,
    RunMarked: marking.mark_run,
    TaskQueued: tries.queued,
    RetryDue: _retry_due,
    DeferralEnded: _deferral_ended,
    DeferredTaskEnded: _deferred_task_ended,
    PastChanged: _past_changed,
    TasksCleared: _tasks_cleared,
    TaskMarked: _task_marked,
}
