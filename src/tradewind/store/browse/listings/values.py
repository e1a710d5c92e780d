"""What tasks hand on and measure: XComs (what they are, not what they hold) and metrics."""

from __future__ import annotations

from datetime import datetime

import msgspec
from msgspec import Struct
from sqlalchemy import func

from tradewind.model.values import Value
from tradewind.store.browse.listing import Field, Joined, Kind, Listing, fields_of
from tradewind.store.schema.core import metric, run, try_, xcom
from tradewind.store.sql.values import decode_value


class XComRow(Struct, frozen=True):
    number: int
    """Later values have higher ones."""
    dag_id: str
    run_id: str
    run_number: int
    logical_date: datetime | None
    run_after: datetime
    dag_hash: str
    task_id: str
    map_path: str
    key: str
    try_id: str
    written_at: datetime | None
    """When its try ended, or began where it goes on."""
    length: int | None
    value: Value
    """Without its bytes."""


def _about(raw: bytes) -> Value:
    return msgspec.structs.replace(decode_value(raw), inline=None)


XCOMS = Listing(
    name="XComs",
    row=XComRow,
    base=xcom,
    joins=(
        Joined(run, run.c.id == xcom.c.run),
        Joined(try_, try_.c.try_id == xcom.c.try_id, may_lack=True, is_costly=True),
    ),
    fields=(
        *fields_of(
            xcom.c.task_id,
            xcom.c.map_path,
            xcom.c.key,
            xcom.c.try_id,
            xcom.c.length,
            run.c.dag_id,
            run.c.run_id,
            run.c.logical_date,
            run.c.run_after,
            run.c.dag_hash,
            number=xcom.c.id,
            run_number=xcom.c.run,
        ),
        Field("map_length", func.length(xcom.c.map_path), Kind.WHOLE),
        Field("written_at", func.coalesce(try_.c.ended_at, try_.c.started_at), Kind.INSTANT),
        Field("value", xcom.c.value, Kind.PLAIN, is_filter=False, is_sort=False, read=_about),
    ),
    key=("number",),
    order=("run_number", "task_id", "map_length", "map_path", "key"),
    dag_id=run.c.dag_id,
    run=xcom.c.run,
)


class MetricRow(Struct, frozen=True):
    number: int
    dag_id: str
    run_id: str
    run_number: int
    task_id: str
    map_path: str
    try_id: str
    name: str
    value: float | None
    """None: not a number."""
    step: int | None
    at: datetime


METRICS = Listing(
    name="metrics",
    row=MetricRow,
    base=metric,
    joins=(Joined(try_, try_.c.try_id == metric.c.try_id), Joined(run, run.c.id == try_.c.run)),
    fields=fields_of(
        run.c.dag_id,
        run.c.run_id,
        try_.c.task_id,
        try_.c.map_path,
        metric.c.try_id,
        metric.c.name,
        metric.c.value,
        metric.c.step,
        metric.c.at,
        number=metric.c.id,
        run_number=try_.c.run,
    ),
    key=("number",),
    order=("number",),
    dag_id=run.c.dag_id,
    run=try_.c.run,
)
