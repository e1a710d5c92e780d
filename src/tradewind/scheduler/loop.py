"""The scheduler: gather what happened, let the engine decide, commit it all at once, then act. One thread, no polling.

One turn of the loop carries everything that has come in since the last one through a single commit ("A succeeded" and
"B, C queued" together), and only then dispatches.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from tradewind.engine import events
from tradewind.engine.commands import (
    AskPast,
    Command,
    RunFinished,
    StartTry,
    StopTry,
    WakeAt,
    WithdrawTry,
)
from tradewind.engine.events import Event
from tradewind.engine.step import is_current, step
from tradewind.engine.why import explain
from tradewind.executors.base import Executor, ExecutorEvent, TryOrder
from tradewind.model.changes import Change
from tradewind.model.ids import RunKey, TryId
from tradewind.model.messages import TryLost, TryReport, TryStarted
from tradewind.scheduler.active import ActiveRun
from tradewind.scheduler.clock import Clock
from tradewind.scheduler.dispatch import Dispatch
from tradewind.scheduler.notices import carry_notice
from tradewind.scheduler.owner import Owner
from tradewind.scheduler.past import verdict_on_past
from tradewind.scheduler.timers import Timers
from tradewind.scheduler.translate import LiveTry, lost, reported, started
from tradewind.store.base import Store

PAST_LOOK_EVERY = timedelta(seconds=1)
"""How often a run that waits for the run before it looks again; that one may be driven by another process."""
Observer: TypeAlias = Callable[[Sequence[Change], datetime], None]


class Scheduler:
    """Drives the runs it was given until they end. Not thread-safe: all calls come from its own thread, save
    `interrupt`."""

    def __init__(
        self,
        store: Store,
        executor: Executor,
        dispatch: Dispatch,
        clock: Clock,
        *,
        owner: Owner,
        who: str,
        kill_grace_seconds: float = 5.0,
    ) -> None:
        self._store = store
        self._executor = executor
        self._dispatch = dispatch
        self._clock = clock
        self._owner = owner
        self._who = who
        self._kill_grace_seconds = kill_grace_seconds
        self._runs: dict[RunKey, ActiveRun] = {}
        self._live: dict[TryId, LiveTry] = {}
        self._timers: Timers[tuple[RunKey, Event | AskPast]] = Timers()
        self._observers: list[Observer] = []
        self._changes: list[Change] = []
        self._stops: list[TryId] = []
        self._finished: list[RunKey] = []
        self._cancel_why = ""
        self._has_requests = False

    # ------------------------------------------------------------------------------- from outside

    def observe(self, observer: Observer) -> None:
        """`observer(changes, now)` is called after each commit, in this thread."""
        self._observers.append(observer)

    def adopt(self, active: ActiveRun, first: Sequence[Event], *, before: Sequence[Change] = ()) -> None:
        """Take over a run: new (`RunStarted`), or rebuilt from the store (`RunRestored`). `before` is committed
        first: the run's own creation, or the ends of tries that its last owner left behind.

        Raises TradewindError where a task of it could never start here."""
        self._dispatch.check(active.spec)
        now = self._clock()
        self._changes += before
        self._commit(now)  # a new run's row must be there before the first step looks at the run before it
        self._store.claim_run(active.key, owner_id=self._owner.id, pid=self._owner.pid, host=self._owner.host, now=now)
        self._runs[active.key] = active
        timeout = active.spec.run_timeout_seconds
        if timeout is not None:
            begun = active.facts.started_at or now
            self._timers.add(begun + timedelta(seconds=timeout), (active.key, events.RunTimedOut()))
        for event in first:
            self._step(active, event, now)
        self._finish_turn(now)

    def tell(self, key: RunKey, event: Event) -> None:
        """A user's wish (clear, mark, cancel) for an active run, decided and committed at once."""
        now = self._clock()
        self._step(self._runs[key], event, now)
        self._finish_turn(now)

    def interrupt(self, why: str) -> None:
        """Cancel every run; safe in a signal handler."""
        self._cancel_why = why
        self._executor.wake()

    def look_for_requests(self) -> None:
        """Another process has left a request in the store; safe in a signal handler."""
        self._has_requests = True
        self._executor.wake()

    def run_of(self, try_id: TryId) -> RunKey | None:
        """The run of a live try."""
        live = self._live.get(try_id)
        return live.task.run if live else None

    def flush(self) -> None:
        """Commit what is waiting for the end of the turn, so that a reader of the store finds it."""
        self._commit(self._clock())

    def run_until_done(self) -> None:
        """Until no run is active and no process of a try is left."""
        while self._runs or self._live:
            if self._is_at_a_standstill():
                self._end_what_nothing_can_move_on()
            else:
                self.turn(self._timers.seconds_until_next(self._clock()))

    @property
    def active_runs(self) -> Sequence[RunKey]:
        return tuple(self._runs)

    # ------------------------------------------------------------------------------- one turn

    def turn(self, timeout_seconds: float | None) -> None:
        """Wait for something to happen and carry it through."""
        happened = self._executor.wait(timeout_seconds)
        now = self._clock()
        for event in happened:
            self._take(event, now)
        for key, due in self._timers.due(now):
            if (active := self._runs.get(key)) is None:
                continue
            if isinstance(due, AskPast):
                self._obey(active, due, now)
            else:
                self._step(active, due, now)
        if self._has_requests:
            self._take_requests(now)
        if self._cancel_why:
            self._cancel_all(now)
        self._finish_turn(now)

    def _take(self, event: ExecutorEvent, now: datetime) -> None:
        live = self._live.get(event.try_id)
        if live is None:
            return
        active = self._runs.get(live.task.run)
        match event:
            case TryStarted():
                changes, said = started(live, event)
                if active is not None:
                    active.first_started_at.setdefault((live.task.task_id, live.task.map_path), now)
            case TryReport():
                changes, said = reported(live, event)
                self._end_of(live)
            case TryLost():
                changes, said = lost(live, event)
                self._end_of(live)
            case _:
                self._changes += carry_notice(event, live, active)
                return
        self._changes += changes
        if active is not None:
            active.keep_values(changes)
            self._step(active, said, now)

    def _end_of(self, live: LiveTry) -> None:
        del self._live[live.try_id]

    def _step(self, active: ActiveRun, event: Event, now: datetime) -> None:
        decided = step(active.run, event, now)
        self._changes += decided.changes
        active.forget_values(decided.changes)
        for command in decided.commands:
            self._obey(active, command, now)

    def _obey(self, active: ActiveRun, command: Command, now: datetime) -> None:
        match command:
            case StartTry():
                self._dispatch.wants_slot(active, command)
            case WithdrawTry():
                self._dispatch.withdraw(active, command)
            case WakeAt():
                self._timers.add(command.at, (active.key, events.RetryDue(command.task_id, command.map_path)))
            case StopTry():
                if (live := self._live.get(command.try_id)) is not None:
                    live.is_stopping = command.why
                    self._stops.append(command.try_id)
            case AskPast():
                verdict, may_change = verdict_on_past(self._store, active, command.task_id)
                if not verdict.is_met and may_change:
                    self._timers.add(now + PAST_LOOK_EVERY, (active.key, command))
                self._step(active, verdict, now)
            case RunFinished():
                self._finished.append(active.key)

    def _cancel_all(self, now: datetime) -> None:
        why, self._cancel_why = self._cancel_why, ""
        for active in tuple(self._runs.values()):
            self._step(active, events.RunCancelled(why), now)

    def _is_at_a_standstill(self) -> bool:
        """Runs are left, but no try, no ready instance and no time will ever move one of them."""
        return (
            bool(self._runs)
            and not self._live
            and not len(self._dispatch)
            and self._timers.seconds_until_next(self._clock()) is None
            and not self._cancel_why
            and not self._has_requests
        )

    def _end_what_nothing_can_move_on(self) -> None:
        """Scenario: a task with depends_on_past, and the run before failed. Airflow would wait until somebody mends
        that run; here nobody is left to wait for, so the run ends and says what it waited for."""
        now = self._clock()
        for active in tuple(self._runs.values()):
            waits = next((one for one in active.run.all_instances() if not one.state.is_finished), None)
            why = (
                f"{waits.plan.task_id} waits: {explain(active.run, waits).text}" if waits else "nothing is left to run"
            )
            self._step(active, events.RunCancelled(f"nothing can move this run on; {why}"), now)
        self._finish_turn(now)

    def _take_requests(self, now: datetime) -> None:
        self._has_requests = False
        for request in self._store.take_requests(tuple(self._runs)):
            if request.kind == "cancel":
                active = self._runs[RunKey(request.dag_id, request.run_id)]
                self._step(active, events.RunCancelled(f"cancelled by {request.who}"), now)

    def _finish_turn(self, now: datetime) -> None:
        """Let ready instances go as far as the limits allow, commit everything, then act on it."""
        orders = self._queue_what_fits(now)
        self._commit(now)
        for order in orders:
            self._executor.submit(order)
        for try_id in self._stops:
            self._executor.cancel(try_id, grace_seconds=self._kill_grace_seconds)
        self._stops.clear()
        for key in self._finished:
            if self._runs.pop(key, None) is not None:
                self._dispatch.forget(key)
                self._store.release_run(key)
        self._finished.clear()

    def _queue_what_fits(self, now: datetime) -> list[TryOrder]:
        orders: list[TryOrder] = []
        for picked in self._dispatch.pick(self._live.values(), self._runs):
            live, active = picked.live, self._runs[picked.live.task.run]
            self._step(active, events.TaskQueued(live.task.task_id, live.task.map_path, live.try_id), now)
            if is_current(active.run, live.try_id):
                self._live[live.try_id] = live
                self._changes.append(picked.created)
                orders.append(picked.order)
        return orders

    def _commit(self, now: datetime) -> None:
        if not self._changes:
            return
        changes, self._changes = self._changes, []
        self._store.commit(changes, who=self._who, now=now)
        for observer in self._observers:
            observer(changes, now)
