"""SubDagOperator of Airflow 1.10 and 2.x: a whole DAG as one task. Newer files use a TaskGroup."""

from __future__ import annotations

import importlib
from typing import Any

from tradewind.authoring import ports
from tradewind.authoring.dag import DAG
from tradewind.authoring.exceptions import AirflowException
from tradewind.authoring.operator import BaseOperator


class SubDagOperator(BaseOperator):
    """Runs `subdag`, whose id is `<dag id>.<task id>`, inside this one task: its tasks one after the other, in this
    process, with their values, branches and retries. That is what Airflow 1.10 did by default (SequentialExecutor);
    its tasks are no task instances of the run, and a new try starts the sub-DAG anew."""

    ui_color = "#555"
    ui_fgcolor = "#fff"

    def __init__(
        self,
        *,
        subdag: DAG,
        session: Any = None,
        conf: Any = None,
        propagate_skipped_state: Any = None,
        executor: Any = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        if self.has_dag() and subdag.dag_id != (wanted := f"{self.dag.dag_id}.{self.task_id}"):
            raise AirflowException(
                "The subdag's dag_id should have the form '{parent_dag_id}.{this_task_id}'. "
                f"Expected {wanted!r}; received {subdag.dag_id!r}.",
                hint=f"make the sub-DAG with the id {wanted!r}",
            )
        subdag.is_subdag = True
        self.subdag = subdag
        self.conf = conf

    def execute(self, context: Any) -> None:
        runner = importlib.import_module("tradewind.cli.dag_test")  # this room knows neither engine nor runner
        own = ports.supervisor()
        conf = self.conf if self.conf is not None else context["dag_run"].conf
        try:
            run = runner.run_dag(self.subdag, logical_date=context["logical_date"], conf=conf)
        finally:
            ports.install(own)
        self.log.info("sub-DAG %s: %s", self.subdag.dag_id, run.state.value)
        if run.state != "success":
            failed = [ti.task_id for ti in run.get_task_instances() if ti.state == "failed"]
            raise AirflowException(
                f"the sub-DAG {self.subdag.dag_id!r} failed: {', '.join(failed)}",
                hint="what its tasks wrote is above in this log",
            )


__all__ = ["SubDagOperator"]
