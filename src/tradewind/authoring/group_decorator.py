"""`@task_group`: a function that makes tasks makes them in a group; `.expand()` makes a mapped group of them."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from functools import update_wrapper
from typing import Any

from tradewind.authoring.call import name_of
from tradewind.authoring.expand import ExpandInput, MappedArgument, dict_of_lists, list_of_dicts
from tradewind.authoring.groups import TaskGroup
from tradewind.authoring.location import caller_location
from tradewind.authoring.task import nearest
from tradewind.model.errors import DagFileError


class MappedTaskGroup(TaskGroup):
    """A group whose tasks become instances together, one set per item. Nested mapping is allowed."""

    def __init__(self, *, expand_input: ExpandInput, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.expand_input = expand_input

    @property
    def is_mapped(self) -> bool:
        return True

    @property
    def mapped_over(self) -> ExpandInput:
        return self.expand_input

    def __exit__(self, *error: object) -> None:
        for task, _ in self.expand_input.references():
            for root in self.roots:
                root.set_upstream(task)
        super().__exit__(*error)


class TaskGroupDecorator:
    """A decorated group function. Call it to make the group; the call gives what the function returns, or the group."""

    def __init__(
        self, function: Callable[..., Any], arguments: Mapping[str, Any], fixed: Mapping[str, Any] | None = None
    ) -> None:
        self.function = function
        self.tg_kwargs = dict(arguments)
        self.partial_kwargs = dict(fixed or {})
        update_wrapper(self, function)

    def override(self, **kwargs: Any) -> TaskGroupDecorator:
        """The same function with other arguments for its TaskGroup."""
        return TaskGroupDecorator(self.function, {**self.tg_kwargs, **kwargs}, self.partial_kwargs)

    def partial(self, **kwargs: Any) -> TaskGroupDecorator:
        """Arguments that are the same for all instances."""
        self._check_names("partial", list(kwargs))
        return TaskGroupDecorator(self.function, self.tg_kwargs, {**self.partial_kwargs, **kwargs})

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._fill(TaskGroup(**self._group_arguments()), args, kwargs)

    def expand(self, **kwargs: Any) -> Any:
        """One instance of the group per combination of items."""
        self._check_names("expand", list(kwargs))
        both = [name for name in kwargs if name in self.partial_kwargs]
        if both:
            raise DagFileError(
                f"{name_of(self.function)}.expand(): {both[0]!r} is given in .partial() already",
                location=caller_location(),
                hint=f"leave {both[0]}= out of one of the two",
            )
        return self._mapped(dict_of_lists(kwargs, name_of(self.function)), list(kwargs))

    def expand_kwargs(self, kwargs: Any) -> Any:
        """One instance of the group per dict of arguments."""
        expand_input = list_of_dicts(kwargs, name_of(self.function))
        names = expand_input.names()
        if names is None:
            names = [name for name in self._parameters() if name not in self.partial_kwargs]
        self._check_names("expand_kwargs", names)
        return self._mapped(expand_input, names)

    def _mapped(self, expand_input: ExpandInput, names: list[str]) -> Any:
        group = MappedTaskGroup(expand_input=expand_input, **self._group_arguments())
        return self._fill(group, (), {name: MappedArgument(group, name) for name in names})

    def _fill(self, group: TaskGroup, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> Any:
        given = {**self.partial_kwargs, **kwargs}
        self._check_call(group, args, given)
        with group:
            if self.function.__doc__ and not group.tooltip:
                group.tooltip = inspect.cleandoc(self.function.__doc__)
            result = self.function(*args, **given)
        return group if result is None else result

    def _check_call(self, group: TaskGroup, args: tuple[Any, ...], given: Mapping[str, Any]) -> None:
        try:
            inspect.signature(self.function).bind(*args, **given)
        except TypeError as error:
            raise DagFileError(
                f"@task_group {group.group_id!r}: {name_of(self.function)}() cannot be called this way: {error}",
                location=group.location,
                hint=f"it is defined as {name_of(self.function)}{inspect.signature(self.function)}",
            ) from None

    def _group_arguments(self) -> dict[str, Any]:
        return {"group_id": name_of(self.function), "add_suffix_on_collision": True, **self.tg_kwargs}

    def _parameters(self) -> Mapping[str, inspect.Parameter]:
        return inspect.signature(self.function).parameters

    def _check_names(self, method: str, names: list[str]) -> None:
        parameters = self._parameters()
        if any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters.values()):
            return
        for name in names:
            if name not in parameters:
                raise DagFileError(
                    f"{name_of(self.function)}.{method}() got an unexpected keyword argument {name!r}",
                    location=caller_location(),
                    hint=nearest(name, list(parameters)),
                )


def task_group(group_id: Any = None, **kwargs: Any) -> Any:
    """`@task_group` or `@task_group(group_id=…, default_args=…, tooltip=…)`."""
    if callable(group_id):
        return TaskGroupDecorator(group_id, kwargs)
    arguments = kwargs if group_id is None else {"group_id": group_id, **kwargs}
    return lambda function: TaskGroupDecorator(function, arguments)  # pyright: ignore
