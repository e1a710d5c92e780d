"""The metaclass of operators: keyword-only construction, default_args from DAG, group and call, errors with a line."""

from __future__ import annotations

import inspect
from abc import ABCMeta
from collections.abc import Callable, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from tradewind.authoring import registry
from tradewind.authoring.arguments import BASE_NAMES
from tradewind.authoring.location import caller_location
from tradewind.model.errors import DagFileError, SourceLocation

if TYPE_CHECKING:
    from tradewind.authoring.dag import DAG
    from tradewind.authoring.groups import TaskGroup


class Building:
    """What the constructors of one operator share while it is made."""

    def __init__(self, kwargs: Mapping[str, Any], location: SourceLocation) -> None:
        self.location = location
        self.dag, self.group = find_place(kwargs.get("dag"), kwargs.get("task_group"))
        self.defaults = merge_default_args(self.dag, self.group, kwargs.get("default_args"))


def find_place(dag: DAG | None, group: TaskGroup | None) -> tuple[DAG | None, TaskGroup | None]:
    """The DAG and group a new task goes to: those given, else those open around it."""
    if dag is None:
        dag = (group.dag if group is not None else None) or registry.DagContext.get_current()
    if group is None and dag is not None:
        group = registry.current_group(dag)
    return dag, group


def merge_default_args(dag: DAG | None, group: TaskGroup | None, own: Mapping[str, Any] | None) -> dict[str, Any]:
    """Nearer wins: the DAG's default_args, those of the groups around, those of the call."""
    merged: dict[str, Any] = dict(dag.default_args) if dag is not None else {}
    if group is not None:
        merged.update(group.default_args)
    merged.update(own or {})
    return merged


class BaseOperatorMeta(ABCMeta):
    """Metaclass of BaseOperator. Every `__init__` of an operator class is wrapped so that default_args reach it."""

    def __new__(mcls, name: str, bases: tuple[type, ...], namespace: dict[str, Any], **kwargs: Any) -> Any:
        if "__init__" in namespace:
            namespace["__init__"] = _with_defaults(namespace["__init__"])
        return super().__new__(mcls, name, bases, namespace, **kwargs)

    def __call__(cls, /, *args: Any, **kwargs: Any) -> Any:
        location = caller_location()
        if args:
            raise DagFileError(
                f"Use keyword arguments when initializing operators: {cls.__name__} got {args!r:.80} by position",
                location=location,
                hint=f"write {cls.__name__}(task_id=…)",
            )
        operator: Any = cast("Any", cls).__new__(cls)
        building = Building(kwargs, location)
        operator.__dict__["_building"] = building
        operator.__dict__["location"] = location
        operator.__init__(**kwargs)
        del operator.__dict__["_building"]
        operator.link_arguments()
        return operator


def _with_defaults(init: Callable[..., None]) -> Callable[..., None]:
    if getattr(init, "takes_defaults", False):
        return init
    parameters = list(inspect.signature(init).parameters.values())[1:]
    named = [p for p in parameters if p.kind in (p.POSITIONAL_OR_KEYWORD, p.KEYWORD_ONLY)]
    fillable = [p.name for p in named if p.name not in ("dag", "task_group", "params", "default_args")]
    required = [p.name for p in named if p.default is p.empty]

    @wraps(init)
    def with_defaults(self: Any, *args: Any, **kwargs: Any) -> None:
        if args:
            raise DagFileError(
                f"Use keyword arguments when initializing operators: {type(self).__name__} got {args!r:.70}",
                location=caller_location(),
                hint="pass every argument by name",
            )
        building: Building | None = self.__dict__.get("_building")
        if building is not None:
            for name in fillable:
                if name not in kwargs and name in building.defaults:
                    kwargs[name] = building.defaults[name]
        missing = [name for name in required if name not in kwargs]
        if missing:
            raise _missing(self, missing, kwargs)
        init(self, **kwargs)

    cast("Any", with_defaults).takes_defaults = True
    return with_defaults


def _missing(operator: Any, missing: list[str], given: Mapping[str, Any]) -> DagFileError:
    names = ", ".join(repr(name) for name in missing)
    task = f" {given['task_id']!r}" if given.get("task_id") else ""
    plural = "s" if len(missing) > 1 else ""
    return DagFileError(
        f"{type(operator).__name__}{task}: missing keyword argument{plural} {names}",
        location=operator.__dict__.get("location") or caller_location(),
        hint=f"add {', '.join(name + '=…' for name in missing)} to the call or to default_args",
    )


def known_names(cls: type) -> frozenset[str]:
    """Every argument the constructors of an operator class name, BaseOperator's included."""
    cached = cls.__dict__.get("_known_names")
    if cached is None:
        cached = frozenset(name for name in constructor_parameters(cls)) | BASE_NAMES
        type.__setattr__(cls, "_known_names", cached)
    return cached


def constructor_parameters(cls: type) -> dict[str, inspect.Parameter]:
    """Named parameters of all constructors along the class's MRO; the most derived one's wins."""
    found: dict[str, inspect.Parameter] = {}
    for base in cls.__mro__:
        init = base.__dict__.get("__init__")
        if init is None or base is object:
            continue
        try:
            parameters = list(inspect.signature(init).parameters.values())[1:]
        except (TypeError, ValueError):
            continue
        for parameter in parameters:
            if parameter.kind in (parameter.POSITIONAL_OR_KEYWORD, parameter.KEYWORD_ONLY):
                found.setdefault(parameter.name, parameter)
    return found
