"""Sleeping until an instant of the wall clock: one heap and one timer for all who wait, however many they are.

The clock may be set while they sleep, so the timer looks again after at most ten seconds.
"""

from __future__ import annotations

import asyncio
import contextvars
import heapq
import itertools
import time
from datetime import datetime
from weakref import WeakKeyDictionary

LONGEST_SLEEP_SECONDS = 10.0
_serial = itertools.count()


async def sleep_until(moment: datetime) -> None:
    """`moment` is aware. Returns at once where it has passed."""
    loop = asyncio.get_running_loop()
    clock = _clocks.get(loop)
    if clock is None:
        clock = _clocks[loop] = WallClock(loop)
    await clock.wait(moment.timestamp())


class WallClock:
    """Of one event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._sleepers: list[tuple[float, int, asyncio.Future[None]]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = 0.0

    async def wait(self, at: float) -> None:
        if at <= time.time():
            return
        future = self._loop.create_future()
        heapq.heappush(self._sleepers, (at, next(_serial), future))
        self._set_timer()
        await future

    def _set_timer(self) -> None:
        wanted = self._loop.time() + min(max(0.0, self._sleepers[0][0] - time.time()), LONGEST_SLEEP_SECONDS)
        if self._timer is not None:
            if self._timer_at <= wanted:
                return
            self._timer.cancel()
        self._timer_at = wanted
        # In a context of its own: it is not the doing of whoever was first to sleep.
        self._timer = self._loop.call_at(wanted, self._look, context=contextvars.Context())

    def _look(self) -> None:
        self._timer = None
        now = time.time()
        while self._sleepers and (self._sleepers[0][0] <= now or self._sleepers[0][2].cancelled()):
            future = heapq.heappop(self._sleepers)[2]
            if not future.done():
                future.set_result(None)
        if self._sleepers:
            self._set_timer()


_clocks: WeakKeyDictionary[asyncio.AbstractEventLoop, WallClock] = WeakKeyDictionary()
