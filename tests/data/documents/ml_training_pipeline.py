from airflow import DAG
from datetime import datetime, timedelta

from airflow.operators.python import PythonOperator

default_args = {
    "owner": "ml-team",
    "retries": 2,
    "retry_delay": timedelta(minutes=5),
}

dag = DAG(
    dag_id="ml_training_pipeline",
    default_args=default_args,
    description="Daily ML training pipeline",
    schedule="0 2 * * *",  # Run at 2 AM daily
    start_date=datetime(2025, 1, 1),
    catchup=False,
)


def preprocess_data():
    # Preprocessing logic
    pass


def train_model():
    # Training logic
    pass


def evaluate_model():
    # Evaluation logic
    pass


# Define tasks
preprocess = PythonOperator(
    task_id="preprocess_data",
    python_callable=preprocess_data,
    dag=dag,
)

train = PythonOperator(
    task_id="train_model",
    python_callable=train_model,
    dag=dag,
)

evaluate = PythonOperator(
    task_id="evaluate_model",
    python_callable=evaluate_model,
    dag=dag,
)

# Define dependencies
preprocess >> train >> evaluate
