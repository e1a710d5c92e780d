"""DAGs as lists and pages show them."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from msgspec import Struct


class RunBar(Struct, frozen=True):
    """A run as a small bar."""

    run_id: str
    state: str
    run_type: str
    run_after: datetime
    started_at: datetime | None = None
    ended_at: datetime | None = None


class DagCard(Struct, frozen=True, kw_only=True):
    dag_id: str
    description: str
    tags: tuple[str, ...]
    owners: tuple[str, ...]
    schedule: str
    """In words, `Never` where there is none."""
    timezone: str
    is_paused: bool
    is_retired: bool
    file: str
    bundle: str
    next_run_after: datetime | None
    held_why: str
    has_import_error: bool
    running: int
    queued: int
    last_runs: tuple[RunBar, ...]
    """At most 14, the oldest first."""
    may_edit: bool
    may_trigger: bool


class DagCards(Struct, frozen=True):
    dags: list[DagCard]
    total: int
    next_cursor: str | None
    tags: list[str]
    """Of all DAGs that the caller sees, for the filter."""
    owners: list[str]


class ParamField(Struct, frozen=True):
    name: str
    schema: dict[str, Any]
    """JSON Schema; `title`, `description_md`, `section`, `examples`, `values_display` as Airflow's form reads them."""
    default: Any
    has_default: bool
    description: str = ""


class TriggerForm(Struct, frozen=True):
    dag_id: str
    fields: list[ParamField]
    next_logical_date: datetime | None
    is_paused: bool
    conf_example: dict[str, Any]


class DagPage(Struct, frozen=True, kw_only=True):
    card: DagCard
    doc: str
    """Markdown as the author wrote it; the interface renders it without HTML."""
    start_date: datetime | None
    end_date: datetime | None
    catchup: bool
    max_active_runs: int
    max_active_tasks: int
    timetable: str
    dagrun_timeout_seconds: float | None
    default_args: dict[str, str]
    task_count: int
    version_number: int
    version_hash: str
    bundle_version: str
    parsed_at: datetime | None
    parse_seconds: float | None
    upstream_assets: list[str]
    downstream_assets: list[str]


# ------------------------------------------------------------------------------------------ grid


class GridNode(Struct, frozen=True):
    """A task or a group, depth first in the order the author wrote them."""

    id: str
    label: str
    depth: int
    is_group: bool
    is_mapped: bool
    operator: str = ""
    trigger_rule: str = ""
    children: int = 0
    """Nodes below it that follow in the list."""


class GridRun(Struct, frozen=True, kw_only=True):
    bar: RunBar
    logical_date: datetime | None
    version_number: int
    note: str
    cells: dict[str, GridCell]
    """Node id → cell; nodes that have no row yet are left out."""


class GridCell(Struct, frozen=True, omit_defaults=True):
    state: str
    """Of a group and of a mapped task: the worst of what is below."""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    try_number: int = 0
    counts: dict[str, int] | None = None
    """State → instances, of groups and mapped tasks."""
    reused: bool = False
    """None of it was run: the cache has taken over successes of earlier runs."""


class Grid(Struct, frozen=True):
    nodes: list[GridNode]
    runs: list[GridRun]
    """The newest first."""
    next_cursor: str | None


class GridInstance(Struct, frozen=True):
    map_path: tuple[int, ...]
    label: str
    """As `map_index_template` had it in the newest of the runs; "" where there is none."""
    states: list[str]
    """In each of the runs; "" where it has not come so far, or the run has fewer instances."""


class GridInstances(Struct, frozen=True):
    """Instances of a mapped task in some runs, by index."""

    runs: list[str]
    instances: list[GridInstance]
    is_cut: bool
    """There are more than are told here."""


# ------------------------------------------------------------------------------------------ graph


class GraphNode(Struct, frozen=True, kw_only=True):
    id: str
    label: str
    kind: str
    """`task`, `group`, `asset`, `dag` (of TriggerDagRun and ExternalTask)."""
    parent: str | None
    operator: str = ""
    is_mapped: bool = False
    is_setup: bool = False
    is_teardown: bool = False
    trigger_rule: str = "all_success"
    tooltip: str = ""
    ui_color: str = ""


class GraphEdge(Struct, frozen=True):
    source: str
    target: str
    label: str = ""
    is_data: bool = False
    """A value travels along it."""


class Graph(Struct, frozen=True):
    version_number: int
    nodes: list[GraphNode]
    edges: list[GraphEdge]
    critical_path: list[str]
    """Task ids of the path that took longest: of the run that was asked about, else by median durations."""


# ------------------------------------------------------------------------------------------ time


class CalendarDay(Struct, frozen=True):
    day: date
    """In the zone that was asked for."""
    counts: dict[str, int]
    """State of runs, `planned` for those to come → number."""


class DurationPoint(Struct, frozen=True):
    run_id: str
    run_after: datetime
    state: str
    run_seconds: float | None
    queue_seconds: float | None
    tasks: dict[str, float]
    """Task id → seconds that its tries ran, all instances together."""


class VersionInfo(Struct, frozen=True):
    number: int
    hash: str
    created_at: datetime
    bundle_version: str
    runs: int


class Code(Struct, frozen=True):
    file: str
    source: str | None
    """None where the snapshot is gone."""
    version: VersionInfo
    versions: list[VersionInfo]


class CodeDiff(Struct, frozen=True):
    unified: str
    """Of the DAG's file and what else changed in its folder."""
    changes: list[str]
    """What changed in the DAG, a sentence each."""
