"""`dag.test()`: the whole DAG, here and now, in one process: for a debugger, `python my_dag.py` and unit tests.

The engine decides as it does in the scheduler; nothing is stored. Retries come at once, on a clock that is moved on.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
import re
import tempfile
import time
from collections import deque
from collections.abc import Generator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from tradewind.artifacts import ArtifactStore, decode
from tradewind.authoring import ports
from tradewind.authoring.compile import compile_dag
from tradewind.authoring.dag import DAG
from tradewind.authoring.exceptions import AirflowException
from tradewind.authoring.instants import as_instant
from tradewind.engine import events
from tradewind.engine.commands import AskPast, Command, StartTry, StopTry, WakeAt
from tradewind.engine.run import Run
from tradewind.engine.step import step
from tradewind.model.changes import XComsCleared
from tradewind.model.ids import MapPath, TaskKey, map_index
from tradewind.model.messages import Resume
from tradewind.model.outcomes import Deferred, Failed, TryReport
from tradewind.model.states import RunState, TaskState
from tradewind.model.values import RETURN_KEY
from tradewind.runner.in_process import MemorySupervisor, execute_in_process, loaded_from
from tradewind.scheduler.launch import manual_run
from tradewind.scheduler.translate import LiveTry, reported

_log = logging.getLogger("tradewind.dag_test")


def run_dag(
    dag: DAG,
    *,
    logical_date: Any = None,
    conf: Mapping[str, Any] | None = None,
    variable_file_path: str | None = None,
    conn_file_path: str | None = None,
    mark_success_pattern: str | re.Pattern[str] | None = None,
    **ignored: Any,
) -> TestedRun:
    """Run the DAG once and return what came of it: `.state`, and `.get_task_instance(task_id)` with state and values.

    A failing task does not raise here, as in Airflow. `ignored`: Airflow's `use_executor`, `session`, `run_after`.
    Raises DagFileError for a DAG that does not compile, ParamError where a param does not fit."""
    if not logging.getLogger().handlers:
        logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)-8s %(name)s | %(message)s")
    with (
        _set_from_files(variable_file_path, conn_file_path),
        tempfile.TemporaryDirectory(prefix="tradewind-") as folder,
    ):
        tested = TestedRun(dag, logical_date, dict(conf or {}), folder, mark_success_pattern)
        try:
            tested.to_its_end()
        finally:
            ports.install(None)
    return tested


class TestedRun:
    """One run of a DAG in this process."""

    __test__ = False  # pytest takes it for a test

    def __init__(
        self, dag: DAG, logical_date: Any, conf: dict[str, Any], folder: str, done: str | re.Pattern[str] | None
    ) -> None:
        self.dag = dag
        self._spec = compile_dag(dag)
        self._loaded = loaded_from(dag, self._spec)
        self._now = datetime.now(UTC)
        instant = None if logical_date is None else as_instant(logical_date)
        self.created = manual_run(self._spec, snapshot="", now=self._now, logical_date=instant, conf=conf)
        self._run = Run.new(self.created.run, self._spec)
        self._supervisor = MemorySupervisor()
        self._folder = folder
        self._done = re.compile(done) if done else None
        self._tries = 0
        self._values: dict[tuple[str, MapPath, str], Any] = {}
        self.errors: dict[tuple[str, int], str] = {}

    @property
    def run_id(self) -> str:
        return self.created.run.run_id

    @property
    def state(self) -> RunState:
        return self._run.state

    def get_state(self) -> RunState:
        return self._run.state

    @property
    def logical_date(self) -> datetime | None:
        return self.created.logical_date

    def get_task_instances(self, state: str | None = None) -> list[TestedTaskInstance]:
        found = [
            TestedTaskInstance(self, instance.plan.task_id, instance.path, instance.state)
            for instance in self._run.all_instances()
        ]
        return [one for one in found if state is None or one.state == state]

    def get_task_instance(self, task_id: str, *, map_index: int = -1) -> TestedTaskInstance | None:
        return next((o for o in self.get_task_instances() if (o.task_id, o.map_index) == (task_id, map_index)), None)

    def value(self, task_id: str, map_path: MapPath = (), key: str = RETURN_KEY) -> Any:
        """What a task instance handed on, or None."""
        return self._values.get((task_id, map_path, key))

    def __repr__(self) -> str:
        return f"<DagRun {self.dag.dag_id}: {self.run_id}, state:{self.state.value}>"

    # ---- driving it

    def to_its_end(self) -> None:
        waiting: deque[Command] = deque(self._step(events.RunStarted()))
        while waiting:
            waiting.extend(self._act(waiting.popleft()))
        self._keep_values()
        _log.info("run %s of %s ended: %s", self.run_id, self.dag.dag_id, self.state.value)

    def _act(self, command: Command) -> list[Command]:
        match command:
            case StartTry():
                return self._try(command)
            case AskPast(task_id=task_id):
                return self._step(events.PastChanged(task_id, is_met=True))
            case WakeAt(task_id=task_id, map_path=path, at=at):
                self._wait_until(task_id, path, at)
                return self._step(events.RetryDue(task_id, path))
            case StopTry():
                return []
            case _:
                return []

    def _step(self, event: Any) -> list[Command]:
        decided = step(self._run, event, self._now)
        for change in decided.changes:
            if isinstance(change, XComsCleared):
                self._supervisor.forget(TaskKey(change.run.dag_id, change.run.run_id, change.task_id, change.map_path))
        return decided.commands

    def _wait_until(self, task_id: str, path: MapPath, at: datetime) -> None:
        """A retry comes at once, on a clock that is moved on. A sensor waits for something real."""
        instance = self._run.instance(task_id, path)
        if instance is not None and instance.state is TaskState.UP_FOR_RESCHEDULE:
            time.sleep(max(0.0, (at - datetime.now(UTC)).total_seconds()))
        self._now = max(self._now, at)

    def _try(self, start: StartTry) -> list[Command]:
        self._tries += 1
        live = LiveTry(
            f"dag-test-{self._tries}",
            TaskKey(self.dag.dag_id, self.run_id, start.task_id, start.map_path),
            start.number,
            start.purpose,
            "default_pool",
            1,
        )
        commands = self._step(events.TaskQueued(start.task_id, start.map_path, live.try_id))
        if self._done is not None and self._done.search(start.task_id):
            return commands + self._step(events.TrySucceeded(live.try_id))
        _, event = reported(live, self._report(start, live))
        return commands + self._step(event)

    def _report(self, start: StartTry, live: LiveTry) -> TryReport:
        report = self._execute(start, None)
        if isinstance(report.outcome, Deferred):
            from tradewind.triggerer.inline import to_its_end  # asyncio: for tasks that defer

            report = to_its_end(report, lambda resume: self._execute(start, resume), artifact_url=self._folder)
            self._supervisor.end_last(report)
        outcome = report.outcome
        if isinstance(outcome, Failed) and outcome.error_type == KeyboardInterrupt.__name__:
            raise KeyboardInterrupt  # of the person before the terminal, who means all of the run
        if isinstance(outcome, Failed):
            self.errors[start.task_id, map_index(start.map_path)] = outcome.traceback or outcome.message
        return TryReport(live.try_id, outcome, label=report.label)

    def _execute(self, start: StartTry, resume: Resume | None) -> TryReport:
        made = self.created
        instant = made.logical_date or made.run_after
        return execute_in_process(
            self.dag,
            start.task_id,
            start.map_path,
            run_id=self.run_id,
            logical_date=instant,
            data_interval=(made.data_interval_start or instant, made.data_interval_end or instant),
            conf=made.conf,
            params=made.params,
            try_number=start.number,
            purpose=start.purpose,
            expansion_lengths=self._run.expansion_lengths(start.task_id, start.map_path),
            supervisor=self._supervisor,
            loaded=self._loaded,
            artifact_url=self._folder,
            resume=resume,
        )

    def _keep_values(self) -> None:
        """Decoded before the folder of large values goes."""
        store = ArtifactStore(self._folder)
        for xcom in self._supervisor.xcoms.values():
            self._values[xcom.task_id, xcom.map_path, xcom.key] = decode(xcom.value, store)


class TestedTaskInstance:
    """A task instance of a tested run, for assertions."""

    __test__ = False

    def __init__(self, run: TestedRun, task_id: str, path: MapPath, state: TaskState) -> None:
        self._run = run
        self._path = path
        self.task_id = task_id
        self.map_index = map_index(path)
        self.state = state

    def xcom_pull(self, task_ids: str | None = None, key: str = RETURN_KEY, map_indexes: int | None = None) -> Any:
        """What this task (or another) handed on."""
        path = self._path if task_ids is None else ()
        return self._run.value(task_ids or self.task_id, path if map_indexes is None else (map_indexes,), key)

    def __repr__(self) -> str:
        return f"<TaskInstance: {self.task_id} {list(self._path)} [{self.state.value}]>"


# ------------------------------------------------------------------------------------ variables and connections


@contextlib.contextmanager
def _set_from_files(variables: str | None, connections: str | None) -> Generator[None]:
    """For the time of the run, as environment variables, which win over everything else."""
    before = dict(os.environ)
    os.environ.update({f"AIRFLOW_VAR_{key.upper()}": _text(value) for key, value in _read(variables).items()})
    os.environ.update({f"AIRFLOW_CONN_{key.upper()}": _text(value) for key, value in _read(connections).items()})
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _read(path: str | None) -> dict[str, Any]:
    if path is None:
        return {}
    text = Path(path).read_text(encoding="utf-8")
    if path.endswith((".yaml", ".yml")):
        import yaml  # 20 ms, for this kind of file only

        found = yaml.safe_load(text)
    elif path.endswith(".env"):
        found = dict(line.split("=", 1) for line in text.splitlines() if "=" in line and not line.startswith("#"))
    else:
        found = json.loads(text)
    if not isinstance(found, dict):
        raise AirflowException(f"{path} has to hold a mapping of names to values", hint='e.g. {"my_key": "my value"}')
    return cast("dict[str, Any]", found)
