"""DAG files as people write them for Airflow 1.10, 2.x and 3.x load and compile unmodified, to the same spec each time."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest

from tradewind.airflow_compat import hook
from tradewind.authoring.compile import compile_dag
from tradewind.authoring.registry import collecting
from tradewind.model.spec import DagSpec

DATA = Path(__file__).parent.parent / "data" / "dags"
FILES = sorted(DATA.rglob("*.py"))
hook.install()


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables and the connection that some of the files read at their top level."""
    monkeypatch.setenv("AIRFLOW_VAR_MY_CONF", '{"bucket": "b", "n": 3}')
    monkeypatch.setenv("AIRFLOW_VAR_X", "ex")
    monkeypatch.setenv("AIRFLOW_CONN_DWH", "postgres://user:pw%40d@host:5439/db?sslmode=require")


def load(file: Path) -> dict[str, DagSpec]:
    with collecting() as collected:
        names = runpy.run_path(str(file), run_name="dag_file")
    return {dag.dag_id: compile_dag(dag, file=file.name) for dag in collected.dags(names)}


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_file_compiles_to_the_same_spec_each_time(file: Path) -> None:
    first, second = load(file), load(file)

    assert first
    assert {name: spec.hash for name, spec in first.items()} == {name: spec.hash for name, spec in second.items()}
    assert all(spec.tasks for spec in first.values() if spec.dag_id != "tutorial")
