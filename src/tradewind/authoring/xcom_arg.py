"""XComArg: a value that a task will hand on, used while the DAG is written as if it were there already.

`operator.output`, `operator.output["key"]`, what a called `@task` returns, and what `.map()`, `.zip()`, `.concat()` and
`.filter()` make of them. At run time `resolve(context)` asks the task instance (`context["ti"]`, an `XComReader`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, cast

from tradewind.authoring.call import name_of
from tradewind.authoring.exceptions import UnmappableXComTypePushed
from tradewind.authoring.location import caller_location
from tradewind.authoring.nodes import DependencyMixin
from tradewind.authoring.reading import MISSING, Lazy, XComReader, read_source
from tradewind.model.errors import DagFileError
from tradewind.model.spec import Concatenated, Filtered, FromTask, LengthSource, Zipped
from tradewind.model.values import RETURN_KEY

if TYPE_CHECKING:
    from tradewind.authoring.edges import EdgeModifier
    from tradewind.authoring.task import AbstractTask


class Resolvable:
    """Stands for a value that is known only at run time."""

    def resolve(self, context: Mapping[str, Any], *_: Any, **__: Any) -> Any:
        """The value, as the task instance of this context sees it."""
        raise NotImplementedError

    def references(self) -> Iterator[tuple[AbstractTask, str]]:
        """Tasks (with key) whose values this one needs."""
        return iter(())

    def length_source(self) -> LengthSource:
        """How the engine learns the number of items without the author's code."""
        raise NotImplementedError


class XComArg(Resolvable, DependencyMixin):
    """`XComArg(operator, key)` is the value that `operator` pushes under `key`; the classes below derive from it."""

    def __new__(cls, *args: Any, **kwargs: Any) -> Any:
        return object.__new__(PlainXComArg if cls is XComArg else cls)

    operator: AbstractTask

    def __init__(self, operator: AbstractTask, key: str = RETURN_KEY) -> None:
        raise NotImplementedError

    def map(self, f: Callable[[Any], Any]) -> MapXComArg:
        """Each item passed through `f` when a mapped task reads it. Raise AirflowSkipException in `f` to skip it."""
        return MapXComArg(self, _plain_callable(f, "map"))

    def zip(self, *others: XComArg, fillvalue: Any = MISSING) -> ZipXComArg:
        """Tuples of items side by side, to the shortest; to the longest where a fill value is given."""
        return ZipXComArg([self, *others], fillvalue=fillvalue)

    def concat(self, *others: XComArg) -> ConcatXComArg:
        """The items of this value, then those of the others."""
        return ConcatXComArg([self, *others])

    def filter(self, f: Callable[[Any], Any] | None = None) -> FilterXComArg:
        """Only the items for which `f(item)` is true (without `f`: the items that are true)."""
        return FilterXComArg(self, None if f is None else _plain_callable(f, "filter"))

    # ---- its place in the graph is that of its tasks

    def _tasks(self) -> list[AbstractTask]:
        return list({id(task): task for task, _ in self.references()}.values())

    @property
    def roots(self) -> Sequence[AbstractTask]:
        return self._tasks()

    @property
    def leaves(self) -> Sequence[AbstractTask]:
        return self._tasks()

    def set_upstream(self, task_or_task_list: Any, edge_modifier: EdgeModifier | None = None) -> None:
        for task in self._tasks():
            task.set_upstream(task_or_task_list, edge_modifier=edge_modifier)

    def set_downstream(self, task_or_task_list: Any, edge_modifier: EdgeModifier | None = None) -> None:
        for task in self._tasks():
            task.set_downstream(task_or_task_list, edge_modifier=edge_modifier)

    def as_setup(self) -> DependencyMixin:
        for task in self._tasks():
            task.is_setup = True
        return self

    def as_teardown(self, *, setups: Any = None, on_failure_fail_dagrun: Any = None) -> DependencyMixin:
        for task in self._tasks():
            task.as_teardown(setups=setups, on_failure_fail_dagrun=on_failure_fail_dagrun)
        return self

    def __enter__(self) -> XComArg:
        for task in self._tasks():
            task.__enter__()
        return self

    def __exit__(self, *error: object) -> None:
        for task in reversed(self._tasks()):
            task.__exit__(*error)

    # ---- what one is tempted to do with it while the DAG is written

    def __getitem__(self, key: Any) -> XComArg:
        raise DagFileError(
            f"{self} cannot be indexed while the DAG is written",
            location=caller_location(),
            hint="index the value inside a task, or map over the value before .map(), .zip(), .concat() or .filter()",
        )

    def __iter__(self) -> Iterator[Any]:
        raise _not_yet_known(self, "iterated over", "use .expand() to make one task per item, or loop inside a task")

    def __len__(self) -> int:
        raise _not_yet_known(self, "measured with len()", "call len() inside a task")

    def __bool__(self) -> bool:
        return True

    def __contains__(self, item: Any) -> bool:
        raise _not_yet_known(self, "searched with `in`", "look inside a task, or branch with @task.branch")


def _not_yet_known(value: XComArg, what: str, hint: str) -> DagFileError:
    return DagFileError(
        f"{value!r} is the result of a task, which is known only when the DAG runs, so it cannot be {what} here",
        location=caller_location(),
        hint=hint,
    )


def _plain_callable(f: Any, method: str) -> Callable[[Any], Any]:
    if hasattr(f, "expand"):
        raise DagFileError(
            f".{method}() needs a plain function, not a task",
            location=caller_location(),
            hint=f"take @task off {name_of(f)}, or use {name_of(f)}.expand() to make one task per item",
        )
    if not callable(f):
        raise DagFileError(
            f".{method}() needs a function, not {type(f).__name__}", location=caller_location(), hint="pass a function"
        )
    return f


class PlainXComArg(XComArg):
    """What one task pushes under one key."""

    def __init__(self, operator: AbstractTask, key: str = RETURN_KEY) -> None:
        self.operator = operator
        self.key = key

    def __repr__(self) -> str:
        return (
            f"XComArg({self.operator.task_id!r})"
            if self.key == RETURN_KEY
            else f"XComArg({self.operator.task_id!r}, {self.key!r})"
        )

    def __str__(self) -> str:
        """A Jinja expression, so that `f"echo {value}"` works in a template field."""
        dag = f"dag_id={self.operator.dag_id!r}, " if self.operator.dag is not None else ""
        return f"{{{{ task_instance.xcom_pull(task_ids={self.operator.task_id!r}, {dag}key={self.key!r}) }}}}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PlainXComArg) and self.operator is other.operator and self.key == other.key

    def __hash__(self) -> int:
        return hash((id(self.operator), self.key))

    def __getitem__(self, key: Any) -> XComArg:
        """The value the task pushed under `key`: one entry of `multiple_outputs`, or an `xcom_push` of its own."""
        if not isinstance(key, str):
            raise DagFileError(
                f"{self!r} can be indexed by a text (an XCom key) only, not by {key!r}",
                location=caller_location(),
                hint="index the value inside a task",
            )
        return PlainXComArg(self.operator, key)

    def references(self) -> Iterator[tuple[AbstractTask, str]]:
        yield self.operator, self.key

    def resolve(self, context: Mapping[str, Any], *_: Any, **__: Any) -> Any:
        return read_source(context, self.operator, self.key)

    def length_source(self) -> LengthSource:
        return FromTask(self.operator.task_id, self.key)


class MapXComArg(XComArg):
    """`source.map(f)`"""

    def __init__(self, source: XComArg, function: Callable[[Any], Any]) -> None:
        self.source = source
        self.function = function

    def __repr__(self) -> str:
        return f"{self.source!r}.map({name_of(self.function)})"

    def references(self) -> Iterator[tuple[AbstractTask, str]]:
        return self.source.references()

    def resolve(self, context: Mapping[str, Any], *_: Any, **__: Any) -> Any:
        source, function = items_of(self.source.resolve(context)), self.function
        return Lazy(len(source), lambda index: function(source[index]))

    def length_source(self) -> LengthSource:
        return self.source.length_source()


class ZipXComArg(XComArg):
    """`first.zip(second, …)`"""

    def __init__(self, sources: Sequence[XComArg], *, fillvalue: Any = MISSING) -> None:
        if len(sources) < 2:
            raise DagFileError(".zip() needs another XComArg", location=caller_location(), hint="a.zip(b)")
        self.sources = _only_xcom_args(sources, "zip")
        self.fillvalue = fillvalue

    def __repr__(self) -> str:
        first, *others = self.sources
        fill = "" if self.fillvalue is MISSING else f", fillvalue={self.fillvalue!r}"
        return f"{first!r}.zip({', '.join(map(repr, others))}{fill})"

    def references(self) -> Iterator[tuple[AbstractTask, str]]:
        return chain.from_iterable(source.references() for source in self.sources)

    def resolve(self, context: Mapping[str, Any], *_: Any, **__: Any) -> Any:
        columns = [items_of(source.resolve(context)) for source in self.sources]
        lengths = [len(column) for column in columns]
        fill = self.fillvalue
        if fill is MISSING:
            return Lazy(min(lengths), lambda index: tuple(column[index] for column in columns))
        return Lazy(
            max(lengths), lambda index: tuple(column[index] if index < len(column) else fill for column in columns)
        )

    def length_source(self) -> LengthSource:
        return Zipped(tuple(s.length_source() for s in self.sources), longest=self.fillvalue is not MISSING)


class ConcatXComArg(XComArg):
    """`first.concat(second, …)`"""

    def __init__(self, sources: Sequence[XComArg]) -> None:
        self.sources = _only_xcom_args(sources, "concat")

    def __repr__(self) -> str:
        first, *others = self.sources
        return f"{first!r}.concat({', '.join(map(repr, others))})"

    def references(self) -> Iterator[tuple[AbstractTask, str]]:
        return chain.from_iterable(source.references() for source in self.sources)

    def resolve(self, context: Mapping[str, Any], *_: Any, **__: Any) -> Any:
        parts = [items_of(source.resolve(context)) for source in self.sources]
        places = [(part, index) for part in parts for index in range(len(part))]
        return Lazy(len(places), lambda index: places[index][0][places[index][1]])

    def length_source(self) -> LengthSource:
        return Concatenated(tuple(source.length_source() for source in self.sources))


class FilterXComArg(XComArg):
    """`source.filter(f)`"""

    def __init__(self, source: XComArg, function: Callable[[Any], Any] | None) -> None:
        self.source = source
        self.function = function

    def __repr__(self) -> str:
        return f"{self.source!r}.filter({name_of(self.function) if self.function else ''})"

    def references(self) -> Iterator[tuple[AbstractTask, str]]:
        return self.source.references()

    def resolve(self, context: Mapping[str, Any], *_: Any, **__: Any) -> Any:
        keep = self.function or bool
        source = items_of(self.source.resolve(context))
        return [item for item in (source[index] for index in range(len(source))) if keep(item)]

    def length_source(self) -> LengthSource:
        return Filtered((self.source.length_source(),))


def _only_xcom_args(sources: Sequence[Any], method: str) -> list[XComArg]:
    for source in sources:
        if not isinstance(source, XComArg):
            raise DagFileError(
                f".{method}() takes results of tasks only, not {type(source).__name__} ({source!r:.60})",
                location=caller_location(),
                hint="return the literal from a small @task and pass its result",
            )
    return list(sources)


def items_of(value: Any) -> Sequence[Any]:
    """A value as a sequence to map over: a dict becomes its (key, value) pairs. Raises UnmappableXComTypePushed
    for a value that is neither list nor dict."""
    if isinstance(value, Mapping):
        return list(cast("Mapping[Any, Any]", value).items())
    if isinstance(value, Sequence) and not isinstance(value, (str, bytes, bytearray)):
        return cast("Sequence[Any]", value)
    raise UnmappableXComTypePushed(value)


def find_resolvables(value: Any) -> Iterator[Resolvable]:
    """Every Resolvable inside a value, in lists, tuples, sets and dicts (keys too), and in what has template fields."""
    if isinstance(value, Resolvable):
        yield value
    elif isinstance(value, (str, bytes, int, float, type(None))):
        return
    elif isinstance(value, Mapping):
        for key, item in cast("Mapping[Any, Any]", value).items():
            yield from find_resolvables(key)
            yield from find_resolvables(item)
    elif isinstance(value, (list, tuple, set, frozenset)):
        for item in cast("Sequence[Any]", value):
            yield from find_resolvables(item)
    elif not isinstance(value, (DependencyMixin, type)) and isinstance(
        fields := getattr(value, "template_fields", None), (list, tuple)
    ):
        for field in cast("Sequence[str]", fields):
            yield from find_resolvables(getattr(value, field, None))


def find_references(value: Any) -> Iterator[tuple[AbstractTask, str]]:
    """(task, key) of every value of another task that is needed to resolve `value`."""
    for found in find_resolvables(value):
        yield from found.references()


__all__ = ["MISSING", "Resolvable", "XComArg", "XComReader", "find_references", "find_resolvables", "items_of"]
