"""Backfills: runs of past dates as one object that can be watched, paused and cancelled."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.problems import BadRequest, Conflict, Invalid, NotFound
from tradewind.api.v2.numbers import number_in_path
from tradewind.api.v2.paging import Ordered, equal, page_of
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.service import BackfillRecord, Topic
from tradewind.model.spec import DagSpec
from tradewind.scheduler.backfilling import (
    BackfillError,
    WantedBackfill,
    newest_spec,
    planned_runs,
    start_backfill,
)
from tradewind.scheduler.params import ParamError
from tradewind.store.browse import Filter, Op
from tradewind.store.browse.listings.service import BACKFILLS, BackfillRow
from tradewind.timetables.backfill import Planned
from tradewind.timetables.errors import TimetableError

ROOT = "/api/v2/backfills"
ONE = "/{backfill_id}"
ORDER = {"id": "number"}
MOST_SHOWN = 1_000
"""Dates that a dry run names."""
Behavior = Literal["failed", "completed", "none"]


class BackfillPostBody(Struct, frozen=True):
    dag_id: str
    from_date: datetime
    to_date: datetime
    """Included."""
    run_backwards: bool = False
    dag_run_conf: dict[str, Any] | None = None
    reprocess_behavior: Behavior = "none"
    """Which dates that have a run already get it run again."""
    max_active_runs: Annotated[int, Meta(ge=1, le=100_000)] = 10
    run_on_latest_version: bool | None = None


class BackfillResponse(Struct, frozen=True):
    id: int
    dag_id: str
    from_date: datetime
    to_date: datetime
    dag_run_conf: dict[str, Any]
    is_paused: bool
    reprocess_behavior: Behavior
    max_active_runs: int
    created_at: datetime
    completed_at: datetime | None
    updated_at: datetime
    dag_display_name: str


class BackfillCollection(Struct, frozen=True):
    backfills: tuple[BackfillResponse, ...]
    total_entries: int


class DryRun(Struct, frozen=True):
    logical_date: datetime
    partition_key: str | None = None
    partition_date: datetime | None = None


class DryRunCollection(Struct, frozen=True):
    backfills: tuple[DryRun, ...]
    total_entries: int


class BackfillQuery(Ordered, frozen=True, kw_only=True):
    dag_id: str | None = None


def list_backfills(call: Call[BackfillQuery, Any]) -> BackfillCollection:
    """Backfills, of one DAG or of all."""
    dag_id = call.query.dag_id
    if dag_id is not None:
        call.require(Resource.BACKFILL, Action.READ, dag_id=dag_id)
    page = page_of(call, BACKFILLS, [equal("dag_id", dag_id)], ORDER, Resource.BACKFILL)
    names = _display_names(call, {row.dag_id for row in page.rows})
    return BackfillCollection(tuple(_shown(row, names[row.dag_id]) for row in page.rows), page.total or 0)


def get_backfill(call: Call[Any, Any]) -> BackfillResponse:
    """One backfill."""
    return _answer(call, _found(call, Action.READ).backfill_id)


def create_backfill(call: Call[Any, BackfillPostBody]) -> BackfillResponse:
    """Run a DAG for the dates of its schedule between two instants; the scheduler makes the runs."""
    wanted, planned = _planned(call, Action.CREATE)
    if any(one.dag_id == wanted.dag_id for one in call.store.backfills(dag_id=wanted.dag_id, only_active=True)):
        raise Conflict(f"a backfill of DAG {wanted.dag_id!r} is going on", hint="wait for it, or cancel it")
    try:
        backfill_id = start_backfill(call.store, wanted, planned, who=call.who.name, now=call.now)
    except BackfillError as error:
        raise Invalid(error.message, hint=error.hint) from error
    except TradewindError as error:
        raise Conflict(error.message, hint=error.hint) from error
    call.audit("create_backfill", dag_id=wanted.dag_id, backfill_id=backfill_id)
    return _answer(call, backfill_id)


def create_backfill_dry_run(call: Call[Any, BackfillPostBody]) -> DryRunCollection:
    """The dates that a backfill would run, and nothing is done."""
    _, planned = _planned(call, Action.READ)
    dates = [DryRun(one.record.logical_date) for one in planned if not one.record.why_not]
    return DryRunCollection(tuple(dates[:MOST_SHOWN]), len(dates))


def pause_backfill(call: Call[Any, Any]) -> BackfillResponse:
    """Start no more of its runs."""
    return _set(call, "pause", is_paused=True)


def unpause_backfill(call: Call[Any, Any]) -> BackfillResponse:
    """Let it go on."""
    return _set(call, "unpause", is_paused=False)


def cancel_backfill(call: Call[Any, Any]) -> BackfillResponse:
    """End it: runs that wait are dropped, those that have begun finish."""
    backfill = _going_on(call)
    call.store.set_backfill(backfill.backfill_id, is_cancelled=True)
    return _rung(call, "cancel", backfill)


def _set(call: Call[Any, Any], action: str, *, is_paused: bool) -> BackfillResponse:
    backfill = _going_on(call)
    call.store.set_backfill(backfill.backfill_id, is_paused=is_paused)
    return _rung(call, action, backfill)


def _rung(call: Call[Any, Any], action: str, backfill: BackfillRecord) -> BackfillResponse:
    call.store.ring(Topic.RUNS)
    call.audit(f"backfill_{action}", dag_id=backfill.dag_id, backfill_id=backfill.backfill_id)
    return _answer(call, backfill.backfill_id)


def _planned(call: Call[Any, BackfillPostBody], action: Action) -> tuple[WantedBackfill, Sequence[Planned]]:
    body = call.body
    call.require(Resource.BACKFILL, action, dag_id=body.dag_id)
    wanted = WantedBackfill(
        dag_id=body.dag_id,
        from_date=_utc(body.from_date),
        to_date=_utc(body.to_date),
        is_reverse=body.run_backwards,
        reprocess=body.reprocess_behavior,
        max_active_runs=body.max_active_runs,
        conf=body.dag_run_conf or {},
        on_latest_version=bool(body.run_on_latest_version),
    )
    spec = _spec(call, body.dag_id)
    try:
        return wanted, planned_runs(call.store, spec, wanted, call.now)
    except (BackfillError, ParamError, TimetableError) as error:
        raise Invalid(error.message, hint=error.hint) from error
    except (OverflowError, ValueError) as error:
        raise Invalid(f"these dates cannot be reckoned with: {error}") from error


def _spec(call: Call[Any, Any], dag_id: str) -> DagSpec:
    dag = call.store.dag(dag_id)
    if dag is None or dag.retired_at is not None:
        raise NotFound(f"there is no DAG {dag_id!r}")
    spec = newest_spec(call.store, dag_id)
    if spec.schedule.kind == "custom":
        raise Invalid(
            f"the timetable of DAG {dag_id!r} is code of its author's, which does not run here",
            hint=f"use the command line: tradewind backfills create {dag_id}",
        )
    return spec


def _found(call: Call[Any, Any], action: Action) -> BackfillRecord:
    """The backfill's DAG is what is asked for."""
    number = number_in_path(call, "backfill_id")
    try:
        found = call.store.backfill(number)
    except NotFoundError:
        call.require(Resource.BACKFILL, action)
        raise NotFound(f"there is no backfill {number}") from None
    call.require(Resource.BACKFILL, action, dag_id=found.dag_id)
    return found


def _going_on(call: Call[Any, Any]) -> BackfillRecord:
    found = _found(call, Action.EDIT)
    if found.ended_at is not None or found.is_cancelled:
        raise Conflict(f"backfill {found.backfill_id} is over")
    return found


def _answer(call: Call[Any, Any], backfill_id: int) -> BackfillResponse:
    row = call.browser.first(BACKFILLS, Filter("number", Op.EQ, backfill_id), visible=None)
    if row is None:
        raise NotFound(f"there is no backfill {backfill_id}")
    return _shown(row, _display_names(call, {row.dag_id})[row.dag_id])


def _display_names(call: Call[Any, Any], dag_ids: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for dag_id in dag_ids:
        spec = call.store.spec(dag_id)
        found[dag_id] = (spec.label if spec is not None else "") or dag_id
    return found


def _shown(row: BackfillRow, name: str) -> BackfillResponse:
    behavior: Any = row.reprocess
    return BackfillResponse(
        id=row.number,
        dag_id=row.dag_id,
        from_date=row.from_date,
        to_date=row.to_date,
        dag_run_conf=row.conf,
        is_paused=row.is_paused,
        reprocess_behavior=behavior,
        max_active_runs=row.max_active_runs,
        created_at=row.created_at,
        completed_at=row.ended_at,
        updated_at=row.ended_at or row.created_at,
        dag_display_name=name,
    )


def _utc(at: datetime) -> datetime:
    """Raises BadRequest for an instant at the end of the calendar."""
    try:
        return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)
    except OverflowError as error:
        raise BadRequest(f"{at} is too far away") from error


def _operation(method: Any, path: str, do: Any, **more: Any) -> Operation:
    """Which DAG is meant is known inside."""
    need = Need(Resource.BACKFILL, is_asked_inside=True)
    return Operation(method=method, path=ROOT + path, name=do.__name__, tag="Backfill", needs=need, do=do, **more)


EXAMPLE = {
    "january": {
        "dag_id": "train",
        "from_date": "2026-01-01T00:00:00Z",
        "to_date": "2026-01-31T00:00:00Z",
        "max_active_runs": 2,
        "reprocess_behavior": "failed",
    }
}
OPERATIONS = (
    _operation("GET", "", list_backfills, query=BackfillQuery, answer=BackfillCollection),
    _operation(
        "POST",
        "",
        create_backfill,
        body=BackfillPostBody,
        answer=BackfillResponse,
        errors=(404, 409),
        examples=EXAMPLE,
    ),
    _operation(
        "POST",
        "/dry_run",
        create_backfill_dry_run,
        body=BackfillPostBody,
        answer=DryRunCollection,
        errors=(404,),
        examples=EXAMPLE,
    ),
    _operation("GET", ONE, get_backfill, answer=BackfillResponse),
    _operation("PUT", f"{ONE}/pause", pause_backfill, answer=BackfillResponse, errors=(409,)),
    _operation("PUT", f"{ONE}/unpause", unpause_backfill, answer=BackfillResponse, errors=(409,)),
    _operation("PUT", f"{ONE}/cancel", cancel_backfill, answer=BackfillResponse, errors=(409,)),
)
