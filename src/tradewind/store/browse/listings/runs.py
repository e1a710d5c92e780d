"""Runs, with the version of their DAG."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import and_, func

from tradewind.store.browse.listing import Field, Joined, Kind, Listing, fields_of
from tradewind.store.schema.core import dag_version, run


class RunRow(Struct, frozen=True):
    number: int
    """Of all runs, in the order they were made."""
    dag_id: str
    run_id: str
    state: str
    run_type: str
    logical_date: datetime | None
    data_interval_start: datetime | None
    data_interval_end: datetime | None
    run_after: datetime
    queued_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    duration: int | None
    """Microseconds, of those that have ended."""
    dag_hash: str
    version: int | None
    bundle_version: str | None
    snapshot: str
    conf: dict[str, Any]
    params: dict[str, Any]
    note: str
    triggered_by: str
    owner_id: str | None
    """Job id of the scheduler that drives it."""
    backfill_id: int | None
    partition_key: str | None
    triggering_assets: Any


VERSION_OF_RUN = and_(dag_version.c.dag_id == run.c.dag_id, dag_version.c.hash == run.c.dag_hash)

RUNS = Listing(
    name="runs",
    row=RunRow,
    base=run,
    joins=(Joined(dag_version, VERSION_OF_RUN, may_lack=True),),
    fields=(
        *fields_of(
            run.c.dag_id,
            run.c.run_id,
            run.c.state,
            run.c.run_type,
            run.c.logical_date,
            run.c.data_interval_start,
            run.c.data_interval_end,
            run.c.run_after,
            run.c.queued_at,
            run.c.started_at,
            run.c.ended_at,
            run.c.dag_hash,
            run.c.snapshot,
            run.c.conf,
            run.c.params,
            run.c.note,
            run.c.triggered_by,
            run.c.owner_id,
            run.c.backfill_id,
            run.c.partition_key,
            run.c.triggering_assets,
            number=run.c.id,
        ),
        Field("duration", run.c.ended_at - run.c.started_at, Kind.WHOLE),
        Field("updated_at", func.coalesce(run.c.ended_at, run.c.started_at, run.c.queued_at), Kind.INSTANT),
        Field("version", dag_version.c.number, Kind.WHOLE),
        Field("bundle_version", dag_version.c.bundle_version),
    ),
    key=("number",),
    order=("number",),
    dag_id=run.c.dag_id,
    run=run.c.id,
)
