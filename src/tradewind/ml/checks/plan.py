"""What a check is to do, read while the DAG is written, so that a mistake is told with its line."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, Literal, NamedTuple, TypeAlias, cast, get_args

from tradewind.authoring.location import caller_location
from tradewind.ml.checks.schema import backend_of, container_of, name_of_schema
from tradewind.model.errors import DagFileError

OnFailure: TypeAlias = Literal["block", "warn", "quarantine", "branch"]


class CheckPlan(NamedTuple):
    schema: Any
    """As pandera's container."""
    on_failure: OnFailure
    to: tuple[str, ...]
    """Of a branch: the tasks that follow where the data is bad."""
    name: str
    hide: frozenset[str]
    """Columns of which no examples are kept."""


def plan_of(
    schema: Any, on_failure: str, to: str | Collection[str] | None, name: str, hide: str | Collection[str]
) -> CheckPlan:
    """Raises DagFileError, SchemaError."""
    container = container_of(schema)
    backend_of(container)
    if on_failure not in get_args(OnFailure):
        raise DagFileError(
            f"a check cannot {on_failure!r} where the data is bad",
            location=caller_location(),
            hint=f"on_failure is one of {', '.join(map(repr, get_args(OnFailure)))}",
        )
    tasks = _texts(to)
    if (on_failure == "branch") != bool(tasks):
        raise DagFileError(
            "a check that branches names the tasks for bad data"
            if not tasks
            else f"to={to!r} is for checks that branch, and this one is to {on_failure}",
            location=caller_location(),
            hint='on_failure="branch", to="task_for_bad_data"',
        )
    return CheckPlan(
        container, cast("OnFailure", on_failure), tasks, name or name_of_schema(schema), frozenset(_texts(hide))
    )


def _texts(given: str | Collection[str] | None) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given or ())
