from airflow import DAG
from airflow.operators.python_operator import PythonOperator
from datetime import datetime
from sklearn.datasets import load_iris
from sklearn.model_selection import train_test_split
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score
import pandas as pd
default_args = {
    'owner': 'data_engineer',
    'start_date': datetime(2023, 1, 1),
}
dag = DAG(
    'ml_iris_training',
    default_args=default_args,
    schedule_interval='@daily',
)
def extract_data():
    data = load_iris()
    return {'X': data.data, 'y': data.target}
def train_model(**kwargs):
    ti = kwargs['ti']
    data = ti.xcom_pull(task_ids='extract_data')
    X_train, X_test, y_train, y_test = train_test_split(data['X'], data['y'], test_size=0.2)
    model = RandomForestClassifier()
    model.fit(X_train, y_train)
    predictions = model.predict(X_test)
    accuracy = accuracy_score(y_test, predictions)
    print(f"Model accuracy: {accuracy:.2f}")
    return accuracy
extract_task = PythonOperator(
    task_id='extract_data',
    python_callable=extract_data,
    dag=dag,
)
train_task = PythonOperator(
    task_id='train_model',
    python_callable=train_model,
    provide_context=True,
    dag=dag,
)
extract_task >> train_task
