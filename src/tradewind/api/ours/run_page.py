"""One run: its head with the first failure in front, its timeline, its values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.advice import Evidence, advice, location_of
from tradewind.api.ours.bodies.runs import Bar, Failure, RunPage, Timeline
from tradewind.api.ours.expected import expected_instances
from tradewind.api.ours.graph import path_of_run
from tradewind.api.ours.masking import masked
from tradewind.api.ours.nodes import grid_nodes, mapped_tasks
from tradewind.api.ours.paths import RUN, key_of, run_of
from tradewind.engine.prediction import Work, remaining_seconds, usual_seconds
from tradewind.executors.local import machine
from tradewind.model.ids import RunKey
from tradewind.model.records import RunRecord, TryRecord
from tradewind.model.service import JobKind
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState
from tradewind.scheduler.explaining import why_run
from tradewind.scheduler.world import why_run_is_queued

MOST_BARS = 20_000
_NOT_GOING_ON = frozenset({"none", "success", "failed", "skipped", "upstream_failed", "removed"})


def page(call: Call[Any, None]) -> RunPage:
    """A run, with its first failure"""
    record, key = run_of(call), key_of(call)
    spec = call.store.spec(record.dag_id, record.dag_hash)
    mapped, counts = _instances(call, record, key, spec)
    versions = {one.hash: one for one in call.store.dag_versions(record.dag_id)}
    version = versions.get(record.dag_hash)
    known = call.store.dag(record.dag_id)
    before, after = call.store.neighbours(key)
    may_see_tasks = call.may(Resource.TASK, Action.READ, dag_id=record.dag_id)
    return RunPage(
        dag_id=record.dag_id,
        run_id=record.run_id,
        state=str(record.state),
        run_type=str(record.run_type),
        logical_date=record.logical_date,
        data_interval_start=record.data_interval_start,
        data_interval_end=record.data_interval_end,
        run_after=record.run_after,
        queued_at=record.queued_at,
        started_at=record.started_at,
        ended_at=record.ended_at,
        conf=masked(record.conf),
        params=masked(record.params),
        note=record.note,
        triggered_by=record.triggered_by,
        version_number=version.number if version is not None else 0,
        version_is_newest=known is not None and known.hash == record.dag_hash,
        bundle_version=version.bundle_version if version is not None else "",
        why=_why(call, record, spec, counts),
        nodes=grid_nodes(spec) if spec is not None else [],
        counts=counts,
        mapped=mapped,
        instance_total=sum(counts.values()),
        first_failure=first_failure(call, key) if may_see_tasks and counts.get("failed") else None,
        backfill_id=record.backfill_id,
        may_edit=call.may(Resource.RUN, Action.EDIT, dag_id=record.dag_id),
        predicted_end=_predicted_end(call, record, spec) if record.state is RunState.RUNNING else None,
        previous_run_id=before,
        next_run_id=after,
    )


def timeline(call: Call[Any, None]) -> Timeline:
    """When each try was queued, ran and ended"""
    record, key = run_of(call), key_of(call)
    spec = call.store.spec(record.dag_id, record.dag_hash)
    bars = [
        Bar(one.task_id, one.map_path, one.number, one.state, one.queued_at, one.started_at, one.ended_at)
        for one in call.store.try_bars(key, limit=MOST_BARS)
    ]
    return Timeline(bars, path_of_run(call, key, spec) if spec is not None else [])


def first_failure(call: Call[Any, Any], key: RunKey) -> Failure | None:
    """Of the instance that failed first and stayed so: what everything else follows from."""
    found = call.store.first_failed(key)
    if found is None:
        return None
    hints = advice(evidence_of(found))
    return Failure(
        task_id=found.task_id,
        map_path=found.map_path,
        try_number=found.number,
        error_type=found.error_type or "",
        error=found.error or found.why,
        location=location_of(found.traceback or ""),
        signal=found.signal,
        exit_code=found.exit_code,
        advice=hints[0] if hints else "",
    )


def evidence_of(found: TryRecord, *, asked_bytes: int = 0, timeout_seconds: float | None = None) -> Evidence:
    return Evidence(
        state=str(found.state),
        error_type=found.error_type or "",
        error=found.error or "",
        why=found.why,
        signal=found.signal,
        exit_code=found.exit_code,
        max_rss_bytes=found.max_rss_bytes,
        machine_bytes=machine.memory_bytes(),
        asked_bytes=asked_bytes,
        timeout_seconds=timeout_seconds,
    )


def _instances(
    call: Call[Any, Any], record: RunRecord, key: RunKey, spec: DagSpec | None
) -> tuple[dict[str, int], dict[str, int]]:
    """Of mapped tasks; by state, with those that have no row yet while the run goes on."""
    counts = dict(call.store.instance_counts([key]).get(key, {}))
    if spec is None:
        return {}, counts
    expected = expected_instances(spec, call.store.expansion_lengths([key]).get(key, {}))
    missing = sum(expected.values()) - sum(counts.values())
    if missing > 0 and not record.state.is_finished:
        counts["none"] = counts.get("none", 0) + missing
    return {task_id: expected[task_id] for task_id in mapped_tasks(spec)}, counts


def _why(call: Call[Any, Any], record: RunRecord, spec: DagSpec | None, counts: Mapping[str, int]) -> str:
    if record.state is RunState.QUEUED and spec is not None:
        has_scheduler = bool(call.store.jobs(kind=JobKind.SCHEDULER, only_alive=True))
        return why_run_is_queued(call.store, record, spec, has_scheduler=has_scheduler, now=call.now).text
    if record.state.is_finished:
        return call.store.last_run_why(RunKey(record.dag_id, record.run_id)) or why_run(record, {}).text
    return why_run(
        record, Counter({state: number for state, number in counts.items() if state not in _NOT_GOING_ON})
    ).text


def _predicted_end(call: Call[Any, Any], record: RunRecord, spec: DagSpec | None) -> datetime | None:
    """By how long its tasks took in earlier runs. None where nothing is known of what is left."""
    if spec is None:
        return None
    rows = call.store.tasks(RunKey(record.dag_id, record.run_id))
    done: dict[str, bool] = {}
    begun: dict[str, datetime] = {}
    for row in rows:
        done[row.task_id] = done.get(row.task_id, True) and row.state.is_finished
        if row.started_at is not None:
            begun[row.task_id] = min(begun.get(row.task_id, row.started_at), row.started_at)
    works = [
        Work(
            task.task_id,
            task.upstream,
            done.get(task.task_id, False),
            (call.now - begun[task.task_id]).total_seconds() if task.task_id in begun else None,
        )
        for task in spec.tasks
    ]
    left = remaining_seconds(works, usual_seconds(call.store.task_durations(spec.dag_id)))
    return call.now + timedelta(seconds=left) if left is not None else None


OPERATIONS = (
    Operation(
        method="GET",
        path=RUN,
        name="tradewind_run",
        tag="Runs",
        needs=Need(Resource.RUN),
        do=page,
        answer=RunPage,
    ),
    Operation(
        method="GET",
        path=f"{RUN}/timeline",
        name="tradewind_timeline",
        tag="Runs",
        needs=Need(Resource.TASK),
        do=timeline,
        answer=Timeline,
    ),
)
