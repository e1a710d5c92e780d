"""How a run gets into this process: as a new one, or rebuilt from the store after its last owner ended or died."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from tradewind.engine import events
from tradewind.engine.events import Event
from tradewind.engine.moves import LIVE_STATES
from tradewind.engine.run import Bounds, Run
from tradewind.executors.base import CodeRef
from tradewind.model.changes import Change, RunCreated, TryChanged
from tradewind.model.ids import RunKey
from tradewind.model.messages import RunFacts
from tradewind.model.records import RunRecord, TryRecord
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState, TryPurpose, TryState
from tradewind.scheduler.active import ActiveRun, ValuesAtHand
from tradewind.store.base import RunRows, Store


def waiting_run(record: RunRecord, spec: DagSpec, code: CodeRef, now: datetime, bounds: Bounds) -> ActiveRun:
    """A run that was queued and has not begun: nothing but its own row is in the store."""
    key = RunKey(record.dag_id, record.run_id)
    facts = _facts(record, started_at=now)
    return ActiveRun(key, spec, code, Run.new(key, spec, bounds=bounds), facts, ValuesAtHand(spec))


TAKEN_OVER = "TakenOver"
"""Error type of a try that ended with its scheduler."""


def new_run(created: RunCreated, spec: DagSpec, code: CodeRef, now: datetime, bounds: Bounds) -> ActiveRun:
    facts = RunFacts(
        run_type=created.run_type,
        state=RunState.RUNNING,
        logical_date=created.logical_date,
        data_interval_start=created.data_interval_start,
        data_interval_end=created.data_interval_end,
        run_after=created.run_after,
        started_at=now,
        conf=created.conf,
        params=created.params,
        note=created.note,
        dag_hash=created.dag_hash,
        triggering_assets=created.triggering_assets,
        partition_key=created.partition_key,
    )
    run = Run.new(created.run, spec, bounds=bounds, logical_date=created.logical_date)
    return ActiveRun(created.run, spec, code, run, facts, ValuesAtHand(spec))


def restored_run(store: Store, key: RunKey, spec: DagSpec, code: CodeRef, bounds: Bounds) -> tuple[ActiveRun, RunRows]:
    """The run as the store has it, and the rows it was rebuilt from."""
    rows = store.load_run(key)
    facts = _facts(rows.run, started_at=rows.running_since or rows.run.started_at)  # its time limit counts from there
    run = Run.restore(spec, rows.run, expansions=rows.expansions, tasks=rows.tasks, lengths=rows.lengths, bounds=bounds)
    active = ActiveRun(key, spec, code, run, facts, ValuesAtHand(spec))
    for xcom in store.all_xcoms(key):
        active.values.add(xcom)
    _recall_tries(active, store.tries(key))
    active.waiting.recall(store.deferrals(key), rows.tasks)
    return active, rows


def _recall_tries(active: ActiveRun, tries: Sequence[TryRecord]) -> None:
    for one in tries:
        name = (one.task_id, one.map_path)
        active.ended_tries[one.try_id] = name  # also those that are live by their rows: see `left_behind`
        instance = active.run.instance(*name)
        counts = instance is not None and one.number > instance.tries_before_clear
        if instance is not None and counts and one.error_type == TAKEN_OVER:
            instance.takeovers += 1
        if counts and one.state is TryState.RESCHEDULED and instance is not None and one.number > instance.try_number:
            active.reschedules[name] = active.reschedules.get(name, 0) + 1
        if counts and one.started_at is not None and one.purpose is TryPurpose.EXECUTE:
            active.first_started_at.setdefault(name, one.started_at)


def left_behind(rows: RunRows, why: str) -> tuple[list[Change], list[Event]]:
    """What to commit and to tell the engine of tries whose process ended with the run's last owner: they are lost.

    The engine is also told of an instance whose try has a row that ended already: whoever wrote that did not get to
    write what follows from it."""
    changes: list[Change] = [
        TryChanged(one.try_id, old=one.state, new=TryState.LOST, why=why, error_type=TAKEN_OVER, error=why)
        for one in rows.live_tries
    ]
    live = {one.try_id for one in rows.live_tries}
    cut_short = [task.try_id for task in rows.tasks if task.state in LIVE_STATES and task.try_id not in live]
    gone = [*(one.try_id for one in rows.live_tries), *(try_id for try_id in cut_short if try_id is not None)]
    return changes, [events.TryLost(try_id, why, is_takeover=True) for try_id in gone]


def _facts(record: RunRecord, *, started_at: datetime | None) -> RunFacts:
    return RunFacts(
        run_type=record.run_type,
        state=RunState.RUNNING,
        logical_date=record.logical_date,
        data_interval_start=record.data_interval_start,
        data_interval_end=record.data_interval_end,
        run_after=record.run_after,
        started_at=started_at,
        conf=record.conf,
        params=record.params,
        note=record.note,
        dag_hash=record.dag_hash,
        triggering_assets=record.triggering_assets,
        partition_key=record.partition_key,
    )
