"""The one reader: follows the store in a thread of its own while anybody looks on, and hands on what has happened.

Writers ring at most every `RING_SECONDS` (`scheduler.news`), so that what is committed shortly after a ring is not rung
for: after each ring that was heard, the store is looked at once more, a little later than that."""

from __future__ import annotations

import contextlib
import logging
import os
import select
import threading
import time
from collections.abc import Callable
from datetime import datetime, timedelta

from tradewind.api.live.cursor import Cursor
from tradewind.api.live.events import Batch, Event, of_entry, of_happening, of_metric, of_progress, of_topics
from tradewind.model.entries import CacheOutcome, TryUsage
from tradewind.model.errors import TradewindError
from tradewind.model.service import Topic
from tradewind.scheduler.news import RING_SECONDS
from tradewind.store.base import Store
from tradewind.store.facets.services import Listener

TOPICS = frozenset(
    {
        Topic.HAPPENED,
        Topic.RUNS,
        Topic.DAGS,
        Topic.POOLS,
        Topic.ASSETS,
        Topic.DEFERRALS,
        Topic.EVENTS,
        Topic.DELETED,
    }
)
LOOK_SECONDS = 2.0
"""Whatever was not rung for is seen after so long."""
PAUSE_SECONDS = 0.06
"""Between two looks, however much is rung: what happens meanwhile is read at once."""
OUTAGE_SECONDS = 1.0
MOST_ROWS = 5_000
GAP_SECONDS = 5.0
"""A number that is missing for so long was never used: its transaction was rolled back."""
OVERLAP = timedelta(seconds=1)
UNTOLD = frozenset({TryUsage.__name__, CacheOutcome.__name__})
"""Entries that come with every end of a try, which is told itself."""
_log = logging.getLogger(__name__)


class Feed:
    """`publish` is called in the feed's thread."""

    def __init__(self, open_store: Callable[[], Store], publish: Callable[[Batch], None]) -> None:
        self._open_store = open_store
        self._publish = publish
        self._bell, self._stopper = os.pipe()
        self._thread = threading.Thread(target=self._run, name="live feed", daemon=True)
        self._ready = threading.Event()
        self._is_stopping = False
        self._position = Cursor(0)
        self._progress: dict[str, datetime] = {}
        self._entry = 0
        self._progress_at: datetime | None = None
        self._gap: tuple[int, float] | None = None

    def start(self) -> None:
        self._thread.start()

    def wait_until_ready(self, seconds: float) -> bool:
        """From here on nothing is missed. False where the store cannot be reached."""
        return self._ready.wait(seconds)

    @property
    def position(self) -> Cursor:
        """Everything up to here was published."""
        return self._position

    def stop(self) -> None:
        self._is_stopping = True
        with contextlib.suppress(OSError):
            os.write(self._stopper, b"x")
        if self._thread.is_alive():
            self._thread.join()
        for end in (self._bell, self._stopper):
            with contextlib.suppress(OSError):
                os.close(end)

    # ------------------------------------------------------------------------------------ in the thread

    def _run(self) -> None:
        while not self._is_stopping:
            try:
                with contextlib.closing(self._open_store()) as store:
                    listener = store.listen(TOPICS)
                    try:
                        self._follow(store, listener)
                    finally:
                        listener.close()
            except TradewindError as error:
                _log.warning("the live feed cannot read the store: %s", error)
                self._pause(OUTAGE_SECONDS)
            except Exception:
                _log.exception("the live feed begins again")
                self._pause(OUTAGE_SECONDS)

    def _follow(self, store: Store, listener: Listener) -> None:
        if not self._ready.is_set():
            self._position = Cursor(store.last_happening(), store.last_metric())
            self._progress_at = store.now()
            self._entry = store.last_entry()
            self._ready.set()
        looks_again = True
        while not self._is_stopping:
            self._look(store, listener.heard())
            wait = max(RING_SECONDS + 0.01, PAUSE_SECONDS) if looks_again else LOOK_SECONDS
            looks_again = _is_readable([listener.fileno(), self._bell], wait)
            if looks_again:
                self._pause(PAUSE_SECONDS)

    def _pause(self, seconds: float) -> None:
        if not self._is_stopping:
            _is_readable([self._bell], seconds)

    def _look(self, store: Store, heard: set[Topic]) -> None:
        events = [*self._rows(store), *self._metrics(store), *self._told(store), *self._entries(store)]
        events += of_topics(heard, store.now())
        if events:
            self._publish(Batch(tuple(events), self._position))

    def _rows(self, store: Store) -> list[Event]:
        events: list[Event] = []
        for row in store.happenings(self._position.low, limit=MOST_ROWS):
            if not self._position.has(row.number):
                self._position = self._position.with_row(row.number)
                if not store.has_many_machines:  # one writer: what is missing was deleted, and does not come any more
                    self._position = self._position.settled(row.number)
                events.append(of_happening(row, self._position))
        self._close_gap()
        return events

    def _close_gap(self) -> None:
        missing = self._position.missing_since
        if missing is None:
            self._gap = None
        elif self._gap is None or self._gap[0] != missing:
            self._gap = (missing, time.monotonic())
        elif time.monotonic() - self._gap[1] > GAP_SECONDS:
            self._position = self._position.settled(min(self._position.above) - 1)

    def _metrics(self, store: Store) -> list[Event]:
        events: list[Event] = []
        for row in store.metrics_after(self._position.metric, limit=MOST_ROWS):
            self._position = self._position.with_metric(row.number)
            events.append(of_metric(row, self._position))
        return events

    def _told(self, store: Store) -> list[Event]:
        if self._progress_at is None:
            return []
        since = self._progress_at - OVERLAP
        found = [
            row for row in store.progress_since(since, limit=MOST_ROWS) if self._progress.get(row.try_id) != row.at
        ]
        if found:
            self._progress_at = max(self._progress_at, *(row.at for row in found))
            self._progress = {try_id: at for try_id, at in self._progress.items() if at > since}
            self._progress |= {row.try_id: row.at for row in found}
        return [of_progress(row) for row in found]

    def _entries(self, store: Store) -> list[Event]:
        found = store.entries_after(self._entry, besides=UNTOLD, limit=MOST_ROWS)
        if found:
            self._entry = found[-1].number
        return [of_entry(row) for row in found]


def _is_readable(descriptors: list[int], seconds: float) -> bool:
    """As select, for descriptors of any number: a server with thousands of streams has such."""
    poll = select.poll()
    for one in descriptors:
        poll.register(one, select.POLLIN)
    return bool(poll.poll(seconds * 1000))
