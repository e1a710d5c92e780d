"""`context["ti"]`: the task instance as the task itself sees it, with what Airflow's users touch."""

from __future__ import annotations

import logging
import os
import socket
import time
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

from tradewind.authoring.dates import as_pendulum
from tradewind.authoring.ports import Supervisor
from tradewind.model.ids import MapPath, map_index
from tradewind.model.messages import GetTaskStates, Input, RunTry
from tradewind.model.states import RunState, TaskState
from tradewind.model.values import RETURN_KEY, Value
from tradewind.runner.dag_run import DagRun, TaskInstanceKey, TaskInstanceView, previous_run
from tradewind.runner.xcom_pull import Puller, pull_request

if TYPE_CHECKING:
    from tradewind.runner.values import Values

_log = logging.getLogger("tradewind.task")


class RuntimeTaskInstance:
    """Alive for one try. Dates are pendulum objects, made when first looked at."""

    def __init__(self, message: RunTry, task: Any, supervisor: Supervisor, values: Values) -> None:
        self._message = message
        self._supervisor = supervisor
        self._values = values
        self.task = task
        self.context: Any = {}
        self.dag_run = DagRun.of_try(message, task.dag)
        self.state: TaskState = TaskState.RUNNING
        self.started_at = datetime.now(UTC)
        self.ended_at: datetime | None = None
        self._started = time.monotonic()
        self._seconds: float | None = None
        self.rendered_map_index: str | None = None
        self.branch_followed: tuple[str, ...] | None = None
        """Set by branching operators: the direct downstream tasks to follow."""
        self.short_circuited: Literal["", "direct", "all"] = ""
        """Set by short-circuit operators: `direct` or `all`."""
        key = message.task
        self.dag_id = key.dag_id
        self.run_id = key.run_id
        self.task_id = key.task_id
        self.map_path: MapPath = key.map_path
        self.map_index = map_index(key.map_path)
        self.try_number = message.try_number
        self.max_tries = message.max_tries - 1
        """Airflow counts the tries after the first one here."""
        self.id = message.try_id
        self.pool = message.pool
        self.log_path = message.log_path
        self.log_url = f"file://{message.log_path}"
        self.mark_success_url = ""
        self.raw = False
        self.test_mode = False
        self.trigger_id = None
        self.next_method = message.resume.method if message.resume else None
        self.next_kwargs = message.resume.kwargs if message.resume else None
        self.when_succeeded: list[Callable[[], None]] = []
        """Called once the task has succeeded and its values are encoded, before that is reported."""
        self._puller = Puller(values.inputs, key, task.dag, task.map_scopes(), message.try_id)

    def __repr__(self) -> str:
        index = f" map_index={self.map_index}" if self.map_path else ""
        return f"<TaskInstance: {self.dag_id}.{self.task_id} {self.run_id}{index} [{self.state.value}]>"

    # ---- what the task says of itself

    @property
    def operator(self) -> str:
        return self.task.task_type

    @property
    def operator_name(self) -> str:
        return self.task.task_type

    custom_operator_name = operator_name

    @property
    def task_display_name(self) -> str:
        return getattr(self.task, "task_display_name", None) or self.task_id

    @property
    def queue(self) -> str:
        return self.task.queue

    @property
    def pool_slots(self) -> int:
        return self.task.pool_slots

    @property
    def priority_weight(self) -> int:
        return self.task.priority_weight

    @property
    def executor_config(self) -> Any:
        return getattr(self.task, "executor_config", None) or {}

    @property
    def run_as_user(self) -> str | None:
        return getattr(self.task, "run_as_user", None)

    @property
    def hostname(self) -> str:
        return socket.gethostname()

    @property
    def unixname(self) -> str:
        return os.environ.get("USER", "")

    @property
    def pid(self) -> int:
        return os.getpid()

    @property
    def is_mapped(self) -> bool:
        return bool(self.map_path)

    @property
    def log(self) -> logging.Logger:
        return _log

    @property
    def key(self) -> TaskInstanceKey:
        return TaskInstanceKey(self.dag_id, self.task_id, self.run_id, self.try_number, self.map_index)

    # ---- dates

    @property
    def start_date(self) -> Any:
        return as_pendulum(self.started_at)

    @property
    def end_date(self) -> Any:
        return as_pendulum(self.ended_at)

    @property
    def duration(self) -> float | None:
        """Seconds the try has run; None before its end, as in Airflow."""
        return self._seconds

    @property
    def logical_date(self) -> Any:
        return as_pendulum(self._message.run.logical_date)

    execution_date = logical_date

    @property
    def first_started_at(self) -> datetime | None:
        """When the first try of this task instance started: a sensor's timeout counts from there."""
        return self._message.first_started_at

    def get_first_reschedule_date(self, context: Any = None) -> datetime | None:
        """Airflow's name for it."""
        return self._message.first_started_at

    def end(self, state: TaskState) -> None:
        """The try is over; its callbacks see this."""
        self.state = state
        self.ended_at = datetime.now(UTC)
        self._seconds = time.monotonic() - self._started

    # ---- values

    def xcom_push(self, key: str, value: Any, execution_date: Any = None, session: Any = None) -> None:
        """Hand on `value` under `key`. Unlike a return value it stays even where the task fails later."""
        self._values.push(key, value)

    def keep(self, key: str, value: Any) -> Value:
        """As xcom_push, but its bytes are a file of the artifact store however few they are; returns what describes
        it. For what the journal refers to: quarantined rows, pictures, references."""
        return self._values.keep(key, value)

    @property
    def message(self) -> RunTry:
        """What the try was started with."""
        return self._message

    @property
    def inputs(self) -> tuple[Input, ...]:
        """What of others' values came along with the try."""
        return self._message.inputs

    @property
    def artifact_url(self) -> str:
        """Where artifacts are: a folder or an fsspec URL."""
        return self._message.artifact_url

    def xcom_pull(
        self,
        task_ids: str | Iterable[str] | None = None,
        dag_id: str | None = None,
        key: str | None = RETURN_KEY,
        include_prior_dates: bool = False,
        session: Any = None,
        *,
        map_indexes: int | Iterable[int] | None = None,
        default: Any = None,
        run_id: str | None = None,
    ) -> Any:
        """Values other tasks (or this one) handed on; see `xcom_pull.py` for its forms. Nothing found: `default`."""
        return self._puller.pull(pull_request(task_ids, map_indexes, key, dag_id, run_id, include_prior_dates, default))

    def xcom_at(self, task_id: str, key: str, map_path: MapPath) -> Any:
        """`authoring.reading.XComReader`: one instance's value, or MISSING."""
        return self._puller.at(task_id, key, map_path)

    def xcoms_below(self, task_id: str, key: str, prefix: MapPath) -> Sequence[Any]:
        """`authoring.reading.XComReader`: the values of all instances below a prefix."""
        return self._puller.below(task_id, key, prefix)

    def clear_xcom_data(self, session: Any = None) -> None:
        """Forget what this task instance has pushed."""
        self._values.clear()

    # ---- its run and the runs before

    def get_dagrun(self, session: Any = None) -> Any:
        return self.dag_run

    def get_template_context(self, session: Any = None, ignore_param_exceptions: bool = True) -> dict[str, Any]:
        return self.context

    def current_state(self, session: Any = None) -> TaskState:
        return self.state

    def refresh_from_db(self, session: Any = None, lock_for_update: bool = False) -> None:
        """Accepted: what is known here is current."""

    def get_previous_dagrun(self, state: Any = None, session: Any = None) -> Any:
        """The run before this one (with `state=success`: the last one that succeeded), or None."""
        return previous_run(self._message.task.run, state, self.task.dag)

    def get_previous_ti(self, state: Any = None, session: Any = None) -> Any:
        """This task's instance in the run before, or None."""
        run = self.get_previous_dagrun(state)
        if run is None:
            return None
        rows = self._states(self.dag_id, (self.task_id,), None, (run.run_id,))
        row = next((row for row in rows if tuple(row["map_path"]) == self.map_path), None)
        return TaskInstanceView(run, row) if row else None

    @property
    def previous_ti(self) -> Any:
        return self.get_previous_ti()

    @property
    def previous_ti_success(self) -> Any:
        return self.get_previous_ti(RunState.SUCCESS)

    def get_previous_start_date(self, state: Any = None, session: Any = None) -> Any:
        run = self.get_previous_dagrun(state)
        return run.start_date if run else None

    def get_previous_logical_date(self, state: Any = None, session: Any = None) -> Any:
        run = self.get_previous_dagrun(state)
        return run.logical_date if run else None

    get_previous_execution_date = get_previous_logical_date

    @property
    def previous_start_date_success(self) -> Any:
        return self.get_previous_start_date(RunState.SUCCESS)

    # ---- states of other task instances, as Airflow 3 offers them to sensors

    def get_task_states(
        self,
        dag_id: str,
        map_index: int | None = None,
        task_ids: list[str] | None = None,
        task_group_id: str | None = None,
        logical_dates: list[datetime] | None = None,
        run_ids: list[str] | None = None,
    ) -> dict[str, dict[str, str | None]]:
        """Run id → task id (with `_<map index>` where mapped) → state."""
        states: dict[str, dict[str, str | None]] = {}
        for row in self._states(dag_id, task_ids, logical_dates, run_ids):
            path = tuple(row["map_path"])
            if task_group_id is not None and not row["task_id"].startswith(f"{task_group_id}."):
                continue
            if map_index is not None and (path[-1] if path else -1) != map_index:
                continue
            name = f"{row['task_id']}_{path[-1]}" if path else row["task_id"]
            states.setdefault(row["run_id"], {})[name] = row["state"]
        return states

    def get_ti_count(
        self,
        dag_id: str,
        map_index: int | None = None,
        task_ids: list[str] | None = None,
        task_group_id: str | None = None,
        logical_dates: list[datetime] | None = None,
        run_ids: list[str] | None = None,
        states: list[str] | None = None,
    ) -> int:
        """How many task instances are in one of these states (all states: None)."""
        found = self.get_task_states(dag_id, map_index, task_ids, task_group_id, logical_dates, run_ids)
        return sum(1 for run in found.values() for state in run.values() if states is None or state in states)

    def _states(self, dag_id: str, task_ids: Any, logical_dates: Any, run_ids: Any) -> list[dict[str, Any]]:
        request = GetTaskStates(
            dag_id,
            run_ids=tuple(run_ids) if run_ids else None,
            task_ids=tuple(task_ids) if task_ids else None,
            logical_dates=tuple(logical_dates) if logical_dates else None,
        )
        return self._supervisor.ask(request) or []
