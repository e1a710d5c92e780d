"""The words between a supervisor (scheduler process) and a runner (task process), the same over a socket and over HTTP.

Frames are msgpack with a 4-byte big-endian length before them. The supervisor sends one `RunTry`; the runner sends
`TryStarted`, any number of notices and requests (each request gets one `Reply`), and in the end one `TryReport`.
Decoding is strict: nothing is unpickled or imported by name on the supervisor's side.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal, TypeAlias

from msgspec import Struct

from tradewind.model.ids import MapPath, RunKey, TaskKey, TryId
from tradewind.model.journal import EntryQuery
from tradewind.model.outcomes import TryReport
from tradewind.model.states import RunState, RunType, TryPurpose
from tradewind.model.values import Value, XCom

MAX_FRAME_BYTES = 256 * 1024 * 1024


# ------------------------------------------------------------------------------------ supervisor → runner


class RunFacts(Struct, frozen=True):
    """What a task's context says about its run."""

    run_type: RunType
    state: RunState
    logical_date: datetime | None
    data_interval_start: datetime | None
    data_interval_end: datetime | None
    run_after: datetime
    started_at: datetime | None
    conf: dict[str, Any] = {}
    params: dict[str, Any] = {}
    note: str = ""
    dag_hash: str = ""
    triggering_assets: Any = None
    """As of RunCreated."""
    partition_key: str | None = None


class Input(Struct, frozen=True):
    """XComs of one task and key that came along with the message, ordered by map path. `total` is how many instances
    pushed one; where fewer came along, the runner asks for the rest when it needs them."""

    task_id: str
    key: str
    xcoms: tuple[XCom, ...]
    total: int
    is_dense: bool = False
    """Every instance pushed one, so the n-th value is that of map index n and can be asked for alone."""


class CallbackCall(Struct, frozen=True):
    """Of a try with purpose CALLBACK: what to call."""

    name: str
    """`on_failure_callback`, `on_success_callback`, `on_retry_callback`."""
    of_dag: bool
    """The DAG's own; else that of the message's task, with the mail that belongs to it."""
    reason: str
    word: str = ""
    """Of a DAG's: Airflow's word for the reason."""
    detail: dict[str, Any] = {}
    """Of a deadline: which one, and when it was due (see `scheduler.deadline_calls`)."""


class RunTry(Struct, frozen=True, tag=True):
    try_id: TryId
    task: TaskKey
    try_number: int
    max_tries: int
    """1 + retries."""
    purpose: TryPurpose
    run: RunFacts
    log_path: str
    """Absolute."""
    artifact_url: str
    """Root of the artifact store: a path or an fsspec URL."""
    inline_value_bytes: int
    max_map_length: int
    inputs: tuple[Input, ...] = ()
    expansion_lengths: dict[str, int] = {}
    """Number of instances of the task (`task_id`) and of each mapped group around it (`group.`), at its map path."""
    pool: str = "default_pool"
    first_started_at: datetime | None = None
    """When this task instance's first try started (a sensor's timeout counts from there)."""
    reschedules: int = 0
    """How often this try was rescheduled before."""
    resume: Resume | None = None
    callback: CallbackCall | None = None
    callback_timeout_seconds: float = 60.0
    """For each callback, and for a mail."""
    environment: dict[str, str] = {}
    """Set in the process before the task runs: thread counts, CUDA_VISIBLE_DEVICES."""
    reuse_tries: int = 1
    """How many tries the process may serve; the local executor sets it from the order's ReuseSpec."""
    log_format: Literal["text", "json"] = "text"
    cache_check_share: float = 0.0
    """Of hits of the cache, this share is run all the same, and the values are compared."""


class Resume(Struct, frozen=True):
    """A deferred task comes back: the method to call and its arguments, the event among them, as
    `authoring.trigger_arguments` wrote them. Method `__fail__` raises the `error` that the waiting ended with."""

    method: str
    kwargs: dict[str, Any]


class Reply(Struct, frozen=True, tag=True):
    """Answer to a request. `error` is a text where the request could not be met."""

    result: Any = None
    error: str | None = None


# ------------------------------------------------------------------------------------ runner → supervisor


class TryStarted(Struct, frozen=True, tag=True):
    try_id: TryId
    pid: int
    host: str
    at: datetime | None = None
    """When; the news may travel a moment later. None: as it arrives."""
    imported_at: datetime | None = None
    """Set by the executor where the DAG file had to be loaded for it: when it was."""


class PushXCom(Struct, frozen=True, tag=True):
    """Notice: a value pushed while the task runs. The return value travels in the report."""

    try_id: TryId
    key: str
    value: Value


class LogMetric(Struct, frozen=True, tag=True):
    try_id: TryId
    name: str
    value: float
    step: int | None = None


class LogMetrics(Struct, frozen=True, tag=True):
    """Notice: several at once, as they came."""

    try_id: TryId
    points: tuple[tuple[str, float, int | None], ...]
    """Name, value, step."""


class Progress(Struct, frozen=True, tag=True):
    """Notice, at most ten a second: `done` of `total` (None: unknown) and a short text."""

    try_id: TryId
    done: float
    total: float | None = None
    message: str = ""


class GetXComs(Struct, frozen=True, tag=True):
    """Reply: list[XCom], ordered as `task_ids`, then by map path. `run_id=None`: the own run."""

    try_id: TryId
    task_ids: tuple[str, ...] | None
    """None: any task of the run (Airflow 2's xcom_pull without task_ids): the newest comes last."""
    key: str | None = "return_value"
    map_paths: tuple[MapPath, ...] | None = None
    """None: every instance below `prefix`."""
    prefix: MapPath = ()
    dag_id: str | None = None
    run_id: str | None = None
    include_prior_dates: bool = False
    offset: int = 0
    """Leave out this many at the front of the reply: a long reduce reads page by page."""
    limit: int | None = None


class CountXComs(Struct, frozen=True, tag=True):
    """Reply: int."""

    try_id: TryId
    task_id: str
    key: str = "return_value"
    prefix: MapPath = ()


class GetVariable(Struct, frozen=True, tag=True):
    """Reply: str, or None where there is none."""

    key: str


class SetVariable(Struct, frozen=True, tag=True):
    """Reply: None. `value=None` deletes."""

    key: str
    value: str | None
    description: str | None = None


class GetConnection(Struct, frozen=True, tag=True):
    """Reply: ConnectionRecord as a dict; a URI or JSON, where a secrets back end has it; or None."""

    conn_id: str


class ListKeys(Struct, frozen=True, tag=True):
    """Reply: list[str] of variable keys or connection ids."""

    kind: Literal["variable", "connection"]
    prefix: str = ""


class GetTaskStates(Struct, frozen=True, tag=True):
    """Reply: list of {dag_id, run_id, task_id, map_path, state}. For sensors and `ti.get_…` calls."""

    dag_id: str
    run_ids: tuple[str, ...] | None = None
    task_ids: tuple[str, ...] | None = None
    logical_dates: tuple[datetime, ...] | None = None


class GetRun(Struct, frozen=True, tag=True):
    """Reply: RunRecord as a dict, or None. `which` relative to `run`: its predecessor, or the last one that succeeded
    before it."""

    run: RunKey
    which: Literal["self", "previous", "previous_success"] = "self"


class GetRuns(Struct, frozen=True, tag=True):
    """Reply: list of RunRecord as dicts, of those of these runs that there are."""

    dag_id: str
    run_ids: tuple[str, ...] | None = None
    logical_dates: tuple[datetime, ...] | None = None


class GetDag(Struct, frozen=True, tag=True):
    """Reply: {dag_id, is_paused, is_retired, tasks: [task id], groups: [group id]} of the newest version, or None."""

    dag_id: str


class GetAsset(Struct, frozen=True, tag=True):
    """Reply: AssetRecord as a dict, or None. Of several with this name, one that a DAG mentions today."""

    name: str


class GetAssetEvents(Struct, frozen=True, tag=True):
    """Reply: list of AssetEventRecord as dicts. By the asset's name, uri or both, or by an alias that stood for it."""

    name: str | None = None
    uri: str | None = None
    alias: str | None = None
    after: datetime | None = None
    """At or after."""
    before: datetime | None = None
    """Before."""
    ascending: bool = True
    limit: int | None = None


class SetDeadline(Struct, frozen=True, tag=True):
    """What a deadline reference of the author's own says. Reply: None."""

    try_id: TryId
    place: int
    """In `DagSpec.deadlines`."""
    name: str
    due_at: datetime


class TriggerRun(Struct, frozen=True, tag=True):
    """Start a run of another DAG (TriggerDagRunOperator). Reply: {outcome, run_id, state, ended_at};
    `outcome` is one of "created", "reset", "exists", "paused", "no_dag", and only with the first two has anything been
    done. State and end are those of a run that was there already; a reset follows a moment later."""

    try_id: TryId
    dag_id: str
    run_id: str | None = None
    logical_date: datetime | None = None
    run_after: datetime | None = None
    conf: dict[str, Any] = {}
    note: str = ""
    reset: bool = False
    """A run of that id or date that is there already is cleared and runs again."""
    fail_when_paused: bool = False


class ClearXComs(Struct, frozen=True, tag=True):
    """Notice: forget the own task instance's values."""

    try_id: TryId


class CallbackFailed(Struct, frozen=True, tag=True):
    """Notice: a callback, a notifier or a mail of this try did not work out; nothing else comes of it."""

    try_id: TryId
    name: str
    """`on_failure_callback: SlackNotifier`, `email`."""
    error: str


class ReadValues(Struct, frozen=True, tag=True):
    """Notice: this try decoded these values (lineage)."""

    try_id: TryId
    hashes: tuple[str, ...]


class WriteEntry(Struct, frozen=True, tag=True):
    """Notice: a line for the journal (see `model.entries`). It is about the try's run; lasting kinds stay when that is
    deleted. What is asked for afterwards has it."""

    try_id: TryId
    kind: str
    name: str
    body: dict[str, Any]


class GetTries(Struct, frozen=True, tag=True):
    """Reply: list of TryRecord as dicts, oldest first, of a task instance; the asking try among them."""

    try_id: TryId
    task: TaskKey


class ReadEntries(Struct, frozen=True, tag=True):
    """Reply: list of JournalEntry as dicts, newest first."""

    query: EntryQuery


class RaiseAlarm(Struct, frozen=True, tag=True):
    """Update every asset whose URI is this one, whatever its query, but each at most once within its cooldown: that of
    its query (`?cooldown=3600`), or the one given here. An asset is made where there is none and a cooldown is given.
    Reply: list of {name, uri, dag_ids, raised, at, cooldown_seconds}; `at` is when the update that counts
    was, which may be an earlier one."""

    try_id: TryId
    uri: str
    task_id: str
    map_path: MapPath = ()
    extra: dict[str, Any] = {}
    cooldown_seconds: float | None = None


class FindCached(Struct, frozen=True, tag=True):
    """Is there a success with this key? Reply: FoundCached as a dict."""

    try_id: TryId
    task: TaskKey
    key: str


class KeepCached(Struct, frozen=True, tag=True):
    """Notice: this try is about to report a success that may be used again (see `model.cached`)."""

    try_id: TryId
    key: str
    seconds: float
    parts: bytes
    made: bytes


Request: TypeAlias = (
    GetXComs
    | CountXComs
    | GetVariable
    | SetVariable
    | GetConnection
    | ListKeys
    | GetTaskStates
    | GetRun
    | GetRuns
    | GetDag
    | GetAsset
    | GetAssetEvents
    | SetDeadline
    | TriggerRun
    | ReadEntries
    | GetTries
    | RaiseAlarm
    | FindCached
)
Notice: TypeAlias = (
    TryStarted
    | PushXCom
    | LogMetric
    | LogMetrics
    | Progress
    | ClearXComs
    | ReadValues
    | CallbackFailed
    | WriteEntry
    | KeepCached
)


RunnerMessage: TypeAlias = Request | Notice | TryReport
SupervisorMessage: TypeAlias = RunTry | Reply
