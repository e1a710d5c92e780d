"""The duty that follows the DAGs' clocks: makes each run when its time has come, and says which comes after it.

In memory is one row a DAG and a heap of instants, so that a thousand DAGs that wait cost nothing. The store decides: a
run is made only where the DAG's clock still stands where we believe it does.
"""

from __future__ import annotations

import heapq
import logging
from collections.abc import Callable, Sequence, Set
from datetime import datetime, timedelta

from msgspec import Struct
from msgspec.structs import replace

from tradewind.model.changes import RunCreated
from tradewind.model.errors import HomeError, NotFoundError, TradewindError
from tradewind.model.parsing import NEXT_RUN_REQUEST, TO_DAG_PROCESSOR
from tradewind.model.service import DagSchedule, DueRun, Topic
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState, RunType
from tradewind.scheduler.launch import check_run_type, scheduled_run
from tradewind.scheduler.run_deadlines import with_deadlines
from tradewind.scheduler.specs import Specs
from tradewind.store.base import Store
from tradewind.store.facets.schedules import ByClock
from tradewind.timetables.base import DataInterval
from tradewind.timetables.changing import RUNS_AT_MOST
from tradewind.timetables.due import due_by_now, in_place_of_missed, interval_of, next_due

_log = logging.getLogger(__name__)
MOST_AT_ONCE = 50
"""Runs made in one go, and one transaction: the tasks that go on are heard in between."""

CONTINUOUS_DISTANCE = timedelta(seconds=1)
"""Between the beginnings of two runs of an `@continuous` DAG, one of which may fail as soon as it has begun."""
LATE = timedelta(seconds=1)
"""A run that is later than this may have been overtaken by the next."""


class _Planned(Struct, frozen=True):
    """A run that is to be made."""

    clock: DagSchedule
    spec: DagSpec
    due: DueRun
    wanted: ByClock


class DueRuns:
    """A duty (see `duty.Duty`)."""

    topics = frozenset({Topic.DAGS, Topic.RUNS})

    def __init__(self, store: Store, specs: Specs, *, who: str = "scheduler") -> None:
        self._store = store
        self._specs = specs
        self._who = who
        self._clocks: dict[str, DagSchedule] = {}
        self._heap: list[tuple[datetime, str]] = []
        """May hold instants that a clock has left since; they are passed over."""
        self._changed_until: datetime | None = None
        self.on_new: Callable[[Sequence[DagSchedule]], None] = lambda clocks: None
        """Told of DAGs that are there for the first time, or again."""
        self.on_next: Callable[[DagSchedule], None] = lambda clock: None
        """Told of each clock that has a next run to make."""
        self._continuous: set[str] = set()
        """`@continuous` DAGs whose next run waits for the end of the last one."""

    def newest_of(self, dag_id: str) -> str | None:
        """Hash of the DAG's newest version, as far as is known here."""
        clock = self._clocks.get(dag_id)
        return clock.dag_hash if clock is not None else None

    def next_run_of(self, dag_id: str) -> datetime | None:
        """When the DAG's clock makes its next run, as far as is known here."""
        clock = self._clocks.get(dag_id)
        return clock.next_run_after if clock is not None and _is_going(clock) else None

    def next_due(self) -> datetime | None:
        return self._heap[0][0] if self._heap else None

    def attend(self, now: datetime, heard: Set[Topic]) -> None:
        if Topic.DAGS in heard:
            self._look_at_clocks(now)
        if Topic.RUNS in heard:
            self._let_continuous_go()
        if self._make(self._take_due(now), now):
            self._store.ring(Topic.RUNS)

    # ------------------------------------------------------------------------------- what is due

    def _look_at_clocks(self, now: datetime) -> None:
        changed = self._store.schedules(changed_since=self._changed_until)
        if new := [clock for clock in changed if clock.dag_id not in self._clocks and not clock.is_retired]:
            self.on_new(new)
        for clock in changed:
            self._changed_until = max(clock.changed_at, self._changed_until or clock.changed_at)
            before = self._clocks.get(clock.dag_id)
            if before is not None and before.is_paused and not clock.is_paused:
                self._hold_flood(clock, now)
            else:
                self._follow(clock)

    def _follow(self, clock: DagSchedule) -> None:
        if clock.is_retired:
            self._clocks.pop(clock.dag_id, None)
            return
        self._clocks[clock.dag_id] = clock
        if _is_going(clock) and clock.next_run_after is not None:
            heapq.heappush(self._heap, (clock.next_run_after, clock.dag_id))
            self.on_next(clock)

    def _take_due(self, now: datetime) -> list[str]:
        due: list[str] = []
        while self._heap and self._heap[0][0] <= now and len(due) < MOST_AT_ONCE:
            at, dag_id = heapq.heappop(self._heap)
            clock = self._clocks.get(dag_id)
            if clock is not None and clock.next_run_after == at and _is_going(clock) and dag_id not in due:
                due.append(dag_id)
        return due

    # ------------------------------------------------------------------------------- making runs

    def _make(self, dag_ids: Sequence[str], now: datetime) -> int:
        """How many were made."""
        try:
            return self._create([one for dag_id in dag_ids if (one := self._planned(dag_id, now)) is not None], now)
        except HomeError:
            for clock in map(self._clocks.get, dag_ids):
                if clock is not None:
                    heapq.heappush(self._heap, (clock.next_run_after or now, clock.dag_id))
            raise

    def _planned(self, dag_id: str, now: datetime) -> _Planned | None:
        """The run that the DAG's clock asks for; None where it is not to be made now."""
        clock = self._clocks[dag_id]
        try:
            spec = self._specs.get(dag_id, clock.dag_hash)
            if spec.schedule.kind == "continuous":
                if self._goes_on(dag_id):
                    self._continuous.add(dag_id)
                    return None
                begins = _may_begin_again(clock, now)
                clock = self._set_to(clock, spec, begins)
                if begins > now:
                    self._follow(clock)
                    return None
            elif not _is_code(spec):
                clock = self._pass_over_missed(clock, spec, now)
            return self._plan(clock, spec, now) if clock.next_run_after else None
        except HomeError:
            raise
        except TradewindError as error:  # one DAG's mistake must not hold up the others
            self._hold_for(clock, error)
            return None

    def _plan(self, clock: DagSchedule, spec: DagSpec, now: datetime) -> _Planned:
        due = _due_of(clock)
        check_run_type(spec, RunType.SCHEDULED)
        created = scheduled_run(spec, due, dag_hash=clock.dag_hash, snapshot=clock.snapshot)
        created = with_deadlines(created, spec, self._store, now)
        following = None if _is_code(spec) else _after(spec, due, now)
        return _Planned(clock, spec, due, ByClock(created, due.run_after, following))

    def _create(self, planned: Sequence[_Planned], now: datetime) -> int:
        if not planned:
            return 0
        try:
            made = self._store.create_scheduled_runs([one.wanted for one in planned], who=self._who, now=now)
        except HomeError:
            raise
        except TradewindError as error:
            if len(planned) > 1:
                return sum(self._create([one], now) for one in planned)
            self._hold_for(planned[0].clock, error)
            return 0
        for one, was_made in zip(planned, made, strict=True):
            self._go_on(one, was_made, now)
        return sum(made)

    def _go_on(self, planned: _Planned, was_made: bool, now: datetime) -> None:
        clock, due, created, following = planned.clock, planned.due, planned.wanted.created, planned.wanted.next_due
        if was_made:
            _log.debug("run %s of DAG %s is due", created.run.run_id, created.run.dag_id)
            moved = _moved(clock, following)
            self._follow(replace(moved, last_interval_start=due.interval_start, last_interval_end=due.interval_end))
        else:
            self._look_again(clock, created, following, now)
        if _is_code(planned.spec):
            wish: dict[str, object] = {"dag_id": clock.dag_id}
            self._store.add_request(NEXT_RUN_REQUEST, TO_DAG_PROCESSOR, wish, who=self._who, now=now)
            self._store.ring(Topic.PARSE)

    def _look_again(self, clock: DagSchedule, created: RunCreated, following: DueRun | None, now: datetime) -> None:
        """Somebody was faster, or the DAG was paused; or there is a run of that date already (a backfill's, say), which
        the clock passes over."""
        found = next(iter(self._store.schedules(dag_id=clock.dag_id)), None)
        if found is None:  # somebody has deleted the DAG
            self._follow(replace(clock, is_retired=True, next_run_after=None))
            return
        has_run = found.next_run_after == clock.next_run_after and _is_going(found)
        if has_run and self._store.set_next_run(clock.dag_id, found.dag_hash, following):
            _log.info("DAG %s has a run for %s already", clock.dag_id, created.logical_date)
            found = _moved(found, following)
        self._follow(found)

    # ------------------------------------------------------------------------------- @continuous

    def _let_continuous_go(self) -> None:
        for dag_id in [one for one in sorted(self._continuous) if not self._goes_on(one)]:
            self._continuous.discard(dag_id)
            if (clock := self._clocks.get(dag_id)) is not None:
                self._follow(clock)

    def _set_to(self, clock: DagSchedule, spec: DagSpec, at: datetime) -> DagSchedule:
        """Its next run, as it was reckoned when the last one began, ends where that one began."""
        due = next_due(spec, interval_of(clock.last_interval_start, clock.last_interval_end), at)
        self._store.set_next_run(clock.dag_id, clock.dag_hash, due)
        return _moved(clock, due)

    # ------------------------------------------------------------------------------- without catchup

    def _pass_over_missed(self, clock: DagSchedule, spec: DagSpec, now: datetime) -> DagSchedule:
        """Scenario: the service was down from before its next run until after the one that follows."""
        planned = clock.next_run_after
        if planned is None or now - planned < LATE:
            return clock
        last = interval_of(clock.last_interval_start, clock.last_interval_end)
        due = in_place_of_missed(spec, last, planned, now)
        if due is None:
            return clock
        self._store.set_next_run(clock.dag_id, clock.dag_hash, due)
        return _moved(clock, due)

    # ------------------------------------------------------------------------------- what holds a clock up

    def _hold_flood(self, clock: DagSchedule, now: datetime) -> None:
        """It was paused for so long that letting it go would make more runs than anybody means."""
        is_late = clock.next_run_after is not None and clock.next_run_after <= now
        if is_late and not clock.held_why:
            try:
                spec = self._specs.get(clock.dag_id, clock.dag_hash)
            except NotFoundError as error:
                self._hold_for(clock, error)
                return
            last = interval_of(clock.last_interval_start, clock.last_interval_end)
            most = RUNS_AT_MOST + 1
            if not _is_code(spec) and len(due_by_now(spec, last, now, at_most=most)) == most:
                self._hold(clock, f"its schedule would make more than {RUNS_AT_MOST:,} runs at once")
                return
        self._follow(clock)

    def _hold(self, clock: DagSchedule, why: str) -> None:
        _log.warning(
            "the schedule of DAG %s is held: %s; go on with: tradewind dags accept %s", clock.dag_id, why, clock.dag_id
        )
        self._store.set_next_run(clock.dag_id, clock.dag_hash, _due_of(clock), held_why=why)
        self._follow(replace(clock, held_why=why))

    def _hold_for(self, clock: DagSchedule, error: TradewindError) -> None:
        self._hold(clock, f"its run cannot be made: {error.message}")

    def _goes_on(self, dag_id: str) -> bool:
        return bool(self._store.runs(dag_id=dag_id, states=(RunState.QUEUED, RunState.RUNNING), limit=1))


def _may_begin_again(clock: DagSchedule, now: datetime) -> datetime:
    """The data interval of its last run ends where that one was made."""
    return now if clock.last_interval_end is None else max(now, clock.last_interval_end + CONTINUOUS_DISTANCE)


def _is_going(clock: DagSchedule) -> bool:
    return not clock.is_paused and not clock.held_why and not clock.is_retired


def _is_code(spec: DagSpec) -> bool:
    """The author's code says when runs come; it is not loaded here."""
    return spec.schedule.kind == "custom"


def _after(spec: DagSpec, due: DueRun, now: datetime) -> DueRun | None:
    return next_due(spec, DataInterval(due.interval_start, due.interval_end), now)


def _due_of(clock: DagSchedule) -> DueRun:
    at = clock.next_run_after
    assert at is not None, "only a clock that has a next run is due"
    date = clock.next_logical_date or at
    return DueRun(at, date, clock.next_interval_start or date, clock.next_interval_end or date)


def _moved(clock: DagSchedule, due: DueRun | None) -> DagSchedule:
    return replace(
        clock,
        next_run_after=due and due.run_after,
        next_logical_date=due and due.logical_date,
        next_interval_start=due and due.interval_start,
        next_interval_end=due and due.interval_end,
    )
