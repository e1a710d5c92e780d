"""A user says what became of a task instance, or of a run."""

from __future__ import annotations

from tradewind.engine.clearing import clear, with_relatives
from tradewind.engine.events import RunMarked, TaskMarked
from tradewind.engine.moves import LIVE_STATES, PAUSED_STATES
from tradewind.engine.run import FAILED_STATES
from tradewind.engine.stopping import stop_run, was_cancelled
from tradewind.engine.turn import Turn
from tradewind.model.states import RunState, TaskState

_NOT_DONE = FAILED_STATES | LIVE_STATES | PAUSED_STATES | {TaskState.NONE}


def mark_run(turn: Turn, event: RunMarked) -> None:
    """As in Airflow: a run that is marked failed is stopped; of one that is marked a success all tasks are, but for
    teardowns that have not run yet and what was skipped. A run that has ended only changes its state so."""
    run = turn.run
    if run.state is event.state:
        turn.note(f"the run is {run.state} already: {event.why}")
    elif event.state is RunState.SUCCESS:
        _succeed(turn, event.why)
    elif run.state.is_finished:
        turn.change_run(event.state, event.why)
    else:
        stop_run(turn, event.why, is_final=False)


def _succeed(turn: Turn, why: str) -> None:
    run = turn.run
    has_ended = run.state.is_finished
    for instance in list(run.all_instances()):
        is_left = instance.plan.spec.is_teardown and not instance.state.is_finished
        if not is_left and (instance.state in _NOT_DONE or was_cancelled(instance)):
            turn.stop(instance, why)
            turn.change(instance, TaskState.SUCCESS, why)
    if has_ended:
        turn.change_run(RunState.SUCCESS, why)
    elif run.state is RunState.QUEUED:
        turn.change_run(RunState.RUNNING, why)


def mark(turn: Turn, event: TaskMarked) -> None:
    """Marking a success lets what had failed for want of it run, as in Airflow."""
    run = turn.run
    instance = run.instance(event.task_id, event.map_path)
    if instance is None or instance.state is event.state:
        turn.note(f"cannot be marked {event.state}: there is nothing to change", event.task_id, event.map_path)
        return
    turn.stop(instance, event.why)
    turn.change(instance, event.state, event.why)
    if event.state is TaskState.SUCCESS:
        below = with_relatives(run, ((event.task_id, event.map_path),), downstream=True)
        again = [(t, p) for t, p in below if (i := run.instance(t, p)) is not None and i.state in FAILED_STATES]
        if again:
            clear(turn, tuple(again), f"{event.task_id} was marked success", waits=event.waits)
