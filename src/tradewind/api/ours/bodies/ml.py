"""Bodies of the pages on models, experiments, data, sweeps and costs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, Generic, TypeVar

from msgspec import Struct

from tradewind.model.entries import (
    AliasMoved,
    CacheOutcome,
    CheckpointSaved,
    DataChecked,
    Deployed,
    DriftReport,
    Environment,
    Forked,
    GateDecision,
    LoggedArtifact,
    LoggedParams,
    ModelVersion,
    NotebookRun,
    Reproduced,
    RetryChanged,
    TrackedRun,
    TryUsage,
    ValueProfile,
)

T = TypeVar("T")


class Noted(Struct, Generic[T], frozen=True):
    """An entry of the journal: who noted down what, of which try."""

    entry_id: int
    name: str
    at: datetime
    who: str
    dag_id: str
    run_id: str
    task_id: str
    map_path: tuple[int, ...]
    try_id: str
    said: T


class Notes(Struct, Generic[T], frozen=True):
    """Newest first."""

    entries: list[Noted[T]]
    next_before: int | None
    """`before` of the next page; null: there is none."""


class ExperimentRow(Struct, frozen=True):
    """A run with what it was given and what it measured."""

    dag_id: str
    run_id: str
    state: str
    run_after: datetime
    started_at: datetime | None
    seconds: float | None
    params: dict[str, Any]
    """Those of the run; `task.name` are those that its tasks logged."""
    metrics: dict[str, float | None]
    """Name → the last value; where several tasks log one, `task.name`."""
    git_commit: str
    mlflow_url: str
    note: str


class Experiments(Struct, frozen=True):
    runs: list[ExperimentRow]
    next_before: int | None


class ModelRow(Struct, frozen=True):
    name: str
    versions: int
    newest: Noted[ModelVersion] | None
    aliases: dict[str, str]
    """Alias → version."""
    gate: Noted[GateDecision] | None
    """The last decision about it."""
    deployed: Noted[Deployed] | None


class ModelPage(Struct, frozen=True):
    name: str
    aliases: dict[str, str]
    versions: list[Noted[ModelVersion]]
    moves: list[Noted[AliasMoved]]
    gates: list[Noted[GateDecision]]
    deployments: list[Noted[Deployed]]


class LineageNode(Struct, frozen=True):
    id: str
    kind: str
    """`model`, `value`, `task`, `code`, `params`."""
    label: str
    detail: str = ""
    path: str = ""
    """Where the interface shows it."""


class Lineage(Struct, frozen=True):
    nodes: list[LineageNode]
    edges: list[tuple[str, str]]


class AliasWish(Struct, frozen=True):
    alias: str
    version: str
    reason: str = ""
    expected: str | None = None
    """The version it is believed to mean now ("": none); null: whatever it means."""


class RollbackWish(Struct, frozen=True):
    reason: str = ""


class DayCost(Struct, frozen=True):
    dag_id: str
    day: date
    """UTC."""
    tries: int
    seconds: float
    """That tries ran."""
    lost_seconds: float
    """Of those, by tries that failed or were lost."""
    gpu_seconds: float
    """Seconds times devices held."""
    idle_gpu_seconds: float
    cpu_seconds: float
    rss_bytes_max: int


class Costs(Struct, frozen=True):
    days: list[DayCost]
    since: datetime


class TryJournal(Struct, frozen=True, kw_only=True):
    """What a try noted down, newest first."""

    artifacts: list[Noted[LoggedArtifact]]
    params: list[Noted[LoggedParams]]
    notebooks: list[Noted[NotebookRun]]
    checkpoints: list[Noted[CheckpointSaved]]
    retries: list[Noted[RetryChanged]]
    checks: list[Noted[DataChecked]]
    profiles: list[Noted[ValueProfile]]
    drifts: list[Noted[DriftReport]]
    gates: list[Noted[GateDecision]]
    models: list[Noted[ModelVersion]]
    cache: Noted[CacheOutcome] | None
    tracked: Noted[TrackedRun] | None
    usage: Noted[TryUsage] | None


class RunJournal(Struct, frozen=True, kw_only=True):
    """What is noted down of a run as a whole."""

    environment: Noted[Environment] | None
    tracked: Noted[TrackedRun] | None
    forked: Noted[Forked] | None
    """Where it was forked from."""
    reproduced: Noted[Reproduced] | None
    """Which run it repeats, and how that went."""
