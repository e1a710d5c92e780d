"""The pipeline of classic_training.py in TaskFlow: values are arguments, dependencies follow from them."""

from __future__ import annotations

from datetime import datetime, timedelta

from airflow.decorators import dag, task
from airflow.exceptions import AirflowFailException


@dag(
    dag_id="taskflow_training",
    schedule="0 2 * * *",
    start_date=datetime(2025, 1, 1),
    catchup=False,
    default_args={
        "owner": "ml-team",
        "retries": 2,
        "retry_delay": timedelta(seconds=10),
        "email": ["ml-team@example.com"],
        "email_on_failure": True,
    },
    tags=["ml", "training", "example"],
)
def taskflow_training(accuracy_needed: float = 0.8):
    @task
    def load_data():
        from sklearn.datasets import load_wine

        frame = load_wine(as_frame=True).frame
        assert len(frame) > 100, "Not enough data"
        return frame

    @task(multiple_outputs=True)
    def split(frame):
        from sklearn.model_selection import train_test_split

        train, test = train_test_split(frame, random_state=1, stratify=frame["target"])
        return {"train": train, "test": test}

    @task
    def train_model(train):
        from sklearn.ensemble import RandomForestClassifier

        return RandomForestClassifier(n_estimators=100, random_state=1).fit(
            train.drop(columns="target"), train["target"]
        )

    @task
    def evaluate(model, test) -> float:
        return model.score(test.drop(columns="target"), test["target"])

    @task
    def deploy(model, accuracy, needed):
        if accuracy < float(needed):
            raise AirflowFailException(f"Accuracy {accuracy:.3f} below threshold {needed}")
        print(f"Deploying {model} with accuracy {accuracy:.3f}")

    parts = split(load_data())
    model = train_model(parts["train"])
    deploy(model, evaluate(model, parts["test"]), accuracy_needed)


taskflow_training()
