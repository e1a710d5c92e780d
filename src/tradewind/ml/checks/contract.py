"""`ml.contract(schema)`: a check that stands between two tasks, as a call or on an arrow."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any, cast

from tradewind.authoring.nodes import DependencyMixin, nodes_of
from tradewind.authoring.xcom_arg import PlainXComArg, XComArg
from tradewind.ml.checks.operator import CheckOperator
from tradewind.ml.checks.plan import CheckPlan, plan_of
from tradewind.model.values import RETURN_KEY

if TYPE_CHECKING:
    from tradewind.authoring.edges import EdgeModifier
    from tradewind.authoring.task import AbstractTask


def contract(
    schema: Any,
    *,
    on_failure: str = "block",
    to: str | Collection[str] | None = None,
    name: str = "",
    hide: str | Collection[str] = (),
    task_id: str = "",
    **arguments: Any,
) -> Contract:
    """A check as a task: `train(ml.contract(schema)(load()))`, or on an arrow, `data >> ml.contract(schema) >> train`:
    there a `train` that was called with `data` gets what the contract hands on.

    The other arguments are those of `ml.check`, and any of an operator (`retries=`, `pool=` …). Raises DagFileError."""
    return Contract(plan_of(schema, on_failure, to, name, hide), task_id, arguments)


class Contract(DependencyMixin):
    """Stands for one task on arrows; each call makes another one."""

    def __init__(self, plan: CheckPlan, task_id: str, arguments: Mapping[str, Any]) -> None:
        self._plan = plan
        self._task_id = task_id or f"check_{re.sub(r'[^A-Za-z0-9_-]+', '_', plan.name)}"
        self._arguments = dict(arguments)
        self._on_arrow: CheckOperator | None = None
        self._after: list[AbstractTask] = []

    def __call__(self, data: Any) -> XComArg:
        """The checked data: what goes on to other tasks."""
        return PlainXComArg(self._make(data))

    def _make(self, data: Any = None) -> CheckOperator:
        return CheckOperator(plan=self._plan, data=data, task_id=self._task_id, **self._arguments)

    @property
    def operator(self) -> CheckOperator:
        """The task on the arrow."""
        if self._on_arrow is None:
            self._on_arrow = self._make()
        return self._on_arrow

    @property
    def output(self) -> XComArg:
        return PlainXComArg(self.operator)

    @property
    def roots(self) -> Sequence[AbstractTask]:
        return [self.operator]

    @property
    def leaves(self) -> Sequence[AbstractTask]:
        return [self.operator]

    def set_upstream(self, task_or_task_list: Any, edge_modifier: EdgeModifier | None = None) -> None:
        self.operator.set_upstream(task_or_task_list, edge_modifier=edge_modifier)
        self._stand_between()

    def set_downstream(self, task_or_task_list: Any, edge_modifier: EdgeModifier | None = None) -> None:
        self.operator.set_downstream(task_or_task_list, edge_modifier=edge_modifier)
        self._after += [task for node in nodes_of(task_or_task_list) for task in node.roots]
        self._stand_between()

    def update_relative(
        self, other: DependencyMixin, upstream: bool = True, edge_modifier: EdgeModifier | None = None
    ) -> None:
        before = other.leaves if upstream else ()
        if not upstream:
            self._after += list(other.roots)
        self._stand_between({task.task_id for task in before})

    def _stand_between(self, before: set[str] | None = None) -> None:
        """Whoever comes after and was called with the value of a task before gets the checked one instead."""
        sources = set(self.operator.upstream_task_ids) | (before or set())
        for task in self._after:
            for field in getattr(task, "template_fields", ()):
                given = vars(task).get(field)
                changed = _exchanged(given, sources, self.output)
                if changed is not given:
                    setattr(task, field, changed)


def _exchanged(value: Any, sources: set[str], checked: XComArg) -> Any:
    """The same object where nothing is exchanged."""
    if isinstance(value, PlainXComArg):
        return checked if value.operator.task_id in sources and value.key == RETURN_KEY else value
    if type(value) in (list, tuple):
        items = cast("Sequence[Any]", value)
        found = [_exchanged(item, sources, checked) for item in items]
        return value if all(new is old for new, old in zip(found, items, strict=True)) else type(value)(found)
    if type(value) is dict:
        entries = cast("dict[Any, Any]", value)
        new = {key: _exchanged(item, sources, checked) for key, item in entries.items()}
        return entries if all(new[key] is entries[key] for key in entries) else new
    return value
