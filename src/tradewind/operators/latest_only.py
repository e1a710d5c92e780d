"""Skips what follows unless this is the schedule's newest run."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tradewind.operators.branch import BaseBranchOperator
from tradewind.timetables import DataInterval, TimeRestriction, next_run

ANY_TIME = TimeRestriction(earliest=None, latest=None, catchup=True)


class LatestOnlyOperator(BaseBranchOperator):
    """Lets its downstream run in the schedule's newest run and in runs started by hand; in older ones, as a catch-up or
    a backfill makes them, the direct downstream is skipped."""

    ui_color = "#e9ffdb"

    def choose_branch(self, context: Any) -> list[str]:
        everything = sorted(self.get_direct_relative_ids(upstream=False))
        if getattr(context["dag_run"], "run_type", None) == "manual":
            self.log.info("Manually triggered DAG run: allowing execution to proceed.")
            return everything
        successor_due_at = self._successor_due_at(context)
        now = datetime.now(UTC)
        self.log.info("Checking latest only: the next run is due at %s, it is %s", successor_due_at, now)
        if successor_due_at is None or now <= successor_due_at:
            return everything
        self.log.info("Not latest execution, skipping downstream.")
        return []

    def _successor_due_at(self, context: Any) -> datetime | None:
        """When the run after this one is due: from then on this one is not the newest."""
        start, end = context.get("data_interval_start"), context.get("data_interval_end")
        if start is None or end is None:
            return None
        found = next_run(context["dag"].timetable, DataInterval(start, end), ANY_TIME, end)
        return found and found.run_after
