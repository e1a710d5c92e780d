import time
from datetime import timedelta

from airflow import DAG
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator


def wait():
    for turn in range(300):
        print("turn", turn, flush=True)
        time.sleep(0.1)


with DAG("slow", schedule=None):
    EmptyOperator(task_id="first") >> PythonOperator(task_id="wait", python_callable=wait)

with DAG("hourly", schedule=timedelta(hours=1), start_date=None):
    EmptyOperator(task_id="only")
