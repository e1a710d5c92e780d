"""One task by itself in this process: its DAG loaded here, and what it asks for answered from the store."""

from __future__ import annotations

import os
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import msgspec
from msgspec import Struct

from tradewind.artifacts.store import ArtifactStore
from tradewind.cli.home import Home
from tradewind.cli.load_here import LoadedHere, load_here
from tradewind.cli.tasks.which import task_of
from tradewind.cli.values import parse_instant
from tradewind.cli.which_run import find_run, key_of
from tradewind.engine.run import Bounds, Run
from tradewind.executors.base import CodeRef
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.ids import MapPath, RunKey, path_to_text
from tradewind.model.messages import (
    CountXComs,
    GetConnection,
    GetRun,
    GetTaskStates,
    GetVariable,
    GetXComs,
    ListKeys,
    Request,
)
from tradewind.model.records import RunRecord
from tradewind.model.spec import Literals, TaskSpec
from tradewind.model.values import Value, XCom
from tradewind.runner.in_process import MemorySupervisor
from tradewind.scheduler.clock import utc_now
from tradewind.scheduler.launch import manual_run
from tradewind.scheduler.takeover import restored_run
from tradewind.store.base import Store
from tradewind.timetables import build, manual_interval


class Alone(Struct, frozen=True):
    """A task, ready to be run or rendered: `arguments` are for `message_for` and `execute_in_process`."""

    loaded: LoadedHere
    task: TaskSpec
    map_path: MapPath
    arguments: Mapping[str, Any]
    supervisor: StoreSupervisor
    run: RunRecord | None


def prepare(
    home: Home,
    dag: str,
    task_id: str,
    run_or_date: str | None,
    map_path: MapPath | None,
    *,
    dag_id: str | None = None,
    conf: Mapping[str, Any],
    params: Mapping[str, Any],
    scratch: Path,
) -> Alone:
    """`run_or_date`: a run, whose values, params and dates the task sees, or a logical date of no run (default: the
    latest run if there is one, else now). The code is as it is now.

    Raises NotFoundError, DagFileError, ParamError."""
    loaded = load_here(dag, dag_id)
    task = task_of(loaded.spec, task_id)
    run, date = _run_or_date(home.store, loaded.spec.dag_id, run_or_date)
    arguments = _of_run(home, loaded, run, task, map_path) if run else _of_date(loaded, date)
    created = manual_run(
        loaded.spec,
        snapshot="",
        now=utc_now(),
        conf={**(run.conf if run else {}), **conf},
        params={**(run.params if run else {}), **params},
    )
    arguments |= {"conf": created.conf, "params": created.params, "artifact_url": str(scratch)}
    own = key_of(run) if run else RunKey(loaded.spec.dag_id, arguments["run_id"])
    supervisor = StoreSupervisor(home.store, own, ArtifactStore(home.settings.artifact_url), scratch)
    path = _path_of(task, loaded, map_path, arguments.get("expansion_lengths", {}))
    return Alone(loaded, task, path, arguments, supervisor, run)


class StoreSupervisor(MemorySupervisor):
    """Answers from the store; what the task pushes or sets stays in this process."""

    def __init__(self, store: Store, own: RunKey, artifacts: ArtifactStore, scratch: Path) -> None:
        super().__init__()
        self._store = store
        self._own = own
        self._real_artifacts = artifacts
        self._scratch = scratch

    def ask(self, request: Request) -> Any:
        match request:
            case GetXComs():
                found = self._store.xcoms(request, self._own)
                for xcom in found:
                    self._bring(xcom.value)
                return self._plain(self._with_own(found, request))
            case CountXComs():
                return max(self._store.count_xcoms(request, self._own), super().ask(request))
            case GetVariable(key=key):
                own = super().ask(request)
                return own if own is not None else self._store.get_variable(key)
            case GetConnection(conn_id=conn_id):
                return self._plain(self._store.get_connection(conn_id))
            case ListKeys(kind="variable", prefix=prefix):
                return [one.key for one in self._store.variables() if one.key.startswith(prefix)]
            case ListKeys(prefix=prefix):
                return [one.conn_id for one in self._store.connections() if one.conn_id.startswith(prefix)]
            case GetTaskStates():
                return self._plain(self._store.task_states(request))
            case GetRun(run=run, which="self"):
                return self._plain(self._store.run(run))
            case GetRun():
                return self._plain(
                    self._store.previous_run(request.run, success_only=request.which == "previous_success")
                )
            case _:
                return super().ask(request)

    def _with_own(self, found: list[XCom], request: GetXComs) -> list[XCom]:
        """What the task itself has pushed just now counts before what it pushed in the run."""
        own = {(one.task_id, one.map_path, one.key): one for one in self._found(request)}
        kept = [own.pop((one.task_id, one.map_path, one.key), one) for one in found]
        return [*kept, *own.values()]

    def _plain(self, answer: Any) -> Any:
        return msgspec.to_builtins(answer, builtin_types=(bytes, datetime))

    def _bring(self, value: Value) -> None:
        """A large value of the run into the folder that this task's values are read from and written to."""
        if value.artifact is not None and not (target := self._scratch / value.artifact).exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            with self._real_artifacts.local(value.artifact) as real:
                if "://" in self._real_artifacts.url:
                    shutil.copyfile(real, target)
                else:
                    os.symlink(real, target)
        for part in value.parts:
            self._bring(part)


def _run_or_date(store: Store, dag_id: str, text: str | None) -> tuple[RunRecord | None, datetime | None]:
    try:
        return find_run(store, dag_id, text), None
    except NotFoundError:
        if text is None:
            return None, None
        if (date := parse_instant(text)) is None:
            raise
        return None, date


def _of_run(home: Home, loaded: LoadedHere, run: RunRecord, task: TaskSpec, path: MapPath | None) -> dict[str, Any]:
    arguments: dict[str, Any] = {"run_id": run.run_id, "run_type": run.run_type, "logical_date": run.logical_date}
    if run.data_interval_start and run.data_interval_end:
        arguments["data_interval"] = (run.data_interval_start, run.data_interval_end)
    lengths = _lengths_in(home, loaded, run, task, path or ())
    return {**arguments, "expansion_lengths": lengths}


def _lengths_in(home: Home, loaded: LoadedHere, run: RunRecord, task: TaskSpec, path: MapPath) -> dict[str, int]:
    """How many instances the run's mapped tasks had; nothing where its tasks were others than they are now."""
    if run.dag_hash != loaded.spec.hash:
        return {}
    bounds = Bounds(home.settings.max_lost_tries, home.settings.max_map_length)
    active, _ = restored_run(home.store, key_of(run), loaded.spec, CodeRef(run.snapshot, loaded.spec.file), bounds)
    engine_run: Run = active.run
    return engine_run.expansion_lengths(task.task_id, path)


def _of_date(loaded: LoadedHere, date: datetime | None) -> dict[str, Any]:
    at = date or utc_now()
    spec = loaded.spec
    custom = spec.schedule.kind == "custom"
    interval = manual_interval(build(spec.schedule), at) if not custom else None
    found: dict[str, Any] = {"run_id": f"test__{at.isoformat()}", "logical_date": at, "expansion_lengths": {}}
    if interval is not None:
        found["data_interval"] = (interval.start, interval.end)
    return found


def _path_of(task: TaskSpec, loaded: LoadedHere, path: MapPath | None, lengths: dict[str, int]) -> MapPath:
    """Raises TradewindError where an instance has to be named, or is named that cannot be."""
    levels = len(loaded.dag.get_task(task.task_id).map_scopes())
    if path is None and levels:
        raise TradewindError(
            f"task {task.task_id!r} is mapped: it has several instances",
            hint=f"say which: --map-index {path_to_text((0,) * levels)} is the first",
        )
    if len(path or ()) != levels:
        wanted = (
            f"{levels} number{'s' * (levels != 1)}, e.g. {path_to_text((0,) * levels)}" if levels else "no map index"
        )
        raise TradewindError(f"task {task.task_id!r} takes {wanted}", hint="see --map-index")
    if task.expansion is not None and task.task_id not in lengths:
        sizes = [source.length for _, source in task.expansion.arguments if isinstance(source, Literals)]
        if len(sizes) == len(task.expansion.arguments):
            product = 1
            for size in sizes:
                product *= size
            lengths[task.task_id] = product
    return path or ()
