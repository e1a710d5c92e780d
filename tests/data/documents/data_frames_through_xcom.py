from airflow import DAG
from airflow.operators.python_operator import PythonOperator
from datetime import datetime, timedelta
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score

default_args = {
    'owner': 'data_engineer',
    'retries': 1,
    'retry_delay': timedelta(minutes=5),
}

def extract_data():
    # Simulate data extraction (e.g., from a database or CSV)
    data = pd.read_csv('data.csv')
    return data

def transform_data(**kwargs):
    ti = kwargs['ti']
    data = ti.xcom_pull(task_ids='extract_data')
    # Preprocess data: handle missing values, encode categories, etc.
    processed_data = data.dropna()
    return processed_data

def train_model(**kwargs):
    ti = kwargs['ti']
    data = ti.xcom_pull(task_ids='transform_data')
    X = data.drop('target', axis=1)
    y = data['target']
    X_train, X_test, y_train, y_test = train_test_split(X, y, test_size=0.2)
    model = RandomForestClassifier()
    model.fit(X_train, y_train)
    accuracy = accuracy_score(y_test, model.predict(X_test))
    print(f"Model accuracy: {accuracy:.2f}")
    return accuracy

with DAG(
    'ml_pipeline_frames',
    default_args=default_args,
    description='A simple ML training pipeline',
    schedule_interval=timedelta(days=1),
    start_date=datetime(2023, 10, 1),
    catchup=False,
) as dag:
    extract = PythonOperator(
        task_id='extract_data',
        python_callable=extract_data,
    )
    transform = PythonOperator(
        task_id='transform_data',
        python_callable=transform_data,
    )
    train = PythonOperator(
        task_id='train_model',
        python_callable=train_model,
    )
    extract >> transform >> train
