"""The fake clock: a heap of what happens when."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime

Deed = Callable[[datetime], None]


class Clockwork:
    def __init__(self, begins: datetime) -> None:
        self.now = begins
        self._heap: list[tuple[datetime, int, Deed]] = []
        self._serial = 0

    def at(self, instant: datetime, deed: Deed) -> None:
        """Do this then; now where the instant has passed. What is due at the same instant is done in this order."""
        self._serial += 1
        heapq.heappush(self._heap, (max(instant, self.now), self._serial, deed))

    def go_on(self, until: datetime) -> bool:
        """Everything that is due at the next instant; False where nothing is left before `until`."""
        if not self._heap or self._heap[0][0] >= until:
            self.now = until
            return False
        self.now = self._heap[0][0]
        while self._heap and self._heap[0][0] <= self.now:
            heapq.heappop(self._heap)[2](self.now)
        return True
