"""Connections to outside systems. How one is tested is in `connection_tests`: never in this process."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.operation import Operation
from tradewind.api.problems import BadRequest, Conflict, NotFound
from tradewind.api.v2 import bulk
from tradewind.api.v2.bulk import BulkAnswer, BulkBody
from tradewind.api.v2.changing import Masked, changes_of
from tradewind.api.v2.connection_bodies import (
    ConnectionBody,
    ConnectionCollection,
    ConnectionResponse,
    changed,
    shown,
)
from tradewind.api.v2.paging import Ordered, cut, fits
from tradewind.model.records import ConnectionRecord

ROOT = "/api/v2/connections"
ONE = "/{connection_id}"
ORDER = {
    "connection_id": "conn_id",
    "conn_id": "conn_id",
    "id": "conn_id",
    "conn_type": "conn_type",
    "description": "description",
    "host": "host",
    "port": "port",
    "team_name": "conn_id",
}
NEVER = ("connection_id", "team_name")
DEFAULTS = (
    ConnectionRecord("aws_default", "aws"),
    ConnectionRecord("fs_default", "fs", extra='{"path": "/"}'),
    ConnectionRecord("google_cloud_default", "google_cloud_platform"),
    ConnectionRecord("http_default", "http", host="https://www.httpbin.org/"),
    ConnectionRecord("mysql_default", "mysql", host="mysql", login="root", schema="airflow"),
    ConnectionRecord("postgres_default", "postgres", host="postgres", login="postgres", schema="airflow"),
    ConnectionRecord("redis_default", "redis", host="redis", port=6379, extra='{"db": 0}'),
    ConnectionRecord("smtp_default", "smtp", host="localhost", port=25),
    ConnectionRecord("sqlite_default", "sqlite", host="/tmp/sqlite_default.db"),  # Airflow's
    ConnectionRecord("ssh_default", "ssh", host="localhost"),
)
"""What Airflow's users find after `connections create-default-connections`, of types that are common here."""


class ConnectionQuery(Ordered, frozen=True, kw_only=True):
    connection_id_pattern: str | None = None
    connection_id_prefix_pattern: str | None = None


def get_connections(call: Call[ConnectionQuery, Any]) -> ConnectionCollection:
    """Connections, by id, without what is secret of them."""
    wanted = call.query.connection_id_pattern, call.query.connection_id_prefix_pattern
    found = [one for one in call.store.connections() if fits(one.conn_id, *wanted)]
    return ConnectionCollection(tuple(shown(one) for one in cut(call, found, ORDER)), len(found))


def get_connection(call: Call[Any, Any]) -> ConnectionResponse:
    """One connection, without what is secret of it."""
    return shown(_found(call, call.path["connection_id"]))


def post_connection(call: Call[Any, ConnectionBody]) -> ConnectionResponse:
    """Make a connection."""
    _create(call, call.body, "fail")
    return shown(_found(call, call.body.connection_id))


def patch_connection(call: Call[Masked, ConnectionBody]) -> ConnectionResponse:
    """Change a connection: the fields of the body, or those of them that `update_mask` names."""
    conn_id = call.path["connection_id"]
    if call.body.connection_id != conn_id:
        raise BadRequest(f"the body is about connection {call.body.connection_id!r}, the path about {conn_id!r}")
    _update(call, call.body, call.query.update_mask, "fail")
    return shown(_found(call, conn_id))


def delete_connection(call: Call[Any, Any]) -> None:
    """Delete a connection."""
    _delete(call, call.path["connection_id"], "fail")


def bulk_connections(call: Call[Any, BulkBody[ConnectionBody]]) -> BulkAnswer:
    """Make, change and delete many connections."""
    for action in call.body.actions:
        call.require(Resource.CONNECTION, bulk.RIGHTS[bulk.kind_of(action)])
    return bulk.carry_out(call.body.actions, partial(_entities, call))


def create_default_connections(call: Call[Any, Any]) -> None:
    """Make the connections that examples and hooks mean where none is named; those that exist stay as they are."""
    known = {one.conn_id for one in call.store.connections()}
    missing = [one for one in DEFAULTS if one.conn_id not in known]
    call.store.import_connections(missing)
    call.audit("create_default_connections", connections=[one.conn_id for one in missing])


def _entities(call: Call[Any, Any], action: bulk.BulkAction) -> Sequence[bulk.Entity]:
    match action:
        case bulk.BulkCreate(entities=entities, action_on_existence=otherwise):
            if otherwise == "overwrite":
                call.require(Resource.CONNECTION, Action.EDIT)
            return [partial(_create, call, one, otherwise) for one in entities]
        case bulk.BulkUpdate(entities=entities, action_on_non_existence=otherwise, update_mask=mask):
            return [partial(_update, call, one, mask, otherwise) for one in entities]
        case bulk.BulkDelete(entities=entities, action_on_non_existence=otherwise):
            names = [one if isinstance(one, str) else one.connection_id for one in entities]
            return [partial(_delete, call, name, otherwise) for name in names]


def _create(call: Call[Any, Any], body: ConnectionBody, otherwise: str) -> str | None:
    conn_id = body.connection_id
    there = call.store.get_connection(conn_id)
    if there is not None and otherwise == "skip":
        return None
    if there is not None and otherwise == "fail":
        raise Conflict(f"there is a connection {conn_id!r} already", hint="change it with PATCH")
    before = there or ConnectionRecord(conn_id)
    call.store.set_connection(changed(before, changes_of(body, None, never=NEVER)))
    call.audit("create_connection" if there is None else "edit_connection", connection_id=conn_id)
    return conn_id


def _update(call: Call[Any, Any], body: ConnectionBody, mask: Sequence[str] | None, otherwise: str) -> str | None:
    conn_id = body.connection_id
    there = call.store.get_connection(conn_id)
    if there is None:
        if otherwise == "skip":
            return None
        raise _missing(conn_id)
    changes = changes_of(body, mask, never=NEVER)
    call.store.set_connection(changed(there, changes))
    call.audit("edit_connection", connection_id=conn_id, fields=sorted(changes))
    return conn_id


def _delete(call: Call[Any, Any], conn_id: str, otherwise: str) -> str | None:
    if not call.store.delete_connection(conn_id):
        if otherwise == "skip":
            return None
        raise _missing(conn_id)
    call.audit("delete_connection", connection_id=conn_id)
    return conn_id


def _found(call: Call[Any, Any], conn_id: str) -> ConnectionRecord:
    found = call.store.get_connection(conn_id)
    if found is None:
        raise _missing(conn_id)
    return found


def _missing(conn_id: str) -> NotFound:
    return NotFound(f"there is no connection {conn_id!r}")


def _operation(method: Any, path: str, do: Any, action: Action, **more: Any) -> Operation:
    need = Need(Resource.CONNECTION, action)
    return Operation(method=method, path=ROOT + path, name=do.__name__, tag="Connection", needs=need, do=do, **more)


EXAMPLE = {
    "connection_id": "warehouse",
    "conn_type": "postgres",
    "host": "db.example.com",
    "port": 5432,
    "login": "loader",
    "password": "secret",
    "schema": "facts",
}
OPERATIONS = (
    _operation("GET", "", get_connections, Action.READ, query=ConnectionQuery, answer=ConnectionCollection),
    _operation(
        "POST",
        "",
        post_connection,
        Action.CREATE,
        body=ConnectionBody,
        answer=ConnectionResponse,
        status=201,
        errors=(409,),
        examples={"postgres": EXAMPLE},
    ),
    _operation(
        "PATCH",
        "",
        bulk_connections,
        Action.READ,  # each action asks for its own inside
        body=BulkBody[ConnectionBody],
        answer=BulkAnswer,
        examples={"create": {"actions": [{"action": "create", "entities": [EXAMPLE]}]}},
    ),
    _operation("POST", "/defaults", create_default_connections, Action.CREATE, status=204),
    _operation("GET", ONE, get_connection, Action.READ, answer=ConnectionResponse),
    _operation(
        "PATCH",
        ONE,
        patch_connection,
        Action.EDIT,
        query=Masked,
        body=ConnectionBody,
        answer=ConnectionResponse,
        examples={"postgres": EXAMPLE},
    ),
    _operation("DELETE", ONE, delete_connection, Action.DELETE, status=204),
)
