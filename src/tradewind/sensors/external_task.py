"""Waits for a task or run of another DAG. Loads as in Airflow; running it needs the scheduler service."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import timedelta
from typing import Any

from tradewind.authoring.exceptions import AirflowException, AirflowFailException
from tradewind.authoring.sensor import BaseSensorOperator
from tradewind.operators.empty import EmptyOperator


class ExternalTaskSensor(BaseSensorOperator):
    """Waits until tasks, a task group or a whole run of `external_dag_id` are in one of `allowed_states`."""

    template_fields = ("external_dag_id", "external_task_id", "external_task_ids", "external_task_group_id")
    ui_color = "#4db7db"

    def __init__(
        self,
        *,
        external_dag_id: str,
        external_task_id: str | None = None,
        external_task_ids: Collection[str] | None = None,
        external_task_group_id: str | None = None,
        allowed_states: Collection[str] | None = None,
        skipped_states: Collection[str] | None = None,
        failed_states: Collection[str] | None = None,
        execution_delta: timedelta | None = None,
        execution_date_fn: Callable[..., Any] | None = None,
        check_existence: bool = False,
        poll_interval: float = 2.0,
        deferrable: bool = False,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if external_task_id is not None and external_task_ids is not None:
            raise ValueError("Only one of `external_task_id` or `external_task_ids` may be provided")
        if external_task_group_id is not None and (external_task_id or external_task_ids):
            raise ValueError("Only one of `external_task_group_id` and `external_task_id(s)` may be provided")
        if execution_delta is not None and execution_date_fn is not None:
            raise ValueError("Only one of `execution_delta` or `execution_date_fn` may be provided")
        if overlap := _overlap(allowed_states or ("success",), skipped_states or (), failed_states or ()):
            raise AirflowException(f"a state may be in one of allowed, skipped and failed states only: {overlap}")
        self.external_dag_id = external_dag_id
        self.external_task_id = external_task_id
        self.external_task_ids = external_task_ids
        self.external_task_group_id = external_task_group_id
        self.allowed_states = list(allowed_states or ("success",))
        self.skipped_states = list(skipped_states or ())
        self.failed_states = list(failed_states or ())
        self.execution_delta = execution_delta
        self.execution_date_fn = execution_date_fn
        self.check_existence = check_existence
        self.poll_interval = poll_interval
        self.deferrable = deferrable

    def poke(self, context: Any) -> bool:
        raise AirflowFailException(
            f"ExternalTaskSensor {self.task_id!r} cannot wait for DAG {self.external_dag_id!r}: a run is of one DAG; "
            "waiting for others is the scheduler service's work, which this version does not have yet",
            hint="run without it: `tradewind run … --from TASK` starts behind the sensor",
        )


class ExternalTaskMarker(EmptyOperator):
    """Marks that a task of another DAG depends on this one."""

    template_fields = ("external_dag_id", "external_task_id", "logical_date")
    ui_color = "#4db7db"

    def __init__(
        self,
        *,
        external_dag_id: str,
        external_task_id: str,
        logical_date: Any = "{{ logical_date.isoformat() }}",
        execution_date: Any = None,
        recursion_depth: int = 10,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.external_dag_id = external_dag_id
        self.external_task_id = external_task_id
        self.logical_date = logical_date if execution_date is None else execution_date
        self.recursion_depth = recursion_depth


class ExternalTaskSensorLink:
    """Airflow's link from the sensor to what it waits for."""

    name = "External DAG"


def _overlap(*groups: Collection[str]) -> list[str]:
    seen: set[str] = set()
    return sorted({state for group in groups for state in group if state in seen or seen.add(state)})
