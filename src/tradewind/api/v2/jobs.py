"""Processes of the service."""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

from msgspec import Struct

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.v2.paging import Ordered, page_of
from tradewind.api.v2.ranges import in_ranges
from tradewind.store.browse import Filter, Op
from tradewind.store.browse.listings import JOBS, JobRow

RUNNING, SUCCESS, FAILED = "running", "success", "failed"
ORDER = {
    "id": "job_id",
    "state": "ended_at",
    "job_type": "kind",
    "start_date": "started_at",
    "end_date": "ended_at",
    "latest_heartbeat": "heartbeat_at",
    "executor_class": "kind",
    "hostname": "host",
    "unixname": "host",
    "dag_id": "job_id",
}


class JobResponse(Struct, frozen=True):
    id: int
    dag_id: str | None
    state: str | None
    job_type: str | None
    start_date: datetime | None
    end_date: datetime | None
    latest_heartbeat: datetime | None
    executor_class: str | None
    hostname: str | None
    unixname: str | None
    dag_display_name: str | None = None


class JobCollection(Struct, frozen=True):
    jobs: tuple[JobResponse, ...]
    total_entries: int


class JobsQuery(Ordered, frozen=True, kw_only=True):
    is_alive: bool | None = None
    start_date_gte: datetime | None = None
    start_date_gt: datetime | None = None
    start_date_lte: datetime | None = None
    start_date_lt: datetime | None = None
    end_date_gte: datetime | None = None
    end_date_gt: datetime | None = None
    end_date_lte: datetime | None = None
    end_date_lt: datetime | None = None
    job_state: str | None = None
    job_type: str | None = None
    hostname: str | None = None
    executor_class: str | None = None


def get_jobs(call: Call[JobsQuery, Any]) -> JobCollection:
    """Processes of the service and runs from the command line, with their last sign of life."""
    query = call.query
    filters: list[Filter | None] = [*in_ranges(query, {"start_date": "started_at", "end_date": "ended_at"})]
    if query.job_type is not None:
        filters.append(Filter("kind", Op.EQ, query.job_type))
    if query.hostname is not None:
        filters.append(Filter("host", Op.EQ, query.hostname))
    if query.executor_class is not None:
        jobs = call.browser.all(JOBS, (), None)
        named = (row.job_id for row in jobs if row.detail.get("executor") == query.executor_class)
        filters.append(Filter("job_id", Op.IN, tuple(named)))
    page = page_of(call, JOBS, [*filters, *_alive(call), *_in_state(call)], ORDER)
    return JobCollection(tuple(shown_job(row, call.now) for row in page.rows), page.total or 0)


def _alive(call: Call[JobsQuery, Any]) -> list[Filter]:
    match call.query.is_alive:
        case None:
            return []
        case True:
            return [Filter("alive_until", Op.GT, call.now)]
        case False:
            return [Filter("alive_until", Op.LE, call.now)]


def _in_state(call: Call[JobsQuery, Any]) -> list[Filter]:
    match call.query.job_state:
        case None:
            return []
        case "running":
            return [Filter("alive_until", Op.GT, call.now)]
        case "success":
            return [Filter("is_open", Op.EQ, False)]
        case "failed":
            return [Filter("is_open", Op.EQ, True), Filter("lease_until", Op.LE, call.now)]
        case _:
            return [Filter("job_id", Op.IN, ())]


def shown_job(row: JobRow, now: datetime) -> JobResponse:
    """One that has stopped without a word has failed."""
    state = SUCCESS if row.ended_at is not None else RUNNING if row.lease_until > now else FAILED
    executor = row.detail.get("executor")
    return JobResponse(
        id=number_of(row.job_id),
        dag_id=None,
        state=state,
        job_type=row.kind,
        start_date=row.started_at,
        end_date=row.ended_at,
        latest_heartbeat=row.heartbeat_at,
        executor_class=executor if isinstance(executor, str) else None,
        hostname=row.host,
        unixname=None,
    )


def number_of(job_id: str) -> int:
    """Airflow's jobs have numbers: always the same for the same job, and small enough for any client."""
    return int.from_bytes(hashlib.blake2b(job_id.encode(), digest_size=6).digest(), "big")


OPERATIONS = (
    Operation(
        method="GET",
        path="/api/v2/jobs",
        name="get_jobs",
        tag="Job",
        needs=Need(Resource.JOB),
        do=get_jobs,
        query=JobsQuery,
        answer=JobCollection,
        errors=(400,),
    ),
)
