"""Runs that come and go: claimed, held while a process of theirs is left, let go, or set aside when they break."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from msgspec.structs import replace

from tradewind.engine import events
from tradewind.engine.commands import AskPast
from tradewind.engine.events import Event
from tradewind.model.changes import Change, RunCreated
from tradewind.model.ids import RunKey, TryId
from tradewind.model.records import OwnerRecord
from tradewind.model.states import RunState, TryPurpose
from tradewind.scheduler.active import ActiveRun
from tradewind.scheduler.aside import closing_changes, story_of
from tradewind.scheduler.dispatch import Dispatch
from tradewind.scheduler.outbox import Outbox
from tradewind.scheduler.owner import Owner
from tradewind.scheduler.patience import Patience
from tradewind.scheduler.timers import Timers
from tradewind.scheduler.translate import LiveTry
from tradewind.scheduler.waiting import DeferralTimedOut
from tradewind.store.base import Store
from tradewind.store.errors import LostLeaseError

_log = logging.getLogger(__name__)
FIRST_EPOCH = 1
CLOSINGS_AT_MOST = 2
"""Somebody may move a run's rows between our look at them and our closing it."""
Planned: TypeAlias = tuple[ActiveRun, Event | AskPast | DeferralTimedOut]


class Roster:
    """The runs that a scheduler drives, and the tries it has live. Its parts are the scheduler's own."""

    def __init__(
        self,
        store: Store,
        dispatch: Dispatch,
        timers: Timers[Planned],
        outbox: Outbox,
        patiently: Patience,
        owner: Owner,
    ) -> None:
        self.runs: dict[RunKey, ActiveRun] = {}
        self.live: dict[TryId, LiveTry] = {}
        self.finished: list[RunKey] = []
        """Runs that have ended in this turn, or are queued and wait for a place."""
        self.broken: dict[RunKey, Exception] = {}
        """Active runs that are to be set aside at the end of the turn."""
        self._leaving: set[RunKey] = set()
        """Runs that have ended while processes of their tries still do."""
        self._store = store
        self._dispatch = dispatch
        self._timers = timers
        self._outbox = outbox
        self._patiently = patiently
        self._owner = owner

    @property
    def is_changing(self) -> bool:
        return bool(self.finished or self._leaving)

    def claim(self, active: ActiveRun, instead_of: str | None, now: datetime) -> None:
        """Where it is not claimed yet (`active.epoch`)."""
        me, key = self._owner, active.key
        active.epoch = active.epoch or self._patiently(
            lambda: self._store.claim_run(key, owner_id=me.id, pid=me.pid, host=me.host, now=now, instead_of=instead_of)
        )
        self._outbox.claimed(key, active.epoch)

    def _claiming(self, changes: Sequence[Change], now: datetime) -> list[Change]:
        """The run that is created among these is ours from the beginning."""
        mine = OwnerRecord(self._owner.id, self._owner.pid, self._owner.host, FIRST_EPOCH, now)
        return [replace(one, claimed_by=mine) if isinstance(one, RunCreated) else one for one in changes]

    def create(self, active: ActiveRun, changes: Sequence[Change], now: datetime) -> Sequence[Change]:
        """Created and claimed in one commit, so that no other scheduler lets it begin in between. Returns what was
        committed; raises what the store refuses it for."""
        self._outbox.add(active.key, self._claiming(changes, now))
        committed, refused = self._outbox.commit(now)
        if active.key in refused:
            raise refused[active.key]
        active.epoch = FIRST_EPOCH
        return committed

    def begin(self, active: ActiveRun, now: datetime) -> None:
        if active.facts.started_at is None or active.run.state is not RunState.RUNNING:
            active.facts = replace(active.facts, started_at=now)  # a resumed run has its whole time again
        self.runs[active.key] = active
        self._leaving.discard(active.key)
        if (timeout := active.spec.run_timeout_seconds) is not None:
            begun = active.facts.started_at or now
            self._timers.add(begun + timedelta(seconds=timeout), (active, events.RunTimedOut()))

    def let_go(self) -> None:
        """A run is ours until the last process of its tries has ended: else somebody could resume it, and have two
        processes of one task."""
        for key in self.finished:
            if (active := self.runs.get(key)) is not None and active.run.state is not RunState.RUNNING:
                self.drop(active)
                self._leaving.add(key)
        self.finished.clear()
        for key in sorted(self._leaving):
            if not self.tries_of(key):
                self._patiently(lambda key=key: self._store.release_run(key, owner_id=self._owner.id))
                self._outbox.released(key)
                self._leaving.discard(key)

    def look_at_claims(self) -> None:
        """Runs that somebody else has claimed since are broken: see `set_broken_aside`."""
        for key, active in self.runs.items():
            owner = self._store.owner_of(key)
            if owner is None or (owner.owner_id, owner.epoch) != (self._owner.id, active.epoch):
                self.broken.setdefault(key, _taken_over(key, owner))

    def drop(self, active: ActiveRun) -> None:
        del self.runs[active.key]
        self._dispatch.forget(active.key)
        self._timers.forget(lambda planned: planned[0] is active)

    def has_tasks_of(self, key: RunKey) -> bool:
        """Processes of tasks: callbacks may go on beside whatever becomes of their run."""
        return any(live.purpose is not TryPurpose.CALLBACK for live in self.tries_of(key))

    def tries_of(self, key: RunKey) -> list[LiveTry]:
        return [live for live in self.live.values() if live.task.run == key]

    def set_broken_aside(
        self, unsent: Collection[TryId], now: datetime, commit: Callable[[datetime], Collection[RunKey]]
    ) -> list[TryId]:
        """The broken ones end, each with its story; those that another process has taken over are forgotten. Returns
        the tries whose processes are to be stopped. `unsent` are tries without a process; `commit` writes what waits,
        and names the runs whose changes were refused."""
        broken, self.broken = self.broken, {}
        stops: list[TryId] = []
        for key, error in broken.items():
            active = self.runs.get(key)
            if isinstance(error, LostLeaseError):
                stops += self._lose(key, error, unsent)
            elif active is not None:
                _log.error("run %s of DAG %s is set aside", key.run_id, key.dag_id, exc_info=error)
                self.drop(active)
                running = self._stop_tries(key, story_of(error), unsent)
                stops += running
                self._close(active, story_of(error), running, now, commit)
        return stops

    def _lose(self, key: RunKey, error: LostLeaseError, unsent: Collection[TryId]) -> Collection[TryId]:
        """It goes on elsewhere: nothing we know of it counts any more, and our processes of its tries are to end."""
        _log.warning("%s; %s", error.message, error.hint)
        if (active := self.runs.get(key)) is not None:
            self.drop(active)
        self._leaving.discard(key)
        self._outbox.lost(key)
        return self._stop_tries(key, error.message, unsent)

    def _stop_tries(self, key: RunKey, why: str, unsent: Collection[TryId]) -> dict[TryId, LiveTry]:
        running: dict[TryId, LiveTry] = {}
        for live in self.tries_of(key):
            if live.try_id in unsent:
                del self.live[live.try_id]
            else:
                live.is_stopping = why
                running[live.try_id] = live
        return running

    def _close(
        self,
        active: ActiveRun,
        why: str,
        running: dict[TryId, LiveTry],
        now: datetime,
        commit: Callable[[datetime], Collection[RunKey]],
    ) -> None:
        """End a run that cannot be driven any more, from what the store says of it; our memory of it may be wrong."""
        key = active.key
        owner = self._patiently(lambda: self._store.owner_of(key))
        if owner is None or owner.owner_id != self._owner.id:
            self._outbox.lost(key)
            return  # another process has taken it over, or somebody deleted it: its states are theirs to write
        self._leaving.add(key)
        for _ in range(CLOSINGS_AT_MOST):
            rows = self._patiently(lambda: self._store.load_run(key))
            for row in rows.live_tries:
                if row.try_id in running:
                    running[row.try_id].state = row.state
            self._outbox.add(key, closing_changes(active.spec, rows, why, running, now))
            if key not in commit(now):
                return


def _taken_over(key: RunKey, owner: OwnerRecord | None) -> LostLeaseError:
    by = f" by process {owner.pid} on {owner.host}" if owner is not None else ""
    return LostLeaseError(
        f"run {key.run_id!r} of DAG {key.dag_id!r} was taken over{by}", hint="what is left of it here is ended"
    )
