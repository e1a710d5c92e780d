"""Notes down the environment of each run that begins, beside the runs' own way: found out in a thread, once for each
state of a folder, and written a moment after the run's start, or with the end of the process."""

from __future__ import annotations

import logging
from collections.abc import Sequence, Set
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
from msgspec import structs

from tradewind.artifacts import ArtifactStore
from tradewind.cli.environment import gather
from tradewind.dagfiles.snapshot import load_snapshot
from tradewind.model.changes import Change, RunChanged, RunCreated
from tradewind.model.entries import Environment
from tradewind.model.errors import TradewindError
from tradewind.model.ids import RunKey
from tradewind.model.journal import JournalEntry
from tradewind.model.seeds import run_seed
from tradewind.model.service import Topic
from tradewind.model.states import RunState
from tradewind.scheduler.clock import utc_now
from tradewind.settings import Settings
from tradewind.store.base import Store

_log = logging.getLogger(__name__)
AFTER = timedelta(seconds=1)
"""Nothing waits for it, and many runs may begin at once."""
LAST_WAIT_SECONDS = 5.0
HOLDS_FOR = timedelta(seconds=30)
"""So long it is taken to be the same for runs of the same snapshot."""


class Surroundings:
    """An observer of the scheduler; in the service (`is_duty`) a duty, too, which alone writes there. `finish` writes
    what is left."""

    topics: frozenset[Topic] = frozenset()

    def __init__(self, settings: Settings, store: Store, who: str, *, is_duty: bool = False) -> None:
        self._is_duty = is_duty
        self._settings = settings
        self._store = store
        self._who = who
        self._thread: ThreadPoolExecutor | None = None
        self._found: dict[str, tuple[datetime, Future[Environment]]] = {}
        """By snapshot."""
        self._waiting: dict[RunKey, datetime] = {}

    def committed(self, changes: Sequence[Change], now: datetime) -> None:
        for change in changes:
            if isinstance(change, RunCreated) and change.claimed_by is not None:
                self._begin(change.snapshot, now)  # it starts here and now
            elif isinstance(change, RunChanged) and (change.old, change.new) == (RunState.QUEUED, RunState.RUNNING):
                self._waiting[change.run] = now
        if not self._is_duty and self._waiting and min(self._waiting.values()) + AFTER <= now:
            self.attend(now, frozenset())

    def next_due(self) -> datetime | None:
        return min(self._waiting.values()) + AFTER if self._waiting else None

    def attend(self, now: datetime, heard: Set[Topic]) -> None:
        """Write of those that it is known of; the others in a moment."""
        self._try_to_write(now, wait_seconds=0.0)
        for key, since in list(self._waiting.items()):
            if since + AFTER <= now:
                self._waiting[key] = now

    def finish(self) -> None:
        """At the end of the process."""
        self._try_to_write(utc_now(), wait_seconds=LAST_WAIT_SECONDS)
        if self._thread is not None:
            self._thread.shutdown(wait=False, cancel_futures=True)

    def _try_to_write(self, now: datetime, *, wait_seconds: float) -> None:
        """What cannot be noted down must not keep a run, or its end, from being told."""
        if not self._waiting:
            return
        try:
            self._write(now, wait_seconds=wait_seconds)
        except TradewindError as error:
            _log.warning("the environment of %d runs could not be noted down: %s", len(self._waiting), error)

    def _write(self, now: datetime, *, wait_seconds: float) -> None:
        entries: list[JournalEntry] = []
        for key in list(self._waiting):
            record = self._store.run(key)
            if record is None:
                del self._waiting[key]
                continue
            try:
                found = self._begin(record.snapshot, now).result(timeout=wait_seconds)
            except TimeoutError:
                wait_seconds = 0.0  # once is enough
                continue
            del self._waiting[key]
            body = msgspec.to_builtins(structs.replace(found, seed=run_seed(key.dag_id, key.run_id)))
            entries.append(JournalEntry("Environment", "", body, now, self._who, key.dag_id, key.run_id))
        self._store.write_entries(entries)

    def _begin(self, snapshot: str, now: datetime) -> Future[Environment]:
        known = self._found.get(snapshot)
        if known is not None and known[0] + HOLDS_FOR > now:
            return known[1]
        self._thread = self._thread or ThreadPoolExecutor(1, thread_name_prefix="tradewind-surroundings")
        self._found = {name: one for name, one in self._found.items() if one[0] + HOLDS_FOR > now}
        found = self._thread.submit(_gathered, self._settings.home, self._settings.artifact_url, snapshot)
        self._found[snapshot] = now, found
        return found


def _gathered(home: Path, artifact_url: str, snapshot: str) -> Environment:
    try:
        root = Path(load_snapshot(home, snapshot).root)
    except TradewindError:  # deleted since
        root = home
    try:
        return gather(root, home, ArtifactStore(artifact_url))
    except Exception:  # of an odd machine; no run should suffer from it
        _log.exception("the environment of runs could not be found out")
        return Environment()
