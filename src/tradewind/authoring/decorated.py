"""Operators made from decorated functions: `@task` itself, and the bases of provider packages' decorators."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tradewind.authoring import settling
from tradewind.authoring.brief import brief
from tradewind.authoring.call import CONTEXT_KEYS, call_with_context, name_of
from tradewind.authoring.groups import TaskGroup, unique_label
from tradewind.authoring.location import caller_location
from tradewind.authoring.operator import BaseOperator
from tradewind.authoring.operator_class import Building, find_place
from tradewind.model.errors import DagFileError, SourceLocation

if TYPE_CHECKING:
    from tradewind.authoring.dag import DAG


class DecoratedOperator(BaseOperator):
    """Base of operators that call a decorated function. `op_args` and `op_kwargs` are what the task was called with.

    `kwargs_to_upstream` are arguments for the next class's constructor besides; provider packages pass them."""

    template_fields: Collection[str] = ("op_args", "op_kwargs")
    template_fields_renderers: Mapping[str, str] = {"op_args": "py", "op_kwargs": "py"}
    shallow_copy_attrs: Sequence[str] = ("python_callable",)
    custom_operator_name = "@task"

    def __init__(
        self,
        *,
        python_callable: Callable[..., Any],
        task_id: str = "",
        op_args: Collection[Any] | None = None,
        op_kwargs: Mapping[str, Any] | None = None,
        kwargs_to_upstream: Mapping[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        building: Building | None = self.__dict__.get("_building")
        label = task_id or name_of(python_callable)
        given = dict(op_kwargs or {})
        if building is not None:
            _take_defaults(python_callable, given, building.defaults, op_args or ())
            label = unique_task_id(label, building)
        super().__init__(task_id=label, **dict(kwargs_to_upstream or {}), **kwargs)
        check_call(python_callable, op_args or (), given, f"@task {label!r}", self.location)
        self.python_callable = python_callable
        self.op_args = () if op_args is None else op_args
        self.op_kwargs = given

    def execute(self, context: Any) -> Any:
        value = call_with_context(self.python_callable, tuple(self.op_args), self.op_kwargs, context)
        return settling.settle(value, context, self)


class PythonDecoratedOperator(DecoratedOperator):
    """What `@task` makes: calls the function in the task's own process."""

    template_fields: Collection[str] = ("templates_dict", "op_args", "op_kwargs")
    template_fields_renderers: Mapping[str, str] = {"templates_dict": "json", "op_args": "py", "op_kwargs": "py"}

    def __init__(
        self,
        *,
        templates_dict: Mapping[str, Any] | None = None,
        templates_exts: Sequence[str] | None = None,
        show_return_value_in_logs: bool = True,
        **kwargs: Any,
    ) -> None:
        super().__init__(**kwargs)
        self.templates_dict = templates_dict
        if templates_exts:
            self.template_ext = templates_exts
        self.show_return_value_in_logs = show_return_value_in_logs

    def execute(self, context: Any) -> Any:
        if self.templates_dict is not None:
            self.op_kwargs = {"templates_dict": self.templates_dict, **self.op_kwargs}
        value = super().execute(context)
        if self.show_return_value_in_logs:
            self.log.info("Done. Returned value was: %s", brief(value))
        return value


def compose_python(name: str, base: type) -> Any:
    """An operator class for `@task.<name>` on an operator that itself calls `python_callable` (branch, sensor, …)."""
    label = f"@task.{name}"

    class Composed(DecoratedOperator, base):  # pyright: ignore[reportGeneralTypeIssues, reportUntypedBaseClass]
        template_fields = tuple(dict.fromkeys([*base.template_fields, *DecoratedOperator.template_fields]))  # pyright: ignore
        template_fields_renderers = {**base.template_fields_renderers, **DecoratedOperator.template_fields_renderers}  # pyright: ignore
        custom_operator_name = label

        def __init__(self, *, python_callable: Any, op_args: Any = None, op_kwargs: Any = None, **kwargs: Any) -> None:
            upstream = {"python_callable": python_callable, "op_args": op_args, "op_kwargs": op_kwargs}
            super().__init__(
                python_callable=python_callable,
                op_args=op_args,
                op_kwargs=op_kwargs,
                kwargs_to_upstream=upstream,
                **kwargs,
            )

        def execute(self, context: Any) -> Any:
            return base.execute(self, context)  # pyright: ignore

    return _named(Composed, name, base)


def compose_command(name: str, base: type, field: str) -> Any:
    """An operator class for `@task.<name>` on an operator whose `field` (a command) the function returns."""
    label = f"@task.{name}"

    class Composed(DecoratedOperator, base):  # pyright: ignore[reportGeneralTypeIssues, reportUntypedBaseClass]
        template_fields = tuple(dict.fromkeys([*base.template_fields, *DecoratedOperator.template_fields]))  # pyright: ignore
        template_fields_renderers = {**base.template_fields_renderers, **DecoratedOperator.template_fields_renderers}  # pyright: ignore
        custom_operator_name = label
        overwrite_rtif_after_execution = True

        def __init__(self, **kwargs: Any) -> None:
            kwargs.pop(field, None)
            super().__init__(kwargs_to_upstream={field: ""}, **kwargs)

        def execute(self, context: Any) -> Any:
            command = DecoratedOperator.execute(self, context)
            if not isinstance(command, str) or not command.strip():
                raise TypeError("The returned value from the TaskFlow callable must be a non-empty string.")
            setattr(self, field, self.render_template(command, context))
            return base.execute(self, context)  # pyright: ignore

    return _named(Composed, name, base)


def _named(cls: Any, name: str, base: type) -> Any:
    cls.__name__ = cls.__qualname__ = f"{base.__name__}Decorated"
    cls.__module__ = base.__module__
    cls.__doc__ = f"What `@task.{name}` makes."
    return cls


def unique_task_id(label: str, building: Building) -> str:
    """The label, with `__1`, `__2`… where the DAG has such a task already: a @task may be called many times."""
    if building.dag is None:
        return label
    return unique_label(label, building.group, building.dag)


def get_unique_task_id(task_id: str, dag: DAG | None = None, task_group: TaskGroup | None = None) -> str:
    """Airflow's name for it, for provider packages."""
    dag, group = find_place(dag, task_group)
    return task_id if dag is None else unique_label(task_id, group, dag)


def check_call(
    function: Callable[..., Any],
    args: Collection[Any],
    kwargs: Mapping[str, Any],
    what: str,
    location: SourceLocation | None,
) -> None:
    """Raise DagFileError where the function could not be called with these arguments and a context."""
    try:
        signature = inspect.signature(function)
    except (TypeError, ValueError):
        return
    known = {
        name: parameter.replace(default=None)
        if name in CONTEXT_KEYS and parameter.default is parameter.empty
        else parameter
        for name, parameter in signature.parameters.items()
    }
    try:
        inspect.Signature(_defaults_last(list(known.values()))).bind(*args, **kwargs)
    except TypeError as error:
        raise DagFileError(
            f"{what}: {name_of(function)}() cannot be called with these arguments: {error}",
            location=location or caller_location(),
            hint=f"it is defined as {name_of(function)}{signature}",
        ) from None


def _defaults_last(parameters: list[inspect.Parameter]) -> list[inspect.Parameter]:
    """A context variable before a required parameter has a default now; those after it go by name only."""
    seen_default = False
    fixed: list[inspect.Parameter] = []
    for parameter in parameters:
        if parameter.kind in (parameter.POSITIONAL_ONLY, parameter.POSITIONAL_OR_KEYWORD):
            if seen_default and parameter.default is parameter.empty:
                parameter = parameter.replace(kind=parameter.KEYWORD_ONLY)
            seen_default = seen_default or parameter.default is not parameter.empty
        fixed.append(parameter)
    return sorted(fixed, key=lambda parameter: parameter.kind)


def _take_defaults(
    function: Callable[..., Any], given: dict[str, Any], defaults: Mapping[str, Any], args: Collection[Any]
) -> None:
    """As in Airflow, default_args named like a parameter of the function reach it."""
    if not defaults:
        return
    try:
        parameters = list(inspect.signature(function).parameters)[len(args) :]
    except (TypeError, ValueError):
        return
    for name in parameters:
        if name not in given and name in defaults:
            given[name] = defaults[name]


__all__ = [
    "DecoratedOperator",
    "PythonDecoratedOperator",
    "check_call",
    "compose_command",
    "compose_python",
    "unique_task_id",
]
