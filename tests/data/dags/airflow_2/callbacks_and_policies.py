"""What ML teams set on their tasks."""
from datetime import datetime, timedelta

from airflow import DAG
from airflow.exceptions import AirflowSkipException
from airflow.operators.bash import BashOperator
from airflow.operators.email import EmailOperator
from airflow.operators.python import PythonOperator, ShortCircuitOperator
from airflow.operators.latest_only import LatestOnlyOperator


def notify(context):
    print(context["task_instance"])


default_args = {
    "owner": "ml-team",
    "depends_on_past": False,
    "start_date": datetime(2024, 1, 1),
    "email": "ml@company.com, ops@company.com",
    "email_on_failure": True,
    "retries": "2",
    "retry_delay": 60,
    "on_failure_callback": notify,
    "on_retry_callback": [notify, notify],
    "on_success_callback": None,
    "execution_timeout": timedelta(hours=2),
    "weight_rule": "upstream",
    "queue": "gpu",
    "run_as_user": "ml",
    "do_xcom_push": False,
    "task_concurrency": 1,
    "sla": None,
    "params": {"epochs": 3},
}
dag = DAG(
    "ml_training", "trains", "0 2 * * 1-5", default_args=default_args, catchup=True,
    sla_miss_callback=notify, on_success_callback=notify, tags={"ml"}, fail_stop=False,
    jinja_environment_kwargs={"trim_blocks": True}, user_defined_filters={"up": lambda s: s.upper()},
)
with dag:
    latest = LatestOnlyOperator(task_id="latest_only")
    train = PythonOperator(
        task_id="train", python_callable=lambda epochs: epochs, op_kwargs={"epochs": "{{ params.epochs }}"},
        executor_config={"KubernetesExecutor": {"image": "x"}}, resources={"cpus": 2, "ram": 1024}, pool_slots=2,
        pre_execute=lambda context: None, post_execute=lambda context, result: None, retries=None,
        doc_rst="docs", doc_json={"a": 1}, max_active_tis_per_dag=2, priority_weight=5,
    )
    mail = EmailOperator(task_id="mail", to=["a@b.c"], subject="{{ ds }}", html_content="<b>done</b>")
    latest >> train >> mail
    train.on_execute_callback = notify
