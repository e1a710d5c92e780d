"""The task that a contract is: it hands on what it was given, checked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from tradewind.authoring.decorated import unique_task_id
from tradewind.authoring.operator import BaseOperator
from tradewind.authoring.operator_class import Building
from tradewind.ml.checks.check import carry_out
from tradewind.ml.checks.errors import SchemaError
from tradewind.ml.checks.plan import CheckPlan

NOT_GIVEN: Any = None


class CheckOperator(BaseOperator):
    """Checks `data`, or where none is given what the task before it returned."""

    template_fields: Collection[str] = ("data",)
    shallow_copy_attrs: Sequence[str] = ("plan",)
    inherits_from_skipmixin = True
    ui_color = "#e8f7e4"

    def __init__(self, *, plan: CheckPlan, data: Any = NOT_GIVEN, task_id: str, **arguments: Any) -> None:
        building: Building | None = self.__dict__.get("_building")
        super().__init__(task_id=task_id if building is None else unique_task_id(task_id, building), **arguments)
        self.plan = plan
        self.data = data

    def execute(self, context: Any) -> Any:
        return carry_out(self.plan, self._value_before(context) if self.data is NOT_GIVEN else self.data)

    def _value_before(self, context: Any) -> Any:
        before = sorted(self.upstream_task_ids)
        values = {task_id: context["ti"].xcom_pull(task_ids=task_id) for task_id in before}
        found = [value for value in values.values() if value is not None]
        if len(found) == 1:
            return found[0]
        raise SchemaError(
            f"the contract {self.task_id!r} is on an edge from {', '.join(before) or 'nothing'}, and "
            f"{len(found) or 'none'} of these returned a value: it checks exactly one",
            hint="give it the value: ml.contract(schema)(data)",
        )
