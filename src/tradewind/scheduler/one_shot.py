"""The loop of a process that was started for some runs and ends with them (`tradewind run`): where nothing can move one
of them on any more, it ends. A service goes from turn to turn; there a run waits until somebody mends what is wrong.
"""

from __future__ import annotations

from tradewind.engine import events
from tradewind.engine.why import explain
from tradewind.scheduler.active import ActiveRun
from tradewind.scheduler.loop import Scheduler


def run_until_done(scheduler: Scheduler) -> None:
    """Until no run is active and no process of a try is left."""
    while scheduler.has_work:
        go_on(scheduler)


def go_on(scheduler: Scheduler) -> None:
    """The next turn, whenever something happens or is due. Only while the scheduler `has_work`."""
    if _is_at_a_standstill(scheduler):
        _end_what_nothing_can_move_on(scheduler)
    else:
        scheduler.turn(scheduler.seconds_until_due())


def _is_at_a_standstill(scheduler: Scheduler) -> bool:
    """Runs are left, but no try, no ready instance and no time will ever move one of them."""
    return (
        bool(scheduler.active_runs)
        and not scheduler.has_processes
        and not scheduler.ready_count
        and scheduler.seconds_until_due() is None
        and not scheduler.has_waiting_tasks
        and not scheduler.has_wishes
    )


def _end_what_nothing_can_move_on(scheduler: Scheduler) -> None:
    """Scenario: a task with depends_on_past, and the run before failed. Airflow would wait until somebody mends that
    run; here nobody is left to wait for, so the run ends and says what it waited for."""
    for key in scheduler.active_runs:
        if (active := scheduler.active_run(key)) is not None:
            scheduler.tell(key, events.RunCancelled(f"nothing can move this run on; {_what_it_waits_for(active)}"))


def _what_it_waits_for(active: ActiveRun) -> str:
    waits = next((one for one in active.run.all_instances() if not one.state.is_finished), None)
    if waits is None:
        return "nothing is left to run"
    return f"{waits.plan.task_id} waits: {explain(active.run, waits).text}"
