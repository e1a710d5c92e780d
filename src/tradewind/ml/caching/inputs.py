"""What a try works on: the arguments of its function or operator, the values of other tasks in them by their hashes."""

from __future__ import annotations

import inspect
from collections.abc import Iterator, Mapping
from types import BuiltinFunctionType, FunctionType, MethodType
from typing import Any, cast

from tradewind.authoring.aid import Aid, AidedTry
from tradewind.authoring.arguments import BASE_NAMES
from tradewind.authoring.operator import BaseOperator
from tradewind.authoring.reading import Lazy
from tradewind.authoring.xcom_arg import PlainXComArg, Resolvable, find_resolvables
from tradewind.ml.caching import content
from tradewind.ml.caching.code import CodeWalk
from tradewind.ml.caching.parts import CannotTell, Kind, Part

_FUNCTION_FIELDS = frozenset({"op_args", "op_kwargs", "templates_dict"})
_RESULT_FIELDS = ("multiple_outputs", "do_xcom_push")
_NEVER = frozenset(BASE_NAMES) | {
    *("python_callable", "location", "params", "label", "log", "start_date", "end_date", "template_ext", "subdag"),
    *("upstream_task_ids", "downstream_task_ids", "is_setup", "is_teardown", "task_group", "dag"),
    "show_return_value_in_logs",
}


def inputs_of(attempt: AidedTry, walk: CodeWalk, ignored: frozenset[str]) -> Iterator[Part]:
    """Each argument is a part of its own, so that a miss can name it. Raises CannotTell."""
    operator = attempt.operator
    reading = _Reading(attempt, walk)
    function = getattr(operator, "python_callable", None)
    for name, value in _arguments_of(operator, function):
        if name not in ignored:
            yield reading.part("input", name, value)
    fields = {name for name in operator.template_fields if function is None or name not in _FUNCTION_FIELDS}
    for name in sorted(fields | _own_attributes(operator)):
        if name not in ignored and (function is None or name not in _FUNCTION_FIELDS):
            yield reading.part("operator", name, getattr(operator, name, None))
    for name in _RESULT_FIELDS:
        yield Part("operator", name, str(bool(getattr(operator, name, False))))
    own = next(task for task in attempt.spec.tasks if task.task_id == attempt.message.task.task_id)
    yield Part("operator", "is mapped over", str(own.is_mapped_over))  # then its value is checked
    outlets = sorted(str(getattr(one, "uri", None) or getattr(one, "name", one)) for one in operator.outlets or ())
    yield Part("operator", "outlets", repr(outlets))


def _arguments_of(operator: Any, function: Any) -> Iterator[tuple[str, Any]]:
    """Those that a function is called with, by the names of its parameters."""
    if function is None:
        return
    try:
        names = [
            one.name
            for one in inspect.signature(function).parameters.values()
            if one.kind in (one.POSITIONAL_ONLY, one.POSITIONAL_OR_KEYWORD)
        ]
    except (TypeError, ValueError):
        names = []
    given = operator.op_args
    if isinstance(given, (list, tuple)):
        for place, value in enumerate(cast("list[Any]", given)):
            yield names[place] if place < len(names) else f"argument {place + 1}", value
    elif given:
        yield "op_args", given
    kwargs: Any = operator.op_kwargs
    if isinstance(kwargs, Mapping):
        yield from sorted(cast("Mapping[str, Any]", kwargs).items())
    elif kwargs is not None:
        yield "op_kwargs", kwargs
    if getattr(operator, "templates_dict", None):
        yield "templates_dict", operator.templates_dict


def _own_attributes(operator: Any) -> set[str]:
    """What the operator's class keeps of its arguments, beside what all operators have."""
    return {
        name
        for name, value in cast("dict[str, Any]", vars(operator)).items()
        if not name.startswith("_")
        and name not in _NEVER
        and not hasattr(BaseOperator, name)  # how the house keeps it, e.g. which arguments are other tasks' values
        and not isinstance(value, (Aid, property))
    }


class _Reading:
    def __init__(self, attempt: AidedTry, walk: CodeWalk) -> None:
        self._attempt = attempt
        self._walk = walk
        self._from_tasks: frozenset[int] = getattr(attempt.operator, "mapped_arguments_from_tasks", frozenset())

    def part(self, kind: Kind, name: str, value: Any) -> Part:
        try:
            found = self._resolved(value)
            self._walk.look_into(found)
            return Part(kind, name, content.hash_of(found, self._special), content.shown(found, name))
        except CannotTell as error:
            raise CannotTell(f"the {'input' if kind == 'input' else 'argument'} {name!r}: {error.message}") from error

    def _resolved(self, value: Any) -> Any:
        """As rendering would give it, but for the values of other tasks, which stay unread."""
        if id(value) in self._from_tasks:
            return value
        if isinstance(value, PlainXComArg):
            with self._attempt.describing():
                found = value.resolve(self._attempt.context)
                return list(found) if isinstance(found, Lazy) else found
        if isinstance(value, Resolvable):
            return value.resolve(self._attempt.context)
        if isinstance(value, str):
            return self._attempt.operator.render_template(value, self._attempt.context)
        if type(value) in (list, tuple, set):
            items = cast("list[Any]", value)
            if len(items) > content.WALKED_AT_MOST and next(find_resolvables(items), None) is None:
                return items
            return [type(value).__name__, *map(self._resolved, items)]
        if type(value) is dict:
            return {key: self._resolved(item) for key, item in cast("dict[Any, Any]", value).items()}
        return value

    def _special(self, value: Any) -> str | None:
        if isinstance(value, (FunctionType, MethodType, BuiltinFunctionType, type)) or callable(value):
            return self._walk.special(value)
        return None
