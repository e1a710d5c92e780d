from __future__ import annotations
import pendulum
from airflow.models.dag import DAG
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator
def fetch_data_func():
    print("Fetching latest data from S3...")
    # Replace with actual data fetching logic
    return "data_v1.csv"
def preprocess_data_func(**kwargs):
    data_file = kwargs['ti'].xcom_pull(task_ids='fetch_data')
    print(f"Preprocessing data from {data_file}...")
    # Replace with actual preprocessing logic
    return "processed_data_v1.parquet"
def train_model_func(**kwargs):
    processed_data = kwargs['ti'].xcom_pull(task_ids='preprocess_data')
    print(f"Training model on {processed_data}...")
    # Replace with actual model training logic
    return "model_v1.pkl"
def evaluate_model_func(**kwargs):
    model_file = kwargs['ti'].xcom_pull(task_ids='train_model')
    print(f"Evaluating model {model_file}...")
    # Replace with actual model evaluation logic
    performance = {"accuracy": 0.95}
    return performance
def deploy_model_func(**kwargs):
    performance = kwargs['ti'].xcom_pull(task_ids='evaluate_model')
    if performance["accuracy"] > 0.90:
        print(f"Deploying model with accuracy {performance['accuracy']}...")
        # Replace with actual deployment logic
    else:
        print(f"Model performance ({performance['accuracy']}) below threshold. Not deploying.")
with DAG(
    dag_id="ml_retraining_pipeline",
    schedule="@daily",
    start_date=pendulum.datetime(2023, 1, 1, tz="UTC"),
    catchup=False,
    tags=["ml", "retraining"],
) as dag:
    fetch_data = PythonOperator(
        task_id="fetch_data",
        python_callable=fetch_data_func,
    )
    preprocess_data = PythonOperator(
        task_id="preprocess_data",
        python_callable=preprocess_data_func,
    )
    train_model = PythonOperator(
        task_id="train_model",
        python_callable=train_model_func,
    )
    evaluate_model = PythonOperator(
        task_id="evaluate_model",
        python_callable=evaluate_model_func,
    )
    deploy_model = PythonOperator(
        task_id="deploy_model",
        python_callable=deploy_model_func,
    )
    fetch_data >> preprocess_data >> train_model >> evaluate_model >> deploy_model
