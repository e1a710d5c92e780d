"""DAGs that keep a service busy with everything that can go wrong in the middle."""

import random
import time
from datetime import datetime, timedelta

from airflow.sdk import DAG, task
from airflow.sensors.date_time import DateTimeSensorAsync
from airflow.sensors.python import PythonSensor

OFTEN = {"start_date": datetime(2025, 1, 1), "catchup": False, "is_paused_upon_creation": False}
RETRY = {"retries": 2, "retry_delay": timedelta(seconds=1)}

with DAG("chain", schedule=timedelta(seconds=2), max_active_runs=4, **OFTEN):

    @task
    def link(before=None):
        time.sleep(0.05)
        return (before or 0) + 1

    value = link()
    for _ in range(4):
        value = link(value)

with DAG("mapped", schedule=timedelta(seconds=5), max_active_runs=2, default_args=RETRY, **OFTEN):

    @task
    def numbers():
        return list(range(8))

    @task(pool="narrow", retries=2, retry_delay=timedelta(seconds=1))
    def work(number):
        time.sleep(0.2)
        if random.random() < 0.1:
            raise RuntimeError("not this time")
        return number

    @task(trigger_rule="all_done")
    def total(found):
        return len(list(found))

    total(work.expand(number=numbers()))

with DAG("waiting", schedule=timedelta(seconds=6), max_active_runs=3, **OFTEN):
    soon = DateTimeSensorAsync(
        task_id="soon", target_time="{{ (dag_run.start_date + macros.timedelta(seconds=3)).isoformat() }}"
    )
    often = PythonSensor(
        task_id="often",
        python_callable=lambda: random.random() < 0.5,
        mode="reschedule",
        poke_interval=1,
        timeout=120,
    )

    @task(pool="narrow", pool_slots=2)
    def after():
        time.sleep(0.3)

    [soon, often] >> after()

with DAG("steady", schedule=timedelta(seconds=4), max_active_runs=1, **OFTEN):

    @task
    def long():
        time.sleep(3)

    long()
