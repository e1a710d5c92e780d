"""`context["dag_run"]`, earlier runs and other task instances, as a task sees them: for reading only."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from tradewind.authoring import ports
from tradewind.authoring.asset_events import AssetEvent, by_asset, triggering_events
from tradewind.authoring.context_dates import partition_date
from tradewind.authoring.dates import as_pendulum
from tradewind.model.ids import RunKey, map_index
from tradewind.model.messages import GetRun, GetTaskStates, RunTry
from tradewind.model.records import RunRecord
from tradewind.model.states import RunState, RunType, TaskState


class TaskInstanceKey(NamedTuple):
    """`ti.key`: names one try."""

    dag_id: str
    task_id: str
    run_id: str
    try_number: int = 1
    map_index: int = -1

    @property
    def primary(self) -> tuple[str, str, str, int]:
        return self.dag_id, self.task_id, self.run_id, self.map_index


class DagRun:
    """`context["dag_run"]`, and what `ti.get_previous_dagrun()` gives. Dates are pendulum objects."""

    def __init__(self, record: RunRecord, dag: Any = None) -> None:
        self._record = record
        self.dag = dag
        self.id = record.run_id
        self.dag_id = record.dag_id
        self.run_id = record.run_id
        self.conf = record.conf
        self.note = record.note
        self.run_type = record.run_type
        self.external_trigger = record.run_type is RunType.MANUAL
        self.is_backfill = record.run_type is RunType.BACKFILL
        self.triggered_by = record.triggered_by
        self.partition_key = record.partition_key
        self.partition_date = partition_date(record.partition_key)

    @classmethod
    def of_try(cls, message: RunTry, dag: Any) -> DagRun:
        key, run = message.task, message.run
        record = RunRecord(
            dag_id=key.dag_id,
            run_id=key.run_id,
            state=run.state,
            run_type=run.run_type,
            logical_date=run.logical_date,
            data_interval_start=run.data_interval_start,
            data_interval_end=run.data_interval_end,
            run_after=run.run_after,
            queued_at=None,
            started_at=run.started_at,
            ended_at=None,
            dag_hash=run.dag_hash,
            snapshot="",
            conf=run.conf,
            params=run.params,
            note=run.note,
            partition_key=run.partition_key,
            triggering_assets=run.triggering_assets,
        )
        return cls(record, dag)

    def __repr__(self) -> str:
        return f"<DagRun {self.dag_id} @ {self._record.logical_date}: {self.run_id}, state:{self.state.value}>"

    @property
    def consumed_asset_events(self) -> list[AssetEvent]:
        """The events that started the run, oldest first."""
        return [
            event for events in triggering_events(self._record.triggering_assets, by_asset).values() for event in events
        ]

    @property
    def state(self) -> RunState:
        return self._record.state

    def get_state(self) -> RunState:
        return self._record.state

    def get_dag(self) -> Any:
        return self.dag

    def get_task_instances(self, state: Any = None, session: Any = None) -> list[TaskInstanceView]:
        """The run's task instances that have a state by now, or only those in `state` (one or several)."""
        wanted = None if state is None else {state} if isinstance(state, str) else set(state)
        views = self._views(GetTaskStates(self.dag_id, run_ids=(self.run_id,)))
        return [view for view in views if wanted is None or view.state in wanted]

    def get_task_instance(self, task_id: str, session: Any = None, *, map_index: int = -1) -> TaskInstanceView | None:
        views = self._views(GetTaskStates(self.dag_id, run_ids=(self.run_id,), task_ids=(task_id,)))
        return next((view for view in views if view.map_index == map_index), None)

    def _views(self, request: GetTaskStates) -> list[TaskInstanceView]:
        rows: list[dict[str, Any]] = ports.supervisor().ask(request) or []
        return [TaskInstanceView(self, row) for row in rows]

    def get_previous_dagrun(self, state: Any = None, session: Any = None) -> DagRun | None:
        return previous_run(RunKey(self.dag_id, self.run_id), state, self.dag)

    @property
    def logical_date(self) -> Any:
        return as_pendulum(self._record.logical_date)

    execution_date = logical_date

    @property
    def start_date(self) -> Any:
        return as_pendulum(self._record.started_at)

    @property
    def end_date(self) -> Any:
        return as_pendulum(self._record.ended_at)

    @property
    def queued_at(self) -> Any:
        return as_pendulum(self._record.queued_at)

    @property
    def run_after(self) -> Any:
        return as_pendulum(self._record.run_after)

    @property
    def data_interval_start(self) -> Any:
        return as_pendulum(self._record.data_interval_start)

    @property
    def data_interval_end(self) -> Any:
        return as_pendulum(self._record.data_interval_end)


def previous_run(run: RunKey, state: Any = None, dag: Any = None) -> DagRun | None:
    """The run before this one; with `state=success` the last one that succeeded before it."""
    which = "previous_success" if state is not None and RunState(state) is RunState.SUCCESS else "previous"
    found = ports.supervisor().ask(GetRun(run, which))
    return DagRun(msgspec.convert(found, RunRecord), dag) if found else None


class TaskInstanceView:
    """Another task instance than the one that runs, for reading."""

    def __init__(self, run: DagRun, row: Mapping[str, Any]) -> None:
        self.dag_run = run
        self.dag_id = run.dag_id
        self.run_id = run.run_id
        self.task_id: str = row["task_id"]
        self.map_index = map_index(tuple(row["map_path"]))
        self.state = TaskState(row["state"])
        self._row = row

    def __repr__(self) -> str:
        return f"<TaskInstance: {self.dag_id}.{self.task_id} {self.run_id} [{self.state.value}]>"

    def current_state(self) -> TaskState:
        return self.state

    @property
    def logical_date(self) -> Any:
        return self.dag_run.logical_date

    execution_date = logical_date

    @property
    def start_date(self) -> Any:
        return as_pendulum(_instant(self._row.get("started_at")))

    @property
    def end_date(self) -> Any:
        return as_pendulum(_instant(self._row.get("ended_at")))


def _instant(value: Any) -> datetime | None:
    return msgspec.convert(value, datetime | None)
