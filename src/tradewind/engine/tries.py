"""What the reports of a try do to its task instance. `step` has already checked that the try is the current one."""

from __future__ import annotations

from tradewind.engine import clearing, retries, stopping
from tradewind.engine.events import (
    DeferredTaskEnded,
    TaskQueued,
    TryDeferred,
    TryExpanded,
    TryFailed,
    TryLost,
    TryRescheduled,
    TrySkipped,
    TryStarted,
    TrySucceeded,
)
from tradewind.engine.run import Instance
from tradewind.engine.skipping import short_circuit, skip_not_followed
from tradewind.engine.turn import Turn
from tradewind.model.states import TaskState, TryPurpose

TAKEOVERS_AT_MOST = 20


def queued(turn: Turn, event: TaskQueued) -> None:
    instance = turn.run.instance(event.task_id, event.map_path)
    if instance is None or not instance.is_ready:
        turn.note("a try was assigned to a task that no longer wants one", event.task_id, event.map_path, event.try_id)
        return
    if instance.state is not TaskState.DEFERRED:
        turn.forget_values(instance)
    instance.try_number += 1
    turn.change(instance, TaskState.QUEUED, "", try_id=event.try_id)


def started(turn: Turn, instance: Instance, event: TryStarted) -> None:
    if instance.state is TaskState.QUEUED:
        turn.change(instance, TaskState.RUNNING, "", try_id=event.try_id, at=event.at)


def succeeded(turn: Turn, instance: Instance, event: TrySucceeded) -> None:
    if event.pushed:
        turn.run.remember_length(instance.plan, instance.path, "return_value", event.length)
    for key, length in event.more:
        turn.run.remember_length(instance.plan, instance.path, key, length)
    turn.change(instance, TaskState.SUCCESS, event.why, try_id=event.try_id, label=event.label)
    if event.followed is not None:
        skip_not_followed(turn, instance, event.followed)
    if event.short_circuit:
        short_circuit(turn, instance, event.short_circuit)


def skipped(turn: Turn, instance: Instance, event: TrySkipped) -> None:
    turn.change(instance, TaskState.SKIPPED, event.message or "skipped itself", try_id=event.try_id, label=event.label)


def failed(turn: Turn, instance: Instance, event: TryFailed) -> None:
    why = f"out of time: {event.why}" if event.timed_out else event.why
    if event.may_retry and retries.may_retry(instance):
        due_at = retries.due_at(instance, turn.run.key, turn.now, event.retry_after_seconds)
        turn.change(instance, TaskState.UP_FOR_RETRY, why, try_id=event.try_id, due_at=due_at, label=event.label)
        turn.wake(instance)
        return
    turn.change(instance, TaskState.FAILED, why, try_id=event.try_id, label=event.label)
    if turn.run.spec.fail_fast:
        stopping.stop_others(turn, instance)


def lost(turn: Turn, instance: Instance, event: TryLost) -> None:
    """Tried again at once, a bounded number of times, and not at the cost of the user's own retries. What ended with
    its scheduler is no fault of the task's and not counted, as long as that does not go on for ever: a task may be
    what ends the machine."""
    instance.lost_count += 1
    instance.takeovers += event.is_takeover
    if instance.lost_count - min(instance.takeovers, TAKEOVERS_AT_MOST) > turn.run.bounds.max_lost_tries:
        why = f"lost {instance.lost_count} times, the last time: {event.why}"
        failed(turn, instance, TryFailed(event.try_id, why, may_retry=False))
        return
    instance.try_number -= 1
    turn.change(instance, TaskState.UP_FOR_RETRY, f"lost: {event.why}", try_id=event.try_id, due_at=turn.now)
    clearing.come_back(turn, instance)


def expanded(turn: Turn, instance: Instance, event: TryExpanded) -> None:
    node, prefix = instance.next_node, instance.path
    if event.length > turn.run.bounds.max_map_length:
        why = f"{event.length} instances are more than max_map_length allows ({turn.run.bounds.max_map_length})"
        failed(turn, instance, TryFailed(event.try_id, why, may_retry=False))
        return
    instance.tries_before_clear = instance.try_number
    instance.lost_count = instance.takeovers = 0
    turn.change(instance, TaskState.NONE, f"there are {event.length} instances", try_id=event.try_id)
    instance.purpose = TryPurpose.EXECUTE
    turn.expand(node, prefix, event.length)
    if event.length == 0:
        waiting = (turn.run.instances[task.index].get(prefix) for task in node.tasks)
        turn.fresh += [i for i in waiting if i is not None and i.is_undecided]


def rescheduled(turn: Turn, instance: Instance, event: TryRescheduled) -> None:
    """The same try goes on later, so it keeps its number."""
    instance.try_number -= 1
    turn.change(instance, TaskState.UP_FOR_RESCHEDULE, event.message or "not yet", try_id=event.try_id, due_at=event.at)
    turn.wake(instance)


def deferred(turn: Turn, instance: Instance, event: TryDeferred) -> None:
    instance.try_number -= 1
    turn.change(instance, TaskState.DEFERRED, event.message or "waits for a trigger", try_id=event.try_id)


def ended_by_trigger(turn: Turn, instance: Instance, event: DeferredTaskEnded) -> None:
    """The try that deferred was the last one: a trigger that fails its task is not tried again, as in Airflow."""
    instance.try_number += 1
    match event.state:
        case "success":
            for key, length in event.pushed:
                turn.run.remember_length(instance.plan, instance.path, key, length)
            turn.change(instance, TaskState.SUCCESS, event.why)
        case "skipped":
            turn.change(instance, TaskState.SKIPPED, event.why)
        case "failed":
            turn.change(instance, TaskState.FAILED, event.why)
            if turn.run.spec.fail_fast:
                stopping.stop_others(turn, instance)
