"""Tries without processes: MLflow itself, a home of its own, and a supervisor that keeps what it is told."""

from __future__ import annotations

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

import msgspec

from tradewind.authoring import metrics, ports
from tradewind.authoring.context import running
from tradewind.ml.tracking import joining, outage
from tradewind.ml.tracking.place import Place, mlflow_module
from tradewind.model.ids import TaskKey
from tradewind.model.journal import JournalEntry
from tradewind.model.messages import ReadEntries, RunFacts, RunTry, WriteEntry
from tradewind.model.outcomes import Outcome, Succeeded
from tradewind.model.states import RunState, RunType, TryPurpose

NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Keeping:
    """A supervisor with a journal."""

    def __init__(self) -> None:
        self.told: list[Any] = []
        self.entries: list[JournalEntry] = []

    def ask(self, request: Any) -> Any:
        if not isinstance(request, ReadEntries):
            return None
        query = request.query
        found = [one for one in reversed(self.entries) if one.kind == query.kind and query.name in (None, one.name)]
        return [msgspec.to_builtins(one) for one in found[: query.limit]]

    def tell(self, notice: Any) -> None:
        self.told.append(notice)
        if isinstance(notice, WriteEntry):
            self.entries.append(JournalEntry(notice.kind, notice.name, notice.body, NOW, try_id=notice.try_id))

    def of(self, kind: str) -> list[dict[str, Any]]:
        return [one.body for one in self.entries if one.kind == kind]


class Tracking:
    """A home whose tries are tracked."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.place = Place(f"sqlite:///{home / 'mlflow.db'}", home)
        self.keeping = Keeping()
        self._serial = count(1)

    @property
    def client(self) -> Any:
        return mlflow_module().MlflowClient(tracking_uri=self.place.embedded_uri)

    @contextmanager
    def trying(
        self, run_id: str, task_id: str = "train", *, dag_id: str = "flow", outcome: Outcome | None = None, **more: Any
    ) -> Generator[joining.TrackedTry]:
        with (
            self.before_mlflow(run_id, task_id, dag_id=dag_id, **more) as message,
            self.joined(message, outcome) as tracked,
        ):
            yield tracked

    @contextmanager
    def before_mlflow(
        self, run_id: str, task_id: str = "train", *, dag_id: str = "flow", **more: Any
    ) -> Generator[RunTry]:
        """A try whose code has not imported MLflow yet."""
        message = self.message(run_id, task_id, dag_id, **more)
        ti = SimpleNamespace(
            id=message.try_id, dag_id=dag_id, run_id=run_id, task_id=task_id, artifact_url=str(self.home / "artifacts")
        )
        ports.install(self.keeping)
        metrics.begin(message.try_id)
        try:
            with running({"ti": ti}):
                yield message
        finally:
            forget_everything(self.place.uri)

    @contextmanager
    def joined(self, message: RunTry, outcome: Outcome | None = None) -> Generator[joining.TrackedTry]:
        yield joining.begin(message)
        joining.end(outcome or Succeeded())

    def message(self, run_id: str, task_id: str = "train", dag_id: str = "flow", **more: Any) -> RunTry:
        facts = RunFacts(RunType.MANUAL, RunState.RUNNING, NOW, NOW, NOW, NOW, NOW, dag_hash="hash of the DAG")
        about: dict[str, Any] = {"try_number": 1, "max_tries": 1, "try_id": f"{run_id}-{next(self._serial)}", **more}
        return RunTry(
            task=TaskKey(dag_id, run_id, task_id, ()),
            purpose=TryPurpose.EXECUTE,
            run=facts,
            log_path="",
            artifact_url=str(self.home / "artifacts"),
            inline_value_bytes=1000,
            max_map_length=10,
            **about,
        )

    def lose_files(self, source: str) -> None:
        """Of a logged model, by its URI."""
        model = self.client.get_logged_model(source.rpartition("/")[2])
        shutil.rmtree(urlsplit(model.artifact_location).path)

    def runs(self, run_id: str) -> dict[str, Any]:
        """MLflow's runs of a DAG run, by their names."""
        every = [one.experiment_id for one in self.client.search_experiments()]
        found = self.client.search_runs(every, f"tags.`tradewind.run_id` = '{run_id}'")
        return {one.info.run_name: one for one in found}


def forget_everything(uri: str) -> None:
    """A process runs one try; here they follow each other."""
    joining._current.tracked = None
    metrics.begin(None)
    ports.install(None)
    mlflow = mlflow_module()
    while mlflow.active_run() is not None:
        mlflow.end_run()
    mlflow.set_tracking_uri(uri)  # never MLflow's own default, a file of the folder that tests run in
    mlflow_module("mlflow.tracking.fluent")._active_experiment_id = None
    os.environ.pop("MLFLOW_EXPERIMENT_ID", None)  # `mlflow.set_experiment` sets it
    outage._outages.failed_at.clear()
