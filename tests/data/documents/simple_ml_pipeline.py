from airflow import DAG
from airflow.operators.python_operator import PythonOperator
from datetime import datetime
def preprocess_data():
    # Load and clean data
    print("Data preprocessed")
def train_model():
    # Train ML model
    print("Model trained")
def evaluate_model():
    # Evaluate model performance
    print("Model evaluated")
default_args = {
    'owner': 'ml_engineer',
    'start_date': datetime(2023, 10, 1),
}
dag = DAG(
    'ml_pipeline',
    default_args=default_args,
    description='A simple ML training pipeline',
    schedule_interval='@daily',
)
preprocess_task = PythonOperator(
    task_id='preprocess_data',
    python_callable=preprocess_data,
    dag=dag,
)
train_task = PythonOperator(
    task_id='train_model',
    python_callable=train_model,
    dag=dag,
)
evaluate_task = PythonOperator(
    task_id='evaluate_model',
    python_callable=evaluate_model,
    dag=dag,
)
preprocess_task >> train_task >> evaluate_task
