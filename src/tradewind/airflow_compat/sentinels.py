"""Airflow's mark for "no argument was given", and the names around it."""

from __future__ import annotations

from enum import StrEnum
from typing import Any, TypeGuard, TypeVar, cast

from tradewind.authoring.reading import MISSING

T = TypeVar("T")

NOTSET = MISSING
ArgNotSet: type[Any] = type(cast("object", MISSING))


class SetDuringExecution:
    """Type of SET_DURING_EXECUTION."""

    def __repr__(self) -> str:
        return "DYNAMIC (set during execution)"


SET_DURING_EXECUTION = SetDuringExecution()


def is_arg_set(value: T) -> TypeGuard[T]:
    """Whether an argument was given."""
    return value is not NOTSET


class DagRunTriggeredByType(StrEnum):
    """What started a run."""

    CLI = "cli"
    OPERATOR = "operator"
    REST_API = "rest_api"
    UI = "ui"
    TEST = "test"
    TIMETABLE = "timetable"
    ASSET = "asset"
    BACKFILL = "backfill"


class ExecutionCallableRunner:
    """Airflow's wrapper around a task's function: `runner.run(...)` calls it."""

    def __init__(self, func: Any, *_: Any, **__: Any) -> None:
        self.func = func

    def run(self, *args: Any, **kwargs: Any) -> Any:
        return self.func(*args, **kwargs)


KeywordParameters = dict
