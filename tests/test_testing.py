"""tradewind.testing: DAG files in unit tests, each run in a home of its own."""

from __future__ import annotations

from pathlib import Path

import pytest

from tradewind.model.errors import DagFileError, NotFoundError
from tradewind.model.states import TaskState
from tradewind.testing import load_dags, run_dag

DAG = """
from airflow.decorators import dag, task
from tradewind import Param, Variable, log_metric

@dag(schedule=None, params={"n": Param(2, type="integer", maximum=9)})
def small():
    @task
    def numbers(params):
        print("numbers of", Variable.get("who", default="nobody"))
        log_metric("size", params["n"])
        return list(range(params["n"]))

    @task
    def double(n):
        if n == 7:
            raise ValueError("seven")
        return 2 * n

    @task
    def total(parts):
        return sum(parts)

    total(double.expand(n=numbers()))

small()
"""


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TRADEWIND_HOME", str(tmp_path / "must stay away"))
    path = tmp_path / "smäll dag.py"
    path.write_text(DAG)
    return path


def test_a_run_tells_states_values_metrics_and_logs(file: Path, tmp_path: Path) -> None:
    run = run_dag(file, params={"n": 3}, variables={"who": "Ada"})
    assert run.state == "success"
    assert run.states == {"numbers": "success", "double": "success", "total": "success"}
    assert run.value("total") == 6
    assert run.value("double") == [0, 2, 4]
    assert run.value("double", map_path=2) == 4
    assert run.metrics == {"size": [3.0]}
    assert "numbers of Ada" in run.logs["numbers", ()]
    assert not (tmp_path / "must stay away").exists()


def test_a_task_that_fails_does_not_raise(file: Path) -> None:
    run = run_dag(file, params={"n": 8})
    assert run.state == "failed"
    assert run.states["double"] == "failed"
    assert run.instances["double", (6,)] is TaskState.SUCCESS
    assert "ValueError: seven" in run.errors["double", (7,)]
    with pytest.raises(NotFoundError, match="handed on no 'return_value'"):
        run.value("total")


def test_dags_are_loaded_or_say_what_is_wrong(file: Path) -> None:
    assert set(load_dags(file)["small"].task_dict) == {"numbers", "double", "total"}
    file.write_text("from airflow import DAG\nDAG('x', shedule=None)\n")
    with pytest.raises(DagFileError, match=r"smäll dag.py:2: DAG 'x': unexpected argument 'shedule'"):
        load_dags(str(file))
    file.write_text("x = 1\n")
    with pytest.raises(DagFileError, match="makes no DAG"):
        load_dags(file)
    with pytest.raises(NotFoundError, match="there is no DAG file"):
        load_dags(file.with_name("other.py"))
