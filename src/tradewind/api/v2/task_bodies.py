"""Task instances and their tries as they are shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from msgspec import Struct
from sqlalchemy import select

from tradewind.api.access.rights import Action, Resource
from tradewind.api.call import Call
from tradewind.api.v2.jobs import JobResponse, shown_job
from tradewind.api.v2.run_bodies import seconds
from tradewind.api.v2.versions import DagVersionResponse, Known
from tradewind.model.ids import map_index, path_from_text
from tradewind.model.spec import TaskSpec
from tradewind.store.base import DEFAULT_POOL
from tradewind.store.browse import Filter, Op
from tradewind.store.browse.listings import DEFERRALS, JOBS, DeferralRow, TaskInstanceRow, TryRow
from tradewind.store.schema.core import task_note

TRY_STATES = {"lost": "failed", "cancelled": "failed", "rescheduled": "up_for_reschedule"}
"""Ours → Airflow's."""
WAITS_WITHIN_A_TRY = ("deferred", "up_for_reschedule")
"""States of a try that has begun and is not over, though no process has it: it counts, as in Airflow."""
_NO_TASK = TaskSpec("", "")


class TriggerResponse(Struct, frozen=True):
    id: int
    classpath: str
    kwargs: str
    created_date: datetime
    queue: str | None
    triggerer_id: int | None


class TaskInstanceHistoryResponse(Struct, frozen=True, kw_only=True):
    task_id: str
    dag_id: str
    dag_run_id: str
    map_index: int
    start_date: datetime | None
    end_date: datetime | None
    duration: float | None
    state: str | None
    try_number: int
    max_tries: int
    task_display_name: str
    dag_display_name: str
    hostname: str | None
    unixname: str | None = None
    pool: str
    pool_slots: int
    queue: str | None
    priority_weight: int | None
    operator: str | None
    operator_name: str | None
    queued_when: datetime | None
    scheduled_when: datetime | None
    pid: int | None
    executor: str | None
    executor_config: str = "{}"
    dag_version: DagVersionResponse | None


class TaskInstanceHistoryCollection(Struct, frozen=True):
    task_instances: tuple[TaskInstanceHistoryResponse, ...]
    total_entries: int


class TaskInstanceResponse(TaskInstanceHistoryResponse, frozen=True, kw_only=True):
    id: UUID
    logical_date: datetime | None
    run_after: datetime
    note: str | None
    rendered_map_index: str | None
    rendered_fields: dict[str, Any] = {}
    trigger: TriggerResponse | None
    triggerer_job: JobResponse | None


class TaskInstanceCollection(Struct, frozen=True):
    task_instances: tuple[TaskInstanceResponse, ...]
    total_entries: int | None
    total_entries_limit: int | None = None
    next_cursor: str | None = None
    previous_cursor: str | None = None


def shown_instances(call: Call[Any, Any], rows: Sequence[TaskInstanceRow]) -> tuple[TaskInstanceResponse, ...]:
    known = call.server.versions.of_many(call.store, ((row.dag_id, row.dag_hash) for row in rows))
    waits, notes = _waits(call, rows), _notes(call, rows)
    return tuple(
        _shown(
            row,
            known[row.dag_id, row.dag_hash],
            *waits.get(row.try_id, (None, None)),
            notes.get((row.run_number, row.task_id, row.map_path)),
        )
        for row in rows
    )


def _shown(
    row: TaskInstanceRow, known: Known, trigger: TriggerResponse | None, job: JobResponse | None, note: str | None
) -> TaskInstanceResponse:
    path = path_from_text(row.map_path)
    return TaskInstanceResponse(
        **_of_task(row, known),
        id=instance_id(row.dag_id, row.run_id, row.task_id, row.map_path),
        map_index=map_index(path),
        state=None if row.state == "none" else row.state,
        try_number=row.try_number + (row.state in WAITS_WITHIN_A_TRY),
        executor=row.executor,
        logical_date=row.logical_date,
        run_after=row.run_after,
        note=note,
        rendered_map_index=row.label if row.label is not None else str(path[-1]) if path else None,
        rendered_fields=row.rendered or {},
        trigger=trigger,
        triggerer_job=job,
    )


def shown_try(row: TryRow, known: Known) -> TaskInstanceHistoryResponse:
    return TaskInstanceHistoryResponse(
        **_of_task(row, known),
        map_index=map_index(path_from_text(row.map_path)),
        state=TRY_STATES.get(row.state, row.state),
        try_number=row.number,
        executor=row.executor,
    )


def _of_task(row: TaskInstanceRow | TryRow, known: Known) -> dict[str, Any]:
    """What both have in common."""
    task = known.tasks.get(row.task_id, _NO_TASK)
    return {
        "task_id": row.task_id,
        "dag_id": row.dag_id,
        "dag_run_id": row.run_id,
        "start_date": row.started_at,
        "end_date": row.ended_at,
        "duration": seconds(row.duration),
        "max_tries": task.retry.retries,
        "task_display_name": task.label or row.task_id,
        "dag_display_name": known.label,
        "hostname": row.host,
        "pool": row.pool or task.pool or DEFAULT_POOL,
        "pool_slots": row.pool_slots or task.pool_slots,
        "queue": task.queue,
        "priority_weight": task.priority_weight,
        "operator": task.operator or None,
        "operator_name": task.operator or None,
        "queued_when": row.queued_at,
        "scheduled_when": row.queued_at,
        "pid": row.pid,
        "dag_version": known.response if known.response.version_number else None,
    }


def instance_id(dag_id: str, run_id: str, task_id: str, map_path: str) -> UUID:
    """Always the same for the same task instance."""
    return uuid5(NAMESPACE_URL, "\0".join(("tradewind:instance", dag_id, run_id, task_id, map_path)))


def _notes(call: Call[Any, Any], rows: Sequence[TaskInstanceRow]) -> dict[tuple[int, str, str], str]:
    """What people have written on them."""
    runs = {row.run_number for row in rows}
    noted = task_note.c
    wanted = select(noted.run, noted.task_id, noted.map_path, noted.note).where(noted.run.in_(runs))
    return {(run, task, path): note for run, task, path, note in call.browser.read(wanted)} if runs else {}


# ------------------------------------------------------------------------------------------ what is waited for


def _waits(
    call: Call[Any, Any], rows: Sequence[TaskInstanceRow]
) -> dict[str | None, tuple[TriggerResponse | None, JobResponse | None]]:
    """Try id → its trigger, and the triggerer that holds it, where the caller may see processes."""
    deferred = {row.run_number for row in rows if row.state == "deferred"}
    if not deferred:
        return {}
    asked = (Filter("run_number", Op.IN, tuple(deferred)), Filter("outcome", Op.IS_NULL))
    found = call.browser.all(DEFERRALS, asked, None)
    jobs: dict[str | None, JobResponse] = {}
    holders = {row.triggerer_id for row in found if row.triggerer_id is not None}
    if holders and call.may(Resource.JOB, Action.READ):
        some = call.browser.all(JOBS, [Filter("job_id", Op.IN, tuple(holders))], None)
        jobs = {job.job_id: shown_job(job, call.now) for job in some}
    return {row.try_id: (_trigger(row, jobs.get(row.triggerer_id)), jobs.get(row.triggerer_id)) for row in found}


def _trigger(row: DeferralRow, job: JobResponse | None) -> TriggerResponse:
    """Its arguments stay where they are: they may hold what was read from a connection."""
    return TriggerResponse(
        row.number, row.trigger_path, "{}", row.created_at, row.queue or None, job.id if job else None
    )
