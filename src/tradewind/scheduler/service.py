"""The scheduler as a service: the loop of the active runs, and between its turns the duties. One thread, no polling.

A turn waits until something happens: a task says something, a retry is due, another process rings, a duty's time has
come. Then whatever was rung for or is due is attended to, and nothing else.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Collection, Sequence
from datetime import UTC, datetime, timedelta

from msgspec import Struct

from tradewind.executors.base import Executor
from tradewind.model.errors import TradewindError
from tradewind.model.service import Topic
from tradewind.scheduler.clock import Clock
from tradewind.scheduler.duty import Duty
from tradewind.scheduler.loop import Scheduler
from tradewind.store.errors import StoreError
from tradewind.store.facets.services import Listener
from tradewind.store.outage import Outage, may_pass

_log = logging.getLogger(__name__)
AWAY_SECONDS = 1.0
"""Between two looks for a database that is away."""
AGAIN_AFTER_SECONDS = (1.0, 2.0, 5.0, 10.0, 30.0)
"""A duty that failed is tried again after these; the last of them goes on for ever."""
_LONG_AGO = datetime.min.replace(tzinfo=UTC)


class LeaseLostError(TradewindError):
    """Others have taken this scheduler for dead, and may drive its runs by now. It has to end at once and write nothing
    more; whoever watches over it starts another."""


class Stopping(Struct, frozen=True):
    """How a service ends when it is asked to."""

    waits: bool = True
    """For the ends of tries; else they are ended, and start again under the next scheduler."""
    timeout_seconds: float = 600.0
    """After so long they are ended all the same."""


class Service:
    """Made with a scheduler that drives no runs yet. Not thread-safe, save `stop`."""

    def __init__(
        self,
        scheduler: Scheduler,
        executor: Executor,
        duties: Sequence[Duty],
        listener: Listener,
        clock: Clock,
        *,
        vital: Collection[Duty] = (),
        stopping: Stopping = Stopping(),
        stop_descriptor: int | None = None,
    ) -> None:
        """`vital`: those of the duties that are attended also while the scheduler stops. `executor` is the
        scheduler's: its `wait` also ends when the listener has heard something. The service stops when
        `stop_descriptor` becomes readable or is closed at its other end."""
        self._scheduler = scheduler
        self._executor = executor
        self._vital = {id(duty) for duty in vital}
        self._attended = [_Attended(duty) for duty in duties]
        self._listener = listener
        self._clock = clock
        self._stopping = stopping
        self._stop_descriptor = stop_descriptor
        self._turned_at = _LONG_AGO
        self._hand_over_at: datetime | None = None
        """Set once it stops; None again when the tries have been told to end."""
        self._outage = Outage()
        self._found_it_away: _Attended | None = None
        self._must_end = False
        self._is_stopping = False

    def serve(self) -> None:
        """Until it was stopped and the tries that may finish have.

        Raises LeaseLostError; HomeError where the database cannot be used at all."""
        while not self._is_over():
            self.turn()

    def stop(self, *, graceful: bool = True) -> None:
        """No run, and no task, starts any more. `graceful`: the tries that go on end as was said (`Stopping`); else
        `serve` returns after this turn, whatever goes on. Safe in a signal handler."""
        if not self._is_stopping:
            patience = self._stopping.timeout_seconds if self._stopping.waits else 0.0
            self._hand_over_at = self._clock() + timedelta(seconds=patience)
        self._is_stopping = True
        self._must_end = self._must_end or not graceful
        self._scheduler.drain()

    @property
    def must_end(self) -> bool:
        """Stopped at once."""
        return self._must_end

    @property
    def is_stopping(self) -> bool:
        return self._is_stopping

    def turn(self) -> None:
        """Wait for something to happen, carry it through, and attend to what it concerns."""
        watched = [self._listener.fileno()]  # a listener that had to connect anew has another one
        if self._stop_descriptor is not None and not self._is_stopping:
            watched.append(self._stop_descriptor)
        self._executor.watch(*watched)
        self._scheduler.turn(self._seconds_until_due())
        if self._was_told_to_stop():
            self.stop()
        now, heard = self._clock(), self._listener.heard()
        was_set_back = now < self._turned_at  # what was due by the old time would wait until that comes again
        self._turned_at = now
        self._attend(now, heard, was_set_back)
        if self._hand_over_at is not None and self._hand_over_at <= now:
            self._hand_over_at = None
            self._scheduler.hand_over("its scheduler was stopped; it starts again under the next one")

    def _attend(self, now: datetime, heard: set[Topic], was_set_back: bool) -> None:
        """Where the database is away, it is so for all of them: the first to find out tries again a little later."""
        is_away = False
        for attended in self._attended:
            wants = attended.wants(now, heard) or was_set_back
            if not wants or is_away or (self._is_stopping and id(attended.duty) not in self._vital):
                continue
            try:
                attended.attend(now)
            except StoreError as error:
                is_away, self._found_it_away = True, attended
                attended.put_off(now + timedelta(seconds=AWAY_SECONDS))
                self._outage.goes_on(error, AWAY_SECONDS)
            else:
                if attended is self._found_it_away:  # another may have had nothing to ask
                    self._outage.is_over()

    def _was_told_to_stop(self) -> bool:
        if self._stop_descriptor is None or self._is_stopping:
            return False
        os.set_blocking(self._stop_descriptor, False)
        try:
            os.read(self._stop_descriptor, 1)  # a byte, or the end
        except BlockingIOError:
            return False
        return True

    def _is_over(self) -> bool:
        return self._is_stopping and (self._must_end or not self._scheduler.has_processes)

    def _seconds_until_due(self) -> float | None:
        now = self._clock()
        attended = [one for one in self._attended if not self._is_stopping or id(one.duty) in self._vital]
        instants = [due for one in attended if (due := one.next_due()) is not None]
        if self._hand_over_at is not None:
            instants.append(self._hand_over_at)
        waits = [max(0.0, (min(instants) - now).total_seconds())] if instants else []
        if (seconds := self._scheduler.seconds_until_due()) is not None:
            waits.append(seconds)
        return min(waits, default=None)


class _Attended:
    """A duty, what it has not heard yet, and when it is tried again after it failed."""

    def __init__(self, duty: Duty) -> None:
        self.duty = duty
        self._unheard: set[Topic] = set(duty.topics)
        """All of them at the first call after a start."""
        self._is_new = True
        self._failures = 0
        self._again_at: datetime | None = None

    def next_due(self) -> datetime | None:
        if self._again_at is not None:
            return self._again_at
        return _LONG_AGO if self._is_new else self.duty.next_due()

    def wants(self, now: datetime, heard: set[Topic]) -> bool:
        self._unheard |= heard & self.duty.topics
        if self._again_at is not None:
            return now >= self._again_at
        due = self.duty.next_due()
        return self._is_new or bool(self._unheard) or (due is not None and due <= now)

    def put_off(self, until: datetime) -> None:
        self._again_at = until

    def attend(self, now: datetime) -> None:
        """One duty that fails stops no other: it is tried again a little later, with what it has not heard yet.

        Raises StoreError where the database is away, LeaseLostError."""
        try:
            self.duty.attend(now, frozenset(self._unheard))
        except LeaseLostError:
            raise
        except Exception as error:
            if may_pass(error):
                raise
            pause_seconds = AGAIN_AFTER_SECONDS[min(self._failures, len(AGAIN_AFTER_SECONDS) - 1)]
            self._again_at = now + timedelta(seconds=pause_seconds)
            self._failures += 1
            story = None if isinstance(error, TradewindError) else error
            name = type(self.duty).__name__
            _log.error("%s failed: %s; trying again in %g s", name, error, pause_seconds, exc_info=story)
        else:
            self._is_new = False
            self._failures = 0
            self._again_at = None
            self._unheard.clear()
