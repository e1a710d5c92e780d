"""Ending things before their time: a cancelled run, one that is out of time, and `fail_fast`.

What had begun and not ended fails, also where it waits without a process, as in Airflow; the rest is skipped. Both say
so with the same first word, by which `clearing` finds them when the run is resumed, and `outcome` what became of a run
whose teardowns came after its cancel.
"""

from __future__ import annotations

from tradewind.engine.commands import RunFinished
from tradewind.engine.run import Instance, Run
from tradewind.engine.turn import Turn
from tradewind.model.states import RunState, TaskState

OUT_OF_TIME = "the run is over its time limit (dagrun_timeout)"
_MARK = "cancelled: "
_FAIL_FAST = "and the DAG is fail_fast"
_GIVEN_BACK = (TaskState.DEFERRED, TaskState.UP_FOR_RESCHEDULE)
"""In the middle of a try, which has no process meanwhile."""


def stop_run(turn: Turn, why: str, *, is_final: bool = True) -> None:
    """Not final: what teardowns are left goes on by its trigger rules, and the run ends after them."""
    run = turn.run
    if run.state.is_finished:
        turn.note(f"the run is {run.state} already: {why}")
        return
    open_ones = [instance for instance in run.all_instances() if not instance.state.is_finished]
    others = [instance for instance in open_ones if not instance.plan.spec.is_teardown]
    is_final = is_final or run.state is RunState.QUEUED or len(others) in (0, len(open_ones))
    for instance in open_ones if is_final else others:
        _stop(turn, instance, why)
    if is_final:
        turn.change_run(RunState.FAILED, why)
        turn.commands.append(RunFinished(RunState.FAILED, why))


def why_cancelled(run: Run) -> str:
    """Why somebody stopped the run, where its teardowns came after that; else ""."""
    for instance in run.all_instances():
        if was_cancelled(instance) and not instance.why.endswith(_FAIL_FAST):
            return instance.why.removeprefix(_MARK)
    return ""


def stop_others(turn: Turn, failed: Instance) -> None:
    """`fail_fast`: the first failure ends all but the teardowns."""
    for instance in list(turn.run.all_instances()):
        if instance is not failed and not instance.plan.spec.is_teardown:
            _stop(turn, instance, f"{failed.plan.task_id} failed, {_FAIL_FAST}")


def was_cancelled(instance: Instance) -> bool:
    return is_cancelled(instance.state, instance.why)


def is_cancelled(state: TaskState, why: str) -> bool:
    """The state came from a cancel (or a time limit), not from the DAG's own course."""
    return state in (TaskState.SKIPPED, TaskState.FAILED) and why.startswith(_MARK)


def _stop(turn: Turn, instance: Instance, why: str) -> None:
    if instance.state.is_finished:
        return
    has_begun = instance.try_id is not None or instance.state in _GIVEN_BACK
    turn.stop(instance, why)
    turn.change(instance, TaskState.FAILED if has_begun else TaskState.SKIPPED, _MARK + why, try_id=instance.try_id)
