"""The scheduler: gather what happened, let the engine decide, commit it all at once, then act. One thread, no polling.

One turn of the loop carries everything that has come in since the last one through a single commit ("A succeeded" and
"B, C queued" together), and only then dispatches.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import ExitStack
from datetime import datetime
from typing import TypeAlias

from tradewind.engine import events
from tradewind.engine.commands import AskPast, Command, RunFinished, StartTry, StopTry, WakeAt, WithdrawTry
from tradewind.engine.events import Event
from tradewind.engine.step import is_current, step
from tradewind.executors.base import Executor, TryOrder
from tradewind.model.changes import Change, RunCreated
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.ids import RunKey, TaskKey, TryId
from tradewind.model.messages import CallbackCall
from tradewind.model.service import LiveElsewhere
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState
from tradewind.scheduler.active import ActiveRun
from tradewind.scheduler.asked import Asked
from tradewind.scheduler.callbacks import call_of_run
from tradewind.scheduler.clock import Clock
from tradewind.scheduler.dispatch import Dispatch, Slot
from tradewind.scheduler.hearing import Hearing
from tradewind.scheduler.outbox import Outbox
from tradewind.scheduler.owner import Owner
from tradewind.scheduler.past import PastAsked
from tradewind.scheduler.patience import WAITS_SECONDS, Patience
from tradewind.scheduler.resuming import Resuming
from tradewind.scheduler.roster import Planned, Roster
from tradewind.scheduler.timers import Timers
from tradewind.scheduler.waiting import DeferralTimedOut
from tradewind.store.base import Store
from tradewind.store.errors import LostLeaseError

_log = logging.getLogger(__name__)
OTHERS_LOOK_SECONDS = 1.0
Observer: TypeAlias = Callable[[Sequence[Change], datetime], None]


class Scheduler:
    """Drives the runs it was given until they end. Not thread-safe: all calls come from its own thread, save
    `interrupt` and `look_for_requests`.

    Any call may raise HomeError where the database cannot be written for longer than `patience` waits. What has been
    committed is all there is then: throw the scheduler away, and resume its runs from the store."""

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
        pause: Callable[[float], None] = time.sleep,
        waits_seconds: Iterable[float] = WAITS_SECONDS,
    ) -> None:
        """`waits_seconds`: pauses between attempts at a database that cannot be written; endless for a service."""
        self._store = store
        self._executor = executor
        self._dispatch = dispatch
        self._clock = clock
        self._owner_id = owner.id
        self._timer: Callable[[str, float], None] | None = None
        self._kill_grace_seconds = kill_grace_seconds
        self._timers: Timers[Planned] = Timers()
        self._observers: list[Observer] = []
        self._patiently = Patience(pause, self._how_to_resume, waits_seconds)
        self._outbox = Outbox(store, who, self._patiently)
        self._roster = Roster(store, dispatch, self._timers, self._outbox, self._patiently, owner)
        self._resuming = Resuming(
            store, self._timers, self._outbox, self._patiently, self._step, self._call, dispatch.new_try_id
        )
        self._hearing = Hearing(self._roster, self._outbox, self._resuming, self._step, self._call)
        self._past = PastAsked(store, self._roster, self._timers, self._patiently, self._step)
        self._runs = self._roster.runs
        self._live = self._roster.live
        self._stops: list[TryId] = []
        self._calls: list[TryOrder] = []
        self._asked = Asked(store, self._roster, self._patiently, self._step)
        self._is_draining = False
        self.is_held_back = False  # while it is not known which slots are taken, no try starts
        self._waits_for_others = False
        """Something is ready, and others have slots: nobody tells when one of theirs comes free."""

    # ------------------------------------------------------------------------------- from outside

    def observe(self, observer: Observer) -> None:
        """`observer(changes, now)` is called after each commit, in this thread."""
        self._observers.append(observer)

    def adopt(
        self,
        active: ActiveRun,
        first: Sequence[Event],
        *,
        before: Sequence[Change] = (),
        instead_of: str | None = None,
        act: bool = True,
    ) -> None:
        """Take over a run: new (`RunStarted`), or rebuilt from the store (`RunRestored`). `before` goes with the first
        steps: the run's own creation, or the ends of tries that its last owner left behind. `instead_of` is that owner,
        whose process the caller found gone. A run that the caller has claimed already says so by its epoch. Without
        `act`, what was decided waits for a call of `act`.

        Raises TradewindError where a task of it could never start here, DuplicateRunError where it exists already,
        OwnedRunError where another process has claimed it since it was looked at: then nothing of it is written."""
        self._dispatch.check(active.spec)
        now = self._clock()
        if any(isinstance(change, RunCreated) for change in before):
            self._commit(now)
            self._tell_observers(self._roster.create(active, before, now), now)  # there before it asks for its past
            before = ()
        elif active.key in self._runs or self._roster.has_tasks_of(active.key):
            raise TradewindError(f"run {active.key.run_id!r} is not over yet: tries of it are still going on or ending")
        self._roster.claim(active, instead_of, now)
        self._roster.begin(active, now)
        self._dispatch.recall(active)
        self._outbox.add(active.key, before)
        for event in first:
            self._step(active, event, now)
        self._resuming.restored(active, now)
        if active.run.state is not RunState.RUNNING and active.key not in self._roster.finished:
            self._roster.finished.append(active.key)  # nothing of it was to be done after all, or it waits its turn
        if act:
            self._finish_turn(now)

    def act(self) -> None:
        """Commit what was decided, and act on it: for runs that were adopted without, many in one commit."""
        self._finish_turn(self._clock())

    def tell(self, key: RunKey, event: Event) -> None:
        """A user's wish (clear, mark, cancel) for an active run, decided and committed at once.

        Raises NotFoundError where this scheduler does not drive the run."""
        if (active := self._runs.get(key)) is None:
            raise NotFoundError(f"run {key.run_id!r} of DAG {key.dag_id!r} is not active here")
        now = self._clock()
        self._step(active, event, now)
        self._finish_turn(now)

    def interrupt(self, why: str) -> None:
        """Cancel every run; safe in a signal handler."""
        self._asked.cancel_why = why
        self._executor.wake()

    def look_for_requests(self) -> None:
        """Another process has left a request in the store; safe in a signal handler."""
        self._asked.has_requests = True
        self._executor.wake()

    def drain(self) -> None:
        """From here on no try starts. Those that go on are carried to their ends. Safe in a signal handler."""
        self._is_draining = True
        self._executor.wake()

    def hand_over(self, why: str) -> None:
        """End the processes of all tries, gently, then by force. A try that does not succeed meanwhile is not counted:
        whoever drives its run next starts it again."""
        self._is_draining = True
        self._hearing.handing_over_why = why
        for try_id in (*self._live, *self._hearing.calling_back):
            self._executor.cancel(try_id, grace_seconds=self._kill_grace_seconds)

    def look_at_claims(self) -> None:
        """Others may have taken over runs of ours: what is no longer ours is let go, and its processes are ended."""
        self._patiently(self._roster.look_at_claims)
        self._finish_turn(self._clock())

    def look_at_past(self) -> None:
        """Some run that another process drove has ended: whoever waits for a run before his own looks again."""
        now = self._clock()
        if self._past.look_at_others(now):
            self._finish_turn(now)

    def look_at_deferrals(self) -> None:
        """Triggers of deferred tasks have fired, or failed: these tasks go on."""
        now = self._clock()
        if self._resuming.look(self._runs, now):
            self._finish_turn(now)

    def run_of(self, try_id: TryId) -> RunKey | None:
        """The run of a live try."""
        live = self._live.get(try_id)
        return live.task.run if live else None

    def time_turns(self, timer: Callable[[str, float], None]) -> None:
        """`timer(what, seconds)` is told how long each turn took but for its waiting, and choosing what starts."""
        self._timer = timer

    def spec_of(self, key: RunKey) -> DagSpec | None:
        """Of a run that is active here."""
        active = self._runs.get(key)
        return active.spec if active is not None else None

    def active_run(self, key: RunKey) -> ActiveRun | None:
        """A run that is driven here."""
        return self._runs.get(key)

    def call_back(self, active: ActiveRun, key: TaskKey, call: CallbackCall) -> None:
        """Have a callback called at once, by a process of its own. The run need not be one that is driven here."""
        self._call(active, (key, call))
        self._finish_turn(self._clock())

    def flush(self) -> None:
        """Commit what is waiting for the end of the turn, so that a reader of the store finds it."""
        self._commit(self._clock())

    def seconds_until_due(self) -> float | None:
        """Until a retry, a time limit…; None where nothing is planned."""
        seconds = self._timers.seconds_until_next(self._clock())
        if not self._waits_for_others:
            return seconds
        return OTHERS_LOOK_SECONDS if seconds is None else min(seconds, OTHERS_LOOK_SECONDS)

    @property
    def has_processes(self) -> bool:
        """Of tries or callbacks."""
        return bool(self._live or self._hearing.calling_back)

    @property
    def live_count(self) -> int:
        return len(self._live)

    @property
    def ready_count(self) -> int:
        """Task instances that wait for a slot."""
        return len(self._dispatch)

    @property
    def has_work(self) -> bool:
        """A run is active, or a process of a try is left."""
        return bool(self._runs) or self.has_processes

    @property
    def has_waiting_tasks(self) -> bool:
        """Some task is deferred: a trigger, or a person, will wake it."""
        return any(active.waiting.deferred for active in self._runs.values())

    @property
    def has_wishes(self) -> bool:
        """Somebody has asked for something that the next turn sees to."""
        return self._asked.is_waiting

    @property
    def active_runs(self) -> Sequence[RunKey]:
        return tuple(self._runs)

    def turn(self, timeout_seconds: float | None) -> None:
        """Wait for something to happen and carry it through."""
        happened = self._executor.wait(timeout_seconds)
        begun = time.perf_counter()
        now = self._clock()
        for event in happened:
            self._hearing.take(event, now)
        for active, due in self._timers.due(now):
            if self._runs.get(active.key) is not active:
                continue
            if isinstance(due, AskPast):
                self._obey(active, due, now)
            elif isinstance(due, DeferralTimedOut):
                self._resuming.time_out(active, due, now)
            else:
                self._step(active, due, now)
        if self._asked.is_waiting and self._asked.carry_out(now):
            self._stops += self._hearing.calling_back
        self._finish_turn(now)
        self._asked.answer(now)
        self._took("scheduler.scheduler_loop_duration", begun)

    def _step(self, active: ActiveRun, event: Event, now: datetime) -> None:
        if active.key in self._roster.broken:
            return
        try:
            decided = step(active.run, event, now)
        except Exception as error:  # a broken invariant: that run's end, nobody else's
            self._roster.broken[active.key] = error
            self._dispatch.forget(active.key)
            return
        self._outbox.add(active.key, decided.changes)
        self._dispatch.moved(active, decided.changes)
        active.forget_cleared(decided.changes)
        self._outbox.add(active.key, active.waiting.moved(active.key, decided.changes))
        for command in decided.commands:
            self._obey(active, command, now)

    def _obey(self, active: ActiveRun, command: Command, now: datetime) -> None:
        match command:
            case StartTry() if self._resuming.starts_here(active, command):
                self._resuming.start(active, command, now)
            case StartTry():
                self._dispatch.wants_slot(active, command, now)
            case WithdrawTry():
                self._dispatch.withdraw(active, command)
            case WakeAt():
                self._timers.add(command.at, (active, events.RetryDue(command.task_id, command.map_path)))
            case StopTry():
                if (live := self._live.get(command.try_id)) is not None:
                    live.is_stopping = command.why
                    self._stops.append(command.try_id)
            case AskPast():
                self._past.ask(active, command, now)
            case RunFinished():
                self._roster.finished.append(active.key)
                self._past.forget(active)
                self._call(active, call_of_run(active, command))

    def _call(self, active: ActiveRun, call: tuple[TaskKey, CallbackCall] | None) -> None:
        """Have a callback called by a process of its own, after this turn's commit."""
        if call is not None:
            picked = self._dispatch.order_of_call(active, *call)
            self._live[picked.live.try_id] = picked.live
            self._outbox.add(active.key, [picked.created])
            self._calls.append(picked.order)

    def _finish_turn(self, now: datetime) -> None:
        """Let ready instances go as far as the limits allow, commit everything, then act on it."""
        orders = self._commit_with_what_fits(now)
        has_broken = bool(self._roster.broken)
        if has_broken:
            unsent = {order.message.try_id for order in orders}
            self._stops += self._roster.set_broken_aside(unsent, now, self._commit)
        for order in orders:
            if order.message.try_id in self._live:
                self._executor.submit(order)
        for try_id in self._stops:
            self._executor.cancel(try_id, grace_seconds=self._kill_grace_seconds)
        self._stops.clear()
        if self._roster.is_changing:
            self._roster.let_go()
        if self._past.look_at_moved(now) or has_broken:
            self._finish_turn(now)  # others may have what was set aside for them, or go on

    def _commit_with_what_fits(self, now: datetime) -> list[TryOrder]:
        """What the limits let go is chosen and committed while no other scheduler does the same: else two could give
        away one slot. Who has nothing to choose from waits for nobody."""
        begun = time.perf_counter()
        with ExitStack() as stack:
            orders, self._waits_for_others = list[TryOrder](), False
            if len(self._dispatch) and not self._is_draining and not self.is_held_back:
                elsewhere = self._patiently(lambda: stack.enter_context(self._store.picking(self._owner_id)))
                self._took("scheduler.critical_section_query_duration", begun)
                orders = self._queue_what_fits(now, elsewhere)
                self._waits_for_others = bool(elsewhere) and bool(len(self._dispatch))
            orders += self._calls
            self._calls = []
            self._commit(now)
        self._took("scheduler.critical_section_duration", begun)
        return orders

    def _took(self, what: str, begun: float) -> None:
        if self._timer is not None:
            self._timer(what, time.perf_counter() - begun)

    def _queue_what_fits(self, now: datetime, elsewhere: Collection[LiveElsewhere]) -> list[TryOrder]:
        slots: list[Slot] = []
        for slot in self._dispatch.pick(self._live.values(), self._runs, now, elsewhere):
            live, active = slot.live, self._runs[slot.live.task.run]
            self._step(active, events.TaskQueued(live.task.task_id, live.task.map_path, live.try_id), now)
            if active.key not in self._roster.broken and is_current(active.run, live.try_id):
                self._live[live.try_id] = live
                self._outbox.add(active.key, [slot.created])
                slots.append(slot)
        return [self._dispatch.order(self._runs[slot.live.task.run], slot) for slot in slots]

    def _commit(self, now: datetime) -> Collection[RunKey]:
        """Returns the runs whose changes were refused."""
        if not self._outbox:
            return ()
        changes, refused = self._outbox.commit(now)
        self._past.note(changes)
        self._tell_observers(changes, now)
        for key, error in refused.items():
            if key in self._runs or isinstance(error, LostLeaseError):
                self._roster.broken.setdefault(key, error)
            else:
                _log.warning("what was left to say of run %s was refused: %s", key.run_id, error)
        return refused

    def _tell_observers(self, changes: Sequence[Change], now: datetime) -> None:
        for observer in self._observers:
            observer(changes, now)

    def _how_to_resume(self) -> str:
        commands = [f"tradewind runs resume {key.dag_id} '{key.run_id}'" for key in sorted(self._runs)]
        return f"what was committed is safe; then go on with: {', '.join(commands)}" if commands else ""
