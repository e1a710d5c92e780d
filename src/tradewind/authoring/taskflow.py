"""`@task` and its family: calling a decorated function makes a task and gives its XComArg."""

from __future__ import annotations

import importlib
import inspect
import typing
from collections.abc import Callable, Iterator, Mapping
from functools import cache, update_wrapper
from typing import Any

from tradewind.authoring import providers
from tradewind.authoring.call import CONTEXT_KEYS, name_of
from tradewind.authoring.conditions import skip_unless
from tradewind.authoring.decorated import (
    DecoratedOperator,
    PythonDecoratedOperator,
    compose_command,
    compose_python,
    unique_task_id,
)
from tradewind.authoring.expand import ExpandInput, dict_of_lists, list_of_dicts
from tradewind.authoring.location import caller_location
from tradewind.authoring.mapping import MappedOperator, make_partial
from tradewind.authoring.operator_class import Building
from tradewind.authoring.task import nearest
from tradewind.authoring.xcom_arg import PlainXComArg, XComArg
from tradewind.model.errors import DagFileError, SourceLocation

# Decorator → (module, operator class, field that the function's return value fills; "" where the operator calls it).
# Named by text, since the operators are built on this room and not the other way round.
OPERATOR_OF: dict[str, tuple[str, str, str]] = {
    "bash": ("tradewind.operators.bash", "BashOperator", "bash_command"),
    "branch": ("tradewind.operators.python", "BranchPythonOperator", ""),
    "branch_external_python": ("tradewind.operators.external_python", "BranchExternalPythonOperator", ""),
    "branch_virtualenv": ("tradewind.operators.virtualenv", "BranchPythonVirtualenvOperator", ""),
    "external_python": ("tradewind.operators.external_python", "ExternalPythonOperator", ""),
    "sensor": ("tradewind.sensors.python", "PythonSensor", ""),
    "short_circuit": ("tradewind.operators.python", "ShortCircuitOperator", ""),
    "uv": ("tradewind.operators.uv", "UvOperator", ""),
    "virtualenv": ("tradewind.operators.virtualenv", "PythonVirtualenvOperator", ""),
}
PROVIDER_OF = {
    "agent": "common-ai",
    "analytics": "common-sql",
    "docker": "docker",
    "embed": "common-ai",
    "kubernetes": "cncf-kubernetes",
    "kubernetes_cmd": "cncf-kubernetes",
    "llm": "common-ai",
    "llm_branch": "common-ai",
    "llm_sql": "common-ai",
    "pyspark": "apache-spark",
    "sql": "common-sql",
    "snowpark": "snowflake",
    "beam": "apache-beam",
}


class TaskDecorator:
    """A decorated function. Call it to make a task; `.override(...)` changes arguments of the operator, `.partial(...)`
    and `.expand(...)` map it. `.function` is the function itself."""

    def __init__(self, function: Callable[..., Any], operator_class: Any, arguments: Mapping[str, Any]) -> None:
        self.function = function
        self.operator_class = operator_class
        self.kwargs = dict(arguments)
        self.is_setup = False
        self.is_teardown = False
        self.on_failure_fail_dagrun = False
        update_wrapper(self, function)

    @property
    def multiple_outputs(self) -> bool:
        """Whether each entry of the returned dict is pushed under its key: as given, else by the return annotation."""
        given = self.kwargs.get("multiple_outputs")
        return returns_mapping(self.function) if given is None else bool(given)

    def __call__(self, *args: Any, **kwargs: Any) -> XComArg:
        operator = self.operator_class(
            python_callable=self.function, op_args=args, op_kwargs=kwargs, **self._operator_arguments()
        )
        self._mark(operator)
        return PlainXComArg(operator)

    def _operator_arguments(self) -> dict[str, Any]:
        arguments = {**self.kwargs, "multiple_outputs": self.multiple_outputs}
        arguments.setdefault("task_id", name_of(self.function))
        if not any(name.startswith("doc") for name in arguments) and self.function.__doc__:
            arguments["doc_md"] = inspect.cleandoc(self.function.__doc__)
        return arguments

    def _mark(self, task: Any) -> None:
        if self.is_setup:
            task.is_setup = True
        if self.is_teardown:
            task.is_teardown = True
            task.on_failure_fail_dagrun = self.on_failure_fail_dagrun

    def override(self, **kwargs: Any) -> TaskDecorator:
        """The same function with other arguments for its operator, e.g. `f.override(task_id="g", retries=3)`."""
        return self._copy(TaskDecorator(self.function, self.operator_class, {**self.kwargs, **kwargs}))

    def _copy(self, other: TaskDecorator) -> TaskDecorator:
        other.is_setup, other.is_teardown = self.is_setup, self.is_teardown
        other.on_failure_fail_dagrun = self.on_failure_fail_dagrun
        return other

    # ------------------------------------------------------------------ mapping

    def partial(self, **kwargs: Any) -> TaskPartial:
        """Arguments that are the same for all instances."""
        self._check_names("partial", kwargs)
        return TaskPartial(self, kwargs)

    def expand(self, **map_kwargs: Any) -> XComArg:
        """One instance per combination of items, the last argument varying fastest."""
        return TaskPartial(self, {}).expand(**map_kwargs)

    def expand_kwargs(self, kwargs: Any, *, strict: bool = True) -> XComArg:
        """One instance per dict of arguments."""
        return TaskPartial(self, {}).expand_kwargs(kwargs, strict=strict)

    def _check_names(self, method: str, names: Mapping[str, Any]) -> None:
        try:
            parameters = inspect.signature(self.function).parameters
        except (TypeError, ValueError):
            return
        if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters.values()):
            return
        for name in names:
            if name not in parameters:
                raise DagFileError(
                    f"{name_of(self.function)}.{method}() got an unexpected keyword argument {name!r}",
                    location=caller_location(),
                    hint=nearest(name, list(parameters)).replace(
                        "see the operator's documentation for the arguments it takes",
                        f"the function takes {', '.join(parameters) or 'no arguments'}",
                    ),
                )

    def make_mapped(self, fixed: Mapping[str, Any], expand_input: ExpandInput) -> XComArg:
        """The mapped task; its items become arguments of the function."""
        arguments = self._operator_arguments()
        task_id = str(arguments.pop("task_id"))
        location = caller_location()
        partial = make_partial(self.operator_class, {"task_id": task_id, **arguments}).kwargs
        partial.pop("_given_names")
        building = Building(arguments, location)
        partial["task_id"] = unique_task_id(task_id, building)
        partial |= {
            "python_callable": self.function,
            "op_args": (),
            "op_kwargs": self._with_defaults(fixed, expand_input, building),
        }
        mapped = MappedOperator(
            self.operator_class,
            partial,
            expand_input,
            (building.dag, building.group),
            location,
            mapped_into="op_kwargs",
        )
        self._mark(mapped)
        return PlainXComArg(mapped)

    def _with_defaults(self, fixed: Mapping[str, Any], mapped: ExpandInput, building: Building) -> dict[str, Any]:
        taken = {*fixed, *(mapped.names() or ())}
        parameters = inspect.signature(self.function).parameters
        return {**{n: building.defaults[n] for n in parameters if n in building.defaults and n not in taken}, **fixed}

    def __repr__(self) -> str:
        return f"<{self.operator_class.custom_operator_name} {name_of(self.function)}>"

    def __iter__(self) -> Iterator[Any]:
        raise DagFileError(
            f"{name_of(self.function)} is a task that was not called", location=caller_location(), hint="call it first"
        )


class TaskPartial:
    """`f.partial(...)`: waits for `.expand()` or `.expand_kwargs()`."""

    def __init__(self, decorator: TaskDecorator, fixed: Mapping[str, Any]) -> None:
        self._decorator = decorator
        self._fixed = dict(fixed)

    def partial(self, **kwargs: Any) -> TaskPartial:
        """Further arguments that are the same for all instances."""
        self._decorator._check_names("partial", kwargs)  # pyright: ignore[reportPrivateUsage]
        self._refuse_repeated(kwargs, "partial")
        return TaskPartial(self._decorator, {**self._fixed, **kwargs})

    def override(self, **kwargs: Any) -> TaskPartial:
        return TaskPartial(self._decorator.override(**kwargs), self._fixed)

    def expand(self, **map_kwargs: Any) -> XComArg:
        """One instance per combination of items, the last argument varying fastest."""
        decorator = self._decorator
        decorator._check_names("expand", map_kwargs)  # pyright: ignore[reportPrivateUsage]
        self._refuse_repeated(map_kwargs, "expand")
        expand_input = dict_of_lists(map_kwargs, name_of(decorator.function))
        return decorator.make_mapped(self._fixed, expand_input)

    def expand_kwargs(self, kwargs: Any, *, strict: bool = True) -> XComArg:
        """One instance per dict of arguments."""
        decorator = self._decorator
        expand_input = list_of_dicts(kwargs, name_of(decorator.function))
        decorator._check_names("expand_kwargs", dict.fromkeys(expand_input.names() or ()))  # pyright: ignore[reportPrivateUsage]
        return decorator.make_mapped(self._fixed, expand_input)

    def _refuse_repeated(self, names: Mapping[str, Any], method: str) -> None:
        both = [name for name in names if name in self._fixed]
        if both:
            raise DagFileError(
                f"{name_of(self._decorator.function)}.{method}(): {both[0]!r} is given in .partial() already",
                location=caller_location(),
                hint=f"leave {both[0]}= out of one of the two",
            )


def returns_mapping(function: Callable[..., Any]) -> bool:
    """Whether the return annotation is dict, Mapping or a TypedDict, so that multiple_outputs is meant."""
    annotation = getattr(function, "__annotations__", {}).get("return", inspect.Signature.empty)
    if annotation in (inspect.Signature.empty, None, Any):
        return False
    if isinstance(annotation, str):
        try:
            annotation = typing.get_type_hints(function).get("return")
        except Exception:  # a name that only a type checker knows
            return False
    kind = typing.get_origin(annotation) or annotation
    return isinstance(kind, type) and issubclass(kind, Mapping)


def task_decorator_factory(
    python_callable: Callable[..., Any] | None = None,
    *,
    multiple_outputs: bool | None = None,
    decorated_operator_class: Any,
    **kwargs: Any,
) -> Any:
    """Make a decorator of an operator class; provider packages call this. With a function it decorates at once."""
    arguments = kwargs if multiple_outputs is None else {**kwargs, "multiple_outputs": multiple_outputs}
    if python_callable is None:
        return lambda function: _decorate(function, decorated_operator_class, arguments)  # pyright: ignore
    return _decorate(python_callable, decorated_operator_class, arguments)


def _decorate(function: Any, operator_class: Any, arguments: Mapping[str, Any]) -> TaskDecorator:
    if isinstance(function, TaskDecorator):
        raise DagFileError(
            f"{name_of(function.function)} is decorated as a task already",
            location=caller_location(),
            hint="use one @task",
        )
    if not callable(function):
        raise DagFileError(
            f"@task decorates functions, not {type(function).__name__} ({function!r:.60})",
            location=caller_location(),
            hint="pass arguments by name: @task(task_id=…)",
        )
    return TaskDecorator(function, operator_class, arguments)


class TaskFamily:
    """`task`: `@task`, `@task(...)`, `@task.branch`, `@task.bash(...)` and so on; further ones come from installed
    provider packages."""

    def __call__(
        self, python_callable: Callable[..., Any] | None = None, multiple_outputs: bool | None = None, **kwargs: Any
    ) -> Any:
        return task_decorator_factory(
            python_callable,
            multiple_outputs=multiple_outputs,
            decorated_operator_class=PythonDecoratedOperator,
            **kwargs,
        )

    python = __call__

    def run_if(self, condition: Callable[..., Any], skip_message: str | None = None) -> Any:
        """Above a @task: run it only if `condition(context)` is true, else skip it."""
        return lambda decorated: _conditioned(decorated, condition, skip_message, wanted=True)  # pyright: ignore

    def skip_if(self, condition: Callable[..., Any], skip_message: str | None = None) -> Any:
        """Above a @task: skip it if `condition(context)` is true."""
        return lambda decorated: _conditioned(decorated, condition, skip_message, wanted=False)  # pyright: ignore

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        if name in OPERATOR_OF:
            return _Lazily(name)
        return _from_provider(name)

    def __dir__(self) -> list[str]:
        return sorted({"python", "run_if", "skip_if", *OPERATOR_OF})


class _Lazily:
    """`task.<name>`: its operator is imported when it decorates something."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __call__(
        self, python_callable: Callable[..., Any] | None = None, multiple_outputs: bool | None = None, **kwargs: Any
    ) -> Any:
        return task_decorator_factory(
            python_callable,
            multiple_outputs=multiple_outputs,
            decorated_operator_class=operator_for(self._name),
            **kwargs,
        )


@cache
def operator_for(name: str) -> Any:
    """The decorated operator class of `@task.<name>`."""
    module, class_name, field = OPERATOR_OF[name]
    base = getattr(importlib.import_module(module), class_name)
    return compose_command(name, base, field) if field else compose_python(name, base)


def _from_provider(name: str) -> Any:
    for provider in providers.installed().values():
        for item in provider.data.get("task-decorators", ()):
            if item["name"] == name:
                module, _, attribute = item["class-name"].rpartition(".")
                return getattr(importlib.import_module(module), attribute)
    package = PROVIDER_OF.get(name)
    known = ", ".join(f"@task.{own}" for own in sorted(OPERATOR_OF))
    raise DagFileError(
        f"@task.{name} is not known here",
        location=caller_location(),
        hint=f"install apache-airflow-providers-{package}, which brings it"
        if package
        else f"there are {known}; others come with provider packages",
    )


def _conditioned(decorated: Any, condition: Callable[..., Any], message: str | None, *, wanted: bool) -> TaskDecorator:
    if not isinstance(decorated, TaskDecorator):
        raise DagFileError(
            "task.run_if() and task.skip_if() go above @task",
            location=caller_location(),
            hint="@task.run_if(…) over @task",
        )
    hook = skip_unless(condition, message, wanted=wanted, inner=decorated.kwargs.get("pre_execute"))
    return decorated.override(pre_execute=hook)


task = TaskFamily()


def setup(function: Any) -> TaskDecorator:
    """`@setup`: the function (or @task) prepares what other tasks need."""
    decorated = _as_task(function, "setup")
    decorated.is_setup = True
    return decorated


def teardown(function: Any = None, *, on_failure_fail_dagrun: bool = False) -> Any:
    """`@teardown`: the function (or @task) cleans up; it runs whatever became of the work, if its setups succeeded."""

    def mark(inner: Any) -> TaskDecorator:
        decorated = _as_task(inner, "teardown")
        decorated.is_teardown = True
        decorated.on_failure_fail_dagrun = on_failure_fail_dagrun
        return decorated

    return mark if function is None else mark(function)


def result(function: Any) -> Any:
    """`@result` above a `@task`: its value is the run's result. Accepted; values of all tasks are kept alike."""
    if not isinstance(function, TaskDecorator):
        raise TypeError("@result must be used on top of a @task-decorated function")
    return function


def _as_task(function: Any, word: str) -> TaskDecorator:
    if isinstance(function, TaskDecorator):
        return function
    if inspect.isfunction(function):
        return task(function)
    raise DagFileError(
        f"@{word} decorates functions and tasks, not {type(function).__name__}",
        location=caller_location(),
        hint=f"mark the tasks of a group by .as_{word}()",
    )


__all__ = ["CONTEXT_KEYS", "DecoratedOperator", "SourceLocation", "TaskDecorator", "setup", "task", "teardown"]
