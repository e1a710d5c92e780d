"""What pages show of many runs at once: folded in the database, so that a page costs what it shows."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from tradewind.model.ids import MapPath, RunKey, TryId
from tradewind.model.records import ProgressRecord, TryRecord
from tradewind.model.states import TryState


class RunBit(Struct, frozen=True):
    """A run as a bar, or as a column of the grid."""

    number: int
    """Runs made later have higher ones."""
    dag_id: str
    run_id: str
    state: str
    run_type: str
    logical_date: datetime | None
    run_after: datetime
    started_at: datetime | None
    ended_at: datetime | None
    dag_hash: str
    note: str
    queued_at: datetime
    """When it was made, or cleared: a run of the past that is caught up on has waited since then only."""


class Cell(Struct, frozen=True):
    """The instances of one task in one run that are in one state."""

    run: int
    """Number of the run."""
    task_id: str
    state: str
    instances: int
    is_mapped: bool
    started_at: int | None
    """Microseconds since 1970, as `ended_at`: there are hundreds of thousands of these."""
    ended_at: int | None
    try_number: int
    reused: int = 0
    """Of the instances those that the cache stood in for (`model.cached.SAME_AS`)."""


class InstanceCell(Struct, frozen=True):
    """One instance of a mapped task in one of several runs."""

    run: int
    map_path: MapPath
    state: str
    label: str


class Happening(Struct, frozen=True):
    """A row of the history, for whoever follows all runs."""

    number: int
    """Later ones have higher numbers. On PostgreSQL a number may appear after higher ones: see `happenings`."""
    dag_id: str
    run_id: str
    at: datetime
    who: str
    entity: str
    task_id: str | None
    map_path: MapPath | None
    try_id: TryId | None
    old: str | None
    new: str | None
    why: str


class Told(Struct, frozen=True):
    """A metric or a progress of a try, for whoever follows all runs. Progress has no `number`."""

    number: int
    dag_id: str
    run_id: str
    task_id: str
    map_path: MapPath
    try_id: TryId
    at: datetime
    name: str
    """Of the metric; the message of a progress."""
    value: float | None
    """The metric's, or what is done."""
    step: float | None
    """The metric's step; of a progress, the total."""


class InstanceRow(Struct, frozen=True):
    """A task instance with what is known of its current try."""

    task_id: str
    map_path: MapPath
    state: str
    label: str | None
    try_id: TryId | None
    try_number: int
    tries: int
    due_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    why: str
    queued_at: datetime | None
    error: str | None


class MetricPoint(Struct, frozen=True):
    task_id: str
    map_path: MapPath
    try_number: int
    try_id: TryId
    name: str
    value: float
    step: int | None
    at: datetime


class TryBar(Struct, frozen=True):
    task_id: str
    map_path: MapPath
    number: int
    state: str
    queued_at: datetime
    started_at: datetime | None
    ended_at: datetime | None


class AssetLink(Struct, frozen=True):
    """A DAG that is there, and an asset or an alias it mentions."""

    dag_id: str
    kind: str
    """`schedule`, `inlet` or `outlet`."""
    task_id: str
    """"" for a schedule."""
    name: str
    uri: str
    alias: str


class Views(Protocol):
    def bars(self, dag_ids: Collection[str], *, each: int) -> dict[str, list[RunBit]]:
        """The newest runs of these DAGs, oldest first."""
        ...

    def run_bits(
        self,
        dag_id: str | None,
        *,
        limit: int,
        before: int | None = None,
        states: Collection[str] = (),
        run_types: Collection[str] = (),
        ended_since: datetime | None = None,
    ) -> list[RunBit]:
        """Newest first; `before`: with lower numbers than this."""
        ...

    def run_numbers(self, keys: Collection[RunKey]) -> dict[RunKey, int]: ...

    def neighbours(self, key: RunKey) -> tuple[str | None, str | None]:
        """The DAG's run that was made before this one, and the one after it."""
        ...

    def active_counts(self) -> dict[str, dict[str, int]]:
        """DAG → state → its runs that are queued or running."""
        ...

    def ended_counts(self, since: datetime) -> dict[tuple[str, str], int]:
        """(DAG, state) → runs that ended since."""
        ...

    def run_dates(self, dag_id: str, start: datetime, end: datetime) -> list[tuple[datetime, str]]:
        """(date, state) of runs whose logical date, or where there is none the time after which they were to run, is
        from `start` to before `end`."""
        ...

    def cells(self, runs: Sequence[int], *, has_mapped: bool = True) -> list[Cell]:
        """What became of the tasks of these runs. Without mapped tasks it is faster to count nothing."""
        ...

    def instance_cells(self, runs: Sequence[int], task_id: str, *, each: int) -> list[InstanceCell]:
        """Instances of a mapped task: of each index in all of these runs, up to about `each` indexes."""
        ...

    def instance_counts(self, keys: Collection[RunKey]) -> dict[RunKey, dict[str, int]]:
        """State → task instances that have one."""
        ...

    def expansion_lengths(self, keys: Collection[RunKey]) -> dict[RunKey, dict[str, int]]:
        """Mapped task, or mapped group with a dot behind its id → instances, all prefixes together."""
        ...

    def running_tasks(self, keys: Collection[RunKey]) -> dict[RunKey, list[str]]: ...

    def task_seconds(self, runs: Sequence[int]) -> list[tuple[int, str, float]]:
        """(run, task, seconds that its tries ran)."""
        ...

    def instances(
        self,
        key: RunKey,
        *,
        task_id: str | None = None,
        path: MapPath | None = None,
        states: Collection[str] = (),
        limit: int,
        offset: int = 0,
    ) -> tuple[list[InstanceRow], int]:
        """Those that have a row, by task and path, and how many there are in all."""
        ...

    def first_failed(self, key: RunKey) -> TryRecord | None:
        """The last try of the instance that failed first, and stayed failed."""
        ...

    def last_run_why(self, key: RunKey) -> str:
        """Of the last change of the run's own state."""
        ...

    def try_state(self, try_id: TryId) -> TryState | None: ...

    def try_bars(self, key: RunKey, *, limit: int) -> list[TryBar]:
        """Tries of tasks, in the order they were queued."""
        ...

    def last_metrics(self, tries: Collection[TryId]) -> dict[TryId, dict[str, float]]:
        """The last value of each of their metrics."""
        ...

    def last_progress(self, tries: Collection[TryId]) -> dict[TryId, ProgressRecord]: ...

    def metric_points(
        self, key: RunKey, *, task_id: str | None = None, path: MapPath | None = None, prefix: str = ""
    ) -> list[MetricPoint]:
        """By try and name, in the order they were logged. With `prefix`: only of names that begin so; without one, none
        of Tradewind's own (`tradewind.`)."""
        ...

    def last_changes(self, runs: Sequence[int]) -> dict[int, int]:
        """Run → number of its last row of history."""
        ...

    def version_runs(self, dag_id: str) -> dict[str, int]:
        """Hash of a version → runs that have it."""
        ...

    def deferred_slots(self) -> dict[str, int]:
        """Pool → slots of tasks that wait for a trigger or for people."""
        ...

    def asset_links(self) -> list[AssetLink]: ...

    def alias_assets(self) -> list[tuple[str, str]]:
        """(alias, name of an asset that it has stood for)."""
        ...

    # ------------------------------------------------------------------------------------ following

    def last_happening(self) -> int:
        """0 where nothing has ever happened."""
        ...

    def happenings(self, after: int, *, limit: int, dag_id: str | None = None) -> list[Happening]:
        """By number. Commits end in another order than they drew their numbers on PostgreSQL: a row that is still
        missing below one that is there is waited for by asking again from below (`live.feed`)."""
        ...

    def last_metric(self) -> int: ...

    def metrics_after(self, after: int, *, limit: int) -> list[Told]: ...

    def last_entry(self) -> int: ...

    def entries_after(self, after: int, *, besides: Collection[str], limit: int) -> list[Told]:
        """What was noted down in the journal since, but for these kinds; `name` is the kind."""
        ...

    def progress_since(self, at: datetime, *, limit: int) -> list[Told]: ...

    # ------------------------------------------------------------------------------------ values

    def writers_of(
        self, value_hash: str, also_in: RunKey | None = None
    ) -> list[tuple[RunKey, str, MapPath, datetime | None]]:
        """(run, task, path, when) of tries that wrote these bytes: those whose value is a file of its own, and of small
        ones those in the runs that read it and in `also_in`. Oldest first, at most 1,000."""
        ...
