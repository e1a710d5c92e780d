"""Dynamic task mapping: `Operator.partial(...)` and the MappedOperator that `.expand(...)` makes of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from tradewind.authoring import registry
from tradewind.authoring.arguments import ARGUMENTS
from tradewind.authoring.expand import DictOfLists, ExpandInput, dict_of_lists, list_of_dicts
from tradewind.authoring.location import caller_location
from tradewind.authoring.operator_class import constructor_parameters, find_place, known_names, merge_default_args
from tradewind.authoring.params import ParamsDict, merge_params
from tradewind.authoring.task import AbstractTask, nearest
from tradewind.authoring.xcom_arg import find_references
from tradewind.model.errors import DagFileError, SourceLocation

if TYPE_CHECKING:
    from tradewind.authoring.dag import DAG
    from tradewind.authoring.groups import TaskGroup
    from tradewind.authoring.operator import BaseOperator

NEVER_MAPPED = frozenset({"task_id", "dag", "task_group", "default_args"})


class OperatorPartial:
    """`Operator.partial(...)`: waits for `.expand()` or `.expand_kwargs()`."""

    def __init__(
        self,
        operator_class: Any,
        kwargs: dict[str, Any],
        place: tuple[DAG | None, TaskGroup | None],
        location: SourceLocation,
    ) -> None:
        self.operator_class = operator_class
        self.kwargs = kwargs
        self._place = place
        self._location = location

    def expand(self, **mapped_kwargs: Any) -> MappedOperator:
        """One instance per combination of items, the last argument varying fastest."""
        return self._expand(dict_of_lists(mapped_kwargs, self._what()))

    def expand_kwargs(self, kwargs: Any, *, strict: bool = True) -> MappedOperator:
        """One instance per dict of arguments."""
        return self._expand(list_of_dicts(kwargs, self._what()))

    def _expand(self, expand_input: ExpandInput) -> MappedOperator:
        names = expand_input.names() or []
        check_names(self.operator_class, names, f"{self._what()}.expand()", self._location)
        if (given := self.kwargs.get("_given_names")) is not None and isinstance(expand_input, DictOfLists):
            both = [name for name in names if name in given]
            if both:
                raise DagFileError(
                    f"{self._what()}.expand(): {both[0]!r} is given in .partial() already",
                    location=self._location,
                    hint=f"leave {both[0]}= out of one of the two",
                )
        partial_kwargs = {k: v for k, v in self.kwargs.items() if k != "_given_names" and k not in names}
        return MappedOperator(self.operator_class, partial_kwargs, expand_input, self._place, self._location)

    def _what(self) -> str:
        return self.operator_class.__name__

    def __repr__(self) -> str:
        return f"<{self._what()}.partial({', '.join(k for k in self.kwargs if k != '_given_names')})>"


def make_partial(operator_class: Any, kwargs: dict[str, Any]) -> OperatorPartial:
    """Check the names and merge the default_args in force. Raises DagFileError for an unknown name."""
    location = caller_location()
    check_names(operator_class, list(kwargs), f"{operator_class.__name__}.partial()", location)
    place = find_place(kwargs.pop("dag", None), kwargs.pop("task_group", None))
    defaults = merge_default_args(*place, kwargs.pop("default_args", None))
    known = known_names(operator_class) - NEVER_MAPPED - {"params"}
    merged = {name: value for name, value in defaults.items() if name in known}
    merged.update(kwargs)
    merged["params"] = merge_params(place[0].params if place[0] else None, defaults.get("params"), kwargs.get("params"))
    merged["_given_names"] = frozenset(kwargs)
    return OperatorPartial(operator_class, merged, place, location)


def check_names(operator_class: Any, names: list[str], what: str, location: SourceLocation) -> None:
    known = known_names(operator_class)
    for name in names:
        if name not in known:
            raise DagFileError(
                f"{what} got an unexpected keyword argument {name!r}", location=location, hint=nearest(name, known)
            )
        if name in NEVER_MAPPED and "expand" in what:
            raise DagFileError(
                f"{what} cannot map over {name!r}", location=location, hint=f"give {name}= to .partial()"
            )


class MappedOperator(AbstractTask):
    """A task that becomes one instance per item at run time. `partial_kwargs` are the same for all of them;
    `expand_input` has what differs. `mapped_into` is "op_kwargs" where the items are arguments of a @task function."""

    is_mapped = True
    mapped_into: str = ""

    def __init__(
        self,
        operator_class: Any,
        partial_kwargs: dict[str, Any],
        expand_input: ExpandInput,
        place: tuple[DAG | None, TaskGroup | None],
        location: SourceLocation,
        *,
        mapped_into: str = "",
    ) -> None:
        self._operator_class = operator_class
        self.partial_kwargs = partial_kwargs
        self.expand_input = expand_input
        self.location = location
        self.mapped_into = mapped_into
        self.task_id = str(partial_kwargs["task_id"])
        self._keep_arguments({**class_defaults(operator_class), **partial_kwargs})
        self.params = ParamsDict(partial_kwargs.get("params"))
        for name in ("template_fields", "template_ext", "template_fields_renderers", "ui_color", "ui_fgcolor"):
            setattr(self, name, getattr(operator_class, name))
        self.inherits_from_empty_operator = False
        self.is_setup = bool(partial_kwargs.get("is_setup", False))
        dag, group = place
        self._place(partial_kwargs["task_id"], dag, group)
        self.link_arguments()

    @property
    def operator_class(self) -> Any:
        return self._operator_class

    @property
    def task_type(self) -> str:
        return self._operator_class.__name__

    @property
    def python_callable(self) -> Any:
        return self.partial_kwargs.get("python_callable")

    def argument_references(self) -> Iterator[tuple[AbstractTask, str]]:
        yield from find_references(self.partial_kwargs)
        yield from self.expand_input.references()

    def link_arguments(self) -> None:
        if self.dag is None:
            return
        for task, _ in self.argument_references():
            if task.task_id not in self.upstream_task_ids and task is not self:
                self.set_upstream(task)

    def instance_for(self, context: Any) -> BaseOperator:
        """The operator of this task instance: `context["ti"].map_path` says which items it gets."""
        arguments, from_tasks = self.expand_input.resolve(context, context["ti"].map_path[-1])
        operator = self.unmap(arguments)
        operator.mapped_arguments_from_tasks = frozenset(from_tasks)
        return operator

    def expansion_length(self, context: Any) -> int:
        """Number of instances, found by looking at the values."""
        return self.expand_input.length(context)

    def unmap(self, resolve: Mapping[str, Any]) -> Any:
        """The operator that these mapped arguments make, standing where this one stands."""
        kwargs = dict(self.partial_kwargs)
        if self.mapped_into:
            kwargs[self.mapped_into] = _without_overlap(self.task_id, kwargs.get(self.mapped_into) or {}, resolve)
        else:
            _without_overlap(self.task_id, {}, resolve)
            kwargs.update(resolve)
        with registry.detached():
            operator = self._operator_class(**kwargs)
        operator.__dict__.update(
            task_id=self.task_id,
            label=self.label,
            location=self.location,
            task_group=self.task_group,
            upstream_task_ids=self.upstream_task_ids,
            downstream_task_ids=self.downstream_task_ids,
            is_setup=self.is_setup,
            _is_teardown=self.is_teardown,
            trigger_rule=self.trigger_rule,
            _dag=self.dag,
            _map_scopes=self.map_scopes(),
        )
        return operator

    def __repr__(self) -> str:
        return f"<Mapped({self.task_type}): {self.task_id}>"


def _without_overlap(task_id: str, fixed: Mapping[str, Any], mapped: Mapping[str, Any]) -> dict[str, Any]:
    both = sorted(set(fixed) & set(mapped))
    if both:
        raise TypeError(
            f"task {task_id!r}: mapped arguments repeat what .partial() gives: {', '.join(map(repr, both))}"
        )
    return {**fixed, **mapped}


def class_defaults(operator_class: Any) -> dict[str, Any]:
    """Defaults that the class's own constructors give to BaseOperator's arguments."""
    parameters = constructor_parameters(operator_class)
    return {
        name: parameter.default
        for name, parameter in parameters.items()
        if name in ARGUMENTS and parameter.default is not parameter.empty
    }
