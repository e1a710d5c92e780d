"""Trying connections, at once or in the background."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from msgspec import UNSET, Struct, UnsetType

from tradewind.api.access.rights import Action, Identity, Need, Resource
from tradewind.api.call import Call
from tradewind.api.connection_testing import try_in_a_process
from tradewind.api.operation import Operation
from tradewind.api.problems import Conflict, NotFound
from tradewind.api.server import Server
from tradewind.api.v2.changing import changes_of
from tradewind.api.v2.connection_bodies import ConnectionBody, changed
from tradewind.api.v2.connections import NEVER
from tradewind.model.records import ConnectionRecord

ROOT = "/api/v2/connections"
TOKEN = "airflow-connection-test-token"  # the name of a header
NOT_OF_IT = ("commit_on_success", "executor", "queue")


class ConnectionTestRequestBody(ConnectionBody, frozen=True, kw_only=True, forbid_unknown_fields=True):
    commit_on_success: bool = False
    """Where it works, it is kept as it was sent."""
    executor: str | UnsetType | None = UNSET
    queue: str | UnsetType | None = UNSET


class ConnectionTestResponse(Struct, frozen=True):
    status: bool
    message: str


class ConnectionTestQueued(Struct, frozen=True):
    token: str
    connection_id: str
    state: str


class AsyncConnectionTest(Struct, frozen=True):
    token: str
    connection_id: str
    state: str
    result_message: str | None
    created_at: datetime


def test_connection(call: Call[Any, ConnectionBody]) -> ConnectionTestResponse:
    """Log in with a connection as it is sent, in a process of its own; masked secrets are those that are kept."""
    outcome = try_in_a_process(_record(call, call.body))
    call.audit("test_connection", connection_id=call.body.connection_id, is_good=outcome.is_good)
    return ConnectionTestResponse(outcome.is_good, outcome.message)


def enqueue_connection_test(call: Call[Any, ConnectionTestRequestBody]) -> ConnectionTestQueued:
    """Have a connection tried meanwhile; its token leads to the outcome."""
    record = _record(call, call.body)
    keep = partial(_keep, call.server, call.who, record) if call.body.commit_on_success else None
    test = call.server.connection_tests.begin(record, call.now, keep)
    if test is None:
        raise Conflict(f"connection {record.conn_id!r} is being tried, or many others are", hint="ask again later")
    call.audit("test_connection", connection_id=record.conn_id)
    return ConnectionTestQueued(test.token, test.conn_id, test.state)


def get_connection_test(call: Call[Any, Any]) -> AsyncConnectionTest:
    """What came of a test; its token is in the header Airflow-Connection-Test-Token."""
    test = call.server.connection_tests.found(call.headers.get(TOKEN, ""))
    if test is None:
        raise NotFound("there is no such test of a connection", hint="its token goes in the header; it is kept a while")
    return AsyncConnectionTest(test.token, test.conn_id, test.state, test.message, test.created_at)


def _keep(server: Server, who: Identity, record: ConnectionRecord) -> None:
    """Whoever asked may; it is done by the thread that waited."""
    server.store().set_connection(record)
    detail = {"connection_id": record.conn_id, "why": "its test succeeded"}
    server.audit(who, "edit_connection", dag_id=None, run_id=None, detail=detail, now=server.clock())


def _record(call: Call[Any, Any], body: ConnectionBody) -> ConnectionRecord:
    there = call.store.get_connection(body.connection_id) or ConnectionRecord(body.connection_id)
    return changed(there, changes_of(body, None, never=(*NEVER, *NOT_OF_IT)))


def _operation(method: Any, path: str, do: Any, **more: Any) -> Operation:
    need = Need(Resource.CONNECTION, Action.EDIT)
    return Operation(method=method, path=ROOT + path, name=do.__name__, tag="Connection", needs=need, do=do, **more)


EXAMPLE = {"sqlite": {"connection_id": "local", "conn_type": "sqlite", "host": "/tmp/facts.db"}}
OPERATIONS = (
    _operation("POST", "/test", test_connection, body=ConnectionBody, answer=ConnectionTestResponse, examples=EXAMPLE),
    _operation(
        "POST",
        "/enqueue-test",
        enqueue_connection_test,
        body=ConnectionTestRequestBody,
        answer=ConnectionTestQueued,
        status=202,
        errors=(409,),
        examples=EXAMPLE,
    ),
    _operation("GET", "/enqueue-test", get_connection_test, answer=AsyncConnectionTest, errors=(404,)),
)
