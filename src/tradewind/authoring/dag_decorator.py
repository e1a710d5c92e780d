"""`@dag`: a function that makes tasks; calling it makes a DAG, its parameters become the DAG's params."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any

from tradewind.authoring.call import name_of
from tradewind.authoring.dag import DAG
from tradewind.authoring.location import caller_location
from tradewind.authoring.params import Param
from tradewind.model.errors import DagFileError, SourceLocation


def dag(dag_id: Any = "", *args: Any, **kwargs: Any) -> Any:
    """`@dag` or `@dag(schedule=…, start_date=…)`: the arguments are DAG's; the id is the function's name by default."""
    if callable(dag_id):
        return _factory(dag_id, "", args, kwargs)
    return lambda function: _factory(function, dag_id, args, kwargs)  # pyright: ignore


def _factory(function: Callable[..., Any], dag_id: str, dag_args: tuple[Any, ...], dag_kwargs: dict[str, Any]) -> Any:
    @wraps(function)
    def make_dag(*args: Any, **kwargs: Any) -> DAG:
        values = _bind(function, args, kwargs)
        made = DAG(dag_id or name_of(function), *dag_args, **dag_kwargs)
        made.location = _where(function, made.location)
        if function.__doc__ and not made.doc_md:
            made.doc_md = inspect.cleandoc(function.__doc__)
        with made:
            function(**{name: made.param(name, _as_param(value)) for name, value in values.items()})
        return made

    return make_dag


def _bind(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    try:
        bound = inspect.signature(function).bind(*args, **kwargs)
    except TypeError as error:
        raise DagFileError(
            f"@dag {name_of(function)}() cannot be called with these arguments: {error}",
            location=caller_location(),
            hint="give its parameters defaults, or pass values in the call",
        ) from None
    bound.apply_defaults()
    return dict(bound.arguments)


def _as_param(value: Any) -> Any:
    return value if isinstance(value, Param) else Param(value)


def _where(function: Callable[..., Any], called_at: SourceLocation) -> SourceLocation:
    """The function's own line, where it is in the file that calls it."""
    code = getattr(inspect.unwrap(function), "__code__", None)
    if code is None or code.co_filename != called_at.file:
        return called_at
    return SourceLocation(code.co_filename, code.co_firstlineno)
