"""Branching: a model that does well goes to production, one that does less well to staging, and both meet again."""

from __future__ import annotations

import pendulum
from airflow.decorators import dag, task
from airflow.operators.empty import EmptyOperator
from airflow.utils.trigger_rule import TriggerRule
from sklearn.datasets import load_digits
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score


@dag(
    schedule="@weekly",
    start_date=pendulum.datetime(2025, 1, 1, tz="UTC"),
    catchup=False,
    params={"regularisation": 1.0},
    tags=["ml", "example"],
)
def branching_deploy():
    @task
    def train(params: dict) -> dict:
        images, labels = load_digits(return_X_y=True)
        model = LogisticRegression(C=params["regularisation"], max_iter=300)
        scores = cross_val_score(model, images / 16, labels, cv=3)
        return {"model": model.fit(images / 16, labels), "accuracy": scores.mean()}

    @task.branch
    def choose_deployment(trained: dict) -> str:
        print(f"cross-validated accuracy {trained['accuracy']:.3f}")
        return "deploy_production" if trained["accuracy"] > 0.9 else "deploy_staging"

    @task
    def deploy_production(trained: dict) -> str:
        return f"production: {trained['model']}"

    @task
    def deploy_staging(trained: dict) -> str:
        return f"staging: {trained['model']}"

    trained = train()
    announce = EmptyOperator(task_id="announce", trigger_rule=TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS)
    choose_deployment(trained) >> [deploy_production(trained), deploy_staging(trained)] >> announce


branching_deploy()
