"""Skips what follows unless this is the schedule's newest run."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from tradewind.operators.branch import BaseBranchOperator


class LatestOnlyOperator(BaseBranchOperator):
    """Lets its downstream run in the newest scheduled interval and in runs started by hand; in older ones, as a
    catch-up or a backfill makes them, the direct downstream is skipped."""

    ui_color = "#e9ffdb"

    def choose_branch(self, context: Any) -> list[str]:
        everything = sorted(self.get_direct_relative_ids(upstream=False))
        if getattr(context["dag_run"], "run_type", None) == "manual":
            self.log.info("Manually triggered DAG run: allowing execution to proceed.")
            return everything
        start, end = self._window(context)
        now = datetime.now(UTC)
        self.log.info("Checking latest only with left_window: %s right_window: %s now: %s", start, end, now)
        if start is None or end is None or start == end or start < now <= end:
            return everything
        self.log.info("Not latest execution, skipping downstream.")
        return []

    def _window(self, context: Any) -> tuple[datetime | None, datetime | None]:
        """When this run is the newest: from its interval's end to that of the next interval."""
        start = context.get("data_interval_end") or context["dag_run"].run_after
        length = start - (context.get("data_interval_start") or start)
        next_interval = getattr(context["dag"], "next_data_interval_after", None)
        if next_interval is not None and (following := next_interval(start)) is not None:
            return start, following
        return start, start + length
