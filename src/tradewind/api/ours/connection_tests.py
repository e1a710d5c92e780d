"""Trying a connection as it is kept: a process of its own does it, since a hook is a provider's code."""

from __future__ import annotations

from typing import Any

from tradewind.api.access.rights import Action, Need, Resource
from tradewind.api.call import Call
from tradewind.api.connection_testing import Test
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.people import ConnectionTest
from tradewind.api.ours.paths import ROOT
from tradewind.api.problems import Conflict, NotFound

PATH = f"{ROOT}/connections/{{conn_id}}/test"


def begin(call: Call[Any, None]) -> ConnectionTest:
    """Have a connection tried, as it is kept"""
    conn_id = call.path["conn_id"]
    record = call.store.get_connection(conn_id)
    if record is None:
        raise NotFound(f"there is no connection {conn_id!r}")
    test = call.server.connection_tests.begin(record, call.now)
    if test is None:
        raise Conflict(f"connection {conn_id!r} is being tried, or many others are", hint="ask again later")
    call.audit("test_connection", connection_id=conn_id)
    return _told(test)


def found(call: Call[Any, None]) -> ConnectionTest:
    """What came of the last test of a connection"""
    test = call.server.connection_tests.newest_of(call.path["conn_id"])
    if test is None:
        raise NotFound("this connection was not tried lately")
    return _told(test)


def _told(test: Test) -> ConnectionTest:
    return ConnectionTest(test.state, test.message or "")


OPERATIONS = (
    Operation(
        method="POST",
        path=PATH,
        name="tradewind_test_connection",
        tag="Admin",
        needs=Need(Resource.CONNECTION, Action.EDIT),
        do=begin,
        answer=ConnectionTest,
        status=202,
        errors=(409,),
    ),
    Operation(
        method="GET",
        path=PATH,
        name="tradewind_connection_test",
        tag="Admin",
        needs=Need(Resource.CONNECTION, Action.EDIT),
        do=found,
        answer=ConnectionTest,
    ),
)
