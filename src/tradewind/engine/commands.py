"""What the scheduler is to do once the changes of the same step are committed, in the imperative."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

from msgspec import Struct

from tradewind.model.ids import MapPath, TaskId, TryId
from tradewind.model.states import RunState, TryPurpose


class StartTry(Struct, frozen=True):
    """This instance is ready and wants a slot. Once the limits let it go, send `TaskQueued` with a new try id."""

    task_id: TaskId
    map_path: MapPath
    purpose: TryPurpose
    number: int
    """Number of the try as the user counts them, for `TryCreated`."""


class WithdrawTry(Struct, frozen=True):
    """Take back an earlier StartTry: the instance no longer wants a slot."""

    task_id: TaskId
    map_path: MapPath


class WakeAt(Struct, frozen=True):
    """Send `RetryDue` at this instant. A wake-up that has lost its meaning by then is noted and changes nothing."""

    task_id: TaskId
    map_path: MapPath
    at: datetime


class StopTry(Struct, frozen=True):
    """End this try's process. Its report no longer counts."""

    try_id: TryId
    why: str


class AskPast(Struct, frozen=True):
    """Does the past let this task run (`depends_on_past`, `wait_for_downstream`)? Answer with `PastChanged`."""

    task_id: TaskId


class RunFinished(Struct, frozen=True):
    state: RunState
    why: str


Command: TypeAlias = StartTry | WithdrawTry | WakeAt | StopTry | AskPast | RunFinished
