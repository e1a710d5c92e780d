"""Answers the engine's AskPast from the rows of the run before, and knows who is to be answered anew."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from datetime import datetime, timedelta

from msgspec import Struct

from tradewind.engine.commands import AskPast
from tradewind.engine.events import PastChanged
from tradewind.engine.past import verdict
from tradewind.engine.plan import Plan
from tradewind.engine.run import Past, Run
from tradewind.model.changes import Change, RunChanged, TaskChanged
from tradewind.model.ids import RunKey, TaskId
from tradewind.model.records import RunRecord
from tradewind.scheduler.active import ActiveRun
from tradewind.scheduler.patience import Patience
from tradewind.scheduler.roster import Planned, Roster
from tradewind.scheduler.timers import Timers
from tradewind.store.base import Store

FOREIGN_LOOK_EVERY = timedelta(seconds=5)
"""How often a run looks again at the run before it, where another process drives that one: it may ring only when the
run has ended, and this one waits for a task of it."""


class AskedPast(Struct, frozen=True):
    verdict: PastChanged
    before: RunKey | None
    """The run that was asked."""
    may_change: bool
    """By itself: that run still goes on."""


def verdict_on_past(store: Store, run: RunKey, plan: Plan, task_id: TaskId) -> AskedPast:
    """Does the DAG's run before this one let this task go on?"""
    return _verdict(store.previous_run(run), store, plan, [task_id])[0]


def look_at_past(store: Store, key: RunKey, run: Run) -> None:
    """Tells a run that is only looked at what one that is driven has asked for."""
    asking = [task for task in run.plan.tasks if task.needs_past and run.past.get(task.index) is None]
    if asking:
        told = _verdict(store.previous_run(key), store, run.plan, [task.task_id for task in asking])
        for task, found in zip(asking, told, strict=True):
            run.past[task.index] = Past(found.verdict.is_met, found.verdict.why)


def _verdict(before: RunRecord | None, store: Store, plan: Plan, task_ids: Sequence[TaskId]) -> list[AskedPast]:
    if before is None:
        return [AskedPast(PastChanged(one, *verdict(plan, one, None)), None, False) for one in task_ids]
    key, has_ended = RunKey(before.dag_id, before.run_id), before.state.is_finished
    rows = store.load_run(key).tasks
    met = ((one, *verdict(plan, one, rows, has_ended=has_ended, run_id=before.run_id)) for one in task_ids)
    return [AskedPast(PastChanged(*one), key, not has_ended) for one in met]


class PastAsked:
    """Asks for the past, and again when it has moved. `step` has the engine decide."""

    def __init__(
        self,
        store: Store,
        roster: Roster,
        timers: Timers[Planned],
        patiently: Patience,
        step: Callable[[ActiveRun, PastChanged, datetime], None],
    ) -> None:
        self._store = store
        self._roster = roster
        self._timers = timers
        self._patiently = patiently
        self._step = step
        self._waits = PastWaits()
        self.note = self._waits.note
        self.forget = self._waits.forget

    def ask(self, active: ActiveRun, command: AskPast, now: datetime) -> None:
        asked = self._patiently(lambda: verdict_on_past(self._store, active.key, active.run.plan, command.task_id))
        if not asked.verdict.is_met and asked.before is not None:
            self._waits.add(asked.before, active, command)
            if asked.may_change and asked.before not in self._roster.runs:
                self._timers.add(now + FOREIGN_LOOK_EVERY, (active, command))
        self._step(active, asked.verdict, now)

    def look_at_moved(self, now: datetime) -> bool:
        """Those whose run before has moved in what was committed; False where there are none."""
        return self._look_again(self._waits.take_moved(), now)

    def look_at_others(self, now: datetime) -> bool:
        """Those who wait for a run that other processes drive, or nobody."""
        return self._look_again(self._waits.take_others(self._roster.runs), now)

    def _look_again(self, waits: Sequence[tuple[ActiveRun, AskPast]], now: datetime) -> bool:
        for active, command in waits:
            if self._roster.runs.get(active.key) is active:
                self.ask(active, command, now)
        return bool(waits)


class PastWaits:
    """Tasks that wait for the run before their own, by that run. Whoever is taken out waits anew when he is told no."""

    def __init__(self) -> None:
        self._waits: dict[RunKey, list[tuple[ActiveRun, AskPast]]] = {}
        self._moved: set[RunKey] = set()

    def add(self, before: RunKey, active: ActiveRun, command: AskPast) -> None:
        waiting = self._waits.setdefault(before, [])
        if not any(one is active and asked == command for one, asked in waiting):
            waiting.append((active, command))

    def forget(self, active: ActiveRun) -> None:
        """It waits no more."""
        for before in [key for key, waits in self._waits.items() if any(one is active for one, _ in waits)]:
            self._waits[before] = [wait for wait in self._waits[before] if wait[0] is not active]
            if not self._waits[before]:
                del self._waits[before]

    def note(self, changes: Sequence[Change]) -> None:
        """These were committed."""
        if self._waits:
            ended = (change.run for change in changes if isinstance(change, TaskChanged | RunChanged) and _ends(change))
            self._moved.update(run for run in ended if run in self._waits)

    def take_moved(self) -> list[tuple[ActiveRun, AskPast]]:
        """Those whose run before has moved."""
        moved, self._moved = self._moved, set()
        return [wait for key in sorted(moved) for wait in self._waits.pop(key, [])]

    def take_others(self, own: Container[RunKey]) -> list[tuple[ActiveRun, AskPast]]:
        """Those who wait for a run that is none of our own."""
        others = sorted(key for key in self._waits if key not in own)
        return [wait for key in others for wait in self._waits.pop(key)]


def _ends(change: TaskChanged | RunChanged) -> bool:
    return change.new.is_finished
