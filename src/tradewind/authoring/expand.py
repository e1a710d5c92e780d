"""What a task or group is mapped over: `expand(x=[…], y=other.output)` or `expand_kwargs([{…}, …])`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import prod
from typing import TYPE_CHECKING, Any, cast

from tradewind.authoring.location import caller_location
from tradewind.authoring.reading import Lazy
from tradewind.authoring.xcom_arg import Resolvable, XComArg, find_references, find_resolvables, items_of
from tradewind.model.errors import DagFileError
from tradewind.model.spec import Expansion, Filtered, LengthSource, Literals

if TYPE_CHECKING:
    from tradewind.authoring.groups import TaskGroup
    from tradewind.authoring.task import AbstractTask


class ExpandInput:
    """The values of one expansion. `resolve` gives the keyword arguments of the instance numbered `index`."""

    def expansion(self) -> Expansion:
        """How the engine counts the instances."""
        raise NotImplementedError

    def names(self) -> list[str] | None:
        """Arguments that are mapped; None where only the values tell."""
        raise NotImplementedError

    def resolve(self, context: Mapping[str, Any], index: int) -> tuple[dict[str, Any], set[int]]:
        """Arguments of one instance, and the ids of those values that came from tasks (never taken for templates)."""
        raise NotImplementedError

    def length(self, context: Mapping[str, Any]) -> int:
        """Number of instances, found by looking at the values: the answer to a try with purpose EXPAND."""
        raise NotImplementedError

    def references(self) -> Iterator[tuple[AbstractTask, str]]:
        return find_references(self.value)

    def resolvables(self) -> Iterator[Resolvable]:
        return find_resolvables(self.value)

    value: Any


class DictOfLists(ExpandInput):
    """`expand(a=…, b=…)`: every combination, the last argument varying fastest."""

    def __init__(self, value: Mapping[str, Any]) -> None:
        self.value: dict[str, Any] = dict(value)

    def expansion(self) -> Expansion:
        return Expansion(tuple((name, _length_source(value)) for name, value in self.value.items()))

    def names(self) -> list[str]:
        return list(self.value)

    def resolve(self, context: Mapping[str, Any], index: int) -> tuple[dict[str, Any], set[int]]:
        columns = {name: _column(value, context) for name, value in self.value.items()}
        found: dict[str, Any] = {}
        for name, column in reversed(columns.items()):
            index, place = divmod(index, len(column))
            found[name] = column[place]
        from_tasks = {id(found[name]) for name, value in self.value.items() if isinstance(value, Resolvable)}
        return {name: found[name] for name in self.value}, from_tasks

    def length(self, context: Mapping[str, Any]) -> int:
        return prod(len(_column(value, context)) for value in self.value.values())


class ListOfDicts(ExpandInput):
    """`expand_kwargs([{"a": 1}, …])`: one instance per dict."""

    def __init__(self, value: Any) -> None:
        self.value: Any = value

    def expansion(self) -> Expansion:
        return Expansion((("kwargs", _length_source(self.value)),))

    def names(self) -> list[str] | None:
        if isinstance(self.value, Resolvable) or any(isinstance(item, Resolvable) for item in self.value):
            return None
        return sorted({name for item in self.value for name in item})

    def resolve(self, context: Mapping[str, Any], index: int) -> tuple[dict[str, Any], set[int]]:
        item = _column(self.value, context)[index]
        is_literal = not isinstance(self.value, Resolvable) and not isinstance(item, Resolvable)
        if isinstance(item, Resolvable):
            item = item.resolve(context)
        given = _as_kwargs(item, index)
        inner = {
            name: value.resolve(context) if isinstance(value, Resolvable) else value for name, value in given.items()
        }
        from_tasks = {id(inner[n]) for n, value in given.items() if not is_literal or isinstance(value, Resolvable)}
        return inner, from_tasks

    def length(self, context: Mapping[str, Any]) -> int:
        return len(_column(self.value, context))


class MappedArgument(Resolvable):
    """An argument of a mapped task group, inside the group: the item of the group's instance."""

    def __init__(self, group: TaskGroup, name: str) -> None:
        self._group = group
        self._name = name

    def __repr__(self) -> str:
        return f"MappedArgument({self._name!r})"

    def resolve(self, context: Mapping[str, Any], *_: Any, **__: Any) -> Any:
        scopes = context["task"].map_scopes()
        index = context["ti"].map_path[scopes.index(f"{self._group.group_id}.")]
        return self._group.mapped_over.resolve(context, index)[0][self._name]

    def references(self) -> Iterator[tuple[AbstractTask, str]]:
        return self._group.mapped_over.references()

    def length_source(self) -> LengthSource:
        """Its length may differ from instance to instance of the group: only a runner can look."""
        return Filtered(tuple(source for _, source in self._group.mapped_over.expansion().arguments))

    def __iter__(self) -> Iterator[Any]:
        raise DagFileError(
            f"the mapped argument {self._name!r} of a task group is known when the DAG runs; it cannot be iterated",
            location=caller_location(),
            hint="map over it with .expand(), or loop inside a task",
        )

    def __getitem__(self, key: Any) -> Any:
        raise DagFileError(
            f"the mapped argument {self._name!r} of a task group is known only when the DAG runs; it cannot be indexed",
            location=caller_location(),
            hint="index it inside a task",
        )


def dict_of_lists(values: Mapping[str, Any], what: str) -> DictOfLists:
    """Check the arguments of expand(). Raises DagFileError, naming the argument that cannot be mapped over."""
    if not values:
        raise DagFileError(
            f"{what}.expand() was given nothing to map over", location=caller_location(), hint="expand(x=[1, 2, 3])"
        )
    for name, value in values.items():
        if not is_mappable(value):
            raise DagFileError(
                f"{what}.expand() got an unexpected type {type(value).__name__!r} for keyword argument {name!r}: "
                f"{value!r:.60} cannot be mapped over",
                location=caller_location(),
                hint=f"pass a list, a dict or a task's result; what is the same for all goes into .partial({name}=…)",
            )
    return DictOfLists({name: _as_sequence(value) for name, value in values.items()})


def list_of_dicts(value: Any, what: str) -> ListOfDicts:
    """Check the argument of expand_kwargs(). Raises DagFileError."""
    if isinstance(value, Resolvable):
        return ListOfDicts(value)
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes)):
        items = list(cast("Sequence[Any]", value))
        if all(isinstance(item, (Mapping, Resolvable)) for item in items):
            return ListOfDicts(items)
    raise DagFileError(
        f"{what}.expand_kwargs() needs a list of dicts or the result of a task, not {_cut(cast('object', value))}",
        location=caller_location(),
        hint="expand_kwargs([{'x': 1}, {'x': 2}])",
    )


def _cut(value: object) -> str:
    return repr(value)[:60]


def _as_kwargs(item: object, index: int) -> Mapping[str, Any]:
    problem = f"expand_kwargs() needs dicts with text keys, but item {index} is a {type(item).__name__} ({_cut(item)})"
    if isinstance(item, Mapping):
        given = cast("Mapping[Any, Any]", item)
        if all(isinstance(name, str) for name in given):
            return given
    raise TypeError(problem)


def is_mappable(value: Any) -> bool:
    if isinstance(value, Resolvable):
        return isinstance(value, (XComArg, MappedArgument))
    return isinstance(value, (Mapping, Sequence, set, frozenset)) and not isinstance(value, (str, bytes, bytearray))


def _as_sequence(value: Any) -> Any:
    return sorted(cast("set[Any]", value), key=repr) if isinstance(value, (set, frozenset)) else value


def _length_source(value: Any) -> LengthSource:
    return value.length_source() if isinstance(value, Resolvable) else Literals(len(value))


def _column(value: Any, context: Mapping[str, Any]) -> Sequence[Any]:
    """All items of one mapped argument. References inside a literal (`expand(x=[a(), b()])`) are resolved too."""
    if isinstance(value, Resolvable):
        return items_of(value.resolve(context))
    items = items_of(value)

    def item(index: int) -> Any:
        found = items[index]
        return found.resolve(context) if isinstance(found, Resolvable) else found

    return Lazy(len(items), item)
