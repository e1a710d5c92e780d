"""The duty that says this scheduler is alive. It is attended by the loop itself, so that a stuck loop shows; where the
others have taken it for dead, the service ends."""

from __future__ import annotations

from collections.abc import Callable, Set
from datetime import datetime, timedelta
from typing import Any

from tradewind.model.service import JobRecord, Topic
from tradewind.scheduler.service import LeaseLostError
from tradewind.store.base import Store

BEAT_EVERY = timedelta(seconds=1)
LEASE = timedelta(seconds=4)
"""How long the others wait for a sign of life before they take over."""


class Heartbeat:
    """A duty (see `duty.Duty`). The job is registered when this is made, and ended by `end`.

    Raises SchedulerRunningError where the database is for one scheduler, and another is alive."""

    topics: frozenset[Topic] = frozenset()

    def __init__(
        self,
        store: Store,
        job: JobRecord,
        detail: Callable[[], dict[str, Any]],
        on_lapse: Callable[[], None] = lambda: None,
    ) -> None:
        """`detail`: what is said beside the beat: counts. `on_lapse`: called after a beat that came so late that others
        may have taken over runs meanwhile (this process was paused, its database away)."""
        self._store = store
        self._job_id = job.job_id
        self._detail = detail
        self._on_lapse = on_lapse
        self._next_due = job.started_at
        self._slowest_seconds = 0.0
        store.register_job(job)

    def next_due(self) -> datetime | None:
        return self._next_due

    def attend(self, now: datetime, heard: Set[Topic]) -> None:
        lag_seconds = max(0.0, (now - self._next_due).total_seconds())
        self._slowest_seconds = max(lag_seconds, self._slowest_seconds * 0.9)
        detail = {"lag_seconds": round(lag_seconds, 4), "slowest_lag_seconds": round(self._slowest_seconds, 4)}
        if not self._store.beat(self._job_id, now=now, lease_until=now + LEASE, detail={**detail, **self._detail()}):
            raise LeaseLostError(
                "this scheduler did not say for so long that it lives that others have taken over its runs",
                hint="it has been paused, or its machine is overloaded; start it again",
            )
        self._next_due = now + BEAT_EVERY
        if lag_seconds + BEAT_EVERY.total_seconds() >= LEASE.total_seconds():
            self._on_lapse()

    def end(self, now: datetime) -> None:
        self._store.end_job(self._job_id, now=now)
