"""What comes in from the executor: each report is fenced, becomes changes for the store and an event for the engine."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TypeAlias

from tradewind.engine.events import Event
from tradewind.engine.step import is_current
from tradewind.executors.base import ExecutorEvent
from tradewind.model.changes import Noted, XComStored
from tradewind.model.ids import TaskKey, TryId
from tradewind.model.messages import CallbackCall, CallbackFailed, TryStarted
from tradewind.model.outcomes import CallbacksEnded, Deferred, Failed, TryLost, TryReport
from tradewind.model.states import TryPurpose
from tradewind.scheduler.active import ActiveRun
from tradewind.scheduler.callbacks import call_of_gone_process
from tradewind.scheduler.notices import carry_notice, noted
from tradewind.scheduler.outbox import Outbox
from tradewind.scheduler.outlets import updates_of_report
from tradewind.scheduler.resuming import Resuming
from tradewind.scheduler.roster import Roster
from tradewind.scheduler.translate import LiveTry, handed_over, lost, reported, started

Step: TypeAlias = Callable[[ActiveRun, Event, datetime], None]
Call: TypeAlias = Callable[[ActiveRun, tuple[TaskKey, CallbackCall] | None], None]


class Hearing:
    """`step` has the engine decide, `call` has a callback called after this turn's commit."""

    def __init__(self, roster: Roster, outbox: Outbox, resuming: Resuming, step: Step, call: Call) -> None:
        self._roster = roster
        self._outbox = outbox
        self._resuming = resuming
        self._step = step
        self._call = call
        self.handing_over_why = ""
        """Not empty: tries that end now without success start again under the next scheduler, and are not counted."""
        self.calling_back: dict[TryId, LiveTry] = {}
        """Tries that are over while their processes call callbacks."""

    def take(self, event: ExecutorEvent, now: datetime) -> None:
        live = self._roster.live.get(event.try_id)
        if live is None:
            self._take_from_callbacks(event)
            return
        active = self._roster.runs.get(live.task.run)
        # The fence. Scenario: a running task is cleared, its process reports success all the same, and meanwhile
        # another try has stored its values. An old try's values must not take their place.
        current = active if active is not None and is_current(active.run, live.try_id) else None
        gone: TryLost | None = None
        match event:
            case TryStarted():
                changes, said = started(live, event)
                if current is not None:
                    current.first_started_at.setdefault((live.task.task_id, live.task.map_path), event.at or now)
            case TryReport() | TryLost() if self._is_handed_over(live, event):
                changes, said = handed_over(live, self.handing_over_why, now)
                self._end_of(live, active)
            case TryReport():
                changes, said = reported(live, event)
                self._end_of(live, active)
                if event.callbacks:
                    self.calling_back[live.try_id] = live
            case TryLost():
                changes, said = lost(live, event)
                self._end_of(live, active)
                gone = event
            case CallbacksEnded():
                return
            case _:
                self._outbox.add(live.task.run, carry_notice(event, live, current))
                return
        if current is None:
            changes = [change for change in changes if not isinstance(change, XComStored)]
        else:
            current.keep_values(changes)
            changes += updates_of_report(event, live, current)
        self._outbox.add(live.task.run, changes)
        if active is None or live.purpose is TryPurpose.CALLBACK:
            return
        self._step(active, said, now)
        if current is not None and isinstance(event, TryReport) and isinstance(event.outcome, Deferred):
            self._resuming.begin(active, live, event.outcome, now)
        if gone is not None and current is not None and not live.is_stopping:
            self._call(active, call_of_gone_process(active, live, gone.why))

    def _is_handed_over(self, live: LiveTry, event: TryReport | TryLost) -> bool:
        has_failed = isinstance(event, TryLost) or isinstance(event.outcome, Failed)
        return (
            bool(self.handing_over_why) and has_failed and live.purpose is TryPurpose.EXECUTE and not live.is_stopping
        )

    def _take_from_callbacks(self, event: ExecutorEvent) -> None:
        """Of a try that has reported, and whose process has stayed to call callbacks."""
        live = self.calling_back.get(event.try_id)
        if live is None:
            self._note_late(event)
        elif isinstance(event, CallbackFailed):
            self._outbox.add(live.task.run, [noted(event, live)])
        elif isinstance(event, CallbacksEnded):
            del self.calling_back[event.try_id]
            if event.why:
                failed = CallbackFailed(event.try_id, "callbacks", event.why)
                self._outbox.add(live.task.run, [noted(failed, live)])

    def _note_late(self, event: ExecutorEvent) -> None:
        """An end that was told twice, or long after its try was given up."""
        if not isinstance(event, TryReport | TryLost):
            return
        for active in self._roster.runs.values():
            if (name := active.ended_tries.get(event.try_id)) is not None:
                why = f"{type(event).__name__} of a try that had ended"
                self._outbox.add(active.key, [Noted(active.key, why, *name, event.try_id)])

    def _end_of(self, live: LiveTry, active: ActiveRun | None) -> None:
        del self._roster.live[live.try_id]
        if active is not None:
            active.ended_tries[live.try_id] = (live.task.task_id, live.task.map_path)
