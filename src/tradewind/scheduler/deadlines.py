"""The duty that watches deadlines: each is waited for by its time. Before that, a miss that is to be expected from how
long the tasks took before is told of; when one is missed, the author's callback is called in a process of its own."""

from __future__ import annotations

import heapq
import itertools
import logging
from collections.abc import Sequence, Set
from datetime import datetime, timedelta
from typing import Literal, TypeAlias

from tradewind.engine.prediction import remaining_seconds, usual_seconds
from tradewind.engine.run import Bounds
from tradewind.executors.base import CodeRef
from tradewind.model.changes import Change, RunChanged
from tradewind.model.errors import NotFoundError
from tradewind.model.ids import RunKey
from tradewind.model.records import RunRecord
from tradewind.model.service import AuditRecord, DeadlineRecord, Topic
from tradewind.model.spec import DagSpec, DeadlineSpec
from tradewind.model.states import RunState
from tradewind.scheduler.active import ActiveRun
from tradewind.scheduler.deadline_calls import CUSTOM, call_of_deadline, call_of_references
from tradewind.scheduler.loop import Scheduler
from tradewind.scheduler.specs import Specs
from tradewind.scheduler.takeover import waiting_run
from tradewind.scheduler.work_left import work_left, work_of_tasks
from tradewind.store.base import Store

_log = logging.getLogger(__name__)
LOOK_EVERY = timedelta(seconds=1)
"""Runs that come and go ring often; the deadlines that are open are read no oftener than this."""
SHORTEST_RISK_LOOK = timedelta(seconds=0.2)
LONGEST_RISK_LOOK = timedelta(hours=1)
DURATIONS_HOLD = timedelta(minutes=1)
"""How long tasks took before is asked of the store no oftener, for each DAG."""
Kind: TypeAlias = Literal["due", "risk"]


class DeadlineWatch:
    """A duty (see `duty.Duty`), and an observer of its scheduler."""

    topics = frozenset({Topic.RUNS})

    def __init__(self, store: Store, scheduler: Scheduler, specs: Specs, *, who: str = "scheduler") -> None:
        self._store = store
        self._scheduler = scheduler
        self._specs = specs
        self._who = who
        self._open: dict[int, DeadlineRecord] = {}
        self._heap: list[tuple[datetime, int, Kind, int]] = []
        """May hold deadlines that are open no more; they are passed over."""
        self._serial = itertools.count()
        self._look_at: datetime | None = None
        self._looked_at: datetime | None = None
        self._usual: dict[str, tuple[datetime, dict[str, float]]] = {}
        self._begun: list[RunKey] = []
        """Runs that have references of the author's own to be asked."""
        scheduler.observe(self.changed)

    def changed(self, changes: Sequence[Change], now: datetime) -> None:
        """After each commit of the scheduler."""
        for change in changes:
            if isinstance(change, RunChanged) and change.old is RunState.QUEUED and change.new is RunState.RUNNING:
                active = self._scheduler.active_run(change.run)
                if active is not None and any(one.reference == CUSTOM for one in active.spec.deadlines):
                    self._begun.append(change.run)

    def next_due(self) -> datetime | None:
        if self._begun:
            return self._looked_at
        instants = [at for at in (self._look_at, self._heap[0][0] if self._heap else None) if at is not None]
        return min(instants, default=None)

    def attend(self, now: datetime, heard: Set[Topic]) -> None:
        if heard:
            self._look_at = max(now, (self._looked_at or now - LOOK_EVERY) + LOOK_EVERY)
        self._ask_references()
        if self._look_at is not None and self._look_at <= now:
            self._look(now)
        while self._heap and self._heap[0][0] <= now:
            _, _, kind, deadline_id = heapq.heappop(self._heap)
            if (deadline := self._open.get(deadline_id)) is not None:
                self._see_to(deadline, kind, now)

    # ------------------------------------------------------------------------------- which there are

    def _look(self, now: datetime) -> None:
        self._look_at, self._looked_at = None, now
        known, self._open = self._open, {one.deadline_id: one for one in self._store.open_deadlines()}
        for deadline in self._open.values():
            if deadline.deadline_id not in known:
                self._plan(deadline.due_at, "due", deadline)
                if deadline.warned_at is None and deadline.due_at > now:
                    self._plan(now, "risk", deadline)

    def _plan(self, at: datetime, kind: Kind, deadline: DeadlineRecord) -> None:
        heapq.heappush(self._heap, (at, next(self._serial), kind, deadline.deadline_id))

    def _ask_references(self) -> None:
        begun, self._begun = self._begun, []
        for key in begun:
            active, record = self._scheduler.active_run(key), self._store.run(key)
            if active is None or record is None or record.started_at is None or active.facts.started_at is None:
                continue
            if record.started_at >= active.facts.started_at:  # one that was cleared has its deadlines already
                for task, call in call_of_references(active):
                    self._scheduler.call_back(active, task, call)

    # ------------------------------------------------------------------------------- one deadline

    def _see_to(self, deadline: DeadlineRecord, kind: Kind, now: datetime) -> None:
        run = self._store.run(deadline.run)
        if run is None or run.state.is_finished or not self._is_ours(run):
            self._open.pop(deadline.deadline_id, None)  # the next look finds it again where somebody let go of it
            return
        try:
            spec = self._specs.get(run.dag_id, run.dag_hash)
        except NotFoundError:
            self._open.pop(deadline.deadline_id, None)
            return
        what = _spec_of(spec, deadline)
        if self._has_ended(deadline):
            self._open.pop(deadline.deadline_id, None)
        elif kind == "due":
            self._miss(deadline, what, run, now)
        else:
            self._foresee(deadline, what, run, spec, now)

    def _is_ours(self, run: RunRecord) -> bool:
        """Runs that others drive have their deadlines watched there; a queued run, by whoever is first."""
        key = RunKey(run.dag_id, run.run_id)
        return self._scheduler.active_run(key) is not None or (
            run.state is RunState.QUEUED and self._store.owner_of(key) is None
        )

    def _has_ended(self, deadline: DeadlineRecord) -> bool:
        """The task that it is about, where it is about one."""
        task_id = deadline.callback.get("task_id")
        if not task_id:
            return False
        states = [task.state for task in self._store.tasks(deadline.run) if task.task_id == task_id]
        return bool(states) and all(state.is_finished for state in states)

    def _miss(self, deadline: DeadlineRecord, what: DeadlineSpec | None, run: RunRecord, now: datetime) -> None:
        self._open.pop(deadline.deadline_id, None)
        if not self._store.mark_deadline(deadline.deadline_id, missed_at=now):
            return
        why = f"{_subject(deadline)} has not ended by {deadline.due_at:%Y-%m-%d %H:%M:%S %Z}"
        _log.warning("deadline %r of run %s of DAG %s is missed: %s", deadline.name, run.run_id, run.dag_id, why)
        self._write_audit("deadline_missed", deadline, now, {"name": deadline.name, "due_at": deadline.due_at})
        if what is not None and what.callback:
            self._call(deadline, run, "on_deadline_missed", why)

    def _foresee(
        self, deadline: DeadlineRecord, what: DeadlineSpec | None, run: RunRecord, spec: DagSpec, now: datetime
    ) -> None:
        """Look when it would become too late: sooner nothing can be said, however long the tasks that run take."""
        remaining = self._remaining_seconds(deadline, run, spec, now)
        if remaining is None:
            return
        begins = max(now, run.run_after) if run.state is RunState.QUEUED else now
        spare = deadline.due_at - begins - timedelta(seconds=remaining)
        if spare >= timedelta():
            self._plan(now + min(max(spare, SHORTEST_RISK_LOOK), LONGEST_RISK_LOOK), "risk", deadline)
            return
        if not self._store.mark_deadline(deadline.deadline_id, warned_at=now):
            return
        late = f"about {-spare.total_seconds():.0f} s late, going by earlier runs"
        why = f"{_subject(deadline)} is expected to end {late}; it is due by {deadline.due_at:%Y-%m-%d %H:%M:%S %Z}"
        _log.warning("deadline %r of run %s of DAG %s is at risk: %s", deadline.name, run.run_id, run.dag_id, why)
        self._write_audit("deadline_at_risk", deadline, now, {"name": deadline.name, "why": why})
        if what is not None and what.warns:
            self._call(deadline, run, "on_deadline_risk", why)

    def _remaining_seconds(
        self, deadline: DeadlineRecord, run: RunRecord, spec: DagSpec, now: datetime
    ) -> float | None:
        usual = self._usual_seconds(run.dag_id, now)
        active = self._scheduler.active_run(deadline.run)
        works = work_left(active, now) if active is not None else work_of_tasks(spec)
        return remaining_seconds(works, usual, until=str(deadline.callback.get("task_id", "")))

    def _usual_seconds(self, dag_id: str, now: datetime) -> dict[str, float]:
        known = self._usual.get(dag_id)
        if known is None or not known[1] or known[0] + DURATIONS_HOLD < now:  # a new DAG's first run ends any moment
            known = self._usual[dag_id] = (now, usual_seconds(self._store.task_durations(dag_id)))
        return known[1]

    def _call(self, deadline: DeadlineRecord, run: RunRecord, name: str, why: str) -> None:
        active = self._active(deadline.run, run)
        for key, call in call_of_deadline(active, deadline, name, why):
            self._scheduler.call_back(active, key, call)

    def _active(self, key: RunKey, run: RunRecord) -> ActiveRun:
        """A run that is still queued is looked at as it would begin."""
        if (active := self._scheduler.active_run(key)) is not None:
            return active
        spec = self._specs.get(run.dag_id, run.dag_hash)
        return waiting_run(run, spec, CodeRef(run.snapshot, spec.file), run.run_after, Bounds())

    def _write_audit(self, action: str, deadline: DeadlineRecord, now: datetime, detail: dict[str, object]) -> None:
        key, task_id = deadline.run, deadline.callback.get("task_id")
        self._store.write_audit(AuditRecord(now, self._who, action, key.dag_id, key.run_id, task_id, detail))


def _spec_of(spec: DagSpec, deadline: DeadlineRecord) -> DeadlineSpec | None:
    place = int(deadline.callback.get("place", -1))
    return spec.deadlines[place] if 0 <= place < len(spec.deadlines) else None


def _subject(deadline: DeadlineRecord) -> str:
    task_id = deadline.callback.get("task_id")
    return f"task {task_id}" if task_id else "the run"
