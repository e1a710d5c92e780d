"""The duty that moves backfills on: as many of their runs at once as each allows, in its order, until all are done."""

from __future__ import annotations

import logging
from collections.abc import Sequence, Set
from datetime import datetime
from typing import Protocol

from tradewind.model.changes import RunChanged, RunCreated
from tradewind.model.errors import TradewindError
from tradewind.model.ids import RunKey
from tradewind.model.messages import GetRuns
from tradewind.model.records import RequestRecord, RunRecord
from tradewind.model.requests import Clear, kind_and_payload
from tradewind.model.service import AuditRecord, BackfillRecord, BackfillRunRecord, Topic
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState, RunType
from tradewind.scheduler.names import run_id as name_of_run
from tradewind.scheduler.owner import Owner
from tradewind.scheduler.params import ParamError, resolve_params
from tradewind.scheduler.run_deadlines import with_deadlines
from tradewind.scheduler.specs import Specs
from tradewind.store.base import Store
from tradewind.store.errors import OwnedRunError
from tradewind.timetables.backfill import why_not_again
from tradewind.timetables.partition_keys import key_of_run

_log = logging.getLogger(__name__)


class CarriesOut(Protocol):
    """The duty that does what people ask for: runs that are run again go through it, as after `tasks clear`."""

    def carry_out(self, request: RequestRecord, now: datetime) -> None: ...


class BackfillRuns:
    """A duty (see `duty.Duty`)."""

    topics = frozenset({Topic.RUNS, Topic.DAGS})

    def __init__(self, store: Store, specs: Specs, owner: Owner, requests: CarriesOut | None) -> None:
        """Without `requests` nothing is started: only what is cancelled is dropped."""
        self._store = store
        self._specs = specs
        self._owner = owner
        self._requests = requests

    def next_due(self) -> datetime | None:
        return None

    def attend(self, now: datetime, heard: Set[Topic]) -> None:
        made = 0
        for backfill in self._store.backfills(only_active=True):
            try:
                made += self._move_on(backfill, now)
            except TradewindError as error:
                self._give_up(backfill, error, now)
        if made:
            self._store.ring(Topic.RUNS)

    def _move_on(self, backfill: BackfillRecord, now: datetime) -> int:
        """How many runs were made."""
        dates = self._store.backfill_dates(backfill.backfill_id)
        going = [one for one in dates if one.run_id is not None and not one.is_done and not one.why_not]
        if backfill.is_cancelled:
            going = self._drop_queued(backfill, going, now)
        to_do = [] if backfill.is_cancelled else [one for one in dates if one.run_id is None and not one.why_not]
        if not going and not to_do:
            self._end(backfill, now)
            return 0
        if backfill.is_paused or self._requests is None:
            return 0
        room = max(0, backfill.max_active_runs - len(going))
        return sum(self._start(backfill, date, now) for date in to_do[:room])

    # ------------------------------------------------------------------------------- one date

    def _start(self, backfill: BackfillRecord, date: BackfillRunRecord, now: datetime) -> int:
        there = self._store.runs_asked_for(GetRuns(backfill.dag_id, logical_dates=(date.logical_date,)))
        if there and not why_not_again(there[0].state, backfill.reprocess):
            self._run_again(backfill, date, there[0], now)
            return 0
        clock = next(iter(self._store.schedules(dag_id=backfill.dag_id)), None)
        if clock is None or clock.is_retired:
            raise TradewindError(f"DAG {backfill.dag_id!r} is not there any more")
        spec = self._specs.get(backfill.dag_id, clock.dag_hash)
        created = backfill_run(spec, backfill, date, dag_hash=clock.dag_hash, snapshot=clock.snapshot, now=now)
        created = with_deadlines(created, spec, self._store, now)
        return int(
            self._store.create_backfill_run(backfill.backfill_id, date.place, created, who=_name(backfill), now=now)
        )

    def _run_again(self, backfill: BackfillRecord, date: BackfillRunRecord, run: RunRecord, now: datetime) -> None:
        """Cleared first: should we die before it is written down as ours, it runs all the same."""
        assert self._requests is not None
        kind, payload = kind_and_payload(Clear(with_newest_code=backfill.on_latest_version, why=_name(backfill)))
        asked = RequestRecord(0, kind, run.dag_id, run.run_id, payload, backfill.created_by, now)
        self._requests.carry_out(asked, now)
        self._store.adopt_backfill_run(backfill.backfill_id, date.place, run.run_id)

    # ------------------------------------------------------------------------------- ends

    def _drop_queued(
        self, backfill: BackfillRecord, going: Sequence[BackfillRunRecord], now: datetime
    ) -> list[BackfillRunRecord]:
        """Those that have not begun never do; returns the others. Claimed first, so that none begins meanwhile."""
        left: list[BackfillRunRecord] = []
        for date in going:
            key = RunKey(backfill.dag_id, date.run_id or "")
            run = self._store.run(key)
            if run is not None and not (run.state is RunState.QUEUED and self._drop(key, backfill, now)):
                left.append(date)
        return left

    def _drop(self, key: RunKey, backfill: BackfillRecord, now: datetime) -> bool:
        me = self._owner
        try:
            epoch = self._store.claim_run(key, owner_id=me.id, pid=me.pid, host=me.host, now=now)
        except OwnedRunError:
            return False
        change = RunChanged(key, RunState.QUEUED, RunState.FAILED, f"{_name(backfill)} was cancelled")
        self._store.commit([change], who=_name(backfill), now=now, epochs={key: epoch})
        self._store.release_run(key, owner_id=me.id)
        return True

    def _end(self, backfill: BackfillRecord, now: datetime) -> None:
        self._store.set_backfill(backfill.backfill_id, ended_at=now)
        _log.info("%s of DAG %s has ended", _name(backfill), backfill.dag_id)

    def _give_up(self, backfill: BackfillRecord, error: TradewindError, now: datetime) -> None:
        """What stands in the way of one run stands in the way of all: a param without a value, say."""
        if not isinstance(error, ParamError) and self._store.dag(backfill.dag_id) is not None:
            _log.error("%s of DAG %s: %s", _name(backfill), backfill.dag_id, error)
            return
        _log.error("%s of DAG %s is cancelled: %s", _name(backfill), backfill.dag_id, error)
        self._store.set_backfill(backfill.backfill_id, is_cancelled=True)
        detail = {"backfill_id": backfill.backfill_id, "why": error.message}
        self._store.write_audit(AuditRecord(now, "scheduler", "backfill_cancelled", backfill.dag_id, detail=detail))
        self._store.ring(Topic.RUNS)


def backfill_run(
    spec: DagSpec, backfill: BackfillRecord, date: BackfillRunRecord, *, dag_hash: str, snapshot: str, now: datetime
) -> RunCreated:
    """Pure. Raises ParamError."""
    names = {param.name for param in spec.params}
    return RunCreated(
        run=RunKey(spec.dag_id, name_of_run(RunType.BACKFILL, date.logical_date)),
        dag_hash=dag_hash,
        snapshot=snapshot,
        run_type=RunType.BACKFILL,
        logical_date=date.logical_date,
        data_interval_start=date.interval_start,
        data_interval_end=date.interval_end,
        run_after=min(date.interval_end, now),
        conf=backfill.conf,
        params=resolve_params(spec, {name: value for name, value in backfill.conf.items() if name in names}),
        triggered_by=backfill.created_by,
        backfill_id=backfill.backfill_id,
        partition_key=key_of_run(spec.schedule, date.logical_date),
    )


def _name(backfill: BackfillRecord) -> str:
    return f"backfill {backfill.backfill_id}"
