"""A workshop to run single tasks in: real run_try, real codecs, values kept in memory between tasks."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tradewind.artifacts import ArtifactStore, decode
from tradewind.authoring import ports
from tradewind.authoring.dag import DAG
from tradewind.model.ids import MapPath, RunKey
from tradewind.model.outcomes import TryReport
from tradewind.runner.in_process import MemorySupervisor, execute_in_process


class Workshop:
    def __init__(self, folder: Path) -> None:
        self.artifacts = str(folder / "artifacts")
        self.supervisor = MemorySupervisor()
        self.report: TryReport

    def run(self, dag: DAG, task_id: str, map_path: MapPath = (), **options: Any) -> Any:
        """The outcome of one task instance; the whole report is `self.report`."""
        self.report = execute_in_process(
            dag, task_id, map_path, supervisor=self.supervisor, artifact_url=self.artifacts, **options
        )
        return self.report.outcome

    def value(self, dag: DAG, task_id: str, map_path: MapPath = (), key: str = "return_value") -> Any:
        """What a task instance handed on; KeyError where it did not."""
        xcom = self.supervisor.xcoms[RunKey(dag.dag_id, "test_run"), task_id, map_path, key]
        return decode(xcom.value, ArtifactStore(self.artifacts))

    def told(self, kind: type) -> list[Any]:
        return [notice for notice in self.supervisor.notices if isinstance(notice, kind)]


@pytest.fixture
def workshop(tmp_path: Path) -> Any:
    yield Workshop(tmp_path)
    ports.install(None)
