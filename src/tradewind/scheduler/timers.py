"""What is due when: one heap of instants, for retries, reschedules and run timeouts."""

from __future__ import annotations

import heapq
from collections.abc import Callable
from datetime import datetime
from typing import Generic, TypeVar

T = TypeVar("T")


class Timers(Generic[T]):
    """Things to do at an instant. What has lost its meaning is ignored when it comes due."""

    def __init__(self) -> None:
        self._heap: list[tuple[datetime, int, T]] = []
        self._count = 0

    def add(self, at: datetime, what: T) -> None:
        self._count += 1
        heapq.heappush(self._heap, (at, self._count, what))

    def due(self, now: datetime) -> list[T]:
        """Everything up to now, earliest first; it is removed."""
        found: list[T] = []
        while self._heap and self._heap[0][0] <= now:
            found.append(heapq.heappop(self._heap)[2])
        return found

    def forget(self, is_meant: Callable[[T], bool]) -> None:
        """Costs as much as there is planned: for when a run leaves."""
        self._heap = [entry for entry in self._heap if not is_meant(entry[2])]
        heapq.heapify(self._heap)

    def seconds_until_next(self, now: datetime) -> float | None:
        """0 or more; None where nothing is planned."""
        return max(0.0, (self._heap[0][0] - now).total_seconds()) if self._heap else None
