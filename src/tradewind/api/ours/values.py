"""Values that tasks handed on: what they are, what they look like, their bytes, where they came from and went."""

from __future__ import annotations

import contextlib
from collections.abc import Generator
from pathlib import Path
from typing import Any

from msgspec import Struct
from starlette.responses import Response

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.ours import previews
from tradewind.api.ours.artifact_files import MOST_RAW_BYTES, SANDBOX, disposition, sent_file
from tradewind.api.ours.bodies.values import ValueInfo, ValueLineage, ValuePreview, Values, ValueUse
from tradewind.api.ours.known_secrets import mask_of, preview_without_secrets
from tradewind.api.ours.masking import masked_text
from tradewind.api.ours.paths import ROOT, RUN, VALUE, InstanceQuery, bounded, key_of, map_path, offset_of, run_of
from tradewind.api.problems import Invalid, NotFound, TooLarge
from tradewind.artifacts.store import ArtifactStore
from tradewind.model.errors import TradewindError
from tradewind.model.ids import MapPath, RunKey
from tradewind.model.messages import GetXComs
from tradewind.model.values import Value, XCom

MOST_VALUES = 500


class ValuesQuery(Struct, frozen=True):
    task_id: str = ""
    after: str = ""
    limit: int = 100


class PreviewQuery(InstanceQuery, frozen=True):
    rows: int = 50
    """Of a table; its first ones but for `offset`."""
    offset: int = 0


class LineageQuery(Struct, frozen=True):
    dag_id: str = ""
    """The run the value was met in: writers of small values are looked for there, too."""
    run_id: str = ""


def values(call: Call[ValuesQuery, None]) -> Values:
    """Values of a run, by task"""
    record = run_of(call)
    found = call.store.all_xcoms(key_of(call))
    if call.query.task_id:
        found = [one for one in found if one.task_id == call.query.task_id]
    start, limit = offset_of(call.query.after), bounded(call.query.limit, MOST_VALUES)
    page = found[start : start + limit]
    is_more = start + limit < len(found)
    return Values(
        [info_of(one, record.dag_id, record.run_id) for one in page],
        len(found),
        str(start + limit) if is_more else None,
    )


def preview(call: Call[PreviewQuery, None]) -> ValuePreview:
    """What a value looks like: rows of a table with statistics of its columns, a corner of an array, a tree of JSON"""
    found = _value(call)
    info = info_of(found, call.path["dag_id"], call.path["run_id"])
    shown = previews.visible_part(found.value)
    if not previews.can_read(shown):
        return preview_without_secrets(call, previews.described(info, found.value))
    try:
        with _file(call, shown) as path:
            rows, offset = bounded(call.query.rows, previews.MOST_ROWS), max(0, call.query.offset)
            part = previews.Part(rows, offset, mask_of(call))
            return preview_without_secrets(call, previews.read(info, shown, path, part))
    except (TradewindError, OSError) as error:
        why_not = f"its bytes cannot be read: {error}"
        return preview_without_secrets(call, previews.described(info, found.value, why_not=why_not))


def raw(call: Call[InstanceQuery, None]) -> Response:
    """The bytes of a value; shown by browsers only where it is a picture"""
    found = previews.visible_part(_value(call).value)
    media, is_shown = previews.media_type(found)
    if found.size_bytes > MOST_RAW_BYTES:  # before it is fetched from where artifacts are
        raise TooLarge(f"the value is larger than {MOST_RAW_BYTES:,} bytes")
    name = f"{found.hash[:16]}.{previews.suffix(found)}"
    headers = {**SANDBOX, **disposition(name, is_shown=is_shown)}
    if found.inline is not None:
        return Response(found.inline, media_type=media, headers=headers)
    if found.artifact is None:
        raise NotFound("this value has no bytes of its own")
    return sent_file(call, found.artifact, media, headers)


def lineage(call: Call[LineageQuery, None]) -> ValueLineage:
    """Which tries wrote these bytes, and which read them"""
    value_hash, query = call.path["hash"], call.query
    if len(value_hash) > 128 or not all(letter in "0123456789abcdef" for letter in value_hash):
        raise Invalid("this is no hash of a value")
    also = RunKey(query.dag_id, query.run_id) if query.dag_id and query.run_id else None
    visible = call.visible(Resource.XCOM)
    written = [
        ValueUse(run.dag_id, run.run_id, task_id, path, at)
        for run, task_id, path, at in call.store.writers_of(value_hash, also)
    ]
    read = [ValueUse(one.dag_id, one.run_id, one.task_id, one.map_path) for one in call.store.readers_of(value_hash)]
    return ValueLineage(
        value_hash,
        [one for one in written if visible is None or one.dag_id in visible],
        [one for one in read if visible is None or one.dag_id in visible],
    )


def info_of(one: XCom, dag_id: str, run_id: str) -> ValueInfo:
    value = one.value
    return ValueInfo(
        dag_id=dag_id,
        run_id=run_id,
        task_id=one.task_id,
        map_path=one.map_path,
        key=one.key,
        type=value.type,
        codec=value.codec,
        size_bytes=value.size_bytes,
        hash=value.hash,
        shape=value.shape,
        schema=value.schema,
        length=value.length,
        preview=masked_text(value.preview or ""),
        kind=previews.kind_of(value),
        written_at=None,
    )


def _value(call: Call[Any, None]) -> XCom:
    """Raises NotFound."""
    run_of(call)
    return value_of(call, key_of(call), call.path["task_id"], map_path(call.query.map), call.path["key"])


def value_of(call: Call[Any, Any], key: RunKey, task_id: str, path: MapPath, name: str) -> XCom:
    request = GetXComs("", (task_id,), name, (path,), dag_id=key.dag_id, run_id=key.run_id)
    found = call.store.xcoms(request, key)
    if not found:
        raise NotFound(f"task {task_id!r} has no value {name!r} in this run")
    return found[-1]


@contextlib.contextmanager
def _file(call: Call[Any, Any], value: Value) -> Generator[Path | bytes]:
    if value.inline is not None:
        yield value.inline
        return
    assert value.artifact is not None, "what is not inline has a file"
    with ArtifactStore(call.server.settings.artifact_url).local(value.artifact) as path:
        yield path


OPERATIONS = (
    Operation(
        method="GET",
        path=f"{RUN}/values",
        name="tradewind_values",
        tag="Values",
        needs=Need(Resource.XCOM),
        do=values,
        query=ValuesQuery,
        answer=Values,
    ),
    Operation(
        method="GET",
        path=VALUE,
        name="tradewind_value",
        tag="Values",
        needs=Need(Resource.XCOM),
        do=preview,
        query=PreviewQuery,
        answer=ValuePreview,
    ),
    Operation(
        method="GET",
        path=f"{VALUE}/raw",
        name="tradewind_value_bytes",
        tag="Values",
        needs=Need(Resource.XCOM),
        do=raw,
        query=InstanceQuery,
        answer=bytes,
        media_types=("application/octet-stream", "image/png"),
    ),
    Operation(
        method="GET",
        path=f"{ROOT}/values/{{hash}}/lineage",
        name="tradewind_lineage",
        tag="Values",
        needs=Need(Resource.XCOM, Action.READ),
        do=lineage,
        query=LineageQuery,
        answer=ValueLineage,
    ),
)
