"""The duty that pauses a DAG whose runs keep failing (`max_consecutive_failed_dag_runs`)."""

from __future__ import annotations

import logging
from collections.abc import Sequence, Set
from datetime import datetime

from tradewind.model.changes import Change, RunChanged
from tradewind.model.errors import NotFoundError
from tradewind.model.service import AuditRecord, Topic
from tradewind.model.states import RunState
from tradewind.scheduler.specs import Specs
from tradewind.store.base import Store

_log = logging.getLogger(__name__)
PAUSED = "pause"


class PauseFailing:
    """A duty (see `duty.Duty`), and an observer of the scheduler: `note` hears of each run that failed here."""

    topics = frozenset({Topic.RUNS})

    def __init__(self, store: Store, specs: Specs, *, who: str = "scheduler") -> None:
        self._store = store
        self._specs = specs
        self._who = who
        self._failed: set[str] = set()

    def note(self, changes: Sequence[Change], now: datetime) -> None:
        failed = (change for change in changes if isinstance(change, RunChanged) and change.new is RunState.FAILED)
        self._failed.update(change.run.dag_id for change in failed)

    def next_due(self) -> datetime | None:
        return None

    def attend(self, now: datetime, heard: Set[Topic]) -> None:
        failed, self._failed = self._failed, set()
        for dag_id in sorted(failed):
            self._pause_if_due(dag_id, now)

    def _pause_if_due(self, dag_id: str, now: datetime) -> None:
        schedule = next(iter(self._store.schedules(dag_id=dag_id)), None)
        if schedule is None or schedule.is_paused:
            return
        try:
            most = self._specs.get(dag_id, schedule.dag_hash).max_consecutive_failed_runs
        except NotFoundError:  # whoever makes its next run says so
            return
        if most <= 0 or self._store.failed_in_a_row(dag_id, at_most=most) < most:
            return
        why = f"its last {most} runs failed (max_consecutive_failed_dag_runs)"
        _log.error("DAG %s is paused: %s; go on with: tradewind dags unpause %s", dag_id, why, dag_id)
        self._store.write_audit(AuditRecord(now, self._who, PAUSED, dag_id, detail={"why": why}))
        self._store.set_paused(dag_id, True)
        self._store.ring(Topic.DAGS)
