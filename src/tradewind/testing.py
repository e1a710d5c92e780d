"""For unit tests of DAG files: do they load, and what do they do? Each run has a home of its own that is deleted again;
nothing of `~/.tradewind` is read or written.

    from tradewind.testing import load_dags, run_dag

    def test_it():
        assert "train" in load_dags("dags/train.py")
        run = run_dag("dags/train.py", params={"rows": 50})
        assert run.state == "success"
        assert run.value("evaluate") > 0.8
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from tradewind import settings as settings_module
from tradewind.airflow_compat import hook as airflow_names
from tradewind.artifacts import ArtifactStore, decode
from tradewind.authoring.dag import DAG
from tradewind.cli.scratch import scratch_home
from tradewind.cli.session import Session, open_session
from tradewind.cli.target import Target, resolve
from tradewind.dagfiles.load import LoadedFile, load_dag_file
from tradewind.dagfiles.snapshot import blobs_folder, take_snapshot
from tradewind.model.errors import DagFileError, NotFoundError, SourceLocation
from tradewind.model.ids import MapPath, RunKey
from tradewind.model.states import RunState, TaskState
from tradewind.model.values import RETURN_KEY
from tradewind.settings import Settings

__all__ = ["DagRunResult", "load_dags", "run_dag"]


@dataclass(frozen=True)
class DagRunResult:
    """What came of a run. A task instance is named by its task id and map path, `()` where it is not mapped."""

    dag_id: str
    state: RunState
    """Compares with texts: `run.state == "success"`."""
    states: Mapping[str, TaskState]
    """Task id → state; of a mapped task the state of its instances where they agree, else the worst."""
    instances: Mapping[tuple[str, MapPath], TaskState]
    errors: Mapping[tuple[str, MapPath], str]
    """Traceback of each instance that failed (of its last try)."""
    metrics: Mapping[str, list[float]]
    """What the tasks logged by `log_metric`, by name, in the order it came."""
    logs: Mapping[tuple[str, MapPath], str]
    """Log of each instance's last try."""
    _values: Mapping[tuple[str, str, MapPath], Any] = field(repr=False)

    def value(self, task_id: str, key: str = RETURN_KEY, map_path: MapPath | int = ()) -> Any:
        """What a task handed on. Of a mapped task: the values of all its instances as a list, or of the one named.

        Raises NotFoundError naming what there is."""
        path = (map_path,) if isinstance(map_path, int) else map_path
        if (task_id, key, path) in self._values:
            return self._values[task_id, key, path]
        mapped = sorted(
            (at, value) for (task, name, at), value in self._values.items() if (task, name) == (task_id, key)
        )
        if mapped and not path:
            return [value for _, value in mapped]
        known = ", ".join(sorted({f"{task}.{name}" for task, name, _ in self._values}))
        raise NotFoundError(f"task {task_id!r} handed on no {key!r}", hint=f"there are {known or 'no values'}")


def load_dags(file: str | Path) -> dict[str, DAG]:
    """The DAGs of a file by id, loaded into this process. Raises DagFileError with the first problem, naming file, line
    and what to do; also where the file makes no DAG."""
    path = Path(file).absolute()
    if not path.is_file():
        raise NotFoundError(f"there is no DAG file {path}")
    airflow_names.install()
    with tempfile.TemporaryDirectory(prefix="tradewind-") as folder:
        home = Path(folder)
        snapshot = take_snapshot(path.parent, home, only=path)
        loaded = load_dag_file(snapshot, blobs_folder(home), path.name)
        _raise_problems(path, loaded)
        return loaded.dags


def run_dag(
    file: str | Path,
    *,
    dag_id: str | None = None,
    params: Mapping[str, Any] | None = None,
    conf: Mapping[str, Any] | None = None,
    logical_date: datetime | None = None,
    variables: Mapping[str, str] | None = None,
    parallelism: int | None = None,
) -> DagRunResult:
    """Run a DAG as `tradewind run` does, each try in a process of its own, and wait for its end. `dag_id` is needed
    where the file has several. A failing task does not raise.

    Raises DagFileError, NotFoundError, ParamError."""
    with _settings_for(parallelism) as settings, open_session(settings) as session:
        for key, value in (variables or {}).items():
            session.store.set_variable(key, value)
        target = resolve(str(Path(file).absolute()), dag_id, settings, session.store)
        return _run(session, target, params=params, conf=conf, logical_date=logical_date)


def _run(session: Session, target: Target, **wishes: Any) -> DagRunResult:
    view = session.launch(session.load(target), triggered_by="test", **wishes)
    session.run_until_done()
    return _result(session, RunKey(view.spec.dag_id, view.run_id))


@contextmanager
def _settings_for(parallelism: int | None) -> Generator[Settings]:
    """The defaults, and what the environment sets; no home and no tradewind.toml of the developer's machine."""
    with tempfile.TemporaryDirectory(prefix="tradewind-") as nowhere:
        overrides: dict[str, Any] = {"home": nowhere} | ({"parallelism": parallelism} if parallelism else {})
        environment = {name: value for name, value in os.environ.items() if name != "TRADEWIND_DATABASE_URL"}
        plain = settings_module.load(environment, overrides=overrides, cwd=Path(nowhere))
        with scratch_home(plain, with_secrets=False) as scratch:
            yield scratch


def _result(session: Session, key: RunKey) -> DagRunResult:
    store, settings = session.store, session.settings
    run = store.run(key)
    assert run is not None, "it has just run"
    instances = {(task.task_id, task.map_path): task.state for task in store.tasks(key)}
    last_tries = {(one.task_id, one.map_path): one for one in store.tries(key)}
    artifacts = ArtifactStore(settings.artifact_url)
    metrics: dict[str, list[float]] = {}
    for metric in store.metrics(key):
        metrics.setdefault(metric.name, []).append(metric.value)
    return DagRunResult(
        dag_id=key.dag_id,
        state=run.state,
        states=_by_task(instances),
        instances=instances,
        errors={at: one.traceback or one.error or "" for at, one in last_tries.items() if one.error is not None},
        metrics=metrics,
        logs={at: _read(settings.log_folder / one.log_path) for at, one in last_tries.items()},
        _values={(one.task_id, one.key, one.map_path): decode(one.value, artifacts) for one in store.all_xcoms(key)},
    )


def _by_task(instances: Mapping[tuple[str, MapPath], TaskState]) -> dict[str, TaskState]:
    worst = (TaskState.FAILED, TaskState.UPSTREAM_FAILED, TaskState.SUCCESS, TaskState.SKIPPED)
    states: dict[str, set[TaskState]] = {}
    for (task_id, _), state in instances.items():
        states.setdefault(task_id, set()).add(state)
    return {name: next((one for one in worst if one in found), min(found)) for name, found in states.items()}


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def _raise_problems(path: Path, loaded: LoadedFile) -> None:
    if loaded.problems:
        first, *others = loaded.problems
        more = "".join(f"\n{one.message}" for one in others)
        text = f"{first.message}\n{first.traceback}".rstrip() + more
        raise DagFileError(text, location=SourceLocation(str(path), first.line), hint=first.hint)
    if not loaded.dags:
        raise DagFileError(
            "the file makes no DAG",
            location=SourceLocation(str(path)),
            hint="a DAG must be at the top level of the file; a @dag function must be called",
        )
