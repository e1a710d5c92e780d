"""What has happened to a run, in the past tense: the only input of `step.step`.

Every report of a try carries its try id. A report whose try is not (or no longer) the current one of its task instance
changes no state: it becomes a `Noted` change (fencing).
"""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

from msgspec import Struct

from tradewind.model.ids import MapPath, TaskId, TryId
from tradewind.model.states import RunState, TaskState

# ------------------------------------------------------------------------------------------ of the run


class RunStarted(Struct, frozen=True):
    """A queued run may begin."""


class RunRestored(Struct, frozen=True):
    """The run was rebuilt from the store: say again what it waits for (StartTry, WakeAt, AskPast), and go on."""


class RunTimedOut(Struct, frozen=True):
    """The run is over `dagrun_timeout`."""


class RunCancelled(Struct, frozen=True):
    """The run is to end now. Teardowns of setups that have run still do, unless nothing else is left to stop: so a
    second cancel ends those, too."""

    why: str
    is_final: bool = False
    """Nothing starts any more, no teardown either."""


class RunMarked(Struct, frozen=True):
    """A user says what became of the run."""

    state: Literal[RunState.SUCCESS, RunState.FAILED]
    why: str = "marked by hand"


# ------------------------------------------------------------------------------------------ of a try


class TaskQueued(Struct, frozen=True):
    """The limits let a ready instance go: it has a try now. Not committed before this step's changes are."""

    task_id: TaskId
    map_path: MapPath
    try_id: TryId


class TryStarted(Struct, frozen=True):
    try_id: TryId
    at: datetime | None = None


class TrySucceeded(Struct, frozen=True):
    try_id: TryId
    pushed: bool = False
    """The return value was pushed (it was not None)."""
    length: int | None = None
    """`Value.length` of the return value."""
    more: tuple[tuple[str, int | None], ...] = ()
    """(key, length) of every other key this try pushed: `multiple_outputs` and `xcom_push`."""
    followed: tuple[TaskId, ...] | None = None
    """A branch: the direct downstream tasks to follow. None: not a branch."""
    short_circuit: Literal["", "direct", "all"] = ""
    label: str | None = None
    why: str = ""
    """Where there is something to say of it: that it was not run, being the same as another."""


class TrySkipped(Struct, frozen=True):
    try_id: TryId
    message: str = ""
    label: str | None = None


class TryFailed(Struct, frozen=True):
    try_id: TryId
    why: str
    may_retry: bool = True
    timed_out: bool = False
    label: str | None = None
    retry_after_seconds: float | None = None
    """Instead of the delay that follows from the spec."""


class TryLost(Struct, frozen=True):
    """The try's process ended without a report."""

    try_id: TryId
    why: str
    is_takeover: bool = False
    """It ended with the scheduler that drove it: no fault of the task's, so it is not counted."""


class TryExpanded(Struct, frozen=True):
    """A try with purpose EXPAND answered."""

    try_id: TryId
    length: int


class TryRescheduled(Struct, frozen=True):
    """A sensor gives its slot back until `at`."""

    try_id: TryId
    at: datetime
    message: str = ""


class TryDeferred(Struct, frozen=True):
    """The task gave its process back and waits for a trigger."""

    try_id: TryId
    message: str = ""


# ------------------------------------------------------------------------------------------ of the world around


class RetryDue(Struct, frozen=True):
    """The time of a WakeAt has come."""

    task_id: TaskId
    map_path: MapPath


class DeferralEnded(Struct, frozen=True):
    """The trigger of a deferred instance fired (or timed out): it wants a slot again."""

    task_id: TaskId
    map_path: MapPath


class DeferredTaskEnded(Struct, frozen=True):
    """The trigger of a deferred instance ended it: no process of it starts any more."""

    task_id: TaskId
    map_path: MapPath
    state: Literal["success", "failed", "skipped"]
    pushed: tuple[tuple[str, int | None], ...] = ()
    """(key, length) of the values that came with it."""
    why: str = ""


class PastChanged(Struct, frozen=True):
    """Answer to AskPast, now and whenever it changes; `past.verdict` computes it."""

    task_id: TaskId
    is_met: bool
    why: str = ""


# ------------------------------------------------------------------------------------------ of users


class TasksCleared(Struct, frozen=True):
    """Let these instances run again; see `clearing` for what may be selected."""

    instances: tuple[tuple[TaskId, MapPath], ...]
    why: str = "cleared"
    waits: bool = False
    """A run that had ended is queued, and goes on when it is started: others may have the places of its DAG."""


class TaskMarked(Struct, frozen=True):
    task_id: TaskId
    map_path: MapPath
    state: Literal[TaskState.SUCCESS, TaskState.FAILED, TaskState.SKIPPED]
    why: str = "marked by hand"
    waits: bool = False
    """As `TasksCleared.waits`, where what had failed for want of this one is to run."""


Event: TypeAlias = (
    RunStarted
    | RunRestored
    | RunTimedOut
    | RunCancelled
    | RunMarked
    | TaskQueued
    | TryStarted
    | TrySucceeded
    | TrySkipped
    | TryFailed
    | TryLost
    | TryExpanded
    | TryRescheduled
    | TryDeferred
    | RetryDue
    | DeferralEnded
    | DeferredTaskEnded
    | PastChanged
    | TasksCleared
    | TaskMarked
)
