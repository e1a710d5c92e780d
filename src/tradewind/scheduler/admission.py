"""The duty that lets queued runs begin: under `max_active_runs`, when their time has come, each with one scheduler.

What is queued is asked of the store when somebody rings; a run for later is waited for by its time.
"""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Set
from datetime import datetime
from itertools import islice
from typing import TypeAlias

from tradewind.engine import events
from tradewind.engine.run import Bounds
from tradewind.executors.base import CodeRef
from tradewind.model.errors import HomeError, NotFoundError
from tradewind.model.ids import RunKey
from tradewind.model.records import RunRecord
from tradewind.model.service import Topic
from tradewind.model.states import RunType
from tradewind.scheduler.active import ActiveRun
from tradewind.scheduler.aside import set_aside
from tradewind.scheduler.loop import Scheduler
from tradewind.scheduler.owner import Owner
from tradewind.scheduler.specs import Specs
from tradewind.scheduler.takeover import restored_run, waiting_run
from tradewind.store.base import Store
from tradewind.store.errors import OwnedRunError

_log = logging.getLogger(__name__)
MOST_AT_ONCE = 50
"""Runs that are claimed in one transaction, and begin in one go: the tasks that go on are heard in between."""
MOST_LOOKED_AT = 1000
Lane: TypeAlias = tuple[str, int | None]
"""Runs that are counted together: those of a DAG, or of one of its backfills."""


class _Lanes:
    """Places under `max_active_runs`, as far as is known before the store counts."""

    def __init__(self, running: Mapping[str, int], most_active: Callable[[RunRecord], int]) -> None:
        self._running = running
        self._most_active = most_active
        self._most: dict[Lane, int] = {}
        self._free: dict[Lane, int] = {}

    def has_room_for(self, run: RunRecord) -> bool:
        """Takes the place."""
        lane = _lane(run)
        if lane not in self._free:
            # Spares the transaction that would only say no. What runs of a backfill is not known here.
            running = self._running.get(run.dag_id, 0) if run.backfill_id is None else 0
            self._most[lane] = self._most_active(run)
            self._free[lane] = self._most[lane] - running
        self._free[lane] -= 1
        return self._free[lane] >= 0

    def most_of(self, run: RunRecord) -> int:
        return self._most[_lane(run)]

    def is_full(self, run: RunRecord) -> None:
        self._free[_lane(run)] = 0


def _lane(run: RunRecord) -> Lane:
    return (run.dag_id, run.backfill_id)


class Admission:
    """A duty (see `duty.Duty`)."""

    topics = frozenset({Topic.RUNS, Topic.DAGS})

    def __init__(
        self,
        store: Store,
        scheduler: Scheduler,
        specs: Specs,
        owner: Owner,
        bounds: Callable[[], Bounds],
        newest_of: Callable[[str], str | None],
        expect: Callable[[CodeRef], None] = lambda code: None,
    ) -> None:
        """`newest_of`: hash of a DAG's newest version. `expect` is the executor's."""
        self._store = store
        self._scheduler = scheduler
        self._specs = specs
        self._owner = owner
        self._bounds = bounds
        self._newest_of = newest_of
        self._expect = expect
        self._claimed: deque[tuple[RunRecord, int]] = deque()
        """Ours by this epoch, and not begun yet."""
        self._next_due: datetime | None = None
        self._most_looked_at = MOST_LOOKED_AT

    def next_due(self) -> datetime | None:
        return self._next_due

    def attend(self, now: datetime, heard: Set[Topic]) -> None:
        waiting = self._store.waiting_runs(limit=self._most_looked_at)
        self._next_due = min((run.run_after for run in waiting if run.run_after > now), default=None)
        admitted = self._admit([run for run in waiting if run.run_after <= now], now)
        if admitted >= MOST_AT_ONCE:
            self._next_due = now
        elif len(waiting) == self._most_looked_at:  # behind them others may wait that could begin
            self._most_looked_at *= 2
            self._next_due = now
        else:
            self._most_looked_at = MOST_LOOKED_AT

    def _admit(self, ready: list[RunRecord], now: datetime) -> int:
        """How many begin."""
        if ready:
            self._claim(ready, now)
        begun = [self._begin(*claimed, now) for claimed in self._take_claimed()]
        if begun:
            self._scheduler.act()
        for code in begun:  # the first of them have their processes already
            if code is not None:
                self._expect(code)
        return len(begun)

    def _claim(self, ready: list[RunRecord], now: datetime) -> None:
        """Many in one transaction, which says no to those that may not begin now, or that somebody else has."""
        me, lanes, left = self._owner, _Lanes(self._store.running_counts(), self._most_active), iter(ready)
        while room := max(0, MOST_AT_ONCE - len(self._claimed)):
            chosen = list(islice(filter(lanes.has_room_for, left), room))
            if not chosen:
                return
            wanted = [(RunKey(run.dag_id, run.run_id), lanes.most_of(run)) for run in chosen]
            epochs = self._store.claim_waiting_runs(wanted, owner_id=me.id, pid=me.pid, host=me.host, now=now)
            for run, epoch in zip(chosen, epochs, strict=True):
                if epoch is None:
                    lanes.is_full(run)
                else:
                    self._claimed.append((run, epoch))

    def _take_claimed(self) -> Iterator[tuple[RunRecord, int]]:
        """One that the database was away for is the first of the next time: it is ours, and nobody else begins it."""
        while self._claimed:
            yield self._claimed[0]
            self._claimed.popleft()

    def _most_active(self, run: RunRecord) -> int:
        if run.backfill_id is not None:
            return self._store.backfill(run.backfill_id).max_active_runs
        newest = self._newest_of(run.dag_id)  # an edit counts for what waits already
        try:
            return self._specs.get(run.dag_id, newest or run.dag_hash).max_active_runs
        except NotFoundError:  # one at a time goes on with its own version, or ends with its story: see `_begin`
            return 1

    def _begin(self, run: RunRecord, epoch: int, now: datetime) -> CodeRef | None:
        """None where it ended with its story instead: it blocks no other."""
        key = RunKey(run.dag_id, run.run_id)
        if (begun := self._scheduler.active_run(key)) is not None:
            return begun.code  # the database went away in the middle of it
        try:
            active = self._active(run, now)
            active.epoch = epoch
            self._scheduler.adopt(active, [events.RunStarted()], act=False)
        except (HomeError, OwnedRunError):
            raise
        except Exception as error:
            _log.error("run %s of DAG %s cannot begin: %s", key.run_id, key.dag_id, error)
            set_aside(self._store, key, error, epoch=epoch, owner_id=self._owner.id, who="scheduler", now=now)
            return None
        return active.code

    def _active(self, run: RunRecord, now: datetime) -> ActiveRun:
        spec = self._specs.get(run.dag_id, run.dag_hash)
        code = CodeRef(run.snapshot, spec.file)
        if run.started_at is None and not self._is_fork(run):
            return waiting_run(run, spec, code, now, self._bounds())
        active, _ = restored_run(self._store, RunKey(run.dag_id, run.run_id), spec, code, self._bounds())
        return active

    def _is_fork(self, run: RunRecord) -> bool:
        """It has not begun, and has states already: those of the run that it was forked from."""
        return run.run_type is RunType.MANUAL and bool(self._store.tasks(RunKey(run.dag_id, run.run_id)))
