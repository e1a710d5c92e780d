"""DAG files as they are found in articles, MLflow and all, run as they are; and a file with `ml.mlflow()`.

Articles leave the model out (`model` is a name that they never bind), and name servers that do not exist: the first is given
here, the second is left as it is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ..running import Home

mlflow = pytest.importorskip("mlflow")
pytest.importorskip("sklearn")
pytestmark = [pytest.mark.xdist_group("mlflow"), pytest.mark.timeout(600)]

TRAIN_AND_LOG = """
from airflow import DAG
from airflow.operators.python_operator import PythonOperator
from datetime import datetime
import mlflow
from sklearn.ensemble import RandomForestClassifier

model = RandomForestClassifier(n_estimators=3).fit([[0], [1]], [0, 1])

def train_and_log_model():
    # MLflow tracking and training
    with mlflow.start_run():
        # Your training code here
        mlflow.log_metric("accuracy", 0.95)
        # Log model
        mlflow.sklearn.log_model(model, "model"PIP)

def log_to_mlflow():
    import mlflow
    mlflow.set_tracking_uri("http://mlflow-server:5000")
    mlflow.log_param("n_estimators", 100)
    mlflow.log_metric("accuracy", 0.95)
    mlflow.sklearn.log_model(model, "random_forest_model"PIP)

default_args = {
    'owner': 'data_engineer',
    'start_date': datetime(2023, 10, 1),
}
dag = DAG('mlflow_integration', default_args=default_args, schedule_interval='@daily')
train_task = PythonOperator(
    task_id='train_model',
    python_callable=train_and_log_model,
    dag=dag
)
log_task = PythonOperator(
    task_id='log_metrics',
    python_callable=log_to_mlflow,
    dag=dag
)
train_task >> log_task # Add after train_task in DAG
"""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Home:
    monkeypatch.delenv("MLFLOW_TRACKING_URI", raising=False)
    return Home(tmp_path)


def tracked(home: Home) -> dict[str, Any]:
    """MLflow's runs in the home, by name."""
    client = mlflow.MlflowClient(tracking_uri=f"sqlite:///{home.settings.home / 'mlflow.db'}")
    every = [one.experiment_id for one in client.search_experiments()]
    return {one.info.run_name: one for one in client.search_runs(every)}


def test_mlflow_in_an_airflow_file_needs_no_change_and_no_server(home: Home) -> None:
    # Which packages a model needs is given here: MLflow's own search takes half a minute.
    home.write(TRAIN_AND_LOG.replace("PIP", ', pip_requirements=["scikit-learn"]'))
    assert home.run("mlflow_integration") == {"train_model": "success", "log_metrics": "success"}
    found = tracked(home)
    (parent,) = [one for name, one in found.items() if name not in ("train_model", "log_metrics")]
    for name in ("train_model", "log_metrics"):
        assert found[name].data.metrics == {"accuracy": 0.95}
        assert found[name].data.tags["mlflow.parentRunId"] == parent.info.run_id
        assert found[name].info.status == "FINISHED"
    assert found["log_metrics"].data.params == {"n_estimators": "100"}
    assert [one.name for one in (home.settings.home / "mlflow-spool").glob("*.run.json")] == [
        f"{found['log_metrics'].info.run_id}.run.json"
    ], "what the server has missed waits for it"
    assert len(home.entries("TrackedRun")) == 3


AT_THE_TOP = """
import mlflow
from airflow import DAG
from airflow.operators.python import PythonOperator
from datetime import datetime

mlflow.set_experiment("fraud")

def train():
    with mlflow.start_run(run_name="mine"):
        mlflow.log_metric("accuracy", 0.95)

with DAG("at_the_top", start_date=datetime(2024, 1, 1), schedule=None):
    PythonOperator(task_id="train", python_callable=train)
"""


def test_an_experiment_that_a_file_sets_at_its_top_is_the_homes(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(home.folder)
    home.write(AT_THE_TOP)
    assert home.run("at_the_top") == {"train": "success"}
    client = mlflow.MlflowClient(tracking_uri=f"sqlite:///{home.settings.home / 'mlflow.db'}")
    (run,) = client.search_runs([client.get_experiment_by_name("fraud").experiment_id])
    assert run.data.metrics == {"accuracy": 0.95}
    assert not (home.folder / "mlflow.db").exists(), "MLflow's own default is a file of the working folder"


RETRAIN = """
from tradewind import dag, ml, task

@dag(schedule=None, params={"right": 1}, default_args={"aids": [ml.mlflow()]})
def retrain():
    @task
    def train(params=None):
        from sklearn.dummy import DummyClassifier
        ml.log_metric("val/löss", 0.5, 1)
        return ml.register(DummyClassifier(strategy="constant", constant=params["right"]).fit([[0]] * 2, [0, 1]), "m")

    gate = ml.gate("m", challenger=train(), data=([[0]] * 100, [1] * 90 + [0] * 10), rules=["accuracy"])
    gate >> ml.promote("m", gate.output)

retrain()
"""


def test_a_file_with_tracking_a_gate_and_a_promotion(home: Home) -> None:
    home.write(RETRAIN)
    assert home.run("retrain", right=1) == {"train": "success", "gate": "success", "promote": "success"}
    moved = [(one.body["alias"], one.body["version"]) for one in home.entries("AliasMoved", name="m")]
    assert moved == [("champion", "1"), ("challenger", "1")]
    (decided,) = home.entries("GateDecision", name="m")
    assert (decided.body["decision"], decided.task_id) == ("promote", "gate")
    assert {"train", "gate", "promote"} < set(tracked(home))
