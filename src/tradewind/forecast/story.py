"""What a forecast found out, as plain data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct, field

from tradewind.model.ids import MapPath


class Held(Struct):
    """A task instance was ready, and a limit held it back."""

    limit: str
    """`pool default_pool`, `max_active_tasks`, `parallelism`, …"""
    since: datetime
    until: datetime | None = None


class TryStory(Struct):
    task_id: str
    map_path: MapPath
    pool: str
    pool_slots: int
    ready_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    held: Held | None = None
    is_over_limit: bool = False
    """It would take longer than its `execution_timeout`."""


class Miss(Struct, frozen=True):
    """A deadline that would be missed. `ended_at=None`: it is not reached before the forecast ends."""

    dag_id: str
    run_id: str
    name: str
    due_at: datetime
    ended_at: datetime | None


class RunStory(Struct):
    dag_id: str
    run_id: str
    due_at: datetime
    started_at: datetime | None = None
    """Later than `due_at` where `max_active_runs` held it back."""
    ended_at: datetime | None = None
    state: str = "queued"
    why: str = ""
    tries: list[TryStory] = field(default_factory=list[TryStory])


class Forecast(Struct):
    begins: datetime
    ends: datetime
    runs: list[RunStory]
    misses: list[Miss]
    skipped: dict[str, str]
    """DAGs that cannot be foreseen → why."""
    was_cut: bool = False
    """There were too many tries; it ends earlier than was asked for."""


class Wait(Struct, frozen=True):
    """All that one limit held back of one DAG."""

    limit: str
    dag_id: str
    times: int
    total: timedelta
    longest: timedelta
    first_at: datetime


MAX_ACTIVE_RUNS = "max_active_runs"


def waits(forecast: Forecast) -> list[Wait]:
    """By limit and DAG, the longest in all first."""
    found: dict[tuple[str, str], list[tuple[datetime, timedelta]]] = {}
    for run in forecast.runs:
        began = run.started_at or forecast.ends
        if began > run.due_at:
            found.setdefault((MAX_ACTIVE_RUNS, run.dag_id), []).append((run.due_at, began - run.due_at))
        for one in run.tries:
            if one.held is not None:
                seconds = (one.held.until or forecast.ends) - one.held.since
                found.setdefault((one.held.limit, run.dag_id), []).append((one.held.since, seconds))
    made = [
        Wait(
            limit,
            dag_id,
            len(times),
            sum((long for _, long in times), timedelta()),
            max(t for _, t in times),
            min(at for at, _ in times),
        )
        for (limit, dag_id), times in found.items()
    ]
    return sorted(made, key=lambda wait: (-wait.total, wait.limit, wait.dag_id))


def busy(tries: Sequence[TryStory], begins: datetime, step: timedelta, count: int, ends: datetime) -> list[float]:
    """How many tries ran on average in each of `count` steps of time."""
    seconds = [0.0] * count
    width = step.total_seconds()
    for one in tries:
        if one.started_at is None:
            continue
        start = (one.started_at - begins).total_seconds()
        end = ((one.ended_at or ends) - begins).total_seconds()
        first, last = max(0, int(start // width)), min(count - 1, int(end // width))
        for place in range(first, last + 1):
            seconds[place] += max(0.0, min(end, (place + 1) * width) - max(start, place * width))
    return [each / width for each in seconds]
