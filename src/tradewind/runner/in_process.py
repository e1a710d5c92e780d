"""Run one task here and now, without a scheduler: `tradewind tasks test`, unit tests of DAG files, debuggers."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import msgspec

from tradewind.authoring import defaults
from tradewind.authoring.compile import compile_dag
from tradewind.authoring.dag import DAG
from tradewind.authoring.ports import EnvironmentSupervisor, Supervisor
from tradewind.dagfiles.load import LoadedFile
from tradewind.dagfiles.pinned import PinnedFiles
from tradewind.model.ids import MapPath, RunKey, TaskKey
from tradewind.model.journal import EntryQuery, JournalEntry
from tradewind.model.messages import (
    ClearXComs,
    CountXComs,
    GetXComs,
    Input,
    Notice,
    PushXCom,
    ReadEntries,
    Request,
    Resume,
    RunFacts,
    RunTry,
    WriteEntry,
)
from tradewind.model.outcomes import Succeeded, TryReport
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState, RunType, TryPurpose
from tradewind.model.values import RETURN_KEY, Value, XCom
from tradewind.model.warm import Snapshot
from tradewind.runner.try_runner import run_try

PARTS = ("name", "dag_id", "run_id", "task_id", "try_id")
"""By which entries of the journal are looked for."""
_serial = itertools.count(1)


class MemorySupervisor(EnvironmentSupervisor):
    """A supervisor without a scheduler behind it: values live in this process, variables and connections come from the
    environment."""

    def __init__(self) -> None:
        super().__init__()
        self.xcoms: dict[tuple[RunKey, str, MapPath, str], XCom] = {}
        self.notices: list[Notice] = []
        self.entries: list[JournalEntry] = []
        self.last_message: RunTry | None = None
        self._tries: dict[str, TaskKey] = {}

    def begin(self, message: RunTry) -> None:
        """Expect notices of this try."""
        self._tries[message.try_id] = message.task
        self.last_message = message

    def end(self, message: RunTry, report: TryReport) -> None:
        """Keep the values of a try that succeeded."""
        match report.outcome:
            case Succeeded(result=result, more=more):
                for key, value in (*more, *(((RETURN_KEY, result),) if result is not None else ())):
                    self.keep(message.task, key, value, message.try_id)
            case _:
                pass

    def end_last(self, report: TryReport) -> None:
        """As `end`, for the try that began last: its trigger has ended the task."""
        if self.last_message is not None:
            self.end(self.last_message, report)

    def keep(self, task: TaskKey, key: str, value: Value, try_id: str) -> None:
        self.xcoms[task.run, task.task_id, task.map_path, key] = XCom(task.task_id, task.map_path, key, value, try_id)

    def forget(self, task: TaskKey) -> None:
        """What a task instance has handed on: its next try starts without it."""
        for known in [known for known in self.xcoms if known[:3] == (task.run, task.task_id, task.map_path)]:
            del self.xcoms[known]

    def ask(self, request: Request) -> Any:
        match request:
            case GetXComs():
                return msgspec.to_builtins(self._found(request), builtin_types=(bytes,))
            case CountXComs(try_id=try_id, task_id=task_id, key=key, prefix=prefix):
                return len(self._found(GetXComs(try_id, (task_id,), key, prefix=prefix)))
            case ReadEntries(query=query):
                return [msgspec.to_builtins(entry) for entry in self._entries_of(query)]
            case _:
                return super().ask(request)

    def tell(self, notice: Notice) -> None:
        self.notices.append(notice)
        match notice:
            case PushXCom(try_id=try_id, key=key, value=value):
                self.keep(self._tries[try_id], key, value, try_id)
            case ClearXComs(try_id=try_id):
                self.forget(self._tries[try_id])
            case WriteEntry(try_id=try_id, kind=kind, name=name, body=body):
                task, number = self._tries[try_id], len(self.entries) + 1
                of_try = (task.dag_id, task.run_id, task.task_id, task.map_path, try_id)
                self.entries.append(JournalEntry(kind, name, body, datetime.now(UTC), "", *of_try, number))
            case _:
                pass

    def _entries_of(self, query: EntryQuery) -> list[JournalEntry]:
        found = [
            entry
            for entry in reversed(self.entries)
            if entry.kind in (query.kind, *query.further_kinds)
            and (query.before_id is None or entry.entry_id < query.before_id)
            and (query.after_id is None or entry.entry_id > query.after_id)
            and all(getattr(query, part) in (None, getattr(entry, part)) for part in PARTS)
        ]
        return found[: query.limit]

    def _found(self, request: GetXComs) -> list[XCom]:
        own = self._tries[request.try_id].run
        run = RunKey(request.dag_id or own.dag_id, request.run_id or own.run_id)
        depth = len(request.prefix)
        matching = [
            xcom
            for (of_run, task_id, path, key), xcom in self.xcoms.items()
            if of_run == run
            and (request.task_ids is None or task_id in request.task_ids)
            and request.key in (None, key)
            and (request.map_paths is None or path in request.map_paths)
            and path[:depth] == request.prefix
        ]
        if request.task_ids is not None:
            order = request.task_ids.index
            matching.sort(key=lambda xcom: (order(xcom.task_id), xcom.map_path))
        end = None if request.limit is None else request.offset + request.limit
        return matching[request.offset : end]


def loaded_from(dag: DAG, spec: DagSpec | None = None) -> LoadedFile:
    """A DAG object as if its file had been loaded from a snapshot."""
    spec = spec or compile_dag(dag)
    return LoadedFile(
        file=spec.file,
        module=None,
        dags={dag.dag_id: dag},
        specs=(spec,),
        problems=(),
        output="",
        seconds=0.0,
        files=PinnedFiles(Snapshot("", "/", {}), Path("/")),
    )


def execute_in_process(
    dag: DAG,
    task_id: str,
    map_path: MapPath = (),
    *,
    run_id: str = "test_run",
    logical_date: datetime | None = None,
    data_interval: tuple[datetime, datetime] | None = None,
    conf: Mapping[str, Any] | None = None,
    params: Mapping[str, Any] | None = None,
    run_type: RunType = RunType.MANUAL,
    try_number: int = 1,
    expansion_lengths: Mapping[str, int] | None = None,
    purpose: TryPurpose = TryPurpose.EXECUTE,
    supervisor: Supervisor | None = None,
    loaded: LoadedFile | None = None,
    artifact_url: str | None = None,
    inputs: Sequence[Input] = (),
    resume: Resume | None = None,
) -> TryReport:
    """Run one task instance in this process and return its report. Nothing is stored but large values, below
    `artifact_url` (default: the settings'). Upstream values come from `supervisor`. Raises TaskNotFound."""
    message = message_for(
        dag,
        task_id,
        map_path,
        run_id=run_id,
        logical_date=logical_date,
        data_interval=data_interval,
        conf=conf,
        params=params,
        run_type=run_type,
        try_number=try_number,
        expansion_lengths=expansion_lengths,
        purpose=purpose,
        artifact_url=artifact_url,
        inputs=inputs,
        resume=resume,
    )
    answering = supervisor or MemorySupervisor()
    if isinstance(answering, MemorySupervisor):
        answering.begin(message)
    report = run_try(message, loaded or loaded_from(dag), answering)
    if isinstance(answering, MemorySupervisor):
        answering.end(message, report)
    return report


def message_for(
    dag: DAG,
    task_id: str,
    map_path: MapPath = (),
    *,
    run_id: str = "test_run",
    logical_date: datetime | None = None,
    data_interval: tuple[datetime, datetime] | None = None,
    conf: Mapping[str, Any] | None = None,
    params: Mapping[str, Any] | None = None,
    run_type: RunType = RunType.MANUAL,
    try_number: int = 1,
    expansion_lengths: Mapping[str, int] | None = None,
    purpose: TryPurpose = TryPurpose.EXECUTE,
    artifact_url: str | None = None,
    inputs: Sequence[Input] = (),
    resume: Resume | None = None,
) -> RunTry:
    """The message of a try that no scheduler made. Raises TaskNotFound."""
    task = dag.get_task(task_id)
    instant = logical_date or datetime.now(UTC)
    start, end = data_interval or (instant, instant)
    settings = defaults.current()
    return RunTry(
        try_id=f"in-process-{next(_serial)}",
        task=TaskKey(dag.dag_id, run_id, task_id, map_path),
        try_number=try_number,
        max_tries=1 + (task.retries or 0),
        purpose=purpose,
        run=RunFacts(
            run_type=run_type,
            state=RunState.RUNNING,
            logical_date=instant,
            data_interval_start=start,
            data_interval_end=end,
            run_after=end,
            started_at=instant,
            conf=dict(conf or {}),
            params=dict(params or {}),
        ),
        log_path="",
        artifact_url=artifact_url or settings.artifact_url,
        inline_value_bytes=settings.inline_value_bytes,
        max_map_length=settings.max_map_length,
        inputs=tuple(inputs),
        resume=resume,
        expansion_lengths=dict(expansion_lengths or {}),
    )
