"""The duty that lets queued runs begin: under `max_active_runs`, when their time has come, each with one scheduler.

What is queued is asked of the store when somebody rings; a run for later is waited for by its time.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Set
from datetime import datetime
from typing import TypeAlias

from tradewind.engine import events
from tradewind.engine.run import Bounds
from tradewind.executors.base import CodeRef
from tradewind.model.errors import HomeError
from tradewind.model.ids import RunKey
from tradewind.model.messages import RunRecord
from tradewind.model.service import Topic
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
"""Runs that begin in one go: the tasks that go on are heard in between."""
MOST_LOOKED_AT = 1000
Lane: TypeAlias = tuple[str, int | None]
"""Runs that are counted together: those of a DAG, or of one of its backfills."""


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
        self._begun: list[CodeRef] = []
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
        if not ready:
            return 0
        full: set[Lane] = set()
        admitted = 0
        most_of: dict[Lane, int] = {}
        running = self._store.running_counts()
        for run in ready:
            lane = (run.dag_id, run.backfill_id)
            if lane in full or admitted >= MOST_AT_ONCE:
                continue
            if lane not in most_of:
                most_of[lane] = self._most_active(run)
            most = most_of[lane]
            if run.backfill_id is None and running.get(run.dag_id, 0) >= most:
                full.add(lane)  # spares the transaction that would only say no
            elif self._begin(run, most, now):
                admitted += 1
            else:
                full.add(lane)
        self._scheduler.act()
        for code in self._begun:  # the first of them have their processes already
            self._expect(code)
        self._begun.clear()
        return admitted

    def _most_active(self, run: RunRecord) -> int:
        if run.backfill_id is not None:
            return self._store.backfill(run.backfill_id).max_active_runs
        newest = self._newest_of(run.dag_id)  # an edit counts for what waits already
        return self._specs.get(run.dag_id, newest or run.dag_hash).max_active_runs

    def _begin(self, run: RunRecord, most: int, now: datetime) -> bool:
        """False where it may not begin now, or somebody else has it."""
        key, me = RunKey(run.dag_id, run.run_id), self._owner
        epoch = self._store.claim_waiting_run(
            key, owner_id=me.id, pid=me.pid, host=me.host, now=now, max_active_runs=most
        )
        if epoch is None:
            return False
        try:
            active = self._active(run, now)
            active.epoch = epoch
            self._scheduler.adopt(active, [events.RunStarted()], act=False)
            self._begun.append(active.code)
        except (HomeError, OwnedRunError):
            raise
        except Exception as error:  # a run that cannot begin ends with its story, and blocks no other
            _log.error("run %s of DAG %s cannot begin: %s", key.run_id, key.dag_id, error)
            set_aside(self._store, key, error, epoch=epoch, owner_id=me.id, who="scheduler", now=now)
        return True

    def _active(self, run: RunRecord, now: datetime) -> ActiveRun:
        spec = self._specs.get(run.dag_id, run.dag_hash)
        code = CodeRef(run.snapshot, spec.file)
        if run.started_at is None:
            return waiting_run(run, spec, code, now, self._bounds())
        active, _ = restored_run(self._store, RunKey(run.dag_id, run.run_id), spec, code, self._bounds())
        return active
