"""Each night a challenger is trained and held against the champion on the same rows; the better one is champion, and
is deployed. `tradewind models rollback wine` goes back."""

from __future__ import annotations

from datetime import datetime, timedelta

from airflow.sdk import DAG, Param, task

from tradewind import ml

with DAG(
    "nightly_retraining",
    schedule="0 2 * * *",
    start_date=datetime(2025, 1, 1),
    catchup=False,
    params={"trees": Param(60, type="integer", minimum=1)},
    default_args={"retries": 1, "retry_delay": timedelta(seconds=10), "aids": [ml.mlflow()]},
    tags=["ml", "registry"],
):

    @task(multiple_outputs=True)
    def split():
        from sklearn.datasets import load_wine
        from sklearn.model_selection import train_test_split

        frame = load_wine(as_frame=True).frame
        train, holdout = train_test_split(frame, test_size=0.4, random_state=1, stratify=frame["target"])
        return {"train": train, "holdout": holdout}

    @task
    def train(frame, params=None):
        from sklearn.ensemble import RandomForestClassifier

        model = RandomForestClassifier(n_estimators=params["trees"], random_state=1)
        model.fit(frame.drop(columns="target"), frame["target"])
        ml.log_params({"trees": params["trees"]})
        return ml.register(model, "wine")

    data = split()
    challenger = train(data["train"])
    gate = ml.gate(
        "wine",
        challenger=challenger,
        data=data["holdout"],
        target="target",
        rules=[ml.Rule("accuracy", threshold=0.9, better_by=-0.02)],
    )
    promoted = ml.promote("wine", gate.output)

    @task
    def tell(moved):
        champion = ml.load_model("wine")
        print(f"the champion is {champion}: {moved}")

    gate >> promoted
    tell(promoted.output)
