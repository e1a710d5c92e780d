"""Runs as they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec import Struct

from tradewind.api.call import Call
from tradewind.api.ours.masking import masked
from tradewind.api.problems import NotFound
from tradewind.api.v2.versions import DagVersionResponse, Known
from tradewind.store.browse import Filter, Op
from tradewind.store.browse.listings import RUNS, RunRow
from tradewind.timetables.partition_keys import date_of

TRIGGERS = {"timetable": "timetable", "assets": "asset", "test": "test"}
"""What we say of who triggered a run → Airflow's word; else a user did it."""


class DAGRunResponse(Struct, frozen=True):
    dag_run_id: str
    dag_id: str
    logical_date: datetime | None
    queued_at: datetime | None
    start_date: datetime | None
    end_date: datetime | None
    duration: float | None
    data_interval_start: datetime | None
    data_interval_end: datetime | None
    run_after: datetime
    last_scheduling_decision: datetime | None
    run_type: str
    state: str
    triggered_by: str | None
    triggering_user_name: str | None
    conf: dict[str, Any] | None
    note: str | None
    dag_versions: tuple[DagVersionResponse, ...]
    bundle_version: str | None
    dag_display_name: str
    partition_key: str | None
    partition_date: datetime | None = None


class DAGRunCollection(Struct, frozen=True):
    dag_runs: tuple[DAGRunResponse, ...]
    total_entries: int | None
    total_entries_limit: int | None = None
    next_cursor: str | None = None
    previous_cursor: str | None = None


def one_run(call: Call[Any, Any], dag_id: str, run_id: str) -> DAGRunResponse:
    """As it is now; rights were asked for before. Raises NotFound."""
    return shown_runs(call, [run_row(call, dag_id, run_id)])[0]


def run_row(call: Call[Any, Any], dag_id: str, run_id: str) -> RunRow:
    """Raises NotFound."""
    here = (Filter("dag_id", Op.EQ, dag_id), Filter("run_id", Op.EQ, run_id))
    found = call.browser.first(RUNS, *here, visible=None)
    if found is None:
        raise NotFound(f"the run {run_id!r} of DAG {dag_id!r} was not found")
    return found


def shown_runs(call: Call[Any, Any], rows: Sequence[RunRow]) -> tuple[DAGRunResponse, ...]:
    known = call.server.versions.of_many(call.store, ((row.dag_id, row.dag_hash) for row in rows))
    return tuple(_shown(row, known[row.dag_id, row.dag_hash]) for row in rows)


def _shown(row: RunRow, known: Known) -> DAGRunResponse:
    by = "backfill" if row.run_type == "backfill" else TRIGGERS.get(row.triggered_by)
    return DAGRunResponse(
        dag_run_id=row.run_id,
        dag_id=row.dag_id,
        logical_date=row.logical_date,
        queued_at=row.queued_at,
        start_date=row.started_at,
        end_date=row.ended_at,
        duration=seconds(row.duration),
        data_interval_start=row.data_interval_start,
        data_interval_end=row.data_interval_end,
        run_after=row.run_after,
        last_scheduling_decision=row.started_at,
        run_type=row.run_type,
        state=row.state,
        triggered_by=by or "rest_api",
        triggering_user_name=None if row.triggered_by in TRIGGERS else row.triggered_by or None,
        conf=masked(row.conf),
        note=row.note or None,
        dag_versions=(known.response,) if row.version else (),
        bundle_version=row.bundle_version or None,
        dag_display_name=known.label,
        partition_key=row.partition_key,
        partition_date=date_of(row.partition_key),
    )


def seconds(micros: int | None) -> float | None:
    return None if micros is None else max(0, micros) / 1_000_000
