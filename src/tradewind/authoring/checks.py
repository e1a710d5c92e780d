"""What the compiler refuses in a whole DAG, beyond what is refused when a task or a DAG is made. Each error names the
line and says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tradewind.authoring.exceptions import (
    AirflowDagCycleException,
    AirflowDagInconsistent,
    FailFastDagInvalidTriggerRule,
    ParamValidationError,
)
from tradewind.authoring.graph import find_cycle
from tradewind.model.errors import DagFileError
from tradewind.model.spec import ScheduleSpec
from tradewind.model.states import TriggerRule

if TYPE_CHECKING:
    from tradewind.authoring.dag import DAG

TIME_KINDS = frozenset({"cron", "delta"})
FAIL_FAST_RULES = frozenset({TriggerRule.ALL_SUCCESS, TriggerRule.ALL_DONE_SETUP_SUCCESS})


def check_dag(dag: DAG, schedule: ScheduleSpec) -> None:
    """Raise DagFileError for the first mistake."""
    check_relatives(dag)
    check_cycle(dag)
    check_setups(dag)
    check_trigger_rules(dag)
    check_start_date(dag, schedule)
    check_params(dag, schedule)


def check_relatives(dag: DAG) -> None:
    for task in dag.tasks:
        for other in sorted(task.upstream_task_ids | task.downstream_task_ids):
            if other not in dag.task_dict:
                raise AirflowDagInconsistent(
                    f"task {task.task_id!r} is joined to {other!r}, which is not in DAG {dag.dag_id!r}",
                    location=task.location,
                    hint="a task that another DAG made cannot be used here",
                )


def check_cycle(dag: DAG) -> None:
    cycle = find_cycle({task.task_id: task.downstream_task_ids for task in dag.tasks})
    if cycle is None:
        return
    raise AirflowDagCycleException(
        f"Cycle detected in DAG {dag.dag_id!r}: {' >> '.join(cycle)}",
        location=dag.get_task(cycle[0]).location,
        hint="remove one of these arrows: a task cannot wait for itself",
    )


def check_setups(dag: DAG) -> None:
    """What follows a setup must wait for its success."""
    for task in dag.tasks:
        if not task.is_setup:
            continue
        for follower in task.downstream_list:
            if not follower.is_teardown and follower.argument("trigger_rule") is not TriggerRule.ALL_SUCCESS:
                raise DagFileError(
                    f"Setup tasks must be followed with trigger rule ALL_SUCCESS, but {follower.task_id!r} after setup "
                    f"{task.task_id!r} has {follower.argument('trigger_rule').value!r}",
                    location=follower.location,
                    hint="leave trigger_rule= away from the task right after a setup",
                )


def check_trigger_rules(dag: DAG) -> None:
    if not dag.fail_fast:
        return
    for task in dag.tasks:
        rule = task.argument("trigger_rule")
        if rule not in FAIL_FAST_RULES:
            raise FailFastDagInvalidTriggerRule(
                f"task {task.task_id!r} has the trigger rule {rule.value!r}, but a fail_fast DAG stops at "
                "the first failure, so that every task has to wait for success",
                location=task.location,
                hint="remove fail_fast= from the DAG or trigger_rule= from the task",
            )


def check_start_date(dag: DAG, schedule: ScheduleSpec) -> None:
    """A schedule in time needs a start_date only to catch up from; else it starts from now, as in Airflow 3."""
    if schedule.kind in TIME_KINDS and dag.catchup and earliest_start(dag) is None:
        raise DagFileError(
            f"DAG {dag.dag_id!r} has catchup=True but no start_date to catch up from",
            location=dag.location,
            hint="add start_date=datetime(2025, 1, 1), or catchup=False",
        )


def earliest_start(dag: DAG) -> Any:
    """The DAG's start_date, else the earliest of its tasks'."""
    if dag.start_date is not None:
        return dag.start_date
    starts = (task.argument("start_date") for task in dag.tasks)
    return min((start for start in starts if start is not None), default=None)


def check_params(dag: DAG, schedule: ScheduleSpec) -> None:
    """Nobody is there to fill in the params of a scheduled run, so each needs a default that fits."""
    if schedule.kind == "none":
        return
    try:
        dag.params.validate()
    except ParamValidationError as error:
        raise ParamValidationError(
            f"DAG {dag.dag_id!r} has a schedule, so every param needs a valid default: {error.message}",
            location=dag.location,
            hint=error.hint or "give the param a default, or the DAG schedule=None",
        ) from None
