"""The duty that wakes whoever sleeps over something that was committed and never rung for: a process that is killed
between the two leaves a request, a run or a trigger's event that nobody has heard of."""

from __future__ import annotations

from collections.abc import Callable, Set
from datetime import datetime, timedelta

from tradewind.model.service import Topic

EVERY = timedelta(seconds=30)
"""Rare enough to cost nothing: calls are lost only with the process that was to make them."""


class LookAnyway:
    """A duty (see `duty.Duty`). `ring` tells all processes, this one too."""

    topics: frozenset[Topic] = frozenset()

    def __init__(self, ring: Callable[[Topic], None], *, started_at: datetime) -> None:
        self._ring = ring
        self._next_due = started_at + EVERY

    def next_due(self) -> datetime | None:
        return self._next_due

    def attend(self, now: datetime, heard: Set[Topic]) -> None:
        if now >= self._next_due:
            self._next_due = now + EVERY
            for topic in Topic:
                self._ring(topic)
