"""Airflow's event log: what people did (our audit)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.masking import masked
from tradewind.api.problems import NotFound
from tradewind.api.v2.numbers import number_in_path
from tradewind.api.v2.paging import LAST_OFFSET, MOST_ROWS, Ordered, cursors
from tradewind.api.v2.ranges import in_ranges, matching, order_of
from tradewind.store.browse import Filter, Op, Query
from tradewind.store.browse.listings import AUDIT, AuditRow

ROOT = "/api/v2/eventLogs"
ORDER: dict[str, tuple[str, ...]] = {
    "id": ("number",),
    "event_log_id": ("number",),
    "dttm": ("at",),
    "when": ("at",),
    "dag_id": ("dag_id",),
    "task_id": ("task_id",),
    "run_id": ("run_id",),
    "event": ("action",),
    "owner": ("who",),
    "logical_date": ("number",),
    "extra": ("number",),
}
PATTERNS = {"dag_id": "dag_id", "task_id": "task_id", "run_id": "run_id", "owner": "who", "event": "action"}


class EventLogsQuery(Ordered, frozen=True, kw_only=True):
    order_by: tuple[str, ...] = ("id",)
    cursor: str | None = None
    """Empty for the first page, then `next_cursor` of the answer; `offset` is left out then."""
    dag_id: str | None = None
    task_id: str | None = None
    run_id: str | None = None
    map_index: int | None = None
    try_number: int | None = None
    owner: str | None = None
    event: str | None = None
    excluded_events: tuple[str, ...] = ()
    included_events: tuple[str, ...] = ()
    before: datetime | None = None
    after: datetime | None = None
    dag_id_pattern: str | None = None
    dag_id_prefix_pattern: str | None = None
    task_id_pattern: str | None = None
    task_id_prefix_pattern: str | None = None
    run_id_pattern: str | None = None
    run_id_prefix_pattern: str | None = None
    owner_pattern: str | None = None
    owner_prefix_pattern: str | None = None
    event_pattern: str | None = None
    event_prefix_pattern: str | None = None

    @property
    def when_lt(self) -> datetime | None:
        return self.before

    @property
    def when_gt(self) -> datetime | None:
        return self.after


class EventLogResponse(Struct, frozen=True, kw_only=True):
    event_log_id: int
    when: datetime
    dag_id: str | None
    task_id: str | None
    run_id: str | None
    map_index: int | None
    try_number: int | None
    event: str
    logical_date: datetime | None = None
    owner: str | None
    extra: str | None
    dag_display_name: str | None
    task_display_name: str | None


class EventLogCollection(Struct, frozen=True):
    event_logs: tuple[EventLogResponse, ...]
    total_entries: int
    next_cursor: str | None = None
    previous_cursor: str | None = None


def get_event_logs(call: Call[EventLogsQuery, Any]) -> EventLogCollection:
    """What people did, in the order they did it."""
    query = call.query
    exact = {"dag_id": query.dag_id, "task_id": query.task_id, "run_id": query.run_id}
    exact |= {"who": query.owner, "action": query.event}
    filters = [
        *(Filter(name, Op.EQ, value) for name, value in exact.items() if value is not None),
        *([Filter("action", Op.IN, query.included_events)] if query.included_events else []),
        *([Filter("action", Op.NOT_IN, query.excluded_events)] if query.excluded_events else []),
        *in_ranges(query, {"when": "at"}),
        *matching(query, PATTERNS),
        *_numbered(query),
    ]
    offset = min(query.offset, LAST_OFFSET) if query.cursor is None else 0
    asked = Query(tuple(filters), order_of(query.order_by, ORDER), min(query.limit, MOST_ROWS), offset, query.cursor)
    page = call.browser.page(AUDIT, asked, None)
    return EventLogCollection(tuple(map(_shown, page.rows)), page.total or 0, *cursors(page, query.cursor))


def _numbered(query: EventLogsQuery) -> list[Filter]:
    """What is done here is never about a single map index or try: whoever asks for some finds none."""
    return [] if query.map_index is None and query.try_number is None else [Filter("number", Op.IN, ())]


def get_event_log(call: Call[Any, Any]) -> EventLogResponse:
    """One thing that somebody did."""
    number = number_in_path(call, "event_log_id")
    found = call.browser.first(AUDIT, Filter("number", Op.EQ, number), visible=None)
    if found is None:
        raise NotFound(f"there is no event log {number}")
    return _shown(found)


def _shown(row: AuditRow) -> EventLogResponse:
    return EventLogResponse(
        event_log_id=row.number,
        when=row.at,
        dag_id=row.dag_id,
        task_id=row.task_id,
        run_id=row.run_id,
        map_index=None,
        try_number=None,
        event=row.action,
        owner=row.who,
        extra=_text(row.detail),
        dag_display_name=row.dag_id,
        task_display_name=row.task_id,
    )


def _text(detail: Mapping[str, Any]) -> str | None:
    return msgspec.json.encode(masked(detail)).decode() if detail else None


OPERATIONS = (
    Operation(
        method="GET",
        path=ROOT,
        name="get_event_logs",
        tag="Event Log",
        needs=Need(Resource.AUDIT),
        do=get_event_logs,
        query=EventLogsQuery,
        answer=EventLogCollection,
        errors=(400,),
    ),
    Operation(
        method="GET",
        path=f"{ROOT}/{{event_log_id}}",
        name="get_event_log",
        tag="Event Log",
        needs=Need(Resource.AUDIT),
        do=get_event_log,
        answer=EventLogResponse,
        errors=(404,),
    ),
)
