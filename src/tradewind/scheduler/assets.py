"""The duty that starts runs because assets were updated: of every DAG with events that no run was made for yet, whose
condition they meet. A paused DAG collects events until it is let go."""

from __future__ import annotations

import logging
from collections.abc import Sequence, Set
from datetime import datetime

from tradewind.model.changes import RunCreated
from tradewind.model.errors import TradewindError
from tradewind.model.service import AssetEventRecord, AuditRecord, DagSchedule, Topic
from tradewind.model.spec import DagSpec
from tradewind.scheduler.asset_cycles import rounds_of
from tradewind.scheduler.asset_runs import Due, PartitionRun, asset_run, due_runs
from tradewind.scheduler.own_mappers import OwnMappers
from tradewind.scheduler.run_deadlines import with_deadlines
from tradewind.scheduler.specs import Specs
from tradewind.store.base import Store

_log = logging.getLogger(__name__)
MOST_ROUNDS = 100
"""How often a DAG may start itself, also through others, before somebody has to say that it is meant to."""
CIRCLE_STOPPED = "asset_circle_stopped"


class AssetRuns:
    """A duty (see `duty.Duty`)."""

    topics = frozenset({Topic.ASSETS, Topic.DAGS})

    def __init__(self, store: Store, specs: Specs, *, who: str = "scheduler") -> None:
        self._store = store
        self._specs = specs
        self._who = who
        self._mappers = OwnMappers(store, who)

    def next_due(self) -> datetime | None:
        return None

    def attend(self, now: datetime, heard: Set[Topic]) -> None:
        self._mappers.hear()
        made = 0
        for dag_id in self._store.dags_with_waiting_events():
            try:
                made += self._start_runs(dag_id, now)
            except TradewindError as error:  # one DAG's params, say, must not hold up the others
                _log.error("DAG %s cannot be started by its assets: %s", dag_id, error)
        if made:
            self._store.ring(Topic.RUNS)

    def _start_runs(self, dag_id: str, now: datetime) -> int:
        clock = next(iter(self._store.schedules(dag_id=dag_id)), None)
        if clock is None:
            return 0
        spec, events = self._specs.get(dag_id, clock.dag_hash), self._store.waiting_events(dag_id)
        due = due_runs(spec, events, self._mappers.answers(dag_id, clock.dag_hash))
        self._mappers.ask(dag_id, due.questions, now)
        self._forget(dag_id, due)
        return sum(self._create(group, spec, clock, now) for group in due.runs)

    def _forget(self, dag_id: str, due: Due) -> None:
        for problem in due.problems:
            _log.error("DAG %s is not started by an update of an asset: %s", dag_id, problem)
        if due.useless:
            self._store.forget_waiting_events(dag_id, [event.event_id for event in due.useless])

    def _create(self, group: Sequence[PartitionRun], spec: DagSpec, clock: DagSchedule, now: datetime) -> int:
        """Runs that share events are made together, or not at all."""
        if any(self._goes_round(spec.dag_id, events, now) for _, events in group):
            return 0
        made: list[tuple[RunCreated, list[int]]] = []
        for key, events in group:
            place = {"dag_hash": clock.dag_hash, "snapshot": clock.snapshot}
            run = asset_run(spec, events, **place, now=now, partition_key=key)
            created = with_deadlines(run, spec, self._store, now)
            made.append((created, [event.event_id for event in events]))
        if not self._store.create_asset_runs(made, who=self._who, now=now):
            return 0
        for (created, _), (_, events) in zip(made, group, strict=True):
            names = ", ".join(dict.fromkeys(event.name for event in events))
            _log.info("run %s of DAG %s: updated were %s", created.run.run_id, spec.dag_id, names)
        return len(made)

    def _goes_round(self, dag_id: str, events: Sequence[AssetEventRecord], now: datetime) -> bool:
        """A DAG that is started by what it makes itself, directly or through others, may go on for ever. It is told of
        when it happens first, and paused after MOST_ROUNDS: unpausing lets it go as many rounds again."""
        rounds = rounds_of(self._store, dag_id, events, since=self._stopped_at(dag_id), at_most=MOST_ROUNDS)
        if rounds == 1:
            _log.warning(
                "DAG %s starts itself by the assets it updates; it is paused after %d rounds", dag_id, MOST_ROUNDS
            )
        if rounds < MOST_ROUNDS:
            return False
        why = f"it has started itself {rounds} times by the assets it updates"
        _log.error("DAG %s is paused: %s; if that is meant: tradewind dags unpause %s", dag_id, why, dag_id)
        self._store.write_audit(AuditRecord(now, self._who, CIRCLE_STOPPED, dag_id, detail={"why": why}))
        self._store.set_paused(dag_id, True)
        self._store.ring(Topic.DAGS)
        return True

    def _stopped_at(self, dag_id: str) -> datetime | None:
        audit = self._store.audit(dag_id=dag_id)
        return next((record.at for record in audit if record.action == CIRCLE_STOPPED), None)
