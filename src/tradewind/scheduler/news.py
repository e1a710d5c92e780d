"""What a commit means to others: each is rung for what it may be waiting for. Our own duties hear it, too."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime

from tradewind.model.changes import AssetsUpdated, Change, DeferralForgotten, DeferralMade, RunChanged
from tradewind.model.service import Topic

RING_SECONDS = 0.05
"""Viewers are rung for no oftener than this. Whoever hears it looks once more a little later, since what is committed
meanwhile is not rung for."""


class News:
    """An observer of the scheduler (see `Scheduler.observe`). `ring` is the store's."""

    def __init__(self, ring: Callable[[Topic], None], clock: Callable[[], float] = time.monotonic) -> None:
        self._ring = ring
        self._clock = clock
        self._rung_at = float("-inf")

    def __call__(self, changes: Sequence[Change], now: datetime) -> None:
        for topic in sorted({topic for change in changes if (topic := topic_of(change)) is not None}):
            self._ring(topic)
        if changes and self._clock() - self._rung_at >= RING_SECONDS:
            self._rung_at = self._clock()
            self._ring(Topic.HAPPENED)


def topic_of(change: Change) -> Topic | None:
    match change:
        case RunChanged(new=new) if new.is_finished:
            return Topic.RUNS
        case DeferralMade() | DeferralForgotten():
            return Topic.DEFERRALS
        case AssetsUpdated():
            return Topic.ASSETS
        case _:
            return None
