"""`GET /live/log`: a try's log while it is written, as server-sent events with a window of it each."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncGenerator
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct
from starlette.responses import Response

from tradewind.api.access.rights import Action, Identity, Need, Resource, decide
from tradewind.api.call import Call
from tradewind.api.live.log_follow import LOOK_SECONDS, follower_of
from tradewind.api.live.room import LiveResponse
from tradewind.api.live.stream import CHECK_SECONDS, PING, PING_SECONDS, RETRY_MILLISECONDS
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.runs import LogPage
from tradewind.api.ours.paths import ROOT, map_path
from tradewind.api.problems import Invalid, NotFound
from tradewind.model.ids import RunKey
from tradewind.model.records import TryRecord

if TYPE_CHECKING:
    from tradewind.api.server import Server

PAUSE_SECONDS = 0.1
"""Between two pieces, however fast it grows."""


class LiveLogQuery(Struct, frozen=True):
    dag_id: str
    run_id: str
    task_id: str
    map: str = ""
    number: int | None = msgspec.field(default=None, name="try")
    start: int = 0
    """Byte from which on; where the browser comes back, the id of its last event wins."""


def live_log(call: Call[LiveLogQuery, None]) -> Response:
    """A log as it is written: server-sent events, each with a LogPage; the last says that it has ended"""
    query = call.query
    call.require(Resource.LOG, Action.READ, dag_id=query.dag_id)
    found = _try(call)
    start = _start(call.headers.get("last-event-id", ""), query.start)
    stream = _pieces(call.server, call.who, query.dag_id, found, start)
    return LiveResponse(call.server, call.who, stream)


async def _pieces(server: Server, who: Identity, dag_id: str, shown: TryRecord, start: int) -> AsyncGenerator[bytes]:
    follower = follower_of(server)
    loop = asyncio.get_running_loop()
    followed = await follower.follow(shown.try_id, shown.log_path)
    try:
        yield f"retry: {RETRY_MILLISECONDS}\n\n".encode()
        if not await loop.run_in_executor(server.threads, _is_live, server, shown):
            followed.end()
        checked = pinged = time.monotonic()
        while not follower.is_ending:
            change = followed.change
            body, end = await followed.piece(start, server)
            if body:
                yield b"id: %d\ndata: %s\n\n" % (end, body)
                pinged = time.monotonic()
            if followed.is_ended and body.endswith(b'"is_ended":true}'):
                return
            if end == start:
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(change.wait(), PING_SECONDS if followed.is_told else LOOK_SECONDS)
                if not followed.is_told:
                    follower.look(shown.try_id, followed)
                    followed.touch()
            else:
                start = end
            await asyncio.sleep(PAUSE_SECONDS)
            now = time.monotonic()
            if now - pinged > PING_SECONDS - 1:
                pinged = now
                yield PING
            if now - checked > CHECK_SECONDS:
                checked = now
                if not await loop.run_in_executor(server.threads, _may_still, server, who, dag_id):
                    return
                if not await loop.run_in_executor(server.threads, _is_live, server, shown):
                    followed.end()
    finally:
        follower.leave(shown.try_id, followed)


def _try(call: Call[LiveLogQuery, None]) -> TryRecord:
    """Raises NotFound."""
    query = call.query
    tries = call.store.tries(RunKey(query.dag_id, query.run_id), query.task_id, map_path(query.map))
    found = [one for one in tries if query.number in (None, one.number)]
    if not found:
        raise NotFound(f"task {query.task_id!r} has had no such try in this run")
    return found[-1]


def _start(last_id: str, start: int) -> int:
    """Raises Invalid."""
    if last_id.isascii() and last_id.isdigit() and len(last_id) < 18:
        return int(last_id)
    if start < 0:
        raise Invalid("start is a byte of the log, from 0")
    return start


def _is_live(server: Server, shown: TryRecord) -> bool:
    state = server.store().try_state(shown.try_id)
    return state is not None and state.is_live


def _may_still(server: Server, who: Identity, dag_id: str) -> bool:
    is_still = server.authenticator.is_still(who, server.clock())
    return is_still and decide(who, Resource.LOG, Action.READ, dag_id=dag_id).is_allowed


OPERATIONS = (
    Operation(
        method="GET",
        path=f"{ROOT}/live/log",
        name="tradewind_live_log",
        tag="Live",
        needs=Need(Resource.LOG, is_asked_inside=True),
        do=live_log,
        query=LiveLogQuery,
        answer=LogPage,
        media_types=("text/event-stream",),
        errors=(404, 429),
    ),
)
