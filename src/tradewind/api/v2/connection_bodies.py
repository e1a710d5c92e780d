"""Connections as they are sent and shown. Passwords go in and never out; what was masked comes back as it was."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Annotated, Any, cast

from msgspec import UNSET, Meta, Struct, UnsetType

from tradewind.api.problems import Invalid
from tradewind.authoring.secrets import MASK, masker
from tradewind.model.records import ConnectionRecord

Text = str | None | UnsetType


class ConnectionBody(Struct, frozen=True, forbid_unknown_fields=True):
    connection_id: Annotated[str, Meta(min_length=1, max_length=200, pattern=r"^[\w.-]+$")]
    conn_type: Annotated[str, Meta(max_length=500)]
    description: Text = UNSET
    host: Text = UNSET
    login: Text = UNSET
    password: Text = UNSET
    """`***` leaves the one there is."""
    schema: Text = UNSET
    port: Annotated[int, Meta(ge=0, le=65535)] | UnsetType | None = UNSET
    extra: Text = UNSET
    """A JSON object as text; values `***` in it leave those there are."""
    team_name: Text = UNSET


class ConnectionResponse(Struct, frozen=True):
    connection_id: str
    conn_type: str
    description: str | None
    host: str | None
    login: str | None
    password: str | None
    """`***`, or null where there is none."""
    schema: str | None
    port: int | None
    extra: str | None
    """What sounds secret in it is masked."""
    team_name: str | None = None


class ConnectionCollection(Struct, frozen=True):
    connections: tuple[ConnectionResponse, ...]
    total_entries: int


def shown(record: ConnectionRecord) -> ConnectionResponse:
    return ConnectionResponse(
        connection_id=record.conn_id,
        conn_type=record.conn_type,
        description=record.description,
        host=record.host,
        login=record.login,
        password=MASK if record.password else None,
        schema=record.schema,
        port=record.port,
        extra=_masked_extra(record.extra),
    )


def changed(record: ConnectionRecord, changes: Mapping[str, Any]) -> ConnectionRecord:
    """`changes`: fields of a body, as `changes_of` gives them. Raises Invalid for an extra that is no JSON object."""
    found: dict[str, Any] = {name: getattr(record, name) for name in record.__struct_fields__} | dict(changes)
    if found["password"] == MASK:
        found["password"] = record.password
    if "extra" in changes:
        found["extra"] = _unmasked_extra(found["extra"], record.extra)
    return ConnectionRecord(**found)


def _masked_extra(text: str | None) -> str | None:
    if not text:
        return text
    try:
        extra: Any = json.loads(text)
    except (ValueError, RecursionError):
        return MASK  # it cannot be told what of it is secret
    if not isinstance(extra, dict):
        return MASK
    return json.dumps(masker().redact(cast("dict[str, Any]", extra)), ensure_ascii=False)


def _unmasked_extra(text: str | None, before: str | None) -> str | None:
    if not text:
        return text
    if text == MASK:
        return before
    try:
        new: Any = json.loads(text)
        old: Any = json.loads(before) if before else {}
    except (ValueError, RecursionError) as error:
        raise Invalid(f"extra is not JSON: {error}", hint='e.g. {"verify": false}') from error
    if not isinstance(new, dict):
        raise Invalid("extra is no JSON object", hint='e.g. {"verify": false}')
    return json.dumps(_unmasked(new, old), ensure_ascii=False)


def _unmasked(new: Any, old: Any) -> Any:
    if new == MASK and old is not None:
        return old
    if isinstance(new, dict) and isinstance(old, dict):
        before = cast("dict[str, Any]", old)
        return {name: _unmasked(value, before.get(name)) for name, value in cast("dict[str, Any]", new).items()}
    return cast("Any", new)
