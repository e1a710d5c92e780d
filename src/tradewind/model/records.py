"""What the store hands out: rows as plain data. Instants are aware datetimes in UTC, sizes are bytes.

Records that a runner may ask for (RunRecord, TaskRecord, ConnectionRecord) are in `messages`.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from msgspec import Struct

from tradewind.model.ids import MapPath, RunKey, TaskId, TaskKey, TryId
from tradewind.model.messages import RunRecord, TaskRecord
from tradewind.model.spec import DagSpec
from tradewind.model.states import TaskState, TryPurpose, TryState


class TryRecord(Struct, frozen=True):
    try_id: TryId
    task: TaskKey
    number: int
    purpose: TryPurpose
    state: TryState
    executor: str
    pool: str
    pool_slots: int
    log_path: str
    """Relative to the home's log folder."""
    queued_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None
    pid: int | None = None
    host: str | None = None
    exit_code: int | None = None
    signal: int | None = None
    max_rss_bytes: int | None = None
    error_type: str | None = None
    error: str | None = None
    traceback: str | None = None
    why: str = ""
    rendered: dict[str, Any] | None = None
    """Rendered template fields, for show."""


class RunRows(Struct, frozen=True):
    """All that the engine needs to be rebuilt in the middle of a run; see `engine.run.Run.restore`."""

    run: RunRecord
    expansions: list[tuple[str, MapPath, int]]
    """(node id, prefix, length), outer ones first."""
    tasks: list[TaskRecord]
    """Every instance whose state has ever left NONE, those cleared back to NONE included."""
    live_tries: list[TryRecord]
    """Tries in the states QUEUED and RUNNING, oldest first."""
    lengths: list[tuple[TaskId, MapPath, str, int | None]]
    """(task, path, key, `Value.length`) of each stored value; a value that cannot be mapped over has None."""


class HistoryRecord(Struct, frozen=True):
    """One line of what happened. `old` and `new` are states as text; both None where nothing changed (a note)."""

    id: int
    at: datetime
    who: str
    entity: Literal["run", "task", "try", "dag"]
    dag_id: str | None
    run_id: str | None
    task_id: str | None
    map_path: MapPath
    try_id: str | None
    old: str | None
    new: str | None
    why: str


class TaskStateRecord(Struct, frozen=True):
    dag_id: str
    run_id: str
    task_id: str
    map_path: MapPath
    state: TaskState


class DagRecord(Struct, frozen=True):
    """The newest version of one DAG, as a list shows it. The spec itself comes from `Store.dag_spec`."""

    dag_id: str
    file: str
    """The DAG file, as it was given to `save_dag_version`."""
    hash: str
    snapshot: str
    is_paused: bool
    is_active: bool
    """False: its file no longer defines it."""
    tags: tuple[str, ...]
    owners: tuple[str, ...]
    description: str
    label: str
    schedule: str
    updated_at: datetime
    last_run: RunRecord | None = None


class DagVersionRecord(Struct, frozen=True):
    dag_id: str
    hash: str
    file: str
    snapshot: str
    created_at: datetime
    spec: DagSpec


class VariableRecord(Struct, frozen=True, omit_defaults=True):
    key: str
    value: str
    description: str | None = None


class PoolRecord(Struct, frozen=True, omit_defaults=True):
    name: str
    slots: int
    """-1: no limit."""
    description: str = ""
    include_deferred: bool = False


class OwnerRecord(Struct, frozen=True):
    """The process that drives a run. `epoch` grows by one with every change of owner."""

    run: RunKey
    owner: str
    pid: int
    host: str
    claimed_at: datetime
    heartbeat_at: datetime
    epoch: int


class RequestRecord(Struct, frozen=True):
    """Something another process asks the scheduler to do, e.g. kind `cancel_run`."""

    id: int
    kind: str
    run: RunKey | None
    payload: dict[str, Any]
    who: str
    at: datetime


class MetricRecord(Struct, frozen=True):
    task_id: str
    map_path: MapPath
    try_id: TryId
    name: str
    step: int | None
    value: float
    at: datetime


class ProgressRecord(Struct, frozen=True):
    """The last progress that a try reported."""

    task_id: str
    map_path: MapPath
    try_id: TryId
    done: float
    total: float | None
    message: str
    at: datetime


class ValueReadRecord(Struct, frozen=True):
    """A try decoded the value with this hash."""

    run: RunKey
    task_id: str
    map_path: MapPath
    try_id: TryId
    hash: str
    at: datetime


class CleanedRecord(Struct, frozen=True):
    """What `Store.clean` took away, so that the files that only it used can go too."""

    runs: tuple[RunKey, ...] = ()
    artifacts: tuple[str, ...] = ()
    """Keys that no value refers to any more."""
    snapshots: tuple[str, ...] = ()
    logs: tuple[str, ...] = ()
    """Log paths of the deleted tries, relative to the home's log folder."""


class CheckRecord(Struct, frozen=True):
    """Health of the database. `problems` is empty where all is well."""

    url: str
    revision: str
    head: str
    problems: tuple[str, ...] = ()
