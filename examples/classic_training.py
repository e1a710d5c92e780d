"""The classic five-step training pipeline, in Airflow's words and unmodified: retries, e-mail on failure, a gate.

Values go through XCom by key, as in Airflow's tutorials; here a DataFrame and a model go the same way.
"""

from __future__ import annotations

from datetime import datetime, timedelta

import matplotlib

matplotlib.use("Agg")

from airflow import DAG
from airflow.exceptions import AirflowFailException
from airflow.operators.python import PythonOperator

default_args = {
    "owner": "ml-team",
    "retries": 2,
    "retry_delay": timedelta(seconds=10),
    "email": ["ml-team@example.com"],
    "email_on_failure": True,
}

ACCURACY_NEEDED = 0.8


def load_data(**context):
    from sklearn.datasets import load_wine

    frame = load_wine(as_frame=True).frame
    assert len(frame) > 100, "Not enough data"
    assert frame.isnull().sum().sum() == 0, "Too many nulls"
    context["ti"].xcom_push(key="row_count", value=len(frame))
    return frame


def train_model(**context):
    from sklearn.ensemble import RandomForestClassifier
    from sklearn.model_selection import train_test_split

    ti = context["ti"]
    frame = ti.xcom_pull(task_ids="load_data")
    features, target = frame.drop("target", axis=1), frame["target"]
    train_x, test_x, train_y, test_y = train_test_split(features, target, random_state=1, stratify=target)
    model = RandomForestClassifier(n_estimators=100, random_state=1)
    model.fit(train_x, train_y)
    print(f"Trained on {len(train_x)} of {ti.xcom_pull(task_ids='load_data', key='row_count')} rows")
    ti.xcom_push(key="held_out", value={"x": test_x, "y": test_y})
    return model


def evaluate_model(**context):
    import matplotlib.pyplot as plt
    from sklearn.metrics import ConfusionMatrixDisplay, accuracy_score

    ti = context["ti"]
    model = ti.xcom_pull(task_ids="train_model")
    held_out = ti.xcom_pull(task_ids="train_model", key="held_out")
    predictions = model.predict(held_out["x"])
    accuracy = accuracy_score(held_out["y"], predictions)
    ti.xcom_push(key="metrics", value={"accuracy": accuracy, "timestamp": str(datetime.now())})

    figure, axes = plt.subplots(figsize=(4, 4), layout="constrained")
    ConfusionMatrixDisplay.from_predictions(held_out["y"], predictions, ax=axes, colorbar=False)
    ti.xcom_push(key="confusion_matrix", value=figure)
    if accuracy < ACCURACY_NEEDED:
        raise AirflowFailException(f"Accuracy {accuracy:.3f} below threshold {ACCURACY_NEEDED}")


def register_model(**context):
    model = context["ti"].xcom_pull(task_ids="train_model")
    importance = sorted(zip(model.feature_importances_, model.feature_names_in_, strict=True), reverse=True)
    for weight, name in importance[:5]:
        print(f"{name:<32} {weight:.3f}")


def deploy_model(**context):
    metrics = context["ti"].xcom_pull(task_ids="evaluate_model", key="metrics")
    print(f"Deploying model with accuracy: {metrics['accuracy']}")


with DAG(
    dag_id="classic_training",
    default_args=default_args,
    description="End-to-end ML training",
    schedule="0 2 * * *",
    start_date=datetime(2025, 1, 1),
    catchup=False,
    tags=["ml", "training", "example"],
) as dag:
    load_task = PythonOperator(task_id="load_data", python_callable=load_data)
    train_task = PythonOperator(task_id="train_model", python_callable=train_model)
    evaluate_task = PythonOperator(task_id="evaluate_model", python_callable=evaluate_model)
    register_task = PythonOperator(task_id="register_model", python_callable=register_model)
    deploy_task = PythonOperator(task_id="deploy_model", python_callable=deploy_model)

    load_task >> train_task >> evaluate_task >> register_task >> deploy_task
