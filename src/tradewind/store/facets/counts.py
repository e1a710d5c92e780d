"""How much is going on right now: what gauges are made of."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from msgspec import Struct

from tradewind.model.ids import MapPath, RunKey, TaskId, TryId
from tradewind.model.states import RunState, TaskState, TryState


class TaskCount(Struct, frozen=True):
    """Instances of one task in a state, over all runs of one version of its DAG that are running."""

    dag_id: str
    dag_hash: str
    task_id: str
    state: TaskState
    instances: int


class SlotCount(Struct, frozen=True):
    """Live tries in a pool."""

    pool: str
    state: TryState
    slots: int
    tries: int


class LiveSlot(Struct, frozen=True):
    """A try that has slots, and since when; one that is deferred where its pool counts those (`include_deferred`)."""

    run: RunKey
    task_id: TaskId
    map_path: MapPath
    try_id: TryId
    pool: str
    pool_slots: int
    state: TryState
    since: datetime
    owner_id: str | None
    """Who drives its run."""


class Counts(Protocol):
    """Each costs as much as is going on, whatever has ended."""

    def task_counts(self) -> list[TaskCount]:
        """Of instances that have not ended."""
        ...

    def slot_counts(self) -> list[SlotCount]: ...

    def run_counts(self) -> dict[RunState, int]:
        """Of runs that have not ended."""
        ...

    def live_tries(self) -> list[LiveSlot]:
        """Those that are queued or running, whoever drives them; oldest first."""
        ...
