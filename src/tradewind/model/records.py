"""Rows of the store as the other rooms see them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from tradewind.model.ids import MapPath, TryId
from tradewind.model.states import RunState, RunType, TaskState, TryPurpose, TryState


class ConnectionRecord(Struct, frozen=True, omit_defaults=True):
    conn_id: str
    conn_type: str = ""
    description: str | None = None
    host: str | None = None
    schema: str | None = None
    login: str | None = None
    password: str | None = None
    port: int | None = None
    extra: str | None = None
    """JSON text."""


class RunRecord(Struct, frozen=True):
    dag_id: str
    run_id: str
    state: RunState
    run_type: RunType
    logical_date: datetime | None
    data_interval_start: datetime | None
    data_interval_end: datetime | None
    run_after: datetime
    queued_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    dag_hash: str
    snapshot: str
    conf: dict[str, Any] = {}
    params: dict[str, Any] = {}
    note: str = ""
    triggered_by: str = ""
    backfill_id: int | None = None
    partition_key: str | None = None
    triggering_assets: Any = None
    """As of RunCreated."""


class TaskRecord(Struct, frozen=True):
    """One task instance as the store knows it."""

    task_id: str
    map_path: MapPath
    state: TaskState
    try_id: str | None
    try_number: int
    lost_count: int
    due_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    label: str | None = None
    why: str = ""
    tries_before_clear: int = 0


class TryRecord(Struct, frozen=True):
    try_id: TryId
    task_id: str
    map_path: MapPath
    number: int
    state: TryState
    purpose: TryPurpose
    executor: str
    pool: str
    pool_slots: int
    log_path: str
    queued_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    pid: int | None = None
    host: str | None = None
    exit_code: int | None = None
    signal: int | None = None
    max_rss_bytes: int | None = None
    why: str = ""
    error_type: str | None = None
    error: str | None = None
    traceback: str | None = None
    rendered: dict[str, Any] | None = None
    """Rendered template fields, masked and cut, for show."""
    imported_at: datetime | None = None
    """Its DAG file had to be loaded first, and was by then."""
    executed_at: datetime | None = None
    """The task's own code had ended; its result was still to be encoded and kept."""


class RunRows(Struct, frozen=True):
    """All that the engine needs to rebuild a run; see `engine.run.Run.restore`."""

    run: RunRecord
    expansions: list[tuple[str, MapPath, int]]
    tasks: list[TaskRecord]
    live_tries: list[TryRecord]
    lengths: list[tuple[str, MapPath, str, int | None]]
    running_since: datetime | None = None
    """When it became RUNNING the last time: a run that goes on after its end has its time limit anew, while
    `run.started_at` stays that of its first start."""


class HistoryRecord(Struct, frozen=True):
    at: datetime
    who: str
    entity: str
    """`run`, `task`, `try` or `note`."""
    task_id: str | None
    map_path: MapPath | None
    old: str | None
    new: str | None
    why: str
    try_id: TryId | None = None


class DagRecord(Struct, frozen=True):
    dag_id: str
    root: str
    """The DAG folder its file was found in."""
    file: str
    hash: str
    """Of the newest version."""
    snapshot: str
    is_paused: bool
    seen_at: datetime
    tags: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    description: str = ""
    schedule: str = ""
    retired_at: datetime | None = None
    """Since then its file defines it no longer; its runs stay."""
    last_run_id: str | None = None
    """The run that was created last."""
    last_run_state: RunState | None = None
    last_run_date: datetime | None = None
    """Its logical date, or where it has none the time after which it was to run."""
    timezone: str = "UTC"
    bundle: str = ""
    """Name of the bundle its file came from; "" where there is none."""
    bundle_version: str = ""


class DagVersionRecord(Struct, frozen=True):
    dag_id: str
    number: int
    """1 for the first, in the order they were seen."""
    hash: str
    snapshot: str
    bundle_version: str
    """Commit, where the files come from git."""
    created_at: datetime


class ImportErrorRecord(Struct, frozen=True):
    root: str
    file: str
    message: str
    line: int
    hint: str
    traceback: str
    dag_id: str | None
    seen_at: datetime


class VariableRecord(Struct, frozen=True):
    key: str
    value: str
    description: str | None = None


class PoolRecord(Struct, frozen=True):
    name: str
    slots: int
    """-1: endless."""
    description: str = ""
    include_deferred: bool = False


class OwnerRecord(Struct, frozen=True):
    """The process that drives a run."""

    owner_id: str
    pid: int
    host: str
    epoch: int
    claimed_at: datetime


OWN_METRICS = "tradewind."
"""What names of metrics begin with that Tradewind itself measures: what a try used of its machine. Ordinary lists leave
them out."""


class MetricRecord(Struct, frozen=True):
    task_id: str
    map_path: MapPath
    try_id: TryId
    name: str
    value: float
    step: int | None
    at: datetime


class ProgressRecord(Struct, frozen=True):
    """The last that a try said of how far it is."""

    task_id: str
    map_path: MapPath
    try_id: TryId
    done: float
    total: float | None
    message: str
    at: datetime


class ReaderRecord(Struct, frozen=True):
    """A try that read a value."""

    dag_id: str
    run_id: str
    task_id: str
    map_path: MapPath
    try_id: TryId


class RequestRecord(Struct, frozen=True):
    """A wish of another process for the scheduler. `dag_id` and `run_id` are "" where it is about no run."""

    request_id: int
    kind: str
    dag_id: str
    run_id: str
    payload: dict[str, Any]
    who: str
    at: datetime
