"""What the engine decided, as data for the store: one commit carries a batch of these, in order.

The store applies each by compare-and-set on the expected old state and writes a history row beside it. Rows of task
instances exist from the moment their state leaves NONE; before that a task instance follows from the spec and the
recorded expansions.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, TypeAlias

from msgspec import Struct

from tradewind.model.cached import CachedSuccess
from tradewind.model.ids import MapPath, RunKey, TaskId, TryId
from tradewind.model.records import OwnerRecord
from tradewind.model.service import NewAssetEvent, NewDeadline
from tradewind.model.states import RunState, RunType, TaskState, TryPurpose, TryState
from tradewind.model.values import XCom


class RunCreated(Struct, frozen=True, tag=True):
    run: RunKey
    dag_hash: str
    snapshot: str
    """Id of the snapshot of the DAG folder that the run is pinned to."""
    run_type: RunType
    logical_date: datetime | None
    data_interval_start: datetime | None
    data_interval_end: datetime | None
    run_after: datetime
    conf: dict[str, Any] = {}
    params: dict[str, Any] = {}
    note: str = ""
    triggered_by: str = ""
    backfill_id: int | None = None
    partition_key: str | None = None
    triggering_assets: Any = None
    """The events that started it, oldest first: a list of AssetEventRecord as plain data."""
    claimed_by: OwnerRecord | None = None
    """Who drives it from its creation on, with the epoch 1; else another could let it begin before it is claimed."""
    deadlines: tuple[NewDeadline, ...] = ()
    """Instants by which the run is to have ended, or tasks of it; see `scheduler.run_deadlines`."""


class RunChanged(Struct, frozen=True, tag=True):
    run: RunKey
    old: RunState
    new: RunState
    why: str


class RunPinned(Struct, frozen=True, tag=True):
    """From here on the run goes on with another version of its code: a user re-runs part of it after an edit."""

    run: RunKey
    dag_hash: str
    snapshot: str
    why: str


class TaskExpanded(Struct, frozen=True, tag=True):
    """The mapped task or group `node_id`, below `prefix`, has `length` instances."""

    run: RunKey
    node_id: str
    """A task id, or a group id with a trailing dot (`"group."`), since the two may not collide."""
    prefix: MapPath
    length: int


class ExpansionsForgotten(Struct, frozen=True, tag=True):
    """A clear undid these expansions: their instances below `prefix` are to be found anew."""

    run: RunKey
    node_id: str
    prefix: MapPath


class TaskChanged(Struct, frozen=True, tag=True):
    run: RunKey
    task_id: TaskId
    map_path: MapPath
    old: TaskState
    new: TaskState
    why: str
    try_id: TryId | None = None
    """The current try (the fence): only its report may move this task instance."""
    try_number: int = 0
    """Number of the current try as the user counts them: from 1, lost tries not counted again."""
    lost_count: int = 0
    due_at: datetime | None = None
    """When an UP_FOR_RETRY or UP_FOR_RESCHEDULE instance may run again."""
    label: str | None = None
    """Rendered `map_index_template`; None leaves what was there."""
    tries_before_clear: int = 0
    """`try_number` when the instance was last cleared: its retries are counted from there."""
    at: datetime | None = None
    """When it happened, where that was before the commit: the start of a try is told with the next news."""


class TryCreated(Struct, frozen=True, tag=True):
    try_id: TryId
    run: RunKey
    task_id: TaskId
    map_path: MapPath
    number: int
    purpose: TryPurpose
    executor: str
    pool: str
    pool_slots: int
    log_path: str
    """Relative to the home's log folder."""


class TryChanged(Struct, frozen=True, tag=True):
    try_id: TryId
    old: TryState
    new: TryState
    why: str = ""
    pid: int | None = None
    host: str | None = None
    exit_code: int | None = None
    signal: int | None = None
    max_rss_bytes: int | None = None
    error_type: str | None = None
    error: str | None = None
    traceback: str | None = None
    at: datetime | None = None
    """As in TaskChanged."""
    rendered: dict[str, Any] | None = None
    """Rendered template fields, masked and cut, for show."""
    imported_at: datetime | None = None
    executed_at: datetime | None = None
    """See TryRecord."""


class XComStored(Struct, frozen=True, tag=True):
    run: RunKey
    xcom: XCom


class XComsCleared(Struct, frozen=True, tag=True):
    """All keys of one task instance: before its next try, or when it is cleared."""

    run: RunKey
    task_id: TaskId
    map_path: MapPath


class ValueRead(Struct, frozen=True, tag=True):
    """A try read values (by hash) that other tries made: the lineage of a value."""

    try_id: TryId
    hashes: tuple[str, ...]


class MetricLogged(Struct, frozen=True, tag=True):
    try_id: TryId
    name: str
    value: float
    step: int | None = None


class MetricsLogged(Struct, frozen=True, tag=True):
    """Many at once, as a task in a loop logs them."""

    try_id: TryId
    points: tuple[tuple[str, float, int | None], ...]
    """Name, value, step."""


class ProgressReported(Struct, frozen=True, tag=True):
    try_id: TryId
    done: float
    total: float | None = None
    message: str = ""


class EntryWritten(Struct, frozen=True, tag=True):
    """A line of the journal (see `model.journal`), of a try of this task instance."""

    run: RunKey
    task_id: TaskId
    map_path: MapPath
    try_id: TryId
    kind: str
    name: str
    body: dict[str, Any]


class CachedKept(Struct, frozen=True, tag=True):
    """A success that may be used again, under its key; one that was kept under it before makes room."""

    success: CachedSuccess


class Noted(Struct, frozen=True, tag=True):
    """Something that changed no state but belongs to the history: a fenced report, a refused request."""

    run: RunKey
    why: str
    task_id: TaskId | None = None
    map_path: MapPath = ()
    try_id: TryId | None = None


class DeferralMade(Struct, frozen=True, tag=True):
    """The try gave its process back and waits for a trigger. Takes the place of the instance's last deferral. With
    `trigger=""` no triggerer is needed: a person's answer ends it, or its timeout."""

    run: RunKey
    task_id: TaskId
    map_path: MapPath
    try_id: TryId
    trigger: str
    trigger_kwargs: dict[str, Any]
    method: str
    kwargs: dict[str, Any]
    snapshot: str
    file: str
    queue: str = ""
    timeout_at: datetime | None = None


class DeferralForgotten(Struct, frozen=True, tag=True):
    """The task instance has moved on (ended, was cleared, will be retried): nobody waits any more."""

    run: RunKey
    task_id: TaskId
    map_path: MapPath


class ApprovalAsked(Struct, frozen=True, tag=True):
    """A question to people; it comes beside the DeferralMade of the task instance that waits for the answer."""

    run: RunKey
    task_id: TaskId
    map_path: MapPath
    try_id: TryId
    subject: str
    body: str
    options: tuple[str, ...]
    defaults: tuple[str, ...] | None = None
    multiple: bool = False
    params: dict[str, Any] = {}
    assigned_users: tuple[str, ...] = ()
    respond_by: datetime | None = None


class AssetsUpdated(Struct, frozen=True, tag=True):
    """Tasks have updated assets: in the batch that says so of the tasks."""

    events: tuple[NewAssetEvent, ...]


Change: TypeAlias = (
    RunCreated
    | RunChanged
    | RunPinned
    | TaskExpanded
    | ExpansionsForgotten
    | TaskChanged
    | TryCreated
    | TryChanged
    | XComStored
    | XComsCleared
    | ValueRead
    | MetricLogged
    | MetricsLogged
    | ProgressReported
    | DeferralMade
    | DeferralForgotten
    | ApprovalAsked
    | AssetsUpdated
    | EntryWritten
    | CachedKept
    | Noted
)
