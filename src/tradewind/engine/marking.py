"""A user says what became of a task instance."""

from __future__ import annotations

from tradewind.engine.clearing import clear, with_relatives
from tradewind.engine.events import TaskMarked
from tradewind.engine.run import FAILED_STATES
from tradewind.engine.turn import Turn
from tradewind.model.states import TaskState


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
            clear(turn, tuple(again), f"{event.task_id} was marked success")
