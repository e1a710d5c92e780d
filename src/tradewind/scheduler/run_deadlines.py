"""When a new run's deadlines are due: from the DAG's deadlines and what is known of the run as it is made."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Protocol

from msgspec.structs import replace

from tradewind.model.changes import RunCreated
from tradewind.model.service import NewDeadline
from tradewind.model.spec import DagSpec, DeadlineSpec
from tradewind.model.states import RunType

_log = logging.getLogger(__name__)
DEFAULT_RUNS = 10
"""How many runs an AverageRuntimeDeadline looks at."""
BY_CLOCK = frozenset({RunType.SCHEDULED, RunType.BACKFILL})
CUSTOM = "Custom"


class Known(Protocol):
    """What of the store is asked."""

    def run_durations(self, dag_id: str, *, runs: int = 20) -> list[float]: ...
    def get_variable(self, key: str) -> str | None: ...


def with_deadlines(created: RunCreated, spec: DagSpec, known: Known, now: datetime) -> RunCreated:
    """The run, with a deadline for each of the DAG's that can be told by now. A custom reference is the author's code:
    it is asked once the run has started. Costs nothing for a DAG without deadlines."""
    if not spec.deadlines:
        return created
    found = (_deadline(place, deadline, created, known, now) for place, deadline in enumerate(spec.deadlines))
    return replace(created, deadlines=tuple(one for one in found if one is not None))


def _deadline(
    place: int, deadline: DeadlineSpec, created: RunCreated, known: Known, now: datetime
) -> NewDeadline | None:
    since, seconds = _reference(deadline, created, known, now), _interval_seconds(deadline, created, known)
    if since is None or seconds is None:
        return None
    which = {"place": place} | ({"task_id": deadline.task_id} if deadline.task_id else {})
    return NewDeadline(deadline.name, since + timedelta(seconds=seconds), which)


def _reference(deadline: DeadlineSpec, created: RunCreated, known: Known, now: datetime) -> datetime | None:
    """The instant it counts from; None where there is none for this run."""
    match deadline.reference:
        case "DagRunLogicalDateDeadline":
            return created.logical_date
        case "DagRunQueuedAtDeadline":
            return now
        case "FixedDatetimeDeadline":
            at = datetime.fromisoformat(str(deadline.options["datetime"]))
            return at if at.tzinfo else at.replace(tzinfo=UTC)
        case "AverageRuntimeDeadline":
            most = int(deadline.options.get("max_runs") or DEFAULT_RUNS)
            least = int(deadline.options.get("min_runs") or most)
            average = average_seconds(known.run_durations(created.run.dag_id, runs=most), least)
            return None if average is None else now + timedelta(seconds=average)
        case "Sla":  # of a run by the clock alone, after its data interval, as in Airflow 2
            return (created.data_interval_end or created.run_after) if created.run_type in BY_CLOCK else None
        case _:
            return None


def average_seconds(durations: Sequence[float], least: int) -> float | None:
    """None where fewer than `least` are known."""
    return sum(durations) / len(durations) if len(durations) >= max(least, 1) else None


def _interval_seconds(deadline: DeadlineSpec, created: RunCreated, known: Known) -> float | None:
    if not deadline.variable:
        return deadline.seconds
    value = known.get_variable(deadline.variable)
    try:
        return float(value) if value is not None else _warn(deadline, created, "there is no such variable")
    except ValueError:
        return _warn(deadline, created, f"it holds {value!r}, which is no number of seconds")


def _warn(deadline: DeadlineSpec, created: RunCreated, why: str) -> None:
    _log.warning(
        "run %s of DAG %s goes without its deadline %s: VariableInterval(%r): %s",
        created.run.run_id,
        created.run.dag_id,
        deadline.name,
        deadline.variable,
        why,
    )
