"""`deadline=` of a DAG (Airflow 3): call something where a run has not ended in time; and `sla=` of a task (Airflow 2),
which is a deadline too. The functions stay in the DAG file; a spec says when they are due."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, TypeVar, cast

from msgspec.structs import replace

from tradewind.authoring.call import name_of
from tradewind.model.errors import DagFileError
from tradewind.model.spec import DeadlineSpec

if TYPE_CHECKING:
    from tradewind.authoring.dag import DAG

T = TypeVar("T")
CUSTOM = "Custom"


class BaseDeadlineReference:
    """The instant that a deadline counts from. Subclass it for one of your own, with `_evaluate_with(**kwargs)`, which
    returns an aware datetime or None; it is called in a process of its own once the run has started."""

    required_kwargs: frozenset[str] | set[str] = frozenset()
    """Of `dag_id`, `run_id`, `dag_run`, `logical_date`: those that `_evaluate_with` wants."""

    @property
    def reference_name(self) -> str:
        return type(self).__name__

    def serialize_reference(self) -> dict[str, Any]:
        return {"reference_type": self.reference_name}

    def _evaluate_with(self, **kwargs: Any) -> datetime | None:
        raise NotImplementedError(f"{self.reference_name} has no _evaluate_with() method")


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

    class TYPES:
        """When a reference of one's own is evaluated: here always once the run has started."""

        DAGRUN: tuple[Any, ...] = ()
        DAGRUN_CREATED: tuple[Any, ...] = ()
        DAGRUN_QUEUED: tuple[Any, ...] = ()

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


@dataclass(frozen=True)
class VariableInterval:
    """An interval that the variable `key` holds, in seconds, when a run is made."""

    key: str


class Callback:
    """A function (or a notifier's class), or its import path, and its arguments."""

    def __init__(self, callback_callable: Callable[..., Any] | str, kwargs: Mapping[str, Any] | None = None) -> None:
        self.callback_callable = callback_callable
        self.path = callback_callable if isinstance(callback_callable, str) else name_of(callback_callable)
        if not isinstance(callback_callable, str) and isinstance(cast("object", callback_callable), type):
            self.path = cast("type", callback_callable).__name__
        self.kwargs = dict(kwargs or {})

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.path})"


class AsyncCallback(Callback):
    """An `async def`, or a notifier. It runs in a process of its own, as a SyncCallback does."""


class SyncCallback(Callback):
    """A plain function. `executor` is accepted and has no effect."""

    def __init__(
        self,
        callback_callable: Callable[..., Any] | str,
        kwargs: Mapping[str, Any] | None = None,
        executor: str | None = None,
    ) -> None:
        super().__init__(callback_callable, kwargs)
        self.executor = executor


class DeadlineAlert:
    """Call `callback` where a run is not done `interval` after `reference`. `on_deadline_risk` (Tradewind's own) is
    called as soon as a miss is to be expected from how long the tasks took before."""

    def __init__(
        self,
        reference: BaseDeadlineReference,
        interval: timedelta | VariableInterval | Any,
        callback: Callback | Callable[..., Any],
        name: str | None = None,
        *,
        on_deadline_risk: Callback | Callable[..., Any] | None = None,
        **_: Any,
    ) -> None:
        self.reference = reference
        self.interval = interval
        self.callback = _callback(callback)
        self.on_deadline_risk = None if on_deadline_risk is None else _callback(on_deadline_risk)
        self.name = name

    def __repr__(self) -> str:
        reference = getattr(self.reference, "reference_name", repr(self.reference))
        return f"DeadlineAlert({reference} + {self.interval}, {self.callback!r})"


def alerts_of(dag: DAG) -> list[DeadlineAlert]:
    """`deadline=`, which is one or a list."""
    given: Any = dag.deadline
    if given is None:
        return []
    return list(cast("Sequence[DeadlineAlert]", given)) if isinstance(given, (list, tuple)) else [given]


def deadline_specs(dag: DAG) -> tuple[DeadlineSpec, ...]:
    """The DAG's alerts in their order, then the SLAs of its tasks. Each has a name of its own.

    Raises DagFileError for what is no deadline."""
    specs = [_alert(dag, alert) for alert in alerts_of(dag)] + _slas(dag)
    seen: Counter[str] = Counter()
    named: list[DeadlineSpec] = []
    for spec in specs:
        seen[spec.name] += 1
        named.append(spec if seen[spec.name] == 1 else _renamed(spec, seen[spec.name]))
    return tuple(named)


def _alert(dag: DAG, alert: Any) -> DeadlineSpec:
    if not isinstance(alert, DeadlineAlert) or not isinstance(cast("object", alert.reference), BaseDeadlineReference):
        raise DagFileError(
            f"DAG {dag.dag_id!r}: deadline={alert!r} is no deadline",
            location=dag.location,
            hint="write deadline=DeadlineAlert(reference=DeadlineReference.DAGRUN_QUEUED_AT, interval=timedelta(…), …)",
        )
    options = alert.reference.serialize_reference()
    name = options.pop("reference_type")
    is_ours = isinstance(alert.reference, NamedReference)
    seconds, variable = _interval(dag, alert.interval)
    return DeadlineSpec(
        name=alert.name or f"{alert.reference.reference_name} {_text(alert.interval)}",
        reference=name if is_ours else CUSTOM,
        options=options if is_ours else {},
        seconds=seconds,
        variable=variable,
        callback=alert.callback.path,
        warns=alert.on_deadline_risk is not None,
    )


def _interval(dag: DAG, interval: Any) -> tuple[float, str]:
    if isinstance(interval, timedelta):
        return interval.total_seconds(), ""
    if isinstance(interval, (int, float)) and not isinstance(interval, bool):
        return float(interval), ""
    if isinstance(interval, VariableInterval):
        return 0.0, interval.key
    raise DagFileError(
        f"DAG {dag.dag_id!r}: the interval of a deadline is a timedelta or a VariableInterval, not {interval!r}",
        location=dag.location,
        hint="write interval=timedelta(minutes=30)",
    )


def _text(interval: Any) -> str:
    """As it is added to the reference, with its sign."""
    if isinstance(interval, timedelta) and interval < timedelta():
        return f"- {-interval}"
    return f"+ variable {interval.key}" if isinstance(interval, VariableInterval) else f"+ {interval}"


def sla_miss_callbacks(dag: DAG) -> list[Callable[..., Any]]:
    """Airflow 2's `sla_miss_callback=`, which is one or a list."""
    given: Any = dag.sla_miss_callback
    if given is None:
        return []
    return list(cast("Sequence[Any]", given)) if isinstance(given, (list, tuple)) else [given]


def _slas(dag: DAG) -> list[DeadlineSpec]:
    callback = ", ".join(map(name_of, sla_miss_callbacks(dag)))
    return [
        DeadlineSpec(
            name=f"SLA of {task.task_id}",
            reference="Sla",
            seconds=sla.total_seconds(),
            callback=callback or ("email" if task.argument("email") else ""),
            task_id=task.task_id,
        )
        for task in dag.tasks
        if isinstance(sla := cast("object", task.argument("sla")), timedelta)
    ]


def _renamed(spec: DeadlineSpec, number: int) -> DeadlineSpec:
    return replace(spec, name=f"{spec.name} ({number})")


def _callback(given: Any) -> Callback:
    return given if isinstance(given, Callback) else Callback(given)
