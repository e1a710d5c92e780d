"""One task instance: its tries with how their time was spent and why they failed, and its history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from msgspec.structs import replace

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.advice import advice, location_of, signal_name
from tradewind.api.ours.bodies.runs import CrashCard, HistoryLine, Holder, Stage, TaskPage, TaskRow, TryInfo, WhyAnswer
from tradewind.api.ours.log_file import LogFolder, tail_texts
from tradewind.api.ours.paths import TASK, InstanceQuery, key_of, map_path, run_of
from tradewind.api.ours.reasons import reason_of
from tradewind.api.ours.restoring import restored
from tradewind.api.ours.run_page import evidence_of
from tradewind.api.ours.task_rows import made_rows
from tradewind.api.problems import NotFound
from tradewind.engine.run import Instance, Run
from tradewind.model.records import RunRecord, TryRecord
from tradewind.model.spec import DagSpec, TaskSpec
from tradewind.model.states import TryPurpose, TryState
from tradewind.scheduler import explaining
from tradewind.scheduler.explaining import stages, upstream_end
from tradewind.store.facets.counts import LiveSlot

LAST_LINES = 30
_FAILED = frozenset({TryState.FAILED, TryState.LOST, TryState.CANCELLED})
_GOES_ON = frozenset({TryState.DEFERRED, TryState.RESCHEDULED})
_NAMES = {"retry delay and slot": "retry", "starting": "queued"}
"""Of `explaining.Stage`, in the words of this API."""


def page(call: Call[InstanceQuery, None]) -> TaskPage:
    """A task instance with its tries"""
    key, path = key_of(call), map_path(call.query.map)
    record = run_of(call)
    spec = call.store.spec(record.dag_id, record.dag_hash)
    task = _task(spec, call.path["task_id"])
    found, _ = call.store.instances(key, task_id=task.task_id, path=path, limit=1)
    row = made_rows(call, found)[0] if found else TaskRow(task_id=task.task_id, map_path=path, state="none")
    tries = call.store.tries(key, task.task_id, path)
    run = restored(call, record)
    instances = run.below(run.plan.by_id[task.task_id], path)
    own = next((one for one in instances if one.path == path), None)
    told = _stages(call, run, own, record, tries)
    may_read_log = call.may(Resource.LOG, Action.READ, dag_id=record.dag_id)
    logs = LogFolder(call.server.settings.log_folder) if may_read_log else None
    length = len(run.below(run.plan.by_id[task.task_id], ())) if run.plan.by_id[task.task_id].levels else None
    return TaskPage(
        row=row,
        operator=task.operator,
        trigger_rule=str(task.trigger_rule),
        pool=task.pool,
        retries=task.retry.retries,
        doc=task.doc,
        rendered=next((one.rendered for one in reversed(tries) if one.rendered is not None), None) or {},
        tries=[_try(call, one, task, told, logs) for one in whole_tries(tries)],
        history=[
            HistoryLine(one.at, one.who, one.old or "", one.new or "", one.why)
            for one in call.store.history(key, task.task_id)
            if one.map_path in (path, None) and one.entity in ("task", "note")
        ],
        map_length=length,
        upstream=list(task.upstream),
        downstream=[one.task_id for one in run.spec.tasks if task.task_id in one.upstream],
        extra_links={},
        may_edit=call.may(Resource.TASK, Action.EDIT, dag_id=record.dag_id),
    )


def why(call: Call[InstanceQuery, None]) -> WhyAnswer:
    """What a task instance waits for, since when, and who has it; or where its time went"""
    record, key, path = run_of(call), key_of(call), map_path(call.query.map)
    run = restored(call, record)
    task = _task(run.spec, call.path["task_id"])
    found = run.below(run.plan.by_id[task.task_id], path)
    if not found:
        raise NotFound(f"task {task.task_id!r} has no instance {call.query.map!r} in this run")
    instance = found[0]
    reason = reason_of(call, record, run, instance)
    told = _stages(call, run, instance, record, call.store.tries(key, task.task_id, path))
    visible = call.visible(Resource.TASK)
    return WhyAnswer(
        kind=reason.kind,
        text=reason.text or str(instance.state),
        since=reason.since,
        holders=[_holder(one) for one in reason.holders if visible is None or one.run.dag_id in visible],
        stages=_spent(told, call.now),
    )


def _holder(one: LiveSlot) -> Holder:
    return Holder(one.run.dag_id, one.run.run_id, one.task_id, one.map_path, one.pool_slots, one.since)


def _task(spec: DagSpec | None, task_id: str) -> TaskSpec:
    """Raises NotFound."""
    found = next((task for task in spec.tasks if task.task_id == task_id), None) if spec is not None else None
    if found is None:
        raise NotFound(f"this run has no task {task_id!r}")
    return found


def _stages(
    call: Call[Any, Any], run: Run, instance: Instance | None, record: RunRecord, tries: Sequence[TryRecord]
) -> list[explaining.Stage]:
    if instance is None:
        return stages(tries, None, record.started_at)
    rows = {(row.task_id, row.map_path): row for row in call.store.tasks(key_of(call))}
    row = rows.get((instance.plan.task_id, instance.path))
    return stages(tries, upstream_end(run, instance, rows), record.started_at, row)


def _spent(told: Sequence[explaining.Stage], now: datetime) -> list[Stage]:
    """Parts that follow each other under one name are one."""
    found: list[Stage] = []
    for one in told:
        name = _NAMES.get(one.name, one.name)
        seconds = max(0.0, ((one.end or now) - one.begin).total_seconds())
        if found and found[-1].name == name:
            found[-1] = Stage(name, found[-1].seconds + seconds)
        else:
            found.append(Stage(name, seconds))
    return found


# ------------------------------------------------------------------------------------------ tries


def whole_tries(tries: Sequence[TryRecord]) -> list[TryRecord]:
    """What was deferred, or rescheduled, and went on is one try, as people count: from its first start to its end."""
    found: list[TryRecord] = []
    for one in tries:
        last = found[-1] if found else None
        if last is not None and last.number == one.number and last.state in _GOES_ON:
            started = last.started_at or one.started_at
            memory = max(last.max_rss_bytes or 0, one.max_rss_bytes or 0) or None
            found[-1] = replace(one, queued_at=last.queued_at, started_at=started, max_rss_bytes=memory)
        else:
            found.append(one)
    return found


def _try(
    call: Call[Any, Any], one: TryRecord, task: TaskSpec, told: Sequence[explaining.Stage], logs: LogFolder | None
) -> TryInfo:
    own = [stage for stage in told if stage.number == one.number]
    return TryInfo(
        number=one.number,
        try_id=one.try_id,
        state=str(one.state),
        why=one.why,
        executor=one.executor,
        pool=one.pool,
        pool_slots=one.pool_slots,
        host=one.host or "",
        pid=one.pid,
        queued_at=one.queued_at,
        started_at=one.started_at,
        ended_at=one.ended_at,
        max_rss_bytes=one.max_rss_bytes,
        stages=_spent(own, call.now) if one.purpose is TryPurpose.EXECUTE else [],
        crash=_crash(one, task, logs) if one.state in _FAILED else None,
        has_log=LogFolder(call.server.settings.log_folder).has(one.log_path),
    )


def _crash(one: TryRecord, task: TaskSpec, logs: LogFolder | None) -> CrashCard:
    evidence = evidence_of(one, asked_bytes=task.resources.memory_bytes, timeout_seconds=task.execution_timeout_seconds)
    return CrashCard(
        error_type=one.error_type or "",
        error=one.error or one.why,
        traceback=one.traceback or "",
        location=location_of(one.traceback or ""),
        signal=one.signal,
        signal_name=signal_name(one.signal),
        exit_code=one.exit_code,
        max_rss_bytes=one.max_rss_bytes,
        last_lines=tail_texts(logs, one.log_path, LAST_LINES) if logs is not None else [],
        advice=advice(evidence),
    )


OPERATIONS = (
    Operation(
        method="GET",
        path=TASK,
        name="tradewind_task",
        tag="Tasks",
        needs=Need(Resource.TASK),
        do=page,
        query=InstanceQuery,
        answer=TaskPage,
    ),
    Operation(
        method="GET",
        path=f"{TASK}/why",
        name="tradewind_why",
        tag="Tasks",
        needs=Need(Resource.TASK),
        do=why,
        query=InstanceQuery,
        answer=WhyAnswer,
    ),
)
