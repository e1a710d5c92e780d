"""What `ti.get_previous_dagrun()` and `ti.previous_ti` give: an earlier run and a task instance of it, for reading."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any, NamedTuple

import msgspec

from tradewind.model.ids import map_index
from tradewind.model.messages import RunRecord
from tradewind.model.states import RunState, TaskState
from tradewind.runner.dates import as_pendulum


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


class EarlierRun:
    """A run that came before. Dates are pendulum objects."""

    def __init__(self, record: Mapping[str, Any]) -> None:
        self._record = msgspec.convert(record, RunRecord)
        self.dag_id = self._record.dag_id
        self.run_id = self._record.run_id
        self.conf = self._record.conf
        self.run_type = self._record.run_type
        self.note = self._record.note

    def __repr__(self) -> str:
        return f"<DagRun {self.dag_id} @ {self._record.logical_date}: {self.run_id}, state:{self.state.value}>"

    @property
    def state(self) -> RunState:
        return self._record.state

    def get_state(self) -> RunState:
        return self._record.state

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
    def run_after(self) -> Any:
        return as_pendulum(self._record.run_after)

    @property
    def data_interval_start(self) -> Any:
        return as_pendulum(self._record.data_interval_start)

    @property
    def data_interval_end(self) -> Any:
        return as_pendulum(self._record.data_interval_end)


class EarlierTaskInstance:
    """The same task in an earlier run."""

    def __init__(self, run: EarlierRun, row: Mapping[str, Any]) -> None:
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
