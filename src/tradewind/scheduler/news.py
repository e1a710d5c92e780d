"""What a commit means to others: each is rung for what it may be waiting for. Our own duties hear it, too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from tradewind.model.changes import AssetsUpdated, Change, DeferralForgotten, DeferralMade, RunChanged
from tradewind.model.service import Topic


class News:
    """An observer of the scheduler (see `Scheduler.observe`). `ring` is the store's."""

    def __init__(self, ring: Callable[[Topic], None]) -> None:
        self._ring = ring

    def __call__(self, changes: Sequence[Change], now: datetime) -> None:
        for topic in sorted({topic for change in changes if (topic := topic_of(change)) is not None}):
            self._ring(topic)


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
