"""`ml.drift_gate(report)`: a task that goes on (to retraining) only where data drifted or a model got worse."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from tradewind.authoring import branching
from tradewind.authoring.decorated import unique_task_id
from tradewind.authoring.exceptions import AirflowFailException
from tradewind.authoring.operator import BaseOperator
from tradewind.authoring.operator_class import Building
from tradewind.authoring.xcom_arg import PlainXComArg, XComArg
from tradewind.ml.monitoring.alarms import raise_alarm, seconds_of
from tradewind.model.entries import DriftReport, PerformanceChecked


def drift_gate(
    report: Any,
    *,
    drifted: str | Collection[str] | None = None,
    steady: str | Collection[str] | None = None,
    cooldown: timedelta | float = 0,
    task_id: str = "drift_gate",
    **arguments: Any,
) -> XComArg:
    """`report` is what `ml.drift` or `ml.monitor` gave. Without names everything downstream is skipped unless it
    drifted (or degraded); with them the gate follows the tasks `drifted` or those in `steady`. Within `cooldown` (a
    timedelta or seconds) after it last let a run through it is shut, whatever is found. Its value is whether it let
    this one through.

    Takes an operator's other arguments. Raises ValueError for a cooldown below 0."""
    operator = DriftGateOperator(
        report=report, drifted=drifted, steady=steady, cooldown=seconds_of(cooldown), task_id=task_id, **arguments
    )
    return PlainXComArg(operator)


class DriftGateOperator(BaseOperator):
    template_fields: Collection[str] = ("report",)
    inherits_from_skipmixin = True
    ui_color = "#fdf0e6"

    def __init__(
        self,
        *,
        report: Any,
        drifted: str | Collection[str] | None = None,
        steady: str | Collection[str] | None = None,
        cooldown: float = 0,
        task_id: str,
        **arguments: Any,
    ) -> None:
        building: Building | None = self.__dict__.get("_building")
        super().__init__(task_id=task_id if building is None else unique_task_id(task_id, building), **arguments)
        self.report = report
        self.drifted = drifted
        self.steady = steady
        self.cooldown = cooldown

    def execute(self, context: Any) -> bool:
        is_open, why = self._decide(context)
        self.log.info("the gate is %s: %s", "open" if is_open else "shut", why)
        if self.drifted is None and self.steady is None:
            if not is_open:
                branching.short_circuit(context, "all")
        else:
            branching.follow(context, self.drifted if is_open else self.steady)
        return is_open

    def _decide(self, context: Any) -> tuple[bool, str]:
        found, why = found_something(self.report)
        if not found or not self.cooldown:
            return found, why
        place = f"{context['ti'].dag_id}/{self.task_id}"
        alarm = raise_alarm("gate", place, {"why": why}, cooldown=self.cooldown)
        return alarm.raised, why if alarm.raised else f"{why}, but {alarm.held_why}"


def found_something(report: Any) -> tuple[bool, str]:
    """Whether a report says that something changed, and its words. Raises AirflowFailException for anything else."""
    if isinstance(report, DriftReport):
        return report.drifted, report.reason or ("drifted" if report.drifted else "no drift")
    if isinstance(report, PerformanceChecked):
        return report.degraded, report.reason or ("degraded" if report.degraded else "as good as before")
    raise AirflowFailException(
        f"ml.drift_gate() needs what ml.drift() or ml.monitor() gave, not {type(report).__name__}",
        hint="hand the report on: return ml.drift(…) from the task before",
    )
