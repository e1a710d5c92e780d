"""Backfills: runs of past dates as one object that can be watched, paused and cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from tradewind.model.changes import RunCreated
from tradewind.model.service import BackfillRecord, BackfillRunRecord


class Backfills(Protocol):
    def create_backfill(self, backfill: BackfillRecord, dates: Sequence[BackfillRunRecord]) -> int:
        """Returns its id (that of the record is ignored). Raises TradewindError where one of the DAG is going on."""
        ...

    def backfill(self, backfill_id: int) -> BackfillRecord:
        """Raises NotFoundError."""
        ...

    def backfills(self, *, dag_id: str | None = None, only_active: bool = False) -> list[BackfillRecord]: ...

    def backfill_dates(self, backfill_id: int) -> list[BackfillRunRecord]: ...

    def create_backfill_run(
        self, backfill_id: int, place: int, created: RunCreated, *, who: str, now: datetime
    ) -> bool:
        """The run and its place in one transaction. False where the place has one already, the backfill is over, or the
        DAG got a run of this date otherwise: the place then says so (`why_not`)."""
        ...

    def adopt_backfill_run(self, backfill_id: int, place: int, run_id: str) -> None:
        """A run that exists already is run again as part of the backfill (reprocessing), and counts for it then.
        Raises NotFoundError."""
        ...

    def set_backfill(
        self,
        backfill_id: int,
        *,
        is_paused: bool | None = None,
        is_cancelled: bool = False,
        ended_at: datetime | None = None,
    ) -> None: ...
