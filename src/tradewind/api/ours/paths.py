"""What the paths and queries of our own operations have in common: the root, the object they name, map paths."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import msgspec
from msgspec import Struct

from tradewind.api.call import Call
from tradewind.api.problems import Invalid, NotFound
from tradewind.model.ids import MapPath, RunKey, path_from_text
from tradewind.model.records import RunRecord, TryRecord
from tradewind.model.spec import DagSpec

ROOT = "/api/tradewind/v1"
DAG = f"{ROOT}/dags/{{dag_id}}"
RUN = f"{DAG}/runs/{{run_id}}"
TASK = f"{RUN}/tasks/{{task_id}}"
VALUE = f"{TASK}/values/{{key}}"
MOST_LEVELS = 16
"""Of a map path."""


class InstanceQuery(Struct, frozen=True):
    map: str = ""
    """Indexes of a mapped instance, outermost first, with dots between them; absent: the unmapped one."""


class TryQuery(Struct, frozen=True):
    map: str = ""
    number: int | None = msgspec.field(default=None, name="try")
    """Number of the try; absent: the last."""
    try_id: str = ""
    """Of several under one number, as where a lost try was repeated: this one."""


class PageQuery(Struct, frozen=True):
    limit: int = 100
    after: str = ""
    """Cursor: `next_cursor` of the page before."""


def bounded(limit: int, most: int) -> int:
    """Raises Invalid."""
    if limit < 1:
        raise Invalid("limit has to be at least 1")
    return min(limit, most)


def offset_of(cursor: str) -> int:
    """Of a list that is not changed by what comes: its cursors are numbers.

    Raises Invalid."""
    if not cursor:
        return 0
    if not cursor.isascii() or not cursor.isdigit() or len(cursor) > 18:
        raise Invalid("this cursor is not one of ours", hint="give the `next_cursor` of the page before as it was")
    return int(cursor)


def map_path(text: str) -> MapPath:
    """Raises Invalid."""
    parts = text.split(".") if text else []
    if len(parts) > MOST_LEVELS or not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        raise Invalid(f"{text[:80]!r} is no map path", hint="write indexes with dots between them: map=3 or map=3.0")
    return path_from_text(text)


def key_of(call: Call[Any, Any]) -> RunKey:
    return RunKey(call.path["dag_id"], call.path["run_id"])


def run_of(call: Call[Any, Any]) -> RunRecord:
    """The run of the path. Raises NotFound."""
    return run_named(call, key_of(call))


def run_named(call: Call[Any, Any], key: RunKey) -> RunRecord:
    found = call.store.run(key)
    if found is None:
        raise NotFound(f"DAG {key.dag_id!r} has no run {key.run_id!r}", hint="it may have been deleted")
    return found


def spec_of(call: Call[Any, Any], dag_id: str, dag_hash: str | None = None) -> DagSpec:
    """The newest version of a DAG, or one that is asked for. Raises NotFound."""
    found = call.store.spec(dag_id, dag_hash)
    if found is None:
        raise NotFound(f"there is no DAG {dag_id!r}" if dag_hash is None else f"{dag_id!r} has no version {dag_hash}")
    return found


def try_of(call: Call[Any, Any]) -> TryRecord:
    """The try that the path and a TryQuery name. Raises NotFound."""
    path = map_path(call.query.map)
    task_id, number = call.path["task_id"], call.query.number
    tries = call.store.tries(key_of(call), task_id, path)
    found = [one for one in tries if number in (None, one.number) and call.query.try_id in ("", one.try_id)]
    if not found:
        which = "no try yet" if number is None else f"no try {number}"
        raise NotFound(f"task {task_id!r} has had {which} in this run")
    return found[-1]


def path_text(*segments: str) -> str:
    """A path of the user interface: `/dags/…`, each segment percent-encoded."""
    return "/" + "/".join(quote(segment, safe="") for segment in segments)
