"""Things to do later, in the loop's own thread."""

from __future__ import annotations

import heapq
import itertools
import time
from collections.abc import Callable


class Timer:
    def __init__(self, at: float, call: Callable[[], None]) -> None:
        self.at = at
        self._call: Callable[[], None] | None = call

    def cancel(self) -> None:
        self._call = None

    def fire(self) -> None:
        call, self._call = self._call, None
        if call is not None:
            call()

    @property
    def is_live(self) -> bool:
        return self._call is not None


class Timers:
    def __init__(self) -> None:
        self._heap: list[tuple[float, int, Timer]] = []
        self._numbers = itertools.count()

    def after(self, seconds: float, call: Callable[[], None]) -> Timer:
        timer = Timer(time.monotonic() + seconds, call)
        heapq.heappush(self._heap, (timer.at, next(self._numbers), timer))
        return timer

    def fire_due(self) -> None:
        while self._heap and (not self._heap[0][2].is_live or self._heap[0][0] <= time.monotonic()):
            heapq.heappop(self._heap)[2].fire()

    def seconds_to_next(self) -> float | None:
        """None where nothing waits."""
        while self._heap and not self._heap[0][2].is_live:
            heapq.heappop(self._heap)
        return max(0.0, self._heap[0][0] - time.monotonic()) if self._heap else None
