"""Task instances of a run as rows, with how far they are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.runs import ProgressInfo, TaskRow, TaskRows
from tradewind.api.ours.paths import RUN, bounded, key_of, map_path, offset_of
from tradewind.model.records import ProgressRecord
from tradewind.store.facets.views import InstanceRow

MOST_ROWS = 1000


class RowsQuery(Struct, frozen=True):
    state: tuple[str, ...] = ()
    task_id: str = ""
    map: str = ""
    """Only this instance: indexes with dots between them."""
    after: str = ""
    limit: int = 200


def rows(call: Call[RowsQuery, None]) -> TaskRows:
    """Task instances of a run, by task and index"""
    query = call.query
    start, limit = offset_of(query.after), bounded(query.limit, MOST_ROWS)
    found, total = call.store.instances(
        key_of(call),
        task_id=query.task_id or None,
        path=map_path(query.map) if query.map else None,
        states=query.state,
        limit=limit,
        offset=start,
    )
    return TaskRows(made_rows(call, found), total, str(start + limit) if start + limit < total else None)


def made_rows(call: Call[Any, Any], found: list[InstanceRow]) -> list[TaskRow]:
    tries = [one.try_id for one in found if one.try_id is not None]
    progress = call.store.last_progress(tries)
    may_see_values = call.may(Resource.XCOM, Action.READ, dag_id=call.path["dag_id"])
    metrics = call.store.last_metrics(tries) if may_see_values else {}
    return [_row(one, progress, metrics) for one in found]


def _row(one: InstanceRow, progress: Mapping[str, ProgressRecord], metrics: Mapping[str, dict[str, float]]) -> TaskRow:
    told = progress.get(one.try_id or "")
    return TaskRow(
        task_id=one.task_id,
        map_path=one.map_path,
        state=one.state,
        label=one.label or "",
        try_number=one.try_number,
        tries=one.tries,
        queued_at=one.queued_at,
        started_at=one.started_at,
        ended_at=one.ended_at,
        due_at=one.due_at,
        why=one.why,
        progress=ProgressInfo(told.done, told.total, told.message, told.at) if told is not None else None,
        metrics=metrics.get(one.try_id or ""),
        log_hint=last_line(one.error or "") if one.state in ("failed", "up_for_retry") else "",
    )


def last_line(text: str) -> str:
    lines = text.strip().splitlines()
    return lines[-1][:300] if lines else ""


OPERATIONS = (
    Operation(
        method="GET",
        path=f"{RUN}/tasks",
        name="tradewind_tasks",
        tag="Runs",
        needs=Need(Resource.TASK),
        do=rows,
        query=RowsQuery,
        answer=TaskRows,
    ),
)
