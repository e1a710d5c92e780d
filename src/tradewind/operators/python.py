"""Runs Python functions in the task's own process, and branches by what they return."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from tradewind.authoring import branching
from tradewind.authoring.brief import brief
from tradewind.authoring.call import determine_kwargs
from tradewind.authoring.context import get_current_context
from tradewind.authoring.exceptions import AirflowException
from tradewind.authoring.operator import BaseOperator
from tradewind.authoring.settling import settle
from tradewind.operators.branch import BranchMixIn, SkipMixin

__all__ = ["BranchPythonOperator", "PythonOperator", "ShortCircuitOperator", "get_current_context"]


class PythonOperator(BaseOperator):
    """Calls `python_callable(*op_args, **op_kwargs)`; context variables that the function names are passed as well.

    `templates_dict` is rendered and reaches the function under that name; `show_return_value_in_logs=False` keeps a
    large or secret value out of the log."""

    template_fields: Collection[str] = ("templates_dict", "op_args", "op_kwargs")
    template_fields_renderers = {"templates_dict": "json", "op_args": "py", "op_kwargs": "py"}
    shallow_copy_attrs = ("python_callable", "op_kwargs")
    ui_color = "#ffefeb"

    def __init__(
        self,
        *,
        python_callable: Callable[..., Any],
        op_args: Collection[Any] | None = None,
        op_kwargs: Mapping[str, Any] | None = None,
        templates_dict: dict[str, Any] | None = None,
        templates_exts: Sequence[str] | None = None,
        show_return_value_in_logs: bool = True,
        provide_context: bool | None = None,
        **kwargs: Any,
    ) -> None:
        if not callable(python_callable):
            raise AirflowException(
                "`python_callable` param must be callable",
                hint=f"pass the function itself, not {type(python_callable).__name__} ({python_callable!r:.60})",
            )
        if provide_context is not None:
            warnings.warn(
                "provide_context has no effect any more: a function gets the context variables it names",
                DeprecationWarning,
                stacklevel=2,
            )
        super().__init__(**kwargs)
        self.python_callable = python_callable
        self.op_args = () if op_args is None else op_args
        self.op_kwargs: Mapping[str, Any] = {} if op_kwargs is None else op_kwargs
        self.templates_dict = templates_dict
        if templates_exts:
            self.template_ext = templates_exts
        self.show_return_value_in_logs = show_return_value_in_logs

    def execute(self, context: Any) -> Any:
        self.op_kwargs = self.determine_kwargs(context)
        value = settle(self.execute_callable(), context, self)
        if self.show_return_value_in_logs:
            self.log.info("Done. Returned value was: %s", brief(value))
        else:
            self.log.info("Done. Returned value not shown")
        return value

    def determine_kwargs(self, context: Mapping[str, Any]) -> dict[str, Any]:
        """The function's own arguments, and what it asks for of the context."""
        return determine_kwargs(self.python_callable, tuple(self.op_args), self._offered(context))

    def execute_callable(self) -> Any:
        """Call the function."""
        return self.python_callable(*self.op_args, **self.op_kwargs)

    def _offered(self, context: Mapping[str, Any]) -> Mapping[str, Any]:
        own = dict(self.op_kwargs)
        if self.templates_dict is not None:
            own["templates_dict"] = self.templates_dict
        return Layered(own, context)


class BranchPythonOperator(BranchMixIn, PythonOperator):
    """Follows the direct downstream tasks (or groups) whose ids the function returns; the others are skipped."""

    inherits_from_skipmixin = True

    def execute(self, context: Any) -> Any:
        return self.do_branch(context, super().execute(context))


class ShortCircuitOperator(SkipMixin, PythonOperator):
    """Goes on only if the function returns something true; else everything downstream is skipped.

    With `ignore_downstream_trigger_rules=False` only the direct downstream is; trigger rules decide further down."""

    inherits_from_skipmixin = True

    def __init__(self, *, ignore_downstream_trigger_rules: bool = True, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.ignore_downstream_trigger_rules = ignore_downstream_trigger_rules

    def execute(self, context: Any) -> Any:
        condition = super().execute(context)
        self.log.info("Condition result is %s", condition)
        if not condition:
            self.log.info("Skipping downstream tasks")
            branching.short_circuit(context, "all" if self.ignore_downstream_trigger_rules else "direct")
        return condition


class Layered(Mapping[str, Any]):
    """A context with the author's own arguments on top. Values of the context are computed only when asked for."""

    def __init__(self, own: Mapping[str, Any], context: Mapping[str, Any]) -> None:
        self._own, self._context = own, context

    def __getitem__(self, name: str) -> Any:
        return self._own[name] if name in self._own else self._context[name]

    def __contains__(self, name: object) -> bool:
        return name in self._own or name in self._context

    def __iter__(self) -> Any:
        yield from self._own
        yield from (name for name in self._context if name not in self._own)

    def __len__(self) -> int:
        return sum(1 for _ in self)
