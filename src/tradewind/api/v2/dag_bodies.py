"""DAGs as they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any

from msgspec import Struct

from tradewind.api.call import Call
from tradewind.api.ours.masking import masked
from tradewind.api.problems import NotFound
from tradewind.api.v2.file_tokens import token_of
from tradewind.api.v2.versions import DEFAULT_BUNDLE, DagVersionResponse, Known
from tradewind.model.spec import DagSpec, ScheduleSpec
from tradewind.store.browse import Filter, Op
from tradewind.store.browse.listings import DAGS, RUNS, DagRow
from tradewind.timetables.base import Timetable
from tradewind.timetables.building import build


class DagTagResponse(Struct, frozen=True):
    name: str
    dag_id: str
    dag_display_name: str


class DAGResponse(Struct, frozen=True, kw_only=True):
    dag_id: str
    dag_display_name: str
    is_paused: bool
    is_stale: bool
    last_parsed_time: datetime | None
    last_parse_duration: float | None
    last_expired: datetime | None
    bundle_name: str | None
    bundle_version: str | None
    relative_fileloc: str | None
    fileloc: str
    description: str | None
    timetable_summary: str | None
    timetable_description: str | None
    timetable_partitioned: bool
    timetable_periodic: bool
    tags: tuple[DagTagResponse, ...]
    max_active_tasks: int
    max_active_runs: int | None
    max_consecutive_failed_dag_runs: int
    has_task_concurrency_limits: bool
    has_import_errors: bool
    next_dagrun_logical_date: datetime | None
    next_dagrun_data_interval_start: datetime | None
    next_dagrun_data_interval_end: datetime | None
    next_dagrun_run_after: datetime | None
    allowed_run_types: tuple[str, ...] | None = None
    owners: tuple[str, ...]
    is_backfillable: bool
    file_token: str


class DAGDetailsResponse(DAGResponse, frozen=True, kw_only=True):
    catchup: bool
    dag_run_timeout: timedelta | None
    asset_expression: dict[str, Any] | None
    doc_md: str | None
    start_date: datetime | None
    end_date: datetime | None
    is_paused_upon_creation: bool | None
    params: dict[str, Any] | None
    render_template_as_native_obj: bool
    template_search_path: tuple[str, ...] | None = None
    timezone: str | None
    last_parsed: datetime | None
    default_args: dict[str, Any] | None = None
    rerun_with_latest_version: bool | None = None
    owner_links: dict[str, str] | None = None
    is_favorite: bool = False
    active_runs_count: int
    concurrency: int
    latest_dag_version: DagVersionResponse | None


class DAGCollection(Struct, frozen=True):
    dags: tuple[DAGResponse, ...]
    total_entries: int


def dag_row(call: Call[Any, Any], dag_id: str) -> DagRow:
    """Raises NotFound."""
    found = call.browser.first(DAGS, Filter("dag_id", Op.EQ, dag_id), visible=None)
    if found is None:
        raise NotFound(f"the DAG {dag_id!r} was not found")
    return found


def one_dag(call: Call[Any, Any], dag_id: str) -> DAGResponse:
    """As it is now; rights were asked for before. Raises NotFound."""
    return shown_dags(call, [dag_row(call, dag_id)])[0]


def shown_dags(call: Call[Any, Any], rows: Sequence[DagRow]) -> tuple[DAGResponse, ...]:
    known = call.server.versions.of_many(call.store, ((row.dag_id, row.hash) for row in rows))
    return tuple(DAGResponse(**_shown(row, known[row.dag_id, row.hash])) for row in rows)


def one_dag_in_detail(call: Call[Any, Any], dag_id: str) -> DAGDetailsResponse:
    """Raises NotFound."""
    row = dag_row(call, dag_id)
    known = call.server.versions.known(call.store, row.dag_id, row.hash)
    spec = known.spec
    active = (Filter("dag_id", Op.EQ, dag_id), Filter("state", Op.IN, ("queued", "running")))
    return DAGDetailsResponse(
        **_shown(row, known),
        catchup=spec.catchup,
        dag_run_timeout=None if spec.run_timeout_seconds is None else timedelta(seconds=spec.run_timeout_seconds),
        asset_expression=spec.schedule.assets or None,
        doc_md=spec.doc or None,
        start_date=spec.start_date,
        end_date=spec.end_date,
        is_paused_upon_creation=spec.is_paused_upon_creation,
        params=_params(spec),
        render_template_as_native_obj=spec.render_template_as_native_obj,
        timezone=spec.timezone,
        last_parsed=row.parsed_at or row.seen_at,
        active_runs_count=call.browser.count(RUNS, active, None),
        concurrency=spec.max_active_tasks,
        latest_dag_version=known.response if known.response.version_number else None,
    )


def _shown(row: DagRow, known: Known) -> dict[str, Any]:
    """Fields of a DAGResponse."""
    spec, timetable = known.spec, _timetable(known.spec.schedule)
    return {
        "dag_id": row.dag_id,
        "dag_display_name": known.label,
        "is_paused": row.is_paused,
        "is_stale": row.retired_at is not None,
        "last_parsed_time": row.parsed_at or row.seen_at,
        "last_parse_duration": row.parse_seconds,
        "last_expired": row.retired_at,
        "bundle_name": row.bundle or DEFAULT_BUNDLE,
        "bundle_version": row.bundle_version or None,
        "relative_fileloc": row.file,
        "fileloc": str(PurePosixPath(row.root) / row.file),
        "description": spec.description or None,
        "timetable_summary": None if spec.schedule.summary in ("", "None") else spec.schedule.summary,
        "timetable_description": (timetable.description or None) if timetable is not None else None,
        "timetable_partitioned": bool(timetable is not None and timetable.partitioned),
        "timetable_periodic": bool(timetable is not None and timetable.periodic),
        "tags": tuple(DagTagResponse(name, row.dag_id, known.label) for name in spec.tags),
        "max_active_tasks": spec.max_active_tasks,
        "max_active_runs": spec.max_active_runs,
        "max_consecutive_failed_dag_runs": spec.max_consecutive_failed_runs,
        "has_task_concurrency_limits": _has_limits(spec),
        "has_import_errors": row.has_import_errors,
        "next_dagrun_logical_date": row.next_logical_date,
        "next_dagrun_data_interval_start": row.next_interval_start,
        "next_dagrun_data_interval_end": row.next_interval_end,
        "next_dagrun_run_after": row.next_run_after,
        "owners": spec.owners,
        "is_backfillable": spec.schedule.kind in ("cron", "delta", "assets_or_time", "custom"),
        "file_token": token_of(row.root, row.file),
    }


def _timetable(schedule: ScheduleSpec) -> Timetable | None:
    """None for one that the author wrote: its code does not run here."""
    if schedule.kind == "custom" or schedule.import_path:
        return None
    try:
        return build(schedule)
    except Exception:  # a schedule that another version wrote must not take the whole list with it
        return None


def timetable_class(schedule: ScheduleSpec) -> str:
    """Its name without its module."""
    if schedule.import_path:
        return schedule.import_path.rpartition(".")[2]
    timetable = _timetable(schedule)
    return type(timetable).__name__ if timetable is not None else ""


def _has_limits(spec: DagSpec) -> bool:
    return any(
        task.max_active_tis_per_dag is not None or task.max_active_tis_per_dagrun is not None for task in spec.tasks
    )


def _params(spec: DagSpec) -> dict[str, Any]:
    """Name → default, description and schema, as Airflow shows them."""
    found = {
        one.name: {
            "value": one.default if one.has_default else None,
            "description": one.description or None,
            "schema": one.schema,
        }
        for one in spec.params
    }
    return {name: {**about, "value": masked({name: about["value"]})[name]} for name, about in found.items()}
