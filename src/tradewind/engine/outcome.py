"""The state in which a run ends: from its leaves alone, as in Airflow (`setup_teardown.deciding_tasks` says which tasks
these are), unless somebody stopped it."""

from __future__ import annotations

from tradewind.engine.run import FAILED_STATES, Run
from tradewind.engine.stopping import why_cancelled
from tradewind.model.states import RunState

NAMES_AT_MOST = 5


def outcome(run: Run) -> tuple[RunState, str]:
    """State and reason of a run all of whose instances have ended."""
    assert run.unfinished == 0
    if why := why_cancelled(run):
        return RunState.FAILED, why
    if run.failed_leaves == 0:
        return RunState.SUCCESS, "all tasks are done"
    return RunState.FAILED, f"failed: {', '.join(_failed_tasks(run))}"


def _failed_tasks(run: Run) -> list[str]:
    leaves = [task for task in run.plan.tasks if task.decides_run]
    failed = [t.task_id for t in leaves if any(i.state in FAILED_STATES for i in run.instances[t.index].values())]
    return failed if len(failed) <= NAMES_AT_MOST else [*failed[:NAMES_AT_MOST], f"and {len(failed) - 5} more"]
