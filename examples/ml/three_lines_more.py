"""A file as one writes it for Airflow, and three lines that give it tracking, a cache and a gate: those that have `ml`
in them."""

from __future__ import annotations

from datetime import datetime

from airflow import DAG
from airflow.operators.python import PythonOperator

from tradewind import ml


def load_data():
    from sklearn.datasets import load_wine

    return load_wine(as_frame=True).frame


def train_model(ti):
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.model_selection import train_test_split

    frame = ti.xcom_pull(task_ids="load_data")
    train, test = train_test_split(frame, random_state=1, stratify=frame["target"])
    model = RandomForestClassifier(n_estimators=50, random_state=1)
    model.fit(train.drop(columns="target"), train["target"])
    return {"accuracy": model.score(test.drop(columns="target"), test["target"])}


def deploy_model(ti):
    print(f"deploying with {ti.xcom_pull(task_ids='train_model')}")


default_args = {"owner": "ml-team", "aids": [ml.mlflow(autolog=True)], "cache": True}  # tracking, and a cache

with DAG(
    "three_lines_more", default_args=default_args, schedule="@daily", start_date=datetime(2025, 1, 1), catchup=False
):
    load = PythonOperator(task_id="load_data", python_callable=load_data)
    train = PythonOperator(task_id="train_model", python_callable=train_model)
    gate = ml.gate("wine_daily", metrics=train.output, rules=[ml.Rule("accuracy", threshold=0.9)])
    deploy = PythonOperator(task_id="deploy_model", python_callable=deploy_model)
    load >> train >> gate >> deploy
