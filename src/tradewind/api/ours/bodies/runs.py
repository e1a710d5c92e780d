"""A run, its task instances and their tries."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct

from tradewind.api.ours.bodies.dags import GridNode


class ProgressInfo(Struct, frozen=True):
    done: float
    total: float | None
    message: str
    at: datetime


class TaskRow(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A task instance."""

    task_id: str
    map_path: tuple[int, ...]
    """() where it is not mapped; nested groups have several indexes."""
    state: str
    label: str = ""
    try_number: int = 0
    tries: int = 0
    queued_at: datetime | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    due_at: datetime | None = None
    why: str = ""
    progress: ProgressInfo | None = None
    metrics: dict[str, float] | None = None
    """The last value of each."""
    log_hint: str = ""
    """The last line of what failed."""


class Failure(Struct, frozen=True, kw_only=True):
    """The first failure of a run: what everything else follows from."""

    task_id: str
    map_path: tuple[int, ...]
    try_number: int
    error_type: str
    error: str
    location: str
    """file:line of the author's own code, where it is known."""
    signal: int | None = None
    exit_code: int | None = None
    advice: str = ""


class RunPage(Struct, frozen=True, kw_only=True):
    dag_id: str
    run_id: str
    state: str
    run_type: str
    logical_date: datetime | None
    data_interval_start: datetime | None
    data_interval_end: datetime | None
    run_after: datetime
    queued_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    conf: dict[str, Any]
    params: dict[str, Any]
    note: str
    triggered_by: str
    version_number: int
    version_is_newest: bool
    bundle_version: str
    why: str
    """Why it waits, or how it ended."""
    nodes: list[GridNode]
    counts: dict[str, int]
    """State → task instances; `none` are those that are not due yet."""
    mapped: dict[str, int]
    """Mapped task → instances, as far as that is known."""
    instance_total: int
    first_failure: Failure | None
    backfill_id: int | None
    may_edit: bool
    predicted_end: datetime | None
    previous_run_id: str | None
    next_run_id: str | None


class TaskRows(Struct, frozen=True):
    tasks: list[TaskRow]
    total: int
    next_cursor: str | None


class Bar(Struct, frozen=True, omit_defaults=True):
    """One try in the timeline."""

    task_id: str
    map_path: tuple[int, ...]
    try_number: int
    state: str
    queued_at: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None


class Timeline(Struct, frozen=True):
    bars: list[Bar]
    critical_path: list[str]


class Touched(Struct, frozen=True):
    """A task instance that an action would change, or has been asked to."""

    dag_id: str
    run_id: str
    task_id: str
    map_path: tuple[int, ...]
    state: str


class ClearBody(Struct, frozen=True, kw_only=True):
    tasks: list[tuple[str, tuple[int, ...]]] = []
    """Task id and map path ([] for all instances); none: every task of the run."""
    upstream: bool = False
    downstream: bool = True
    past: bool = False
    future: bool = False
    only_failed: bool = False
    with_newest_code: bool = False
    why: str = ""
    dry_run: bool = True


class MarkBody(Struct, frozen=True, kw_only=True):
    state: str
    """`success`, `failed`, `skipped`."""
    tasks: list[tuple[str, tuple[int, ...]]] = []
    """None: the run itself."""
    upstream: bool = False
    downstream: bool = False
    past: bool = False
    future: bool = False
    why: str = ""
    dry_run: bool = True


class TouchedList(Struct, frozen=True):
    touched: list[Touched]
    is_done: bool
    """False: a preview."""


# ------------------------------------------------------------------------------------------ a try


class Holder(Struct, frozen=True):
    """A task instance that holds slots another one waits for."""

    dag_id: str
    run_id: str
    task_id: str
    map_path: tuple[int, ...]
    slots: int
    since: datetime | None


class Stage(Struct, frozen=True):
    """How a try's time was spent: `upstream`, `slot`, `retry` (its delay, then a slot), `deferred`, `rescheduled`,
    `importing`, `queued` (its process starts), `running`, `finishing`."""

    name: str
    seconds: float


class WhyAnswer(Struct, frozen=True):
    kind: str
    text: str
    since: datetime | None
    holders: list[Holder]
    stages: list[Stage]


class CrashCard(Struct, frozen=True, kw_only=True):
    """What is known of a try that failed or was lost."""

    error_type: str
    error: str
    traceback: str
    location: str
    signal: int | None
    signal_name: str
    exit_code: int | None
    max_rss_bytes: int | None
    last_lines: list[str]
    advice: list[str]
    """What to try, the likeliest first."""


class TryInfo(Struct, frozen=True, kw_only=True):
    number: int
    try_id: str
    state: str
    why: str
    executor: str
    pool: str
    pool_slots: int
    host: str
    pid: int | None
    queued_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    max_rss_bytes: int | None
    stages: list[Stage]
    crash: CrashCard | None
    has_log: bool


class HistoryLine(Struct, frozen=True):
    at: datetime
    who: str
    old: str
    new: str
    why: str


class TaskPage(Struct, frozen=True, kw_only=True):
    row: TaskRow
    operator: str
    trigger_rule: str
    pool: str
    retries: int
    doc: str
    rendered: dict[str, Any]
    """Template fields as they were rendered, masked."""
    tries: list[TryInfo]
    history: list[HistoryLine]
    map_length: int | None
    """Instances, of a mapped task."""
    upstream: list[str]
    downstream: list[str]
    extra_links: dict[str, str]
    may_edit: bool


class LogLine(Struct, frozen=True, omit_defaults=True):
    number: int
    """From 0, in the file; -1 where it is not known because the file was read from its end."""
    at: str = ""
    level: str = ""
    source: str = ""
    text: str = ""
    offset: int = -1
    """Where it begins, in bytes of the file: what `start` of a window takes."""


class LogPage(Struct, frozen=True):
    """A window of a log; offsets are bytes of the file."""

    lines: list[LogLine]
    start: int
    end: int
    size: int
    is_ended: bool
    """Nothing more will be written."""


class MetricSeries(Struct, frozen=True):
    name: str
    task_id: str
    map_path: tuple[int, ...]
    try_number: int
    steps: list[float]
    """The step, or seconds since the first point where no steps were given."""
    values: list[float]
    total: int
    """Points there are; those given may be thinned out."""


class ResourceSeries(Struct, frozen=True):
    """What a try used; `at` in seconds since its start."""

    at: list[float]
    cpu_percent: list[float]
    rss_bytes: list[float]
    gpu_percent: list[float]
    gpu_memory_bytes: list[float]
