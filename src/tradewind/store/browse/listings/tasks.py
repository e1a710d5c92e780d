"""Task instances, each with its run and its newest try; and tries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import Text, func, literal_column

from tradewind.store.browse.listing import Field, Joined, Kind, Listing, Partial, fields_of
from tradewind.store.browse.listings.runs import VERSION_OF_RUN
from tradewind.store.schema.core import dag_version, run, task_instance, try_

TASK_AFTER_DAG = "\x1f"
"""Between the two in the field `dag_and_task`."""


class TaskInstanceRow(Struct, frozen=True):
    dag_id: str
    run_id: str
    run_number: int
    run_state: str
    logical_date: datetime | None
    run_after: datetime
    dag_hash: str
    version: int | None
    task_id: str
    map_path: str
    """As text: "", "3", "3.0"."""
    state: str
    try_id: str | None
    try_number: int
    lost_count: int
    tries_before_clear: int
    due_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    duration: int | None
    """Microseconds, of those that have ended."""
    label: str | None
    why: str
    queued_at: datetime | None
    """Of the newest try, as all below."""
    executor: str | None
    pool: str | None
    pool_slots: int | None
    log_path: str | None
    pid: int | None
    host: str | None
    exit_code: int | None
    signal: int | None
    max_rss_bytes: int | None
    error_type: str | None
    error: str | None
    rendered: Any


_DURATION = task_instance.c.ended_at - task_instance.c.started_at
_SUCCESS = literal_column("'success'", Text)
_NOT_SUCCEEDED = Partial(lambda state: state != "success", task_instance.c.state != _SUCCESS)
_LIVE_STATES = [literal_column(f"'{state}'", Text) for state in ("queued", "running")]
_LIVE = Partial(lambda state: state in ("queued", "running"), try_.c.state.in_(_LIVE_STATES))


def _of_run() -> tuple[Field, ...]:
    return fields_of(
        run.c.dag_id,
        run.c.run_id,
        run.c.logical_date,
        run.c.run_after,
        run.c.data_interval_start,
        run.c.data_interval_end,
        run.c.run_type,
        run.c.dag_hash,
        run_state=run.c.state,
    )


TASK_INSTANCES = Listing(
    name="task instances",
    row=TaskInstanceRow,
    base=task_instance,
    joins=(
        Joined(run, run.c.id == task_instance.c.run),
        Joined(dag_version, VERSION_OF_RUN, may_lack=True),
        Joined(try_, try_.c.try_id == task_instance.c.try_id, may_lack=True, is_costly=True),
    ),
    fields=(
        *_of_run(),
        *fields_of(
            task_instance.c.task_id,
            task_instance.c.map_path,
            task_instance.c.try_id,
            task_instance.c.try_number,
            task_instance.c.lost_count,
            task_instance.c.tries_before_clear,
            task_instance.c.due_at,
            task_instance.c.started_at,
            task_instance.c.ended_at,
            task_instance.c.label,
            task_instance.c.why,
            run_number=task_instance.c.run,
        ),
        *fields_of(
            try_.c.executor,
            try_.c.pool,
            try_.c.pool_slots,
            try_.c.log_path,
            try_.c.pid,
            try_.c.host,
            try_.c.exit_code,
            try_.c.signal,
            try_.c.max_rss_bytes,
            try_.c.error_type,
            try_.c.error,
            try_.c.rendered,
        ),
        Field("updated_at", func.coalesce(task_instance.c.ended_at, task_instance.c.started_at), Kind.INSTANT),
        Field("queued_at", try_.c.queued_at, Kind.INSTANT),
        Field("version", dag_version.c.number, Kind.WHOLE),
        Field("state", task_instance.c.state, partial=_NOT_SUCCEEDED),
        Field("duration", _DURATION, Kind.WHOLE, has_value_only_if=task_instance.c.ended_at.is_not(None)),
        Field("shown_index", func.coalesce(task_instance.c.label, func.nullif(task_instance.c.map_path, ""))),
        Field("dag_and_task", run.c.dag_id + TASK_AFTER_DAG + task_instance.c.task_id, is_sort=False),
        Field(
            "map_length", func.length(task_instance.c.map_path), Kind.WHOLE
        ),  # with map_path: in the order of numbers
    ),
    key=("run_number", "task_id", "map_path"),
    order=("run_number", "task_id", "map_path"),
    dag_id=run.c.dag_id,
    run=task_instance.c.run,
)


class TryRow(Struct, frozen=True):
    dag_id: str
    run_id: str
    run_number: int
    try_id: str
    task_id: str
    map_path: str
    number: int
    state: str
    purpose: str
    executor: str
    pool: str
    pool_slots: int
    log_path: str
    queued_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    duration: int | None
    pid: int | None
    host: str | None
    exit_code: int | None
    signal: int | None
    max_rss_bytes: int | None
    why: str
    error_type: str | None
    error: str | None
    traceback: str | None
    rendered: Any


TRIES = Listing(
    name="tries",
    row=TryRow,
    base=try_,
    joins=(Joined(run, run.c.id == try_.c.run),),
    fields=(
        *_of_run(),
        *fields_of(
            try_.c.try_id,
            try_.c.task_id,
            try_.c.map_path,
            try_.c.number,
            try_.c.purpose,
            try_.c.executor,
            try_.c.pool,
            try_.c.pool_slots,
            try_.c.log_path,
            try_.c.queued_at,
            try_.c.started_at,
            try_.c.ended_at,
            try_.c.pid,
            try_.c.host,
            try_.c.exit_code,
            try_.c.signal,
            try_.c.max_rss_bytes,
            try_.c.why,
            try_.c.error_type,
            try_.c.error,
            try_.c.traceback,
            try_.c.rendered,
            run_number=try_.c.run,
        ),
        Field("state", try_.c.state, partial=_LIVE),
        Field("duration", try_.c.ended_at - try_.c.started_at, Kind.WHOLE),
        Field("map_length", func.length(try_.c.map_path), Kind.WHOLE),
    ),
    key=("try_id",),
    order=("run_number", "task_id", "map_path", "number", "queued_at"),
    dag_id=run.c.dag_id,
    run=try_.c.run,
)
