"""DAG files as people write them for Airflow 1.10, 2.x and 3.x do, when they are run, what they do there. The files
check by themselves what their tasks get: a run that succeeds says that all was as in Airflow."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from tradewind.authoring.registry import collecting
from tradewind.cli.dag_test import run_dag

DATA = Path(__file__).parents[1] / "data" / "dags"
FILES = sorted(DATA.glob("run_*/*.py"))


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables and the connection that some of the files read at their top level."""
    monkeypatch.setenv("AIRFLOW_VAR_MY_CONF", '{"bucket": "b", "n": 3}')
    monkeypatch.setenv("AIRFLOW_VAR_X", "ex")
    monkeypatch.setenv("AIRFLOW_CONN_DWH", "postgres://user:pw%40d@host:5439/db?sslmode=require")


@pytest.mark.usefixtures("airflow_names")
@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_file_runs_to_success(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(file.parent))
    with collecting() as collected:
        names = runpy.run_path(str(file), run_name="dag_file")

    for dag in collected.dags(names):
        run = run_dag(dag)
        assert run.state == "success", run.errors
