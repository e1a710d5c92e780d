"""Hands what the feed reads to all who look on: rendered once for all streams of one scope, and waiting for none."""

from __future__ import annotations

import asyncio
import contextlib
from collections import deque
from collections.abc import Callable
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from tradewind.api.live.cursor import Cursor
from tradewind.api.live.events import RESET, Batch, Scope, rendered, sent
from tradewind.api.live.feed import Feed
from tradewind.store import open_store

if TYPE_CHECKING:
    from tradewind.api.server import Server
    from tradewind.store.base import Store

MOST_BYTES = 1024 * 1024
"""That wait for one viewer. A slower one is told to load everything again."""
LINGER_SECONDS = 20.0
"""How long the feed goes on without viewers: pages come and go."""
READY_SECONDS = 10.0


class Viewer:
    """One stream's queue. Belongs to the event loop."""

    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self._waiting: deque[bytes] = deque()
        self._size = 0
        self._news = asyncio.Event()
        self.is_ended = False

    def end(self) -> None:
        self.is_ended = True
        self._news.set()

    def put(self, chunk: bytes, cursor: Cursor) -> None:
        if self._size + len(chunk) > MOST_BYTES:
            self._waiting.clear()
            self._size = 0
            chunk = sent(RESET, cursor)
        self._waiting.append(chunk)
        self._size += len(chunk)
        self._news.set()

    async def next(self, seconds: float) -> bytes:
        """All that waits; b"" where nothing has come for so long."""
        if not self._waiting and not self.is_ended:
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._news.wait(), seconds)
        chunk = b"".join(self._waiting)
        self._waiting.clear()
        self._size = 0
        self._news.clear()
        return chunk


class Hub:
    """Of one server process and its event loop."""

    def __init__(self, server: Server, loop: asyncio.AbstractEventLoop) -> None:
        self._server = server
        self._loop = loop
        self._viewers: set[Viewer] = set()
        self._watchers: set[Callable[[Batch], None]] = set()
        self._feed: Feed | None = None
        self._ending: asyncio.TimerHandle | None = None

    async def add(self, viewer: Viewer) -> Cursor:
        """From the cursor that is returned on, the viewer hears everything. Raises TimeoutError where the store cannot
        be reached."""
        self._viewers.add(viewer)
        feed = await self._fed()
        return feed.position

    def remove(self, viewer: Viewer) -> None:
        self._viewers.discard(viewer)
        self._rest()

    async def watch(self, watcher: Callable[[Batch], None]) -> None:
        """Have it called with every batch."""
        self._watchers.add(watcher)
        await self._fed()

    def unwatch(self, watcher: Callable[[Batch], None]) -> None:
        self._watchers.discard(watcher)
        self._rest()

    def end(self) -> None:
        """The server takes no more calls: streams end by themselves, and their viewers come back to the next server."""
        for viewer in self._viewers:
            viewer.end()

    def close(self) -> None:
        """From any thread."""
        feed, self._feed = self._feed, None
        if feed is not None:
            feed.stop()

    async def _fed(self) -> Feed:
        if self._ending is not None:
            self._ending.cancel()
            self._ending = None
        feed = self._feed
        if feed is None:
            feed = self._feed = Feed(self._open_store, self._publish)
            feed.start()
        if not await self._loop.run_in_executor(self._server.threads, feed.wait_until_ready, READY_SECONDS):
            raise TimeoutError("the store cannot be read")
        return feed

    def _open_store(self) -> Store:
        settings = self._server.settings
        return open_store(settings.database_url, home=settings.home, default_pool_slots=settings.default_pool_slots)

    def _publish(self, batch: Batch) -> None:
        """In the feed's thread."""
        with contextlib.suppress(RuntimeError):  # the loop is closed: the server ends
            self._loop.call_soon_threadsafe(self._deliver, batch)

    def _deliver(self, batch: Batch) -> None:
        chunks: dict[Scope, bytes] = {}
        for viewer in self._viewers:
            chunk = chunks.get(viewer.scope)
            if chunk is None:
                chunk = chunks[viewer.scope] = rendered(batch, viewer.scope)
            if chunk:
                viewer.put(chunk, batch.cursor)
        for watcher in tuple(self._watchers):
            watcher(batch)

    def _rest(self) -> None:
        if not self._viewers and not self._watchers and self._ending is None:
            self._ending = self._loop.call_later(LINGER_SECONDS, self._end)

    def _end(self) -> None:
        self._ending = None
        feed = self._feed
        if feed is not None and not self._viewers and not self._watchers:
            self._feed = None
            self._loop.run_in_executor(self._server.threads, feed.stop)


_hubs: WeakKeyDictionary[Server, Hub] = WeakKeyDictionary()


def hub_of(server: Server) -> Hub:
    """Called in the event loop."""
    found = _hubs.get(server)
    if found is None:
        found = _hubs[server] = Hub(server, asyncio.get_running_loop())
        server.ending.append(found.end)
        server.closing.append(found.close)
    return found
