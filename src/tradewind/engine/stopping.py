"""Ending things before their time: a cancelled run, one that is out of time, and `fail_fast`.

What was live fails, what had not started is skipped. Both say so with the same first word, by which `clearing` finds
them when the run is resumed.
"""

from __future__ import annotations

from tradewind.engine.commands import RunFinished
from tradewind.engine.run import Instance
from tradewind.engine.turn import Turn
from tradewind.model.states import RunState, TaskState

_MARK = "cancelled: "


def stop_run(turn: Turn, why: str) -> None:
    if turn.run.state.is_finished:
        turn.note(f"the run is {turn.run.state} already: {why}")
        return
    for instance in list(turn.run.all_instances()):
        _stop(turn, instance, why)
    turn.change_run(RunState.FAILED, why)
    turn.commands.append(RunFinished(RunState.FAILED, why))


def stop_others(turn: Turn, failed: Instance) -> None:
    """`fail_fast`: the first failure ends all but the teardowns."""
    for instance in list(turn.run.all_instances()):
        if instance is not failed and not instance.plan.spec.is_teardown:
            _stop(turn, instance, f"{failed.plan.task_id} failed, and the DAG is fail_fast")


def was_cancelled(instance: Instance) -> bool:
    return is_cancelled(instance.state, instance.why)


def is_cancelled(state: TaskState, why: str) -> bool:
    """The state came from a cancel (or a time limit), not from the DAG's own course."""
    return state in (TaskState.SKIPPED, TaskState.FAILED) and why.startswith(_MARK)


def _stop(turn: Turn, instance: Instance, why: str) -> None:
    if instance.state.is_finished:
        return
    had_try = instance.try_id is not None
    turn.stop(instance, why)
    turn.change(instance, TaskState.FAILED if had_try else TaskState.SKIPPED, _MARK + why, try_id=instance.try_id)
