from airflow import DAG
from airflow.operators.python_operator import PythonOperator
from datetime import datetime

default_args = {
    'owner': 'data_engineer',
    'start_date': datetime(2023, 10, 1),
}

dag = DAG(
    'ml_training_pipeline_weekly',
    default_args=default_args,
    schedule_interval='@weekly',
)


class Model:
    def evaluate(self):
        return {"accuracy": 0.9}


def perform_cleaning():
    return [1, 2, 3]


def train(data):
    assert data == [1, 2, 3]
    return Model()


def preprocess_data(**kwargs):
    processed_data = perform_cleaning()
    kwargs['ti'].xcom_push(key='processed_data', value=processed_data)

def train_model(**kwargs):
    data = kwargs['ti'].xcom_pull(key='processed_data')
    model = train(data)
    kwargs['ti'].xcom_push(key='model_metrics', value=model.evaluate())

def evaluate_model():
    # Model evaluation and metrics logging
    pass

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
