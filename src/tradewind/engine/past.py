"""`depends_on_past` and `wait_for_downstream`: what a task needs of the run before its own.

The scheduler reads that run's rows when the engine sends AskPast, and again whenever they change, and answers with
`PastChanged(task_id, *verdict(...))`.
"""

from __future__ import annotations

from collections.abc import Iterable

from tradewind.engine.plan import Plan
from tradewind.engine.stopping import is_cancelled
from tradewind.model.ids import TaskId
from tradewind.model.records import TaskRecord
from tradewind.model.states import TaskState

_GOOD = frozenset({TaskState.SUCCESS, TaskState.SKIPPED})


def verdict(
    plan: Plan, task_id: TaskId, previous: Iterable[TaskRecord] | None, *, has_ended: bool = False, run_id: str = ""
) -> tuple[bool, str]:
    """(is met, why not). `previous`: all task rows of the DAG's run before this one (`run_id`), None where there is
    none. A run that `has_ended` without a row of a task did not have that task: it is new, and has no past either.

    A first run has no past and may go on: Airflow's `ignore_first_depends_on_past`, which is its default."""
    spec = plan.by_id[task_id].spec
    if previous is None:
        return (True, "") if spec.ignore_first_depends_on_past else (False, "there is no run before this one")
    states: dict[TaskId, list[TaskState]] = {}
    for record in previous:
        state = TaskState.FAILED if is_cancelled(record.state, record.why) else record.state
        states.setdefault(record.task_id, []).append(state)
    wanted = (task_id, *(plan.downstream[task_id] if spec.wait_for_downstream else ()))
    for other in wanted:
        missing = [] if has_ended else [TaskState.NONE]
        bad = [state for state in states.get(other, missing) if state not in _GOOD]
        if bad:
            state = "not started" if bad[0] is TaskState.NONE else str(bad[0])
            before = f"in the run before{f' ({run_id})' if run_id else ''}"
            return False, f"{before}, {other!r} is {state}; it has to have succeeded or been skipped"
    return True, ""
