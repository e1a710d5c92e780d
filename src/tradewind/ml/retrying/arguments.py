"""Where a try has a named argument: in the call of its function, among its params, or as its operator's attribute."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any, cast

from tradewind.authoring.aid import AidedTry
from tradewind.model.errors import TradewindError

_MISSING: Any = object()


def current(attempt: AidedTry, name: str) -> Any:
    """Raises TradewindError where the task has nothing of that name."""
    operator = attempt.operator
    positional = _position(operator, name)
    if name in _keywords(operator):
        return _keywords(operator)[name]
    if positional is not None and positional < len(operator.op_args):
        return operator.op_args[positional]
    default = _default(operator, name)
    if default is not _MISSING:
        return default
    if name in attempt.context["params"]:
        return attempt.context["params"][name]
    if not callable(getattr(operator, name, _MISSING)) and hasattr(operator, name):
        return getattr(operator, name)
    raise TradewindError(
        f"task {operator.task_id!r} has no argument and no param {name!r} that a retry could change",
        hint=f"give its function an argument {name}, or its DAG a param of that name",
    )


def is_param(attempt: AidedTry, name: str) -> bool:
    """And no argument of the call besides."""
    return name in attempt.context["params"] and name not in _parameters(attempt.operator)


def change_params(attempt: AidedTry, values: Mapping[str, Any]) -> None:
    """Before templates are rendered, so that they see it."""
    params = attempt.context["params"]
    for name, value in values.items():
        if name in params:
            params[name] = value


def change_call(attempt: AidedTry, values: Mapping[str, Any]) -> None:
    """Once templates are rendered."""
    operator = attempt.operator
    for name, value in values.items():
        place = _position(operator, name)
        if name in _keywords(operator):
            operator.op_kwargs = {**operator.op_kwargs, name: value}
        elif place is not None and place < len(operator.op_args):
            given = list(operator.op_args)
            given[place] = value
            operator.op_args = tuple(given)
        elif _default(operator, name) is not _MISSING:
            operator.op_kwargs = {**operator.op_kwargs, name: value}
        elif name not in attempt.context["params"]:
            setattr(operator, name, value)


def _keywords(operator: Any) -> Mapping[str, Any]:
    found = getattr(operator, "op_kwargs", None)
    return cast("Mapping[str, Any]", found) if isinstance(found, Mapping) else {}


def _parameters(operator: Any) -> Mapping[str, inspect.Parameter]:
    function = getattr(operator, "python_callable", None)
    if function is None:
        return {}
    try:
        return inspect.signature(function).parameters
    except (TypeError, ValueError):
        return {}


def _position(operator: Any, name: str) -> int | None:
    names = list(_parameters(operator))
    return names.index(name) if name in names and hasattr(operator, "op_args") else None


def _default(operator: Any, name: str) -> Any:
    found = _parameters(operator).get(name)
    return _MISSING if found is None or found.default is inspect.Parameter.empty else found.default
