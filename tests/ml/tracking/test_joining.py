"""What users' code logs by MLflow's own calls, and by ours, lands in the run of its try."""

from __future__ import annotations

import math
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from tradewind.authoring.metrics import log_metric
from tradewind.ml.tracking import tags
from tradewind.ml.tracking.forwarding import metric_name
from tradewind.ml.tracking.logged import log_artifact, log_figure, log_params, log_table
from tradewind.ml.tracking.parent import experiment_id, parent_run
from tradewind.ml.tracking.place import place_of_process
from tradewind.model.outcomes import Failed

from ..tracked import NOW

mlflow = pytest.importorskip("mlflow")
pytestmark = [pytest.mark.xdist_group("mlflow"), pytest.mark.timeout(300)]


def test_start_run_joins_the_try_and_the_next_one_is_its_child(tracking: Any) -> None:
    with tracking.trying("joined") as tried:
        with mlflow.start_run() as run:
            mlflow.log_metric("accuracy", 0.95)
        assert run.info.run_id == tried.run_id()
        with mlflow.start_run(run_name="second"):
            mlflow.log_metric("accuracy", 0.5)
        mlflow.log_metric("without a run", 1.0)
    found = tracking.runs("joined")
    assert set(found) == {"joined", "train", "second"}
    assert found["train"].data.metrics == {"accuracy": 0.95, "without a run": 1.0}
    assert found["train"].data.tags[tags.PARENT] == found["joined"].info.run_id
    assert found["second"].data.tags[tags.PARENT] == found["train"].info.run_id
    assert {one.info.status for one in found.values()} == {"FINISHED"}
    assert found["train"].data.tags[tags.DAG_HASH] == "hash of the DAG"
    assert {one["mlflow_run_id"] for one in tracking.keeping.of("TrackedRun")} == {
        found["joined"].info.run_id,
        found["train"].info.run_id,
    }


def test_what_we_log_is_in_mlflow_and_here(tracking: Any, tmp_path: Any) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("x")
    with tracking.trying("ours") as tried:
        log_params({"depth": 3, "layers": [1, 2]})
        log_metric("val/löss", math.nan, 1)
        log_metric("val/löss", 0.25, 2)
        log_metric("odd@name", math.inf)
        log_figure(b"\x89PNG", "plots/confusion.png")
        log_table({"a": [1, 2]}, "rows")
        log_artifact(file)
        run_id = tried.run_id()
    run = tracking.client.get_run(run_id)
    assert run.data.params == {"depth": "3", "layers": "[1, 2]"}
    assert run.data.metrics["val/löss"] == 0.25
    assert [one.step for one in tracking.client.get_metric_history(run_id, "val/löss")] == [1, 2]
    assert "odd_name" in run.data.metrics
    assert {one.path for one in tracking.client.list_artifacts(run_id)} == {"plots", "rows.csv", "notes.txt"}
    assert tracking.keeping.of("LoggedParams") == [{"params": {"depth": 3, "layers": [1, 2]}}]
    assert {one["what"] for one in tracking.keeping.of("LoggedArtifact")} == {"figure", "table", "file"}


def test_what_was_logged_before_mlflow_was_there_is_in_its_run_too(tracking: Any, tmp_path: Any) -> None:
    table = tmp_path / "rows.csv"
    table.write_text("a,b")
    with tracking.before_mlflow("late") as message:
        log_params({"depth": 3})
        log_metric("loss", 0.9)
        log_artifact(table)
        table.unlink()
        with tracking.joined(message):
            log_metric("loss", 0.1)
    run = tracking.runs("late")["train"]
    assert (run.data.params, run.data.metrics) == ({"depth": "3"}, {"loss": 0.1})
    assert [one.value for one in tracking.client.get_metric_history(run.info.run_id, "loss")] == [0.9, 0.1]
    assert [one.path for one in tracking.client.list_artifacts(run.info.run_id)] == ["rows.csv"]


def test_an_experiment_that_users_code_has_set_is_kept_to(tracking: Any) -> None:
    with tracking.trying("elsewhere"):
        mlflow.set_experiment("my own")
        with mlflow.start_run():
            mlflow.log_param("a", 1)
    run = tracking.runs("elsewhere")["train"]
    assert tracking.client.get_experiment(run.info.experiment_id).name == "my own"


def test_a_failed_try_fails_its_run_and_the_parent_only_the_last_time(tracking: Any) -> None:
    boom = Failed("ValueError", "boom")
    with tracking.trying("fails", outcome=boom, max_tries=2):
        mlflow.log_metric("a", 1)
    assert {name: one.info.status for name, one in tracking.runs("fails").items()} == {
        "fails": "RUNNING",
        "train": "FAILED",
    }
    with tracking.trying("fails", outcome=boom, try_number=2, max_tries=2):
        mlflow.log_metric("a", 1)
    found = {name: one.info.status for name, one in tracking.runs("fails").items()}
    assert found == {"fails": "FAILED", "train": "FAILED", "train try 2": "FAILED"}


def test_the_run_of_a_try_that_was_killed_ends_with_the_next_one(tracking: Any) -> None:
    with tracking.trying("it's lost") as first:
        lost = first.run_id()
        first.end = lambda outcome: None  # as kill -9 leaves it
    with tracking.trying("it's lost", first_started_at=NOW) as second:
        second.run_id()
    assert tracking.client.get_run(lost).info.status == "KILLED"
    assert tracking.client.get_run(second.run_id()).info.status == "FINISHED"
    assert first.parent_id == second.parent_id


def test_the_parent_is_made_once_among_tries_at_the_same_time(tracking: Any) -> None:
    with tracking.trying("many"):
        experiment = experiment_id(tracking.client, tracking.place, "flow", tracking.place.embedded_uri)

        def make(number: int) -> str:
            return parent_run(tracking.client, tracking.place, tracking.message("many", f"t{number}"), experiment)[0]

        with ThreadPoolExecutor(4) as pool:
            made = set(pool.map(make, range(8)))
    assert len(made) == 1


def test_a_try_that_logs_nothing_has_no_run(tracking: Any) -> None:
    with tracking.trying("silent") as tried:
        assert not tried.has_run
    assert tracking.runs("silent") == {}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("loss", "loss"),
        ("val/löss 1", "val/löss 1"),
        ("a@b", "a_b"),
        ("../up", "_/up"),
        ("a//b/", "a/b"),
        ("/", "_"),
        (".", "_"),
    ],
)
def test_names_of_metrics_as_mlflow_takes_them(name: str, expected: str) -> None:
    assert metric_name(name) == expected


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({}, "sqlite:////h/mlflow.db"),
        ({"TRADEWIND_MLFLOW_TRACKING_URI": "http://set:5000"}, "http://set:5000"),
        ({"TRADEWIND_MLFLOW_TRACKING_URI": "http://set:5000", "MLFLOW_TRACKING_URI": "http://env"}, "http://env"),
    ],
    ids=["embedded", "setting", "environment first"],
)
def test_where_it_is_tracked(environment: dict[str, str], expected: str) -> None:
    assert place_of_process({"TRADEWIND_HOME": "/h", **environment}).uri == expected
