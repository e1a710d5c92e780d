"""The states of runs, task instances and tries, in Airflow's words, and the trigger rules by name."""

from enum import StrEnum


class RunState(StrEnum):
    """State of a DAG run. A cancelled run is FAILED; its history row says why."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCESS = "success"
    FAILED = "failed"

    @property
    def is_finished(self) -> bool:
        return self in (RunState.SUCCESS, RunState.FAILED)


class TaskState(StrEnum):
    """State of a task instance. NONE is Airflow's empty state: nothing has been decided yet."""

    NONE = "none"
    SCHEDULED = "scheduled"
    QUEUED = "queued"
    RUNNING = "running"
    UP_FOR_RETRY = "up_for_retry"
    UP_FOR_RESCHEDULE = "up_for_reschedule"
    DEFERRED = "deferred"
    SUCCESS = "success"
    FAILED = "failed"
    SKIPPED = "skipped"
    UPSTREAM_FAILED = "upstream_failed"
    REMOVED = "removed"

    @property
    def is_finished(self) -> bool:
        return self in FINISHED_TASK_STATES


FINISHED_TASK_STATES = frozenset(
    {TaskState.SUCCESS, TaskState.FAILED, TaskState.SKIPPED, TaskState.UPSTREAM_FAILED, TaskState.REMOVED}
)


class TryState(StrEnum):
    """State of one try of a task instance. LOST: its process ended without a report. CANCELLED: we stopped it."""

    QUEUED = "queued"
    RUNNING = "running"
    SUCCESS = "success"
    SKIPPED = "skipped"
    FAILED = "failed"
    RESCHEDULED = "rescheduled"
    DEFERRED = "deferred"
    EXPANDED = "expanded"
    LOST = "lost"
    CANCELLED = "cancelled"

    @property
    def is_live(self) -> bool:
        return self in (TryState.QUEUED, TryState.RUNNING)


class TryPurpose(StrEnum):
    """EXECUTE runs the task. EXPAND only evaluates how many instances a mapped task becomes (used where user code, a
    `.filter()`, has to be asked; see `spec.Filtered`). CALLBACK only calls a callback whose own process cannot: of the
    DAG, or of a task whose process is gone."""

    EXECUTE = "execute"
    EXPAND = "expand"
    CALLBACK = "callback"


class RunType(StrEnum):
    MANUAL = "manual"
    SCHEDULED = "scheduled"
    BACKFILL = "backfill"
    ASSET_TRIGGERED = "asset_triggered"


class TriggerRule(StrEnum):
    """When a task may run, seen from the states of its direct upstream.
    https://airflow.apache.org/docs/apache-airflow/stable/core-concepts/dags.html#trigger-rules"""

    ALL_SUCCESS = "all_success"
    ALL_FAILED = "all_failed"
    ALL_DONE = "all_done"
    ALL_DONE_MIN_ONE_SUCCESS = "all_done_min_one_success"
    ALL_DONE_SETUP_SUCCESS = "all_done_setup_success"
    ALL_SKIPPED = "all_skipped"
    ONE_SUCCESS = "one_success"
    ONE_FAILED = "one_failed"
    ONE_DONE = "one_done"
    NONE_FAILED = "none_failed"
    NONE_FAILED_MIN_ONE_SUCCESS = "none_failed_min_one_success"
    NONE_SKIPPED = "none_skipped"
    ALWAYS = "always"

    # Names of Airflow 1.10 and 2.x for two of these.
    DUMMY = "always"
    NONE_FAILED_OR_SKIPPED = "none_failed_min_one_success"


class WeightRule(StrEnum):
    """How a task's effective priority follows from `priority_weight` of itself and its relatives."""

    DOWNSTREAM = "downstream"
    UPSTREAM = "upstream"
    ABSOLUTE = "absolute"
