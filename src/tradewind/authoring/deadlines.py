"""`deadline=` of a DAG, as files for Airflow 3 write it. Accepted and kept; nothing watches deadlines yet."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from tradewind.authoring.call import name_of

T = TypeVar("T")


class BaseDeadlineReference:
    """The instant that a deadline counts from; subclass it for one of your own."""

    @property
    def reference_name(self) -> str:
        return type(self).__name__

    def serialize_reference(self) -> dict[str, Any]:
        return {"reference_type": self.reference_name}


@dataclass(frozen=True)
class NamedReference(BaseDeadlineReference):
    """One of Airflow's own references."""

    name: str
    options: tuple[tuple[str, Any], ...] = ()

    @property
    def reference_name(self) -> str:
        return self.name

    def serialize_reference(self) -> dict[str, Any]:
        return {"reference_type": self.name, **dict(self.options)}


class DeadlineReference:
    """Airflow's references by name."""

    DAGRUN_LOGICAL_DATE = NamedReference("DagRunLogicalDateDeadline")
    DAGRUN_QUEUED_AT = NamedReference("DagRunQueuedAtDeadline")

    @staticmethod
    def AVERAGE_RUNTIME(max_runs: int = 0, min_runs: int | None = None) -> NamedReference:
        options = {"max_runs": max_runs or 10, "min_runs": min_runs or max_runs or 10}
        return NamedReference("AverageRuntimeDeadline", tuple(options.items()))

    @staticmethod
    def FIXED_DATETIME(dt: datetime) -> NamedReference:
        return NamedReference("FixedDatetimeDeadline", (("datetime", dt.isoformat()),))


def deadline_reference(deadline_reference_type: Any = None) -> Any:
    """Airflow's decorator of references of one's own; it changes nothing here."""

    def keep(reference: T) -> T:
        return reference

    return keep(deadline_reference_type) if isinstance(deadline_reference_type, type) else keep


class Callback:
    """A function, or its import path, and its arguments."""

    def __init__(self, callback_callable: Callable[..., Any] | str, kwargs: Mapping[str, Any] | None = None) -> None:
        self.path = callback_callable if isinstance(callback_callable, str) else name_of(callback_callable)
        self.kwargs = dict(kwargs or {})

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.path})"


class AsyncCallback(Callback):
    """Would run in a triggerer."""


class SyncCallback(Callback):
    """Would run in an executor."""

    def __init__(
        self,
        callback_callable: Callable[..., Any] | str,
        kwargs: Mapping[str, Any] | None = None,
        executor: str | None = None,
    ) -> None:
        super().__init__(callback_callable, kwargs)
        self.executor = executor


class DeadlineAlert:
    """Call `callback` where a run is not done `interval` after `reference`."""

    def __init__(
        self,
        reference: BaseDeadlineReference,
        interval: timedelta | Any,
        callback: Callback,
        name: str | None = None,
    ) -> None:
        self.reference = reference
        self.interval = interval
        self.callback = callback
        self.name = name

    def __repr__(self) -> str:
        return f"DeadlineAlert({self.reference.reference_name} + {self.interval}, {self.callback!r})"
