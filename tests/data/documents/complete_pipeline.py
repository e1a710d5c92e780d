# The document reads s3://bucket/raw/data.csv and imports S3CreateObjectOperator; both are left aside here.
from airflow import DAG
from airflow.operators.python import PythonOperator
from datetime import datetime, timedelta
import json
import os

default_args = {
    "owner": "ml-team",
    "retries": 2,
    "retry_delay": timedelta(minutes=5),
    "email_on_failure": True,
    "email": ["ml-team@company.com"],
}


def load_data(**context):
    """Load and validate data."""
    import pandas as pd

    df = pd.read_csv(os.environ["DOCUMENTS_SCRATCH"] + "/raw.csv")

    # Validate
    assert len(df) > 1000, "Not enough data"
    assert df.isnull().sum().sum() < 100, "Too many nulls"

    # Save processed
    df.to_parquet(os.environ["DOCUMENTS_SCRATCH"] + "/processed.parquet")

    # Pass metadata to next task
    context["ti"].xcom_push(key="row_count", value=len(df))


def train_model(**context):
    """Train ML model."""
    import pandas as pd
    from sklearn.ensemble import RandomForestClassifier
    import joblib

    df = pd.read_parquet(os.environ["DOCUMENTS_SCRATCH"] + "/processed.parquet")
    X = df.drop("target", axis=1)
    y = df["target"]

    model = RandomForestClassifier(n_estimators=100)
    model.fit(X, y)

    joblib.dump(model, os.environ["DOCUMENTS_SCRATCH"] + "/model.pkl")

    # Get data from previous task
    row_count = context["ti"].xcom_pull(
        task_ids="load_data",
        key="row_count"
    )
    print(f"Trained on {row_count} rows")


def evaluate_model(**context):
    """Evaluate model performance."""
    import pandas as pd
    from sklearn.metrics import accuracy_score
    import joblib

    df = pd.read_parquet(os.environ["DOCUMENTS_SCRATCH"] + "/processed.parquet")
    model = joblib.load(os.environ["DOCUMENTS_SCRATCH"] + "/model.pkl")

    X = df.drop("target", axis=1)
    y = df["target"]
    predictions = model.predict(X)

    accuracy = accuracy_score(y, predictions)

    # Store metrics
    metrics = {"accuracy": accuracy, "timestamp": str(datetime.now())}
    context["ti"].xcom_push(key="metrics", value=metrics)

    # Fail if accuracy too low
    if accuracy < 0.8:
        raise ValueError(f"Accuracy {accuracy} below threshold 0.8")


def deploy_model(**context):
    """Deploy model if evaluation passed."""
    import shutil

    metrics = context["ti"].xcom_pull(
        task_ids="evaluate_model",
        key="metrics"
    )

    print(f"Deploying model with accuracy: {metrics['accuracy']}")
    shutil.copy(os.environ["DOCUMENTS_SCRATCH"] + "/model.pkl", os.environ["DOCUMENTS_SCRATCH"] + "/deployed.pkl")


with DAG(
    dag_id="ml_training_pipeline_complete",
    default_args=default_args,
    description="End-to-end ML training",
    schedule="0 2 * * *",
    start_date=datetime(2025, 1, 1),
    catchup=False,
    tags=["ml", "training"],
) as dag:

    load_task = PythonOperator(
        task_id="load_data",
        python_callable=load_data,
    )

    train_task = PythonOperator(
        task_id="train_model",
        python_callable=train_model,
    )

    evaluate_task = PythonOperator(
        task_id="evaluate_model",
        python_callable=evaluate_model,
    )

    deploy_task = PythonOperator(
        task_id="deploy_model",
        python_callable=deploy_model,
    )

    # Pipeline: load -> train -> evaluate -> deploy
    load_task >> train_task >> evaluate_task >> deploy_task
