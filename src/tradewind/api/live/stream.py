"""`GET /live`: what happens, as server-sent events; goes on where the viewer was, missing and doubling nothing.
https://html.spec.whatwg.org/multipage/server-sent-events.html"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, Callable
from typing import TYPE_CHECKING

from msgspec import Struct
from starlette.responses import Response

from tradewind.api.access.rights import Action, Identity, Need, Resource, visible_dags
from tradewind.api.call import Call
from tradewind.api.live.cursor import Cursor, parsed
from tradewind.api.live.events import (
    RESET,
    Batch,
    Event,
    Scope,
    lists_to_look_at,
    of_happening,
    of_metric,
    rendered,
    sent,
)
from tradewind.api.live.hub import Viewer, hub_of
from tradewind.api.live.room import LiveResponse
from tradewind.api.operation import Operation
from tradewind.api.ours.bodies.home import LiveEvent
from tradewind.api.ours.paths import ROOT
from tradewind.store.errors import StoreError

if TYPE_CHECKING:
    from tradewind.api.server import Server

PING_SECONDS = 15.0
CHECK_SECONDS = 15.0
"""How often it is asked whether the caller may still see what it sees."""
RETRY_MILLISECONDS = 1_500
MOST_REPLAYED = 2_000
PING = b"event: ping\ndata: {}\n\n"
_log = logging.getLogger(__name__)


class LiveQuery(Struct, frozen=True):
    dag_id: str = ""
    run_id: str = ""
    """Only of this run: then every change of its tries is told, too."""
    last_id: str = ""
    """Where to go on; as the header `Last-Event-ID`, which wins."""
    last_event_id: str = ""
    """The same."""


def live(call: Call[LiveQuery, None]) -> Response:
    """What happens, as it happens: server-sent events

    Each event's data is a LiveEvent. After a break the browser sends the id of the last event it had, and the stream
    goes on from there; `reset` means that too much was missed: load everything again."""
    query = call.query
    call.require(Resource.TASK, Action.READ, dag_id=query.dag_id or None)
    server, who = call.server, call.who
    last = call.headers.get("last-event-id") or query.last_id or query.last_event_id
    scopes = _scopes(server, who, query.dag_id, query.run_id)
    stream = _events(server, who, scopes, scopes(), last)
    return LiveResponse(server, who, stream)


def _scopes(server: Server, who: Identity, dag_id: str, run_id: str) -> Callable[[], Scope]:
    def scope() -> Scope:
        """As the rights are now."""
        tasks, values = (
            visible_dags(who, resource, Action.READ, server.dag_ids) for resource in (Resource.TASK, Resource.XCOM)
        )
        return Scope(dag_id, run_id, tasks, values)

    return scope


async def _events(
    server: Server, who: Identity, scopes: Callable[[], Scope], scope: Scope, last: str
) -> AsyncGenerator[bytes]:
    hub, viewer = hub_of(server), Viewer(scope)
    loop = asyncio.get_running_loop()
    try:
        yield f"retry: {RETRY_MILLISECONDS}\n\n".encode()
        begin = await hub.add(viewer)
        replay = await loop.run_in_executor(server.threads, missed, server, scope, last, begin)
        yield replay
        checked = time.monotonic()
        while True:
            chunk = await viewer.next(PING_SECONDS)
            if viewer.is_ended:
                return
            yield chunk or PING
            if time.monotonic() - checked > CHECK_SECONDS:
                checked = time.monotonic()
                if not await loop.run_in_executor(server.threads, _is_still, server, who):
                    return
                viewer.scope = await loop.run_in_executor(server.threads, scopes)
    except (StoreError, TimeoutError) as error:
        _log.warning("a live stream ends: %s", error)
    finally:
        hub.remove(viewer)


def missed(server: Server, scope: Scope, last: str, begin: Cursor) -> bytes:
    """What has happened between a viewer's last event and the beginning of its stream. Without a last event nothing but
    where it stands. What has no row of history (lists of DAGs, pools, assets, questions) may have changed, too: each is
    named once."""
    here = f"id: {begin}\n\n".encode()
    if not last:
        return here
    seen, store = parsed(last), server.store()
    if seen is None or (seen.low > begin.low and not store.has_many_machines):  # of a database that is gone
        return sent(RESET, begin)
    rows = store.happenings(seen.low, limit=MOST_REPLAYED + 1, dag_id=scope.dag_id or None)
    metrics = store.metrics_after(seen.metric, limit=MOST_REPLAYED + 1)
    if len(rows) > MOST_REPLAYED or len(metrics) > MOST_REPLAYED:
        return sent(RESET, begin)
    events: list[Event] = []
    at = seen
    for row in rows:
        if begin.has(row.number) and not seen.has(row.number):
            at = at.with_row(row.number) if store.has_many_machines else at.settled(row.number)
            events.append(of_happening(row, at))
    for one in metrics:
        if one.number <= begin.metric:
            at = at.with_metric(one.number)
            events.append(of_metric(one, at))
    return rendered(Batch((*events, *lists_to_look_at(server.clock())), at), scope) + here


def _is_still(server: Server, who: Identity) -> bool:
    return server.authenticator.is_still(who, server.clock())


OPERATIONS = (
    Operation(
        method="GET",
        path=f"{ROOT}/live",
        name="tradewind_live",
        tag="Live",
        needs=Need(Resource.TASK, is_asked_inside=True),
        do=live,
        query=LiveQuery,
        answer=LiveEvent,
        media_types=("text/event-stream",),
        errors=(429,),
    ),
)
