"""A clear goes on where ExternalTaskMarkers point to, and no further than they allow."""

from __future__ import annotations

from pathlib import Path

import pytest

FILE = """
from datetime import datetime
from airflow.sdk import DAG
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.providers.standard.sensors.external_task import ExternalTaskMarker
def chain(name, to, **more):
    with DAG(name, schedule=None, start_date=datetime(2025, 1, 1)):
        EmptyOperator(task_id="in") >> ExternalTaskMarker(task_id="out", external_dag_id=to, external_task_id="in", **more)
chain("one", "two")
chain("two", "three")
chain("three", "one")
chain("shallow", "two", recursion_depth=1)
chain("nowhere", "gone")
"""


@pytest.fixture
def cleared(binary, call, tmp_path: Path):
    """What a clear of the DAG's first task and all after it would run again."""
    file = tmp_path / "markers.py"
    file.write_text(FILE)
    for dag_id in ("one", "two", "three", "shallow", "nowhere"):
        assert binary("run", "-q", str(file), "--dag-id", dag_id, "--logical-date", "2025-03-01").code == 0

    return lambda dag_id: call("tasks", "clear", dag_id, "in", "-d", "--dry-run", "-o", "json")


def test_markers_are_followed_once_round(cleared):
    rows = cleared("one").json

    assert [(row["dag_id"], row["task_id"]) for row in rows] == [
        (dag_id, task_id) for dag_id in ("one", "two", "three") for task_id in ("in", "out")
    ]


def test_more_markers_than_the_first_allows_are_an_error(cleared):
    done = cleared("shallow")

    assert (done.code, "Maximum recursion depth" in done.err) == (1, True)


def test_what_is_not_there_is_passed_over(cleared):
    assert [row["dag_id"] for row in cleared("nowhere").json] == ["nowhere", "nowhere"]
