"""Clocks of DAGs, and the runs they make."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from tradewind.model.changes import RunCreated
from tradewind.model.ids import RunKey
from tradewind.model.records import RunRecord
from tradewind.model.service import DagSchedule, DueRun


class ByClock(Struct, frozen=True):
    """A run that a DAG's clock asks for. `expected` is where the clock stands, `next_due` what comes after it."""

    created: RunCreated
    expected: datetime
    next_due: DueRun | None


class Schedules(Protocol):
    def schedules(self, *, changed_since: datetime | None = None, dag_id: str | None = None) -> list[DagSchedule]:
        """Of all DAGs (retired ones too), or of those changed at or after an instant, by `changed_at`: a scheduler
        keeps them in memory and asks for what has changed. Each change is stamped later than those that could be seen
        before it, so that asking since the last `changed_at` seen misses none."""
        ...

    def set_next_run(self, dag_id: str, dag_hash: str, due: DueRun | None, *, held_why: str = "") -> bool:
        """What comes next by the clock. False (and nothing is written) where the DAG's newest version is another."""
        ...

    def accept_schedule(self, dag_id: str) -> None:
        """Let a held schedule go on. Raises NotFoundError."""
        ...

    def create_scheduled_runs(self, wanted: Sequence[ByClock], *, who: str, now: datetime) -> list[bool]:
        """The runs by the clock, each of another DAG, and what comes next for their DAGs, in one transaction. False,
        and nothing is written of that one, where the DAG's `next_run_after` is not `expected` any more, it was paused,
        held or retired, or a run of this id or logical date exists: somebody else did it."""
        ...

    def waiting_runs(self, *, dag_id: str | None = None, limit: int = 1000) -> list[RunRecord]:
        """Queued runs that nobody drives and whose `run_after` has come or not, of DAGs and backfills that are not
        paused: the oldest of each DAG first, then the second of each, so that none hides the others behind `limit`."""
        ...

    def running_counts(self) -> Mapping[str, int]:
        """DAG → its runs that are RUNNING (backfill runs apart: they count for their backfill)."""
        ...

    def claim_waiting_runs(
        self, wanted: Sequence[tuple[RunKey, int]], *, owner_id: str, pid: int, host: str, now: datetime
    ) -> list[int | None]:
        """As `claim_run`, for queued runs that nobody drives, each with its `max_active_runs`, and only while fewer of
        its DAG (of its backfill) run or are claimed: counted and claimed one after the other, in one transaction. None
        for one that may not go now."""
        ...

    def failed_in_a_row(self, dag_id: str, *, at_most: int) -> int:
        """How many of the DAG's last ended runs (at most so many) failed, from the newest back to the first that did
        not."""
        ...
