"""Deadlines of runs, and how long runs have taken."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from tradewind.model.ids import RunKey
from tradewind.model.service import DeadlineRecord


class Deadlines(Protocol):
    def add_deadlines(self, deadlines: Sequence[DeadlineRecord]) -> None:
        """Ids of the records are ignored. Those a run has already are left as they are."""
        ...

    def open_deadlines(self) -> list[DeadlineRecord]:
        """Not missed yet, of runs that have not ended, by `due_at`."""
        ...

    def deadlines(
        self, *, run: RunKey | None = None, only_missed: bool = False, limit: int = 100
    ) -> list[DeadlineRecord]: ...

    def mark_deadline(
        self, deadline_id: int, *, warned_at: datetime | None = None, missed_at: datetime | None = None
    ) -> bool:
        """Once each: False where it stands there already."""
        ...

    def task_durations(self, dag_id: str, *, runs: int = 20) -> dict[str, list[float]]:
        """Task → seconds its successful tries took in the last so many runs that succeeded."""
        ...

    def run_durations(self, dag_id: str, *, runs: int = 20) -> list[float]:
        """Seconds, newest first, of runs that succeeded."""
        ...
