import logging

from airflow import DAG
from airflow.models import Variable
from airflow.operators.dummy_operator import DummyOperator
from airflow.operators.python_operator import PythonOperator
from datetime import datetime, timedelta

model_version = Variable.get("model_version", default_var="v1")


def alert_on_failure(context):
    # Integrate with Slack/email
    print(f"Task {context['task_instance'].task_id} failed!")

def train_model_func(**kwargs):
    logger = logging.getLogger(__name__)
    logger.info("Starting model training")
    # Training code here
    accuracy = 0.9
    logger.info(f"Model accuracy: {accuracy}")

dag = DAG('ml_monitoring_dag', start_date=datetime(2023, 1, 1))
start = DummyOperator(task_id='start', dag=dag)
task = PythonOperator(
    task_id='train_model',
    python_callable=train_model_func,
    on_failure_callback=alert_on_failure,
    retries=3,
    retry_delay=timedelta(minutes=5),
    email_on_failure=True,
    dag=dag
)
start >> task
