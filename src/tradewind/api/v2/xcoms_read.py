"""Reading XComs. Nothing is unpickled here: what is not JSON or text is shown by its preview."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct
from sqlalchemy import select

from tradewind.api.access.rights import Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours.known_secrets import without_secrets
from tradewind.api.ours.masking import masked
from tradewind.api.problems import NotFound
from tradewind.api.v2.paging import Paging, cursors
from tradewind.api.v2.ranges import in_ranges, listed, matching, named, order_of
from tradewind.api.v2.task_instances_read import ONE
from tradewind.artifacts.store import ArtifactStore
from tradewind.model.errors import TradewindError
from tradewind.model.ids import map_index, path_from_text
from tradewind.model.values import Value
from tradewind.store.browse import Filter, Op
from tradewind.store.browse.listings import XCOMS, XComRow
from tradewind.store.schema.core import xcom
from tradewind.store.sql.values import decode_value

ROOT = f"{ONE}/xcomEntries"
MOST_BYTES = 8 * 1024 * 1024
"""Of a value that is shown whole; of a larger one its preview."""
ORDER: dict[str, tuple[str, ...]] = {
    "id": ("number",),
    "dag_id": ("dag_id",),
    "task_id": ("task_id",),
    "run_id": ("run_id",),
    "map_index": ("map_length", "map_path"),
    "key": ("key",),
    "timestamp": ("number",),
    "logical_date": ("logical_date",),
    "run_after": ("run_after",),
}
DEFAULT_ORDER = ("run_number", "task_id", "map_length", "map_path", "key")
PATTERNS = {"xcom_key": "key", "dag_display_name": "dag_id", "run_id": "run_id", "task_id": "task_id"}


class XComsQuery(Paging, frozen=True, kw_only=True):
    xcom_key: str | None = None
    map_index: int | None = None
    xcom_key_pattern: str | None = None
    xcom_key_prefix_pattern: str | None = None
    dag_display_name_pattern: str | None = None
    dag_display_name_prefix_pattern: str | None = None
    run_id_pattern: str | None = None
    run_id_prefix_pattern: str | None = None
    task_id_pattern: str | None = None
    task_id_prefix_pattern: str | None = None
    map_index_filter: int | None = None
    logical_date_gte: datetime | None = None
    logical_date_gt: datetime | None = None
    logical_date_lte: datetime | None = None
    logical_date_lt: datetime | None = None
    run_after_gte: datetime | None = None
    run_after_gt: datetime | None = None
    run_after_lte: datetime | None = None
    run_after_lt: datetime | None = None
    order_by: tuple[str, ...] = ()
    cursor: str | None = None
    """Empty for the first page, then `next_cursor` of the answer; `offset` is left out then."""


class EntryQuery(Struct, frozen=True):
    map_index: int = -1
    deserialize: bool = False
    """Airflow's; here values are always shown as JSON, and never unpickled."""
    stringify: bool = False


class XComResponse(Struct, frozen=True, kw_only=True):
    key: str
    timestamp: datetime
    logical_date: datetime | None
    map_index: int
    task_id: str
    dag_id: str
    run_id: str
    dag_display_name: str
    task_display_name: str
    run_after: datetime


class XComEntry(XComResponse, frozen=True, kw_only=True):
    value: Any


class XComCollection(Struct, frozen=True):
    xcom_entries: tuple[XComResponse, ...]
    total_entries: int
    next_cursor: str | None = None
    previous_cursor: str | None = None


def get_xcom_entries(call: Call[XComsQuery, Any]) -> XComCollection:
    """Values of a task, of all tasks of a run, of all runs: ids may be `~`."""
    query, path = call.query, call.path
    index = query.map_index if query.map_index is not None else query.map_index_filter
    filters = [
        *named("dag_id", path["dag_id"]),
        *named("run_id", path["dag_run_id"]),
        *named("task_id", path["task_id"]),
        *([] if query.xcom_key is None else [Filter("key", Op.EQ, query.xcom_key)]),
        *([] if index is None else [Filter("map_path", Op.EQ, str(index) if index >= 0 else "")]),
        *matching(query, PATTERNS),
        *in_ranges(query, {"logical_date": "logical_date", "run_after": "run_after"}),
    ]
    order = order_of(query.order_by, ORDER) or DEFAULT_ORDER
    page = listed(
        call, XCOMS, filters, order, Resource.XCOM, limit=query.limit, offset=query.offset, cursor=query.cursor
    )
    found = tuple(XComResponse(**one) for one in shown_entries(call, page.rows))
    return XComCollection(found, page.total or 0, *cursors(page, query.cursor))


def get_xcom_entry(call: Call[EntryQuery, Any]) -> XComEntry:
    """One value: JSON as it is, text as it is, anything else by its preview."""
    row = entry_row(call, call.query.map_index)
    value = masked({row.key: shown_value(call, _with_bytes(call, row))})[row.key]
    if call.query.stringify and not isinstance(value, str):
        value = msgspec.json.encode(value).decode()
    return XComEntry(**shown_entries(call, [row])[0], value=value)


def entry_row(call: Call[Any, Any], index: int) -> XComRow:
    """Of the path's run, task and key. Raises NotFound."""
    path = call.path
    asked = (
        Filter("dag_id", Op.EQ, path["dag_id"]),
        Filter("run_id", Op.EQ, path["dag_run_id"]),
        Filter("task_id", Op.EQ, path["task_id"]),
        Filter("key", Op.EQ, path["xcom_key"]),
    )
    for row in call.browser.all(XCOMS, asked, None):
        if map_index(path_from_text(row.map_path)) == index:
            return row
    raise NotFound(f"the XCom {path['xcom_key']!r} of task {path['task_id']!r} was not found")


def shown_entries(call: Call[Any, Any], rows: Sequence[XComRow]) -> list[dict[str, Any]]:
    """Fields of an XComResponse."""
    return [_shown(call, row) for row in rows]


def _shown(call: Call[Any, Any], row: XComRow) -> dict[str, Any]:
    known = call.server.versions.known(call.store, row.dag_id, row.dag_hash)
    return {
        "key": row.key,
        "timestamp": row.written_at or row.run_after,
        "logical_date": row.logical_date,
        "map_index": map_index(path_from_text(row.map_path)),
        "task_id": row.task_id,
        "dag_id": row.dag_id,
        "run_id": row.run_id,
        "dag_display_name": known.label,
        "task_display_name": known.task_label(row.task_id),
        "run_after": row.run_after,
    }


def _with_bytes(call: Call[Any, Any], row: XComRow) -> Value:
    found = call.browser.read(select(xcom.c.value).where(xcom.c.id == row.number))
    if not found:
        raise NotFound(f"the XCom {row.key!r} of task {row.task_id!r} was not found")
    return decode_value(found[0][0])


def shown_value(call: Call[Any, Any], value: Value) -> Any:
    """Plain data; what is a secret, or looks like one by its name, is masked."""
    if value.codec in ("json", "text") and value.size_bytes <= MOST_BYTES:
        data = _bytes_of(call, value)
        if data is not None:
            found = masked(data.decode("utf-8", "replace") if value.codec == "text" else msgspec.json.decode(data))
            return without_secrets(call, found, value.preview)
    return value.preview if value.preview is not None else f"<{value.type}, {value.size_bytes:,} bytes>"


def _bytes_of(call: Call[Any, Any], value: Value) -> bytes | None:
    if value.inline is not None:
        return value.inline
    if value.artifact is None:
        return None
    try:
        with ArtifactStore(call.server.settings.artifact_url).local(value.artifact) as path:
            return path.read_bytes()
    except (TradewindError, OSError):
        return None


OPERATIONS = (
    Operation(
        method="GET",
        path=ROOT,
        name="get_xcom_entries",
        tag="XCom",
        needs=Need(Resource.XCOM),
        do=get_xcom_entries,
        query=XComsQuery,
        answer=XComCollection,
        errors=(400, 404),
    ),
    Operation(
        method="GET",
        path=f"{ROOT}/{{xcom_key}}",
        name="get_xcom_entry",
        tag="XCom",
        needs=Need(Resource.XCOM),
        do=get_xcom_entry,
        query=EntryQuery,
        answer=XComEntry,
        errors=(404,),
    ),
)
