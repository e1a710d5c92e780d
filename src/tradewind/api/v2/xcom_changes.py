"""Values that people put in the place of a task's: plain JSON."""

from __future__ import annotations

from typing import Annotated, Any

from msgspec import Meta, Struct

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.carrying_out import carry_out
from tradewind.api.operation import Operation
from tradewind.api.problems import Conflict, Invalid
from tradewind.api.v2.choosing import run_of
from tradewind.api.v2.task_instances_read import ONE, instance_row
from tradewind.api.v2.xcoms_read import XComEntry, entry_row, shown_entries
from tradewind.artifacts.encoding import encode
from tradewind.artifacts.store import ArtifactStore
from tradewind.authoring.secrets import masker
from tradewind.model.errors import ValueStoreError
from tradewind.model.ids import path_from_text
from tradewind.model.requests import DropXCom, SetXCom
from tradewind.model.values import Value, XCom
from tradewind.store.browse import Filter, Op
from tradewind.store.browse.listings import XCOMS

ROOT = f"{ONE}/xcomEntries"


class XComCreateBody(Struct, frozen=True, forbid_unknown_fields=True):
    key: Annotated[str, Meta(min_length=1, max_length=512)]
    value: Any
    map_index: Annotated[int, Meta(ge=-1)] = -1


class XComUpdateBody(Struct, frozen=True, forbid_unknown_fields=True):
    value: Any
    map_index: Annotated[int, Meta(ge=-1)] = -1


class InstanceQuery(Struct, frozen=True, kw_only=True):
    map_index: Annotated[int, Meta(ge=-1)] = -1


def create_xcom_entry(call: Call[Any, XComCreateBody]) -> XComEntry:
    """Give a task instance a value under a key that it has none of."""
    body, row = call.body, instance_row(call, call.body.map_index)
    here = (
        Filter("run_number", Op.EQ, row.run_number),
        Filter("task_id", Op.EQ, row.task_id),
        Filter("key", Op.EQ, body.key),
        Filter("map_path", Op.EQ, row.map_path),
    )
    if call.browser.first(XCOMS, *here, visible=None) is not None:
        raise Conflict(f"task {row.task_id!r} has a value {body.key!r} already", hint="change it with PATCH")
    xcom = XCom(row.task_id, path_from_text(row.map_path), body.key, _encoded(call, body.value), row.try_id or "")
    carry_out(call, "create_xcom", [(_run(call), SetXCom(xcom))])
    stored = call.browser.first(XCOMS, *here, visible=None)
    if stored is None:
        raise Conflict("the value is not written yet", hint="ask for it in a moment")
    return XComEntry(**shown_entries(call, [stored])[0], value=body.value)


def update_xcom_entry(call: Call[Any, XComUpdateBody]) -> XComEntry:
    """Put another value in the place of a task instance's."""
    body, row = call.body, entry_row(call, call.body.map_index)
    xcom = XCom(row.task_id, path_from_text(row.map_path), row.key, _encoded(call, body.value), row.try_id)
    carry_out(call, "edit_xcom", [(_run(call), SetXCom(xcom))])
    return XComEntry(**shown_entries(call, [entry_row(call, body.map_index)])[0], value=body.value)


def delete_xcom_entry(call: Call[InstanceQuery, Any]) -> None:
    """Take a value of a task instance away."""
    row = entry_row(call, call.query.map_index)
    wish = DropXCom(row.task_id, path_from_text(row.map_path), row.key)
    carry_out(call, "delete_xcom", [(_run(call), wish)])


def _run(call: Call[Any, Any]) -> Any:
    return run_of(call, call.path["dag_id"], call.path["dag_run_id"])


def _encoded(call: Call[Any, Any], value: Any) -> Value:
    """It came as JSON, and is kept as JSON: nothing else is written here. Raises Invalid."""
    settings = call.server.settings
    try:
        return encode(
            value,
            ArtifactStore(settings.artifact_url),
            inline_limit_bytes=settings.inline_value_bytes,
            mask=masker().redact,
        )
    except ValueStoreError as error:
        raise Invalid(error.message, hint=error.hint) from error


def _operation(method: Any, path: str, do: Any, action: Action, **more: Any) -> Operation:
    need = Need(Resource.XCOM, action)
    return Operation(method=method, path=path, name=do.__name__, tag="XCom", needs=need, do=do, **more)


OPERATIONS = (
    _operation(
        "POST",
        ROOT,
        create_xcom_entry,
        Action.CREATE,
        body=XComCreateBody,
        answer=XComEntry,
        status=201,
        errors=(409,),
        examples={"a number": {"key": "threshold", "value": 0.5}},
    ),
    _operation(
        "PATCH",
        f"{ROOT}/{{xcom_key}}",
        update_xcom_entry,
        Action.EDIT,
        body=XComUpdateBody,
        answer=XComEntry,
        errors=(409,),
        examples={"a list": {"value": [1, 2, 3]}},
    ),
    _operation(
        "DELETE",
        f"{ROOT}/{{xcom_key}}",
        delete_xcom_entry,
        Action.DELETE,
        query=InstanceQuery,
        status=204,
        errors=(409,),
    ),
)
