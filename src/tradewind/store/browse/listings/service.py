"""What the service keeps: backfills, deadlines, questions to people, waiting tasks, processes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from msgspec import Struct
from sqlalchemy import func

from tradewind.store.browse.listing import Field, Joined, Kind, Listing, fields_of, flag
from tradewind.store.schema.core import run, task_instance
from tradewind.store.schema.service import approval, backfill, deadline, deferral, job


class BackfillRow(Struct, frozen=True):
    number: int
    dag_id: str
    from_date: datetime
    to_date: datetime
    is_reverse: bool
    reprocess: str
    max_active_runs: int
    conf: dict[str, Any]
    is_paused: bool
    created_at: datetime
    created_by: str
    ended_at: datetime | None
    is_cancelled: bool
    on_latest_version: bool


BACKFILLS = Listing(
    name="backfills",
    row=BackfillRow,
    base=backfill,
    fields=fields_of(
        backfill.c.dag_id,
        backfill.c.from_date,
        backfill.c.to_date,
        backfill.c.is_reverse,
        backfill.c.reprocess,
        backfill.c.max_active_runs,
        backfill.c.conf,
        backfill.c.is_paused,
        backfill.c.created_at,
        backfill.c.created_by,
        backfill.c.ended_at,
        backfill.c.is_cancelled,
        backfill.c.on_latest_version,
        number=backfill.c.id,
    ),
    key=("number",),
    order=("number",),
    dag_id=backfill.c.dag_id,
)


class DeadlineRow(Struct, frozen=True):
    number: int
    dag_id: str
    run_id: str
    run_number: int
    run_state: str
    name: str
    due_at: datetime
    callback: dict[str, Any]
    warned_at: datetime | None
    missed_at: datetime | None


DEADLINES = Listing(
    name="deadlines",
    row=DeadlineRow,
    base=deadline,
    joins=(Joined(run, run.c.id == deadline.c.run),),
    fields=fields_of(
        deadline.c.name,
        deadline.c.due_at,
        deadline.c.callback,
        deadline.c.warned_at,
        deadline.c.missed_at,
        run.c.dag_id,
        run.c.run_id,
        number=deadline.c.id,
        run_number=deadline.c.run,
        run_state=run.c.state,
    ),
    key=("number",),
    order=("due_at",),
    dag_id=run.c.dag_id,
    run=deadline.c.run,
)


class ApprovalRow(Struct, frozen=True):
    number: int
    dag_id: str
    run_id: str
    run_number: int
    logical_date: datetime | None
    task_id: str
    map_path: str
    task_state: str | None
    try_id: str
    subject: str
    body: str
    options: list[str]
    defaults: list[str] | None
    multiple: bool
    params: dict[str, Any]
    assigned_users: list[str]
    asked_at: datetime
    respond_by: datetime | None
    responded_at: datetime | None
    responded_by: str | None
    chosen: list[str] | None
    params_input: dict[str, Any] | None


_INSTANCE_ASKED = (
    (task_instance.c.run == approval.c.run)
    & (task_instance.c.task_id == approval.c.task_id)
    & (task_instance.c.map_path == approval.c.map_path)
)

APPROVALS = Listing(
    name="approvals",
    row=ApprovalRow,
    base=approval,
    joins=(Joined(run, run.c.id == approval.c.run), Joined(task_instance, _INSTANCE_ASKED, may_lack=True)),
    fields=(
        *fields_of(
            approval.c.task_id,
            approval.c.map_path,
            approval.c.try_id,
            approval.c.subject,
            approval.c.body,
            approval.c.options,
            approval.c.defaults,
            approval.c.multiple,
            approval.c.params,
            approval.c.assigned_users,
            approval.c.asked_at,
            approval.c.respond_by,
            approval.c.responded_at,
            approval.c.responded_by,
            approval.c.chosen,
            approval.c.params_input,
            run.c.dag_id,
            run.c.run_id,
            run.c.logical_date,
            number=approval.c.id,
            run_number=approval.c.run,
        ),
        Field("task_state", task_instance.c.state),
    ),
    key=("number",),
    order=("asked_at",),
    dag_id=run.c.dag_id,
    run=approval.c.run,
)


class DeferralRow(Struct, frozen=True):
    number: int
    dag_id: str
    run_id: str
    run_number: int
    task_id: str
    map_path: str
    try_id: str
    trigger_path: str
    method: str
    queue: str
    created_at: datetime
    timeout_at: datetime | None
    triggerer_id: str | None
    outcome: str | None
    error: str
    ended_at: datetime | None


DEFERRALS = Listing(
    name="deferrals",
    row=DeferralRow,
    base=deferral,
    joins=(Joined(run, run.c.id == deferral.c.run),),
    fields=fields_of(
        deferral.c.task_id,
        deferral.c.map_path,
        deferral.c.try_id,
        deferral.c.trigger_path,
        deferral.c.method,
        deferral.c.queue,
        deferral.c.created_at,
        deferral.c.timeout_at,
        deferral.c.triggerer_id,
        deferral.c.outcome,
        deferral.c.error,
        deferral.c.ended_at,
        run.c.dag_id,
        run.c.run_id,
        number=deferral.c.id,
        run_number=deferral.c.run,
    ),
    key=("number",),
    order=("number",),
    dag_id=run.c.dag_id,
    run=deferral.c.run,
)


class JobRow(Struct, frozen=True):
    job_id: str
    kind: str
    pid: int
    host: str
    started_at: datetime
    heartbeat_at: datetime
    lease_until: datetime
    version: str
    detail: dict[str, Any]
    ended_at: datetime | None


JOBS = Listing(
    name="jobs",
    row=JobRow,
    base=job,
    fields=(
        *fields_of(
            job.c.job_id,
            job.c.kind,
            job.c.pid,
            job.c.host,
            job.c.started_at,
            job.c.heartbeat_at,
            job.c.lease_until,
            job.c.version,
            job.c.detail,
            job.c.ended_at,
        ),
        Field("alive_until", func.coalesce(job.c.ended_at, job.c.lease_until), Kind.INSTANT),
        Field("is_open", flag(job.c.ended_at.is_(None)), Kind.FLAG),
    ),
    key=("job_id",),
    order=("-started_at",),
)
