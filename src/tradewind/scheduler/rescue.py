"""The duty that takes over runs whose scheduler is gone: what it had live is lost and tried again, the rest goes on."""

from __future__ import annotations

import logging
from collections.abc import Callable, Set
from datetime import datetime, timedelta

from tradewind.engine import events
from tradewind.engine.run import Bounds
from tradewind.executors.base import CodeRef
from tradewind.model.errors import HomeError
from tradewind.model.ids import RunKey
from tradewind.model.records import OwnerRecord
from tradewind.model.service import Topic
from tradewind.model.states import RunState
from tradewind.scheduler.aside import set_aside
from tradewind.scheduler.loop import Scheduler
from tradewind.scheduler.owner import Owner
from tradewind.scheduler.specs import Specs
from tradewind.scheduler.takeover import left_behind, restored_run
from tradewind.store.base import Store
from tradewind.store.errors import OwnedRunError

_log = logging.getLogger(__name__)
MOST_AT_ONCE = 20
"""Runs taken over in one go: the tasks that go on are heard in between."""
WHO = "rescue"


class Rescue:
    """A duty (see `duty.Duty`). That a process has died rings no bell, so it looks every `look_every`."""

    topics: frozenset[Topic] = frozenset()

    def __init__(
        self,
        store: Store,
        scheduler: Scheduler,
        specs: Specs,
        owner: Owner,
        bounds: Callable[[], Bounds],
        *,
        look_every: timedelta,
    ) -> None:
        self._store = store
        self._scheduler = scheduler
        self._specs = specs
        self._owner = owner
        self._bounds = bounds
        self._look_every = look_every
        self._begun: dict[RunKey, OwnerRecord | None] = {}
        """Not taken over altogether, since the database went away in between. They may be claimed by us already, and
        then nobody would find them abandoned."""
        self._next_due: datetime | None = None

    def next_due(self) -> datetime | None:
        return self._next_due

    def attend(self, now: datetime, heard: Set[Topic]) -> None:
        mine = set(self._scheduler.active_runs)
        found = {**self._begun, **dict(self._store.abandoned_runs())}
        self._begun = {key: gone for key, gone in self._begun.items() if key not in mine}
        abandoned = [(key, gone) for key, gone in found.items() if key not in mine]
        for key, gone in abandoned[:MOST_AT_ONCE]:
            # Until it is done, its tries are live by their rows, and counted by nobody: they are not elsewhere.
            self._begun[key] = gone
            self._scheduler.is_held_back = True
            try:
                self._take_over(key, gone, now)
            except OwnedRunError:
                _log.info("run %s of DAG %s has been taken over by another scheduler", key.run_id, key.dag_id)
            del self._begun[key]
        self._scheduler.is_held_back = False
        self._next_due = now if len(abandoned) > MOST_AT_ONCE else now + self._look_every
        if abandoned:
            self._scheduler.act()
            self._store.ring(Topic.REQUESTS)  # some may have waited for somebody to drive these
            self._store.ring(Topic.RUNS)
            self._store.ring(Topic.EVENTS)

    def _take_over(self, key: RunKey, gone: OwnerRecord | None, now: datetime) -> None:
        record = self._store.run(key)
        if record is None:
            return
        if record.state is RunState.QUEUED and gone is not None:
            self._store.release_run(key, owner_id=gone.owner_id)  # it died before the run began
            return
        me, instead_of = self._owner, gone.owner_id if gone is not None else None
        epoch = self._store.claim_run(key, owner_id=me.id, pid=me.pid, host=me.host, now=now, instead_of=instead_of)
        try:
            self._go_on(key, gone, epoch, now)
        except (HomeError, OwnedRunError):
            raise
        except Exception as error:  # a run that nobody can drive ends with its story, and blocks no other
            _log.error("run %s of DAG %s cannot go on: %s", key.run_id, key.dag_id, error)
            set_aside(self._store, key, error, epoch=epoch, owner_id=me.id, who=WHO, now=now)

    def _go_on(self, key: RunKey, gone: OwnerRecord | None, epoch: int, now: datetime) -> None:
        rows = self._store.load_run(key)
        who = f"process {gone.pid} on {gone.host}" if gone is not None else "the process that drove the run"
        changes, lost = left_behind(rows, f"it ended with {who}")
        if rows.run.state.is_finished:
            self._store.commit(changes, who=WHO, now=now, epochs={key: epoch})
            self._store.release_run(key, owner_id=self._owner.id)
            return
        spec = self._specs.get(key.dag_id, rows.run.dag_hash)
        active, _ = restored_run(self._store, key, spec, CodeRef(rows.run.snapshot, spec.file), self._bounds())
        active.epoch = epoch
        self._scheduler.adopt(active, [events.RunRestored(), *lost], before=changes, act=False)
        _log.warning(
            "run %s of DAG %s goes on here: %s is gone; %d tasks were running", key.run_id, key.dag_id, who, len(lost)
        )
