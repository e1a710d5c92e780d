"""The duty of tasks that wait: a trigger has fired, or the time of one is over, so its task wants a slot again."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime

from tradewind.model.service import Topic
from tradewind.scheduler.loop import Scheduler


class Deferrals:
    """A `Duty`. The scheduler itself sees to timeouts, with its timers."""

    topics = frozenset({Topic.EVENTS})

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler

    def next_due(self) -> datetime | None:
        """Only when rung for."""
        return None

    def attend(self, now: datetime, heard: Set[Topic]) -> None:
        self._scheduler.look_at_deferrals()
