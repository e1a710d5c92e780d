"""Applying changes: each kind has one function, and each function fixed statements that expect the old state."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import nullcontext
from datetime import datetime
from typing import Any

from tradewind.model.changes import (
    ApprovalAsked,
    AssetsUpdated,
    CachedKept,
    Change,
    DeferralForgotten,
    DeferralMade,
    EntryWritten,
    ExpansionsForgotten,
    MetricLogged,
    MetricsLogged,
    Noted,
    ProgressReported,
    RunChanged,
    RunCreated,
    RunPinned,
    TaskChanged,
    TaskExpanded,
    TryChanged,
    TryCreated,
    ValueRead,
    XComsCleared,
    XComStored,
)
from tradewind.model.ids import RunKey
from tradewind.store.sql import (
    approvals,
    asset_events,
    cached,
    deferrals,
    journal,
    write_runs,
    write_tasks,
    write_values,
)
from tradewind.store.sql.batch import Batch
from tradewind.store.sql.port import Connection, Pipelining


def apply(
    connection: Connection,
    changes: Sequence[Change],
    *,
    who: str,
    now: datetime,
    epochs: Mapping[RunKey, int] | None = None,
) -> None:
    """Inside a transaction that its caller rolls back where this raises."""
    with connection.pipeline() if isinstance(connection, Pipelining) else nullcontext():
        batch = Batch(connection, who=who, now=now, epochs=epochs)
        for change in changes:
            _APPLY[type(change)](batch, change)
        batch.end()


_APPLY: dict[type[Any], Callable[[Batch, Any], None]] = {
    RunCreated: write_runs.run_created,
    RunChanged: write_runs.run_changed,
    RunPinned: write_runs.run_pinned,
    TaskExpanded: write_runs.expanded,
    ExpansionsForgotten: write_runs.expansions_forgotten,
    TaskChanged: write_tasks.task_changed,
    TryCreated: write_tasks.try_created,
    TryChanged: write_tasks.try_changed,
    Noted: write_tasks.noted,
    XComStored: write_values.xcom_stored,
    XComsCleared: write_values.xcoms_cleared,
    ValueRead: write_values.value_read,
    MetricLogged: write_values.metric_logged,
    MetricsLogged: write_values.metrics_logged,
    ProgressReported: write_values.progress_reported,
    DeferralMade: deferrals.deferral_made,
    DeferralForgotten: deferrals.deferral_forgotten,
    ApprovalAsked: approvals.approval_asked,
    AssetsUpdated: asset_events.assets_updated,
    EntryWritten: journal.entry_written,
    CachedKept: cached.cached_kept,
}
