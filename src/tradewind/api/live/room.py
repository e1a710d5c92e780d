"""How many live streams one process holds open, in all and of one person: each is told of every event, so that without
a bound the ten-thousandth would make the first ones late, and everybody else's pages."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from tradewind.api.access.rights import Identity
from tradewind.api.problems import TooMany

if TYPE_CHECKING:
    from tradewind.api.server import Server

MOST_STREAMS = 2_000
MOST_OF_ONE = 1_000
"""So that nobody alone keeps all others out."""
AGAIN_AFTER_SECONDS = 30
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


class Room:
    """Of one server process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: Counter[int] = Counter()

    def enter(self, who: Identity) -> None:
        """Raises TooMany."""
        with self._lock:
            if self._open.total() >= MOST_STREAMS:
                raise _full(f"{MOST_STREAMS:,} live streams are open on this server: it takes no more")
            if self._open[who.user_id] >= MOST_OF_ONE:
                raise _full(f"{who.name} has {MOST_OF_ONE:,} live streams open: one person gets no more")
            self._open[who.user_id] += 1

    def leave(self, who: Identity) -> None:
        with self._lock:
            self._open[who.user_id] -= 1
            self._open += Counter()  # forgets who has none


class LiveResponse(StreamingResponse):
    """Server-sent events in a place of the room, which is free again however they end. Raises TooMany."""

    def __init__(self, server: Server, who: Identity, content: AsyncIterator[bytes]) -> None:
        super().__init__(content, media_type="text/event-stream", headers=HEADERS)
        self._room = _room_of(server)
        self._who = who
        self._room.enter(who)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await super().__call__(scope, receive, send)
        finally:
            self._room.leave(self._who)


_rooms: WeakKeyDictionary[Server, Room] = WeakKeyDictionary()
_rooms_lock = threading.Lock()


def _room_of(server: Server) -> Room:
    with _rooms_lock:
        return _rooms.setdefault(server, Room())


def _full(message: str) -> TooMany:
    return TooMany(message, hint="close pages that nobody looks at", after_seconds=AGAIN_AFTER_SECONDS)
