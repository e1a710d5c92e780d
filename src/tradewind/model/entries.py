"""What entries of the journal say, a struct a kind. A new field has a default, so that older entries can be read."""

from __future__ import annotations

from typing import Any, Literal, TypeVar

import msgspec
from msgspec import Struct


class Environment(Struct, frozen=True):
    """Of a run, once: where it ran. Named ""."""

    git_commit: str = ""
    git_branch: str = ""
    git_diff_artifact: str = ""
    """Key in the artifact store of what was not committed; "" where all was."""
    is_dirty: bool = False
    python: str = ""
    platform: str = ""
    host: str = ""
    cpus: int = 0
    memory_bytes: int = 0
    gpus: tuple[str, ...] = ()
    packages: dict[str, str] = {}
    """Distribution → version."""
    seed: int | None = None


class CacheOutcome(Struct, frozen=True):
    """Of a try of a task with `cache=`: whether it was skipped, and if not, why not. Named as the task."""

    is_hit: bool
    key: str
    from_dag_id: str = ""
    from_run_id: str = ""
    from_try_id: str = ""
    why: str = ""
    """Of a miss: "first time", "the function changed", "input `data` changed", "pandas 2.2 → 2.3" …"""
    changed: tuple[str, ...] = ()
    """Names of the parts that differ from the last success."""
    detail: str = ""
    """A code diff, where code changed."""
    saved_seconds: float = 0.0
    """How long the try took whose values are used again."""
    checked: Literal["", "same", "different"] = ""
    """Of a hit that was run all the same, as a sample."""


class Forked(Struct, frozen=True):
    """Of the new run. Named as the run that it was forked from."""

    from_dag_id: str
    from_run_id: str
    tasks: tuple[str, ...]
    """Those it starts from."""
    params: dict[str, Any] = {}
    """What differs from the params of that run."""
    conf: dict[str, Any] = {}
    kept: int = 0
    """Task instances that it did not run again."""
    with_checkpoints: bool = True
    """Tasks go on from that run's last checkpoints."""
    sweep: str = ""
    """Common to the forks that were made together; "" for a single one."""


class RetryChanged(Struct, frozen=True):
    """Of a try that failed, or of the one after a try that could not say so: what the next try has otherwise, and why.
    Named as the task."""

    failure: str
    """Class of the failure: `oom`, `nan`, `lost`, or the name of an exception."""
    failed_try: str
    changes: dict[str, tuple[Any, Any]] = {}
    """Argument or param → (before, after)."""
    why: str = ""


class CheckpointSaved(Struct, frozen=True):
    """Of a try. Named as the checkpoint."""

    step: int | None
    url: str
    size_bytes: int
    resumed_from_try: str = ""


class TrackedRun(Struct, frozen=True):
    """A run or a try in MLflow. Named ""."""

    tracking_uri: str
    experiment_id: str
    mlflow_run_id: str
    url: str = ""
    """Of MLflow's page about it, where there is a server."""
    is_parent: bool = False


class LoggedParams(Struct, frozen=True):
    """Params of a model or training that a try logged (`ml.log_params`). Named ""."""

    params: dict[str, Any]


class LoggedArtifact(Struct, frozen=True):
    """A figure, table, file or model that a try logged. Named as the artifact."""

    what: Literal["figure", "table", "file", "model", "text"]
    artifact: str
    """Key in our artifact store."""
    mime: str
    size_bytes: int
    mlflow_uri: str = ""


class ModelVersion(Struct, frozen=True):
    """A version put into the registry, with what made it. Named as the model."""

    version: str
    uri: str
    """`models:/name/3`."""
    tracking_uri: str = ""
    value_hash: str = ""
    inputs: tuple[str, ...] = ()
    """Hashes of the values that its try read."""
    dag_hash: str = ""
    snapshot: str = ""
    git_commit: str = ""
    params: dict[str, Any] = {}
    metrics: dict[str, float] = {}
    mlflow_run_id: str = ""
    flavor: str = ""
    tags: dict[str, str] = {}


class AliasMoved(Struct, frozen=True):
    """`champion`, `challenger`, `archived` or another alias points to another version. Named as the model."""

    alias: str
    version: str
    """"" where it was taken away."""
    old_version: str = ""
    reason: str = ""
    is_rollback: bool = False


class MetricCompared(Struct, frozen=True):
    """One line of a gate's decision."""

    metric: str
    slice: str
    """"" is all of the data."""
    challenger: float | None
    champion: float | None = None
    threshold: float | None = None
    difference: float | None = None
    low: float | None = None
    """Of the confidence interval of the difference."""
    high: float | None = None
    p_value: float | None = None
    test: str = ""
    passed: bool = False
    reason: str = ""
    rows: int = 0


class GateDecision(Struct, frozen=True):
    """Named as the model, or as the task where no model is named."""

    decision: Literal["promote", "hold", "ask"]
    reason: str
    compared: tuple[MetricCompared, ...] = ()
    challenger: str = ""
    """Version."""
    champion: str = ""
    figures: tuple[str, ...] = ()
    """Keys in the artifact store."""


class Deployed(Struct, frozen=True):
    """Named as the model."""

    version: str
    target: str
    """`folder`, `mlflow`, `docker`, `sagemaker`, `databricks`."""
    place: str
    state: Literal["deployed", "failed", "rolled_back"]
    smoke_test: str = ""
    old_version: str = ""
    reason: str = ""


class ColumnProfile(Struct, frozen=True):
    column: str
    dtype: str
    count: int
    nulls: int = 0
    distinct: int | None = None
    mean: float | None = None
    std: float | None = None
    minimum: float | None = None
    maximum: float | None = None
    quantiles: dict[str, float] = {}
    """"0.05" → value."""
    top: tuple[tuple[str, int], ...] = ()
    """The most frequent categories."""
    histogram_edges: tuple[float, ...] = ()
    histogram_counts: tuple[int, ...] = ()


class ValueProfile(Struct, frozen=True):
    """Of a DataFrame that a try handed on. Named as the XCom key."""

    value_hash: str
    rows: int
    columns: tuple[ColumnProfile, ...]
    sampled_rows: int = 0
    """0: all were looked at."""
    seconds: float = 0.0


class CheckFailure(Struct, frozen=True):
    column: str
    check: str
    failed_rows: int
    examples: tuple[str, ...] = ()


class DataChecked(Struct, frozen=True):
    """Named as the schema or contract."""

    passed: bool
    action: Literal["block", "warn", "quarantine", "branch"]
    rows: int
    bad_rows: int
    failures: tuple[CheckFailure, ...] = ()
    quarantine_artifact: str = ""
    error: str = ""
    """Where the whole failed, and no rows could be told apart."""


class ColumnDrift(Struct, frozen=True):
    column: str
    kind: Literal["numeric", "category", "all"]
    statistics: dict[str, float | None]
    """psi, ks, chi2, wasserstein, jensen_shannon; of `all`: roc_auc of the domain classifier."""
    p_value: float | None = None
    p_adjusted: float | None = None
    drifted: bool = False
    reason: str = ""
    nulls: tuple[float, float] = (0.0, 0.0)
    """Share of missing values, before and now."""
    labels: tuple[str, ...] = ()
    """Of numbers the edges of the bins (one more than counts), else the categories."""
    reference_counts: tuple[int, ...] = ()
    current_counts: tuple[int, ...] = ()


class DriftReport(Struct, frozen=True):
    """Named as the monitor."""

    drifted: bool
    share: float
    """Of columns that drifted."""
    columns: tuple[ColumnDrift, ...]
    reference_rows: int
    current_rows: int
    correction: str = ""
    reference_hash: str = ""
    current_hash: str = ""
    triggered: bool = False
    held_why: str = ""
    """Why nothing was triggered although it drifted: the cooldown."""
    figures: tuple[str, ...] = ()
    markdown: str = ""
    html: str = ""
    """Keys in the artifact store: the report to read."""
    sampled_rows: int = 0
    """0: all were compared."""
    reason: str = ""


class PerformanceChecked(Struct, frozen=True):
    """A model on labelled feedback. Named as the monitor."""

    model: str
    version: str
    metrics: dict[str, float]
    baseline: dict[str, float] = {}
    degraded: bool = False
    rows: int = 0
    triggered: bool = False
    reason: str = ""
    held_why: str = ""
    """Why nothing was triggered although it degraded: the cooldown."""


class ReferenceSet(Struct, frozen=True):
    """Data that later data is compared with: a sample of it. Named as the reference."""

    value: dict[str, Any]
    """The sample, a `model.values.Value` as plain data."""
    rows: int
    columns: tuple[ColumnProfile, ...] = ()
    sampled_rows: int = 0
    """0: the sample is all of it."""
    value_hash: str = ""


class SweepStarted(Struct, frozen=True):
    """Named as the sweep: "dag_id/run_id/group"."""

    objective: str
    direction: Literal["minimize", "maximize"]
    space: dict[str, Any]
    n_trials: int
    parallel: int
    sampler: str
    pruner: str
    budget_seconds: float | None = None
    study: str = ""
    """Tells apart what belongs together where the same sweep of a run began twice, because it was cleared."""
    warm_started_from: tuple[str, ...] = ()
    budget: dict[str, float] = {}
    """What else ends it: `trials`, `target`."""
    distributions: dict[str, str] = {}
    """Of a space that is the same for all trials: Optuna's, as JSON texts."""


class TrialStarted(Struct, frozen=True):
    """A trial has its parameters; every further try of it takes them up again. Named as the sweep."""

    number: int
    params: dict[str, Any]
    study: str = ""
    distributions: dict[str, str] = {}
    """Where the space is a function: those that this trial asked for."""
    attrs: dict[str, Any] = {}
    """What the sampler keeps with the trial."""
    study_attrs: dict[str, Any] = {}
    """What the sampler keeps with the study."""
    is_given: bool = False
    """Its parameters were given to be tried first."""


class TrialNoted(Struct, frozen=True):
    """What a pruner keeps with a trial that runs. Named as the sweep."""

    number: int
    attrs: dict[str, Any]
    study: str = ""


class TrialEnded(Struct, frozen=True):
    """Named as the sweep."""

    number: int
    state: Literal["complete", "pruned", "failed", "skipped"]
    params: dict[str, Any]
    value: float | None = None
    seconds: float = 0.0
    steps: tuple[tuple[int, float], ...] = ()
    """What it reported on the way."""
    reason: str = ""
    study: str = ""
    distributions: dict[str, str] = {}
    """As of TrialStarted."""
    attrs: dict[str, Any] = {}


class SweepEnded(Struct, frozen=True):
    """Named as the sweep."""

    trials: int
    complete: int
    pruned: int
    failed: int
    best_number: int | None
    best_value: float | None
    best_params: dict[str, Any] = {}
    importances: dict[str, float] = {}
    reason: str = ""
    skipped: int = 0
    study: str = ""


class TryUsage(Struct, frozen=True):
    """What a try took of the machine, from its start to its end. Named as the task."""

    seconds: float
    cpu_seconds: float = 0.0
    rss_bytes_max: int = 0
    read_bytes: int = 0
    written_bytes: int = 0
    gpus: tuple[str, ...] = ()
    gpu_share: float = 0.0
    """Devices it held, fractions too."""
    gpu_percent_mean: float | None = None
    gpu_memory_bytes_max: int | None = None
    idle_gpu: bool = False
    """It held a device and did not use it."""


class NotebookRun(Struct, frozen=True):
    """Named as the notebook's file."""

    executed_artifact: str
    html_artifact: str = ""
    cells: int = 0
    seconds: float = 0.0
    failed_cell: int | None = None
    """As Jupyter numbers them: `In [3]`, parameters that were put in counted."""


class Reproduced(Struct, frozen=True):
    """Of the run that repeats another. Named as that run's id."""

    same: tuple[str, ...]
    """Tasks whose values are the same."""
    different: dict[str, str]
    """Task → what differs."""
    environment: tuple[str, ...] = ()
    """What differs there, a sentence each."""


Entry = (
    Environment
    | CacheOutcome
    | Forked
    | RetryChanged
    | CheckpointSaved
    | TrackedRun
    | LoggedParams
    | LoggedArtifact
    | ModelVersion
    | AliasMoved
    | GateDecision
    | Deployed
    | ValueProfile
    | DataChecked
    | DriftReport
    | PerformanceChecked
    | ReferenceSet
    | SweepStarted
    | TrialStarted
    | TrialNoted
    | TrialEnded
    | SweepEnded
    | TryUsage
    | NotebookRun
    | Reproduced
)
KINDS: dict[str, type[Any]] = {one.__name__: one for one in Entry.__args__}  # type: ignore[attr-defined]
LASTING = frozenset(
    {"ModelVersion", "AliasMoved", "GateDecision", "Deployed", "DriftReport", "PerformanceChecked", "ReferenceSet"}
)
"""Kinds that stay when the run that wrote them is deleted: they are about models and data."""

_E = TypeVar("_E")


def read_entry(body: dict[str, Any], of: type[_E]) -> _E:
    """The struct that an entry's body is. Raises msgspec.ValidationError."""
    return msgspec.convert(body, of)
