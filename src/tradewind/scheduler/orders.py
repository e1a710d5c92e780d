"""From a task instance that may start to the order for an executor, with the values it is known to read."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from tradewind.engine.commands import StartTry
from tradewind.executors.base import TryOrder
from tradewind.model.changes import TryCreated
from tradewind.model.ids import MapPath, TaskKey, TryId
from tradewind.model.messages import Input, RunTry
from tradewind.model.spec import TaskSpec
from tradewind.model.states import TryPurpose
from tradewind.model.values import XCom
from tradewind.scheduler import trace_ids
from tradewind.scheduler.active import ActiveRun
from tradewind.scheduler.translate import LiveTry

MOST_INPUTS_SENT = 64
"""A reduce over more instances than this asks for its values page by page."""
MOST_INPUT_BYTES_SENT = 1 << 20


class RunnerLimits(Struct, frozen=True):
    """What every message tells its runner, from the settings."""

    log_folder: str
    artifact_url: str
    inline_value_bytes: int
    max_map_length: int
    callback_timeout_seconds: float = 60.0
    has_traces: bool = False
    """Tasks are told of their span."""
    log_format: Literal["text", "json"] = "text"
    cache_check_share: float = 0.0
    environment: dict[str, str] = {}
    """Variables that tell tasks of the settings they may need."""


class Picked(Struct, frozen=True):
    """One try that may start: what to commit, then what to submit."""

    live: LiveTry
    created: TryCreated
    order: TryOrder


def order_for(active: ActiveRun, start: StartTry, try_id: TryId, log_path: str, limits: RunnerLimits) -> TryOrder:
    """The order for one try. `log_path` is relative to the log folder."""
    task = active.tasks[start.task_id]
    instance = active.run.instance(start.task_id, start.map_path)
    before = instance.tries_before_clear if instance is not None else 0
    message = RunTry(
        try_id=try_id,
        task=TaskKey(active.key.dag_id, active.key.run_id, start.task_id, start.map_path),
        try_number=start.number,
        max_tries=before + 1 + task.retry.retries,
        purpose=start.purpose,
        run=active.facts,
        log_path=f"{limits.log_folder}/{log_path}",
        artifact_url=limits.artifact_url,
        inline_value_bytes=limits.inline_value_bytes,
        max_map_length=limits.max_map_length,
        callback_timeout_seconds=limits.callback_timeout_seconds,
        inputs=_inputs(active, task, start.map_path),
        expansion_lengths=active.run.expansion_lengths(start.task_id, start.map_path),
        pool=task.pool,
        first_started_at=active.first_started_at.get((start.task_id, start.map_path)),
        reschedules=active.reschedules.get((start.task_id, start.map_path), 0),
        resume=active.waiting.resume(start.task_id, start.map_path) if start.purpose is TryPurpose.EXECUTE else None,
        environment=_environment(active, try_id, limits),
        log_format=limits.log_format,
        cache_check_share=limits.cache_check_share,
    )
    return TryOrder(
        code=active.code,
        message=message,
        resources=task.resources,
        reuse=task.reuse,
        queue=task.queue,
        is_last=active.run.unfinished <= 1,
        time_limit_seconds=task.execution_timeout_seconds,
    )


def _environment(active: ActiveRun, try_id: TryId, limits: RunnerLimits) -> dict[str, str]:
    if not limits.has_traces:
        return limits.environment
    return {**limits.environment, trace_ids.VARIABLE: trace_ids.traceparent(active.key, try_id)}


def _inputs(active: ActiveRun, task: TaskSpec, path: MapPath) -> tuple[Input, ...]:
    found: list[Input] = []
    room_bytes = MOST_INPUT_BYTES_SENT
    plan = active.run.plan
    for wanted in task.inputs:
        source = plan.by_id.get(wanted.task_id)
        if source is None:
            continue
        depth = plan.common_depth(plan.by_id[task.task_id].groups, source.groups)
        known = active.values.below((wanted.task_id, wanted.key), path[:depth])
        sent = _fitting(known, room_bytes)
        room_bytes -= sum(len(xcom.value.inline or b"") for xcom in sent)
        found.append(Input(wanted.task_id, wanted.key, sent, len(known), is_dense=not sent and _is_dense(known, depth)))
    return tuple(found)


def _is_dense(known: dict[MapPath, XCom], depth: int) -> bool:
    """Are the map indexes just below `depth` 0, 1, … without a gap? Then an instance that needs one value asks for that
    one, where it would have to count through all of them."""
    return bool(known) and all(len(path) == depth + 1 for path in known) and max(known)[depth] + 1 == len(known)


def _fitting(known: dict[MapPath, XCom], room_bytes: int) -> tuple[XCom, ...]:
    """All of them in the order of their paths, or none where they are too many or too large."""
    if len(known) > MOST_INPUTS_SENT:
        return ()
    xcoms = tuple(known[path] for path in sorted(known))
    return xcoms if sum(len(xcom.value.inline or b"") for xcom in xcoms) <= room_bytes else ()
