"""Starts a run of another DAG. Loads as in Airflow; running it needs the scheduler service."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from tradewind.authoring.exceptions import AirflowFailException
from tradewind.authoring.operator import BaseOperator


class TriggerDagRunOperator(BaseOperator):
    """Starts a run of `trigger_dag_id` with `conf`, and waits for its end with `wait_for_completion`."""

    template_fields = ("trigger_dag_id", "trigger_run_id", "logical_date", "conf", "wait_for_completion")
    template_fields_renderers = {"conf": "py"}
    ui_color = "#ffefeb"

    def __init__(
        self,
        *,
        trigger_dag_id: str,
        trigger_run_id: str | None = None,
        conf: Any = None,
        logical_date: str | datetime | None = None,
        execution_date: str | datetime | None = None,
        run_after: str | datetime | None = None,
        reset_dag_run: bool = False,
        wait_for_completion: bool = False,
        poke_interval: int = 60,
        allowed_states: Sequence[str] | None = None,
        failed_states: Sequence[str] | None = None,
        skip_when_already_exists: bool = False,
        fail_when_dag_is_paused: bool = False,
        deferrable: bool = False,
        note: str | None = None,
        python_callable: Any = None,
        openlineage_inject_parent_info: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.trigger_dag_id = trigger_dag_id
        self.trigger_run_id = trigger_run_id
        self.conf = conf
        self.logical_date = logical_date if logical_date is not None else execution_date
        self.run_after = run_after
        self.reset_dag_run = reset_dag_run
        self.wait_for_completion = wait_for_completion
        self.poke_interval = poke_interval
        self.allowed_states = list(allowed_states or ("success",))
        self.failed_states = list(failed_states or ("failed",))
        self.skip_when_already_exists = skip_when_already_exists
        self.fail_when_dag_is_paused = fail_when_dag_is_paused
        self.deferrable = deferrable
        self.note = note
        self.python_callable = python_callable

    def execute(self, context: Any) -> None:
        raise AirflowFailException(
            f"TriggerDagRunOperator {self.task_id!r} cannot start {self.trigger_dag_id!r}: a run is of one DAG; "
            "starting others is the scheduler service's work, which this version does not have yet",
            hint=f"run it by hand with `tradewind run {self.trigger_dag_id}`",
        )
