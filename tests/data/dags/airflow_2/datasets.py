from datetime import datetime, timedelta

from airflow import DAG, Dataset
from airflow.datasets import DatasetAlias
from airflow.operators.bash import BashOperator
from airflow.operators.trigger_dagrun import TriggerDagRunOperator
from airflow.providers.standard.operators.empty import EmptyOperator
from airflow.sensors.external_task import ExternalTaskMarker, ExternalTaskSensor
from airflow.sensors.filesystem import FileSensor
from airflow.timetables.datasets import DatasetOrTimeSchedule
from airflow.timetables.trigger import CronTriggerTimetable

orders = Dataset("s3://bucket/orders", extra={"a": 1})
users = Dataset("s3://bucket/users")

with DAG("produce", start_date=datetime(2023, 1, 1), schedule=timedelta(hours=6)) as dag1:
    BashOperator(task_id="make", bash_command="echo", outlets=[orders, users])
    TriggerDagRunOperator(task_id="go", trigger_dag_id="consume", conf={"a": "{{ ds }}"}, wait_for_completion=False)
    ExternalTaskSensor(task_id="wait", external_dag_id="other", external_task_id="x", allowed_states=["success"],
                       execution_delta=timedelta(hours=1), timeout=600, mode="reschedule")
    FileSensor(task_id="file", filepath="/tmp/x", poke_interval=5)

with DAG("consume", start_date=datetime(2023, 1, 1), schedule=[orders, users]) as dag2:
    EmptyOperator(task_id="e", inlets=[orders])
with DAG("consume_either", start_date=datetime(2023, 1, 1), schedule=(orders | users)):
    EmptyOperator(task_id="e")
with DAG("consume_or_time", start_date=datetime(2023, 1, 1), schedule=DatasetOrTimeSchedule(
        timetable=CronTriggerTimetable("0 1 * * 3", timezone="UTC"), datasets=(orders & users))):
    EmptyOperator(task_id="e")
with DAG("by_timetable", start_date=datetime(2023, 1, 1), timetable=CronTriggerTimetable("0 1 * * 3", timezone="UTC")):
    EmptyOperator(task_id="e")
