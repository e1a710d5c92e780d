"""Rows of the store that the service lives by: schedules, deferred tasks, assets, backfills, deadlines, processes."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from tradewind.model.ids import MapPath, RunKey, TaskId, TryId

# ------------------------------------------------------------------------------------------ wake-up calls


class Topic(StrEnum):
    """What one process tells the others has happened, so that nobody polls. A call carries nothing: who hears it looks
    into the store."""

    DAGS = "dags"
    """DAG versions, pauses or schedules changed."""
    RUNS = "runs"
    """A run was queued, let go or ended."""
    REQUESTS = "requests"
    ANSWERS = "answers"
    """A request was carried out, or refused."""
    DEFERRALS = "deferrals"
    """A task began to wait for a trigger, or does so no longer."""
    EVENTS = "events"
    """A trigger fired."""
    ASSETS = "assets"
    POOLS = "pools"
    HAPPENED = "happened"
    """Something was committed about a run. Rung at most so often (`scheduler.news`): for viewers."""
    DELETED = "deleted"
    """Runs were deleted: for viewers. No row of their history tells of it."""
    PARSE = "parse"
    """Somebody asks the dag-processor for something."""


# ------------------------------------------------------------------------------------------ schedules


class DagSchedule(Struct, frozen=True):
    """Where a DAG's clock stands. `next_run_after=None`: nothing is due by time."""

    dag_id: str
    dag_hash: str
    snapshot: str
    is_paused: bool
    changed_at: datetime
    next_run_after: datetime | None = None
    next_logical_date: datetime | None = None
    next_interval_start: datetime | None = None
    next_interval_end: datetime | None = None
    last_interval_start: datetime | None = None
    """Data interval of the last run by the clock: what `timetables.next_run` goes on from."""
    last_interval_end: datetime | None = None
    held_why: str = ""
    """Not empty: no run is made by the clock until somebody accepts the schedule (`tradewind dags accept`), since it
    would make more at once than anybody meant."""
    is_retired: bool = False


class DueRun(Struct, frozen=True):
    """The run a DAG's clock says comes next."""

    run_after: datetime
    logical_date: datetime
    interval_start: datetime
    interval_end: datetime


# ------------------------------------------------------------------------------------------ waiting


class DeferralOutcome(StrEnum):
    EVENT = "event"
    TIMEOUT = "timeout"
    FAILED = "failed"
    """The trigger raised, or could not be imported; `error` says how."""


class DeferralRecord(Struct, frozen=True):
    """A task instance that gave its process back and waits for a trigger; kept until the task instance moves on, so
    that a lost resumption begins again with the same event."""

    deferral_id: int
    run: RunKey
    task_id: TaskId
    map_path: MapPath
    try_id: TryId
    """The try that deferred."""
    trigger: str
    """Class path."""
    trigger_kwargs: dict[str, Any]
    method: str
    kwargs: dict[str, Any]
    snapshot: str
    file: str
    """Code of the run (see `executors.base.CodeRef`): triggers of the author's own live there."""
    created_at: datetime
    queue: str = ""
    """Triggerers may be bound to queues; "" is any."""
    timeout_at: datetime | None = None
    triggerer_id: str | None = None
    """Job id of the triggerer that holds it."""
    outcome: DeferralOutcome | None = None
    event: Any = None
    """Payload, plain data."""
    error: str = ""
    ended_at: datetime | None = None


class ApprovalRecord(Struct, frozen=True):
    """A question to people (Airflow's human-in-the-loop). The task instance is DEFERRED meanwhile and holds no slot."""

    run: RunKey
    task_id: TaskId
    map_path: MapPath
    try_id: TryId
    subject: str
    body: str
    options: tuple[str, ...]
    defaults: tuple[str, ...] | None
    multiple: bool
    params: dict[str, Any]
    """Input form: name → {value, description, schema}."""
    assigned_users: tuple[str, ...]
    asked_at: datetime
    respond_by: datetime | None = None
    responded_at: datetime | None = None
    responded_by: str | None = None
    chosen: tuple[str, ...] = ()
    params_input: dict[str, Any] = {}


# ------------------------------------------------------------------------------------------ assets


class AssetRecord(Struct, frozen=True):
    asset_id: int
    name: str
    uri: str
    group: str = "asset"
    extra: dict[str, Any] = {}
    is_active: bool = True
    """Some DAG that is there mentions it."""
    last_event_at: datetime | None = None


class NewAssetEvent(Struct, frozen=True):
    """Something updated an asset: a task (with its source), somebody from outside, or a watcher."""

    name: str
    uri: str
    extra: dict[str, Any] = {}
    run: RunKey | None = None
    task_id: TaskId | None = None
    map_path: MapPath = ()
    alias: str | None = None
    partition_key: str | None = None
    by: str = ""
    """Who, where no task did."""


class AssetEventRecord(Struct, frozen=True):
    event_id: int
    name: str
    uri: str
    at: datetime
    extra: dict[str, Any] = {}
    source_dag_id: str | None = None
    source_run_id: str | None = None
    source_task_id: str | None = None
    source_map_path: MapPath = ()
    alias: str | None = None
    partition_key: str | None = None
    by: str = ""


# ------------------------------------------------------------------------------------------ backfills, deadlines

Reprocess: TypeAlias = Literal["none", "failed", "completed"]
"""Which logical dates that have a run already get it run again; "completed" is every one that has ended."""


class BackfillRecord(Struct, frozen=True):
    backfill_id: int
    dag_id: str
    from_date: datetime
    to_date: datetime
    is_reverse: bool
    reprocess: Reprocess
    max_active_runs: int
    conf: dict[str, Any]
    is_paused: bool
    created_at: datetime
    created_by: str
    ended_at: datetime | None = None
    is_cancelled: bool = False
    on_latest_version: bool = False
    """Runs that are run again get the newest code; else they keep the version they had."""


class BackfillRunRecord(Struct, frozen=True):
    """One logical date of a backfill, in the order they are to be run."""

    place: int
    logical_date: datetime
    interval_start: datetime
    interval_end: datetime
    run_id: str | None = None
    """Once it was made."""
    why_not: str = ""
    """Why there will be none: `already exists`, …"""
    is_done: bool = False


class NewDeadline(Struct, frozen=True):
    """A deadline of a run that is about to be made."""

    name: str
    due_at: datetime
    callback: dict[str, Any] = {}
    """As of a DeadlineRecord."""


class DeadlineRecord(Struct, frozen=True):
    """An instant by which a run is to have ended."""

    deadline_id: int
    run: RunKey
    name: str
    due_at: datetime
    callback: dict[str, Any]
    """Which of the DAG's deadlines this is: {"place": its index in `DagSpec.deadlines`}, and the task that is to have
    ended where it is a task's SLA: {"place", "task_id"}."""
    warned_at: datetime | None = None
    """A miss was predicted, and said so."""
    missed_at: datetime | None = None


# ------------------------------------------------------------------------------------------ processes


class JobKind(StrEnum):
    """Airflow's names for the service's processes."""

    SCHEDULER = "SchedulerJob"
    DAG_PROCESSOR = "DagProcessorJob"
    TRIGGERER = "TriggererJob"
    API_SERVER = "ApiServerJob"
    """Airflow has no such row of its own."""
    RUN = "LocalRunJob"
    """A `tradewind run` that drives its own run."""


class JobRecord(Struct, frozen=True):
    """A process of the service. `job_id` is also the owner id of the runs a scheduler drives."""

    job_id: str
    kind: JobKind
    pid: int
    host: str
    started_at: datetime
    heartbeat_at: datetime
    """Written by the loop itself, so that a stuck loop shows."""
    lease_until: datetime
    """Past this the others may take over what it holds."""
    version: str = ""
    detail: dict[str, Any] = {}
    """What it is doing: counts, lag of the loop in seconds."""
    ended_at: datetime | None = None


class LiveElsewhere(Struct, frozen=True):
    """A live try of a run that another process drives; or a deferred task, where its pool counts those."""

    run: RunKey
    task_id: TaskId
    pool: str
    pool_slots: int
    is_deferred: bool = False


class AuditRecord(Struct, frozen=True):
    """Something somebody did that is not a change of a run's state."""

    at: datetime
    who: str
    action: str
    dag_id: str | None = None
    run_id: str | None = None
    task_id: str | None = None
    detail: dict[str, Any] = {}
