"""Deferred tasks of the active runs: they begin to wait in the commit that defers them, and go on when the store says
that their trigger fired, failed, or was out of time. The store decides which of these came first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from tradewind.engine import events
from tradewind.engine.commands import StartTry
from tradewind.engine.events import Event
from tradewind.model.changes import Change, DeferralMade, TryCreated, XComStored
from tradewind.model.ids import RunKey, TaskKey, TryId
from tradewind.model.messages import CallbackCall
from tradewind.model.outcomes import Deferred, TryReport
from tradewind.model.service import DeferralOutcome, DeferralRecord
from tradewind.model.states import TaskState, TryPurpose
from tradewind.model.triggers import EndsTask
from tradewind.model.values import XCom
from tradewind.scheduler.active import ActiveRun
from tradewind.scheduler.callbacks import call_of_task
from tradewind.scheduler.names import log_path
from tradewind.scheduler.outbox import Outbox
from tradewind.scheduler.patience import Patience
from tradewind.scheduler.roster import Planned
from tradewind.scheduler.timers import Timers
from tradewind.scheduler.translate import LiveTry, reported
from tradewind.scheduler.waiting import DeferralTimedOut, Name, Resumption, deferral_of, end_of_task, resume_of
from tradewind.store.base import Store
from tradewind.store.facets.deferrals import EndedDeferral


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
        new_try_id: Callable[[], TryId],
    ) -> None:
        self._store = store
        self._timers = timers
        self._outbox = outbox
        self._patiently = patiently
        self._step = step
        self._call = call
        self._new_try_id = new_try_id

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

    def starts_here(self, active: ActiveRun, command: StartTry) -> bool:
        """Whether the task begins in its trigger, and this is its beginning."""
        instance = active.run.instance(command.task_id, command.map_path)
        begins = instance is not None and instance.is_ready and instance.state is not TaskState.DEFERRED
        is_execution = command.purpose is TryPurpose.EXECUTE
        return begins and is_execution and active.tasks[command.task_id].start_trigger is not None

    def start(self, active: ActiveRun, command: StartTry, now: datetime) -> None:
        """A try that never had a process: it takes no slot, and its log is the trigger's."""
        task = active.tasks[command.task_id]
        key = TaskKey(active.key.dag_id, active.key.run_id, command.task_id, command.map_path)
        instance = active.run.instance(command.task_id, command.map_path)
        assert task.start_trigger is not None, "starts_here has looked"
        assert instance is not None, "starts_here has looked"
        path = log_path(active.key, command.task_id, command.map_path, command.number, instance.lost_count)
        created = TryCreated(
            self._new_try_id(),
            active.key,
            command.task_id,
            command.map_path,
            command.number,
            command.purpose,
            "triggerer",
            task.pool,
            task.pool_slots,
            path,
        )
        live = LiveTry(created.try_id, key, command.number, command.purpose, task.pool, task.pool_slots)
        start = task.start_trigger
        deferred = Deferred(start.trigger, start.kwargs, start.method, start.next_kwargs, start.timeout_seconds)
        changes, said = reported(live, TryReport(live.try_id, deferred))
        active.first_started_at.setdefault((command.task_id, command.map_path), now)
        self._step(active, events.TaskQueued(command.task_id, command.map_path, live.try_id), now)
        self._outbox.add(active.key, [created, *changes])
        self._step(active, said, now)
        self.begin(active, live, deferred, now)

    def look(self, runs: dict[RunKey, ActiveRun], now: datetime) -> bool:
        """Triggers have fired, or failed; False where nothing waits here."""
        waiting = [key for key, active in runs.items() if active.waiting.deferred]
        for record in self._patiently(lambda: self._store.ended_deferrals(waiting)) if waiting else ():
            self._resume(runs[record.run], record, now)
        return bool(waiting)

    def restored(self, active: ActiveRun, now: datetime) -> None:
        """A run that was rebuilt from the store: what fired while nobody drove it, and what may still time out. What is
        deferred and waits for nothing that is written anywhere (its row was lost, e.g. with a `db downgrade`) begins
        again: it would wait for ever."""
        deferred = [one for one in active.run.all_instances() if one.state is TaskState.DEFERRED]
        for name in ((one.plan.task_id, one.path) for one in deferred):
            if name not in active.waiting.deferred:
                self._step(active, events.DeferralEnded(*name), now)
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
            ended = EndedDeferral(record.deferral_id, DeferralOutcome.TIMEOUT)
            store.end_deferrals([ended], triggerer_id=None, now=now)
