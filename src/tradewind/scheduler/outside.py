"""Two duties about what others change under the scheduler: the sizes of pools, and runs that other processes drive."""

from __future__ import annotations

from collections.abc import Set
from datetime import datetime

from tradewind.model.service import Topic
from tradewind.scheduler.dispatch import Dispatch
from tradewind.scheduler.loop import Scheduler
from tradewind.store.base import Store


class PoolSizes:
    """A duty (see `duty.Duty`): pools count as they are now, not as they were when the scheduler started."""

    topics = frozenset({Topic.POOLS})

    def __init__(self, store: Store, scheduler: Scheduler, dispatch: Dispatch) -> None:
        self._store = store
        self._scheduler = scheduler
        self._dispatch = dispatch

    def next_due(self) -> datetime | None:
        return None

    def attend(self, now: datetime, heard: Set[Topic]) -> None:
        self._dispatch.set_pools(self._store.pools())
        self._scheduler.act()


class PastOfOthers:
    """A duty (see `duty.Duty`): tasks that wait for a run that is not driven here (`depends_on_past`) look again when
    some run has ended."""

    topics = frozenset({Topic.RUNS})

    def __init__(self, scheduler: Scheduler) -> None:
        self._scheduler = scheduler

    def next_due(self) -> datetime | None:
        return None

    def attend(self, now: datetime, heard: Set[Topic]) -> None:
        self._scheduler.look_at_past()
