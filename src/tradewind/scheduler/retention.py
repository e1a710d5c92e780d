"""The duty that has old runs deleted once a day, by a process of its own: deleting takes its time."""

from __future__ import annotations

from collections.abc import Callable, Set
from datetime import datetime, timedelta

from tradewind.model.service import Topic

EVERY = timedelta(days=1)
FIRST_AFTER = timedelta(minutes=5)
"""A start has better things to do, and one that comes again and again must not delete each time."""


class Retention:
    """A duty (see `duty.Duty`). `delete_before(instant)` sets the deletion off, and does not wait for it."""

    topics: frozenset[Topic] = frozenset()

    def __init__(self, days: int, delete_before: Callable[[datetime], None], *, started_at: datetime) -> None:
        self._days = days
        self._delete_before = delete_before
        self._next_due = started_at + FIRST_AFTER

    def next_due(self) -> datetime | None:
        return self._next_due if self._days > 0 else None

    def attend(self, now: datetime, heard: Set[Topic]) -> None:
        if self._days > 0 and now >= self._next_due:
            self._next_due = now + EVERY
            self._delete_before(now - timedelta(days=self._days))
