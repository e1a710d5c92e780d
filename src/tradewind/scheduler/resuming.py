"""Deferred tasks of the active runs: they begin to wait in the commit that defers them, and go on when the store says
that their trigger fired, failed, or was out of time. The store decides which of these came first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tradewind.engine import events
from tradewind.engine.events import Event
from tradewind.model.changes import Change, DeferralMade, XComStored
from tradewind.model.ids import RunKey, TaskKey
from tradewind.model.messages import CallbackCall, Deferred
from tradewind.model.service import DeferralOutcome, DeferralRecord
from tradewind.model.states import TaskState
from tradewind.model.triggers import EndsTask
from tradewind.model.values import XCom
from tradewind.scheduler.active import ActiveRun
from tradewind.scheduler.callbacks import call_of_task
from tradewind.scheduler.outbox import Outbox
from tradewind.scheduler.patience import Patience
from tradewind.scheduler.roster import Planned
from tradewind.scheduler.timers import Timers
from tradewind.scheduler.translate import LiveTry
from tradewind.scheduler.waiting import DeferralTimedOut, Name, Resumption, deferral_of, end_of_task, resume_of
from tradewind.store.base import Store


class Resuming:
    """Its parts are the scheduler's own: `step` moves a run on, `call` has a callback called."""

    def __init__(
        self,
        store: Store,
        timers: Timers[Planned],
        outbox: Outbox,
        patiently: Patience,
        step: Callable[[ActiveRun, Event, datetime], None],
        call: Callable[[ActiveRun, tuple[TaskKey, CallbackCall] | None], None],
    ) -> None:
        self._store = store
        self._timers = timers
        self._outbox = outbox
        self._patiently = patiently
        self._step = step
        self._call = call

    def begin(self, active: ActiveRun, live: LiveTry, deferred: Deferred, now: datetime) -> None:
        """The try deferred; for the commit that says so of the instance."""
        instance = active.run.instance(live.task.task_id, live.task.map_path)
        if instance is None or instance.state is not TaskState.DEFERRED:
            return  # it was being stopped
        changes = deferral_of(deferred, live.task, live.try_id, active.code, now)
        self._outbox.add(active.key, changes)
        for change in changes:
            if isinstance(change, DeferralMade):
                active.waiting.begin(change)
        self._plan_timeouts(active, (live.task.task_id, live.task.map_path))

    def look(self, runs: dict[RunKey, ActiveRun], now: datetime) -> bool:
        """Triggers have fired, or failed; False where nothing waits here."""
        waiting = [key for key, active in runs.items() if active.waiting.deferred]
        for record in self._patiently(lambda: self._store.ended_deferrals(waiting)) if waiting else ():
            self._resume(runs[record.run], record, now)
        return bool(waiting)

    def restored(self, active: ActiveRun, now: datetime) -> None:
        """A run that was rebuilt from the store: what fired while nobody drove it, and what may still time out."""
        if active.waiting.deferred:
            self._plan_timeouts(active, *active.waiting.deferred)
            self.look({active.key: active}, now)

    def time_out(self, active: ActiveRun, due: DeferralTimedOut, now: datetime) -> None:
        pending = active.waiting.deferred.get((due.task_id, due.map_path))
        if pending is None or pending.try_id != due.try_id:
            return
        self._patiently(lambda: _end_in_store(self._store, active.key, due, now))
        self.look({active.key: active}, now)

    def _plan_timeouts(self, active: ActiveRun, *names: Name) -> None:
        for name in names:
            pending = active.waiting.deferred[name]
            if pending.timeout_at is not None:
                self._timers.add(pending.timeout_at, (active, DeferralTimedOut(*name, pending.try_id)))

    def _resume(self, active: ActiveRun, record: DeferralRecord, now: datetime) -> None:
        name = (record.task_id, record.map_path)
        instance = active.run.instance(*name)
        pending = active.waiting.deferred.get(name)
        if instance is None or pending is None or pending.try_id != record.try_id:
            return  # a change that is not committed yet says that it waits for something else
        if instance.state is not TaskState.DEFERRED or instance.is_ready:
            return  # told already
        if (end := end_of_task(record)) is not None:
            self._end_without_a_process(active, end, record, now)
            return
        active.waiting.resumptions[name] = Resumption(resume_of(record), instance.try_number)
        self._step(active, events.DeferralEnded(*name), now)

    def _end_without_a_process(self, active: ActiveRun, end: EndsTask, record: DeferralRecord, now: datetime) -> None:
        stored: list[Change] = [
            XComStored(record.run, XCom(record.task_id, record.map_path, key, value, record.try_id))
            for key, value in end.xcoms.items()
        ]
        self._outbox.add(active.key, stored)
        active.keep_values(stored)
        pushed = tuple((key, value.length) for key, value in end.xcoms.items())
        why = f"its trigger ended it: {end.state}"
        self._step(active, events.DeferredTaskEnded(record.task_id, record.map_path, end.state, pushed, why), now)
        self._call(active, call_of_task(active, record.task_id, record.map_path, why))


def _end_in_store(store: Store, key: RunKey, due: DeferralTimedOut, now: datetime) -> None:
    for record in store.deferrals(key):
        if (record.task_id, record.map_path, record.try_id) == (due.task_id, due.map_path, due.try_id):
            outcome = DeferralOutcome.TIMEOUT
            store.end_deferral(record.deferral_id, triggerer_id=None, outcome=outcome, event=None, error="", now=now)
