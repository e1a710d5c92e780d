"""Making a backfill: which runs it would make, and writing it down. The scheduler makes the runs (`backfills`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from msgspec import Struct
from msgspec.structs import replace

from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.messages import GetRuns
from tradewind.model.records import RunRecord
from tradewind.model.service import BackfillRecord, BackfillRunRecord, Reprocess, Topic
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunType
from tradewind.scheduler.launch import check_run_type
from tradewind.scheduler.params import resolve_params
from tradewind.store.base import Store
from tradewind.timetables import Timetable
from tradewind.timetables.backfill import Planned, check, dates_between, plan

MOST_RUNS = 100_000
DEFAULT_ACTIVE_RUNS = 10


class BackfillError(TradewindError):
    """This backfill cannot be."""


class WantedBackfill(Struct, frozen=True):
    dag_id: str
    from_date: datetime
    to_date: datetime
    """Included."""
    is_reverse: bool = False
    reprocess: Reprocess = "none"
    max_active_runs: int = DEFAULT_ACTIVE_RUNS
    conf: dict[str, Any] = {}
    on_latest_version: bool = False


def planned_runs(
    store: Store, spec: DagSpec, wanted: WantedBackfill, now: datetime, *, timetable: Timetable | None = None
) -> list[Planned]:
    """What becomes of each date in the range, in the order of the runs. `timetable`: the author's own, which is code.

    Raises BackfillError, ParamError for a conf that does not fit the DAG's params, TimetableError."""
    if why_not := check(spec, wanted.from_date, wanted.to_date, is_reverse=wanted.is_reverse):
        raise BackfillError(f"this backfill of DAG {spec.dag_id!r} cannot be: {why_not}")
    check_run_type(spec, RunType.BACKFILL)
    resolve_params(spec, {p.name: wanted.conf[p.name] for p in spec.params if p.name in wanted.conf})
    dates = dates_between(spec, wanted.from_date, wanted.to_date, now, at_most=MOST_RUNS + 1, timetable=timetable)
    if len(dates) > MOST_RUNS:
        raise BackfillError(f"more than {MOST_RUNS:,} runs", hint="fill the range in parts")
    existing = _existing(store, spec.dag_id, [due.logical_date for due in dates])
    return plan(dates, existing, now=now, reprocess=wanted.reprocess, is_reverse=wanted.is_reverse)


def count_of(planned: Sequence[Planned]) -> int:
    """How many runs there will be."""
    return sum(not one.record.why_not for one in planned)


def start_backfill(store: Store, wanted: WantedBackfill, planned: Sequence[Planned], *, who: str, now: datetime) -> int:
    """Write it down and ring for it; returns its id.

    Raises BackfillError where nothing is to be run, TradewindError where one of the DAG is going on."""
    if not count_of(planned):
        raise BackfillError(f"there is nothing to run: {_why_nothing(planned)}", hint="see it with a dry run")
    record = BackfillRecord(
        backfill_id=0,
        dag_id=wanted.dag_id,
        from_date=wanted.from_date,
        to_date=wanted.to_date,
        is_reverse=wanted.is_reverse,
        reprocess=wanted.reprocess,
        max_active_runs=wanted.max_active_runs,
        conf=wanted.conf,
        is_paused=False,
        created_at=now,
        created_by=who,
        on_latest_version=wanted.on_latest_version,
    )
    backfill_id = store.create_backfill(record, [_stored(one) for one in planned])
    store.ring(Topic.RUNS)
    return backfill_id


def newest_spec(store: Store, dag_id: str) -> DagSpec:
    """Raises NotFoundError."""
    spec = store.spec(dag_id)
    if spec is None:
        raise NotFoundError(f"there is no DAG {dag_id!r}", hint="see `tradewind dags list`")
    return spec


def _existing(store: Store, dag_id: str, dates: Sequence[datetime]) -> Mapping[datetime, RunRecord]:
    found = store.runs_asked_for(GetRuns(dag_id, logical_dates=tuple(dates))) if dates else []
    return {cast("datetime", run.logical_date): run for run in found}


def _stored(planned: Planned) -> BackfillRunRecord:
    """A run that is run again gets its place when its turn comes."""
    record = planned.record
    return record if record.why_not else replace(record, run_id=None)


def _why_nothing(planned: Sequence[Planned]) -> str:
    if not planned:
        return "the schedule has no date in this range"
    return "; ".join(dict.fromkeys(one.record.why_not for one in planned[:3]))
