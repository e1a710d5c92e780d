"""How a run gets into this process: as a new one, or rebuilt from the store after its last owner ended or died."""

from __future__ import annotations

from datetime import datetime

from tradewind.engine import events
from tradewind.engine.events import Event
from tradewind.engine.run import Bounds, Run
from tradewind.executors.base import CodeRef
from tradewind.model.changes import Change, RunCreated, TryChanged
from tradewind.model.ids import RunKey
from tradewind.model.messages import RunFacts, RunRecord
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState, TryState
from tradewind.scheduler.active import ActiveRun, ValuesAtHand
from tradewind.store.base import RunRows, Store


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
    )
    run = Run.new(created.run, spec, bounds=bounds)
    return ActiveRun(created.run, spec, code, run, facts, ValuesAtHand(spec))


def restored_run(store: Store, key: RunKey, spec: DagSpec, code: CodeRef, bounds: Bounds) -> tuple[ActiveRun, RunRows]:
    """The run as the store has it, and the rows it was rebuilt from."""
    rows = store.load_run(key)
    run = Run.restore(spec, rows.run, expansions=rows.expansions, tasks=rows.tasks, lengths=rows.lengths, bounds=bounds)
    active = ActiveRun(key, spec, code, run, _facts(rows.run), ValuesAtHand(spec))
    for xcom in store.all_xcoms(key):
        active.values.add(xcom)
    for task in rows.tasks:
        if task.started_at is not None:
            active.first_started_at[task.task_id, task.map_path] = task.started_at
    return active, rows


def left_behind(rows: RunRows, why: str) -> tuple[list[Change], list[Event]]:
    """What to commit and to tell the engine of tries whose process ended with the run's last owner: they are lost."""
    changes: list[Change] = [
        TryChanged(live.try_id, old=live.state, new=TryState.LOST, why=why, error_type="Lost", error=why)
        for live in rows.live_tries
    ]
    return changes, [events.TryLost(live.try_id, why) for live in rows.live_tries]


def _facts(record: RunRecord) -> RunFacts:
    return RunFacts(
        run_type=record.run_type,
        state=RunState.RUNNING,
        logical_date=record.logical_date,
        data_interval_start=record.data_interval_start,
        data_interval_end=record.data_interval_end,
        run_after=record.run_after,
        started_at=record.started_at,
        conf=record.conf,
        params=record.params,
        note=record.note,
        dag_hash=record.dag_hash,
    )
