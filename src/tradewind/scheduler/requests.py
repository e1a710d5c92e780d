"""The duty that does what people ask for: trigger, cancel, clear, mark; of runs that are driven here, and of those that
nobody drives. Whatever cannot be done is noted in the run's history and in the log, and holds up nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence, Set
from datetime import datetime

import msgspec

from tradewind.engine.run import Bounds
from tradewind.executors.base import CodeRef
from tradewind.model.changes import Change, Noted, RunPinned
from tradewind.model.errors import HomeError, NotFoundError, TradewindError
from tradewind.model.ids import RunKey
from tradewind.model.records import RequestRecord, RunRecord
from tradewind.model.requests import REPLY_TO, Cancel, Clear, DropXCom, SetXCom, Trigger, Wish, wish_of
from tradewind.model.service import AuditRecord, Topic
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState
from tradewind.scheduler.answering_wishes import answer
from tradewind.scheduler.loop import Scheduler
from tradewind.scheduler.owner import Owner
from tradewind.scheduler.specs import Specs
from tradewind.scheduler.takeover import restored_run
from tradewind.scheduler.triggering import make_run
from tradewind.scheduler.values_by_hand import changes_by_hand
from tradewind.scheduler.wishes import events_of, first_events
from tradewind.store.base import Store

_log = logging.getLogger(__name__)
KINDS = ("trigger", "cancel", "clear", "mark", "mark_run", "set_xcom", "drop_xcom")


class Requests:
    """A duty (see `duty.Duty`)."""

    topics = frozenset({Topic.REQUESTS})

    def __init__(
        self, store: Store, scheduler: Scheduler, specs: Specs, owner: Owner, bounds: Callable[[], Bounds]
    ) -> None:
        self._store = store
        self._scheduler = scheduler
        self._specs = specs
        self._owner = owner
        self._bounds = bounds

    def next_due(self) -> datetime | None:
        return None

    def attend(self, now: datetime, heard: Set[Topic]) -> None:
        for request in self._store.take_wishes(self._owner.id, KINDS):
            self.carry_out(request, now)

    def carry_out(self, request: RequestRecord, now: datetime) -> None:
        """Do one, at once, and answer whoever waits for it."""
        refused: Exception | None = None
        try:
            wish = wish_of(request)
            if isinstance(wish, Trigger):
                self._trigger(wish, request, now)
            elif wish is not None:
                self._do(wish, request, now)
        except HomeError:
            raise
        except msgspec.ValidationError as error:
            refused = error
            _log.error("a request of %s to %s makes no sense: %s", request.who, request.kind, error)
        except TradewindError as error:
            refused = error
            self._refuse(request, error, now)
        answer(self._store, request, refused, now)

    # ------------------------------------------------------------------------------- runs

    def _trigger(self, wish: Trigger, request: RequestRecord, now: datetime) -> None:
        make_run(self._store, wish, who=request.who, now=now)
        self._store.ring(Topic.RUNS)

    def _do(self, wish: Wish, request: RequestRecord, now: datetime) -> None:
        key = RunKey(request.dag_id, request.run_id)
        active = self._scheduler.active_run(key)
        if isinstance(wish, SetXCom | DropXCom):
            changes = changes_by_hand(self._store, key, wish)
            self._store.commit(changes, who=request.who, now=now)
            if active is not None:
                active.forget_cleared(changes)
                active.keep_values(changes)
        elif active is not None:
            for event in events_of(wish, active.run, request.who):
                self._scheduler.tell(key, event)
        else:
            self._take_up(key, wish, request, now)
        if REPLY_TO not in request.payload:  # else whoever asked writes it down
            self._store.write_audit(
                AuditRecord(now, request.who, request.kind, key.dag_id, key.run_id, detail=request.payload)
            )

    def _take_up(self, key: RunKey, wish: Wish, request: RequestRecord, now: datetime) -> None:
        """Of a run that nobody drives. One that had ended, and is to go on, waits for admission with all others."""
        record = self._store.run(key)
        if record is None:
            raise NotFoundError(f"there is no run {key.run_id!r} of DAG {key.dag_id!r}")
        if record.state is RunState.RUNNING:  # its scheduler is gone, and rescue has not looked yet
            raise TradewindError(f"run {key.run_id!r} is just being taken over", hint="ask again in a moment")
        if isinstance(wish, Cancel) and record.state.is_finished:
            raise TradewindError(f"run {key.run_id!r} has ended already: {record.state}")
        spec, code, before = self._code(key, record, wish, request.who)
        active, _ = restored_run(self._store, key, spec, code, self._bounds())
        first = first_events(active, wish, record, request.who)
        if first:
            self._scheduler.adopt(active, first, before=before)
            self._store.ring(Topic.RUNS)

    def _code(self, key: RunKey, record: RunRecord, wish: Wish, who: str) -> tuple[DagSpec, CodeRef, Sequence[Change]]:
        """What the run goes on with, and what to say of it."""
        if isinstance(wish, Clear) and wish.with_newest_code and (newest := self._newest(key.dag_id)) is not None:
            spec, code = newest
            if spec.hash != record.dag_hash:
                pinned = RunPinned(key, spec.hash, code.snapshot, f"goes on with new code: cleared by {who}")
                return spec, code, [pinned]
        spec = self._specs.get(key.dag_id, record.dag_hash)
        return spec, CodeRef(record.snapshot, spec.file), []

    def _newest(self, dag_id: str) -> tuple[DagSpec, CodeRef] | None:
        schedule = next(iter(self._store.schedules(dag_id=dag_id)), None)
        if schedule is None:
            return None
        spec = self._specs.get(dag_id, schedule.dag_hash)
        return spec, CodeRef(schedule.snapshot, spec.file)

    def _refuse(self, request: RequestRecord, error: TradewindError, now: datetime) -> None:
        what = f"{request.who} asked to {request.kind}: {error.message}"
        _log.warning("%s %s: %s", request.dag_id, request.run_id, what)
        key = RunKey(request.dag_id, request.run_id)
        if request.run_id and self._store.run(key) is not None:
            self._store.commit([Noted(key, what)], who=request.who, now=now)
