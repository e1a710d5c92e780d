"""DAGs whose tasks say, in a file, that they have run: for what was lost or done twice while the database was away."""

import os
import time
from datetime import UTC, datetime, timedelta

from airflow.sdk import DAG, task
from airflow.sensors.date_time import DateTimeSensorAsync

OPENED_AT = datetime.fromisoformat(os.environ["WITNESS_OPENED_AT"])
SECONDS = float(os.environ["WITNESS_SECONDS"])
"""From the opening to the end of the outage, about."""
KEPT = {"is_paused_upon_creation": False, "start_date": OPENED_AT}


def witness(text):
    with open(os.environ["WITNESS_FILE"], "a") as file:
        file.write(f"{text}\n")


with DAG("often", schedule=timedelta(seconds=SECONDS / 30), catchup=True, max_active_runs=3, **KEPT):

    @task
    def first(run_id=None):
        witness(f"often first {run_id}")
        time.sleep(SECONDS / 60)
        return run_id

    @task
    def second(value, run_id=None):
        assert value == run_id
        witness(f"often second {run_id}")

    second(first())

with DAG("long", schedule="@once", **KEPT):
    for share in (0.4, 0.6, 0.8, 1.2):

        @task(task_id=f"until_{share}".replace(".", "_"))
        def until(share=share):
            end = OPENED_AT + timedelta(seconds=SECONDS * share)
            witness(f"long {share} begins")
            while datetime.now(UTC) < end:
                time.sleep(0.1)
            witness(f"long {share} ends")

        until()

with DAG("waiting", schedule="@once", **KEPT):
    for share in (0.5, 0.7, 1.1):
        sensor = DateTimeSensorAsync(
            task_id=f"wait_{share}".replace(".", "_"), target_time=OPENED_AT + timedelta(seconds=SECONDS * share)
        )

        @task(task_id=f"after_{share}".replace(".", "_"))
        def after(share=share):
            witness(f"waiting {share}")

        sensor >> after()

with DAG("retrying", schedule="@once", **KEPT):

    @task(retries=1, retry_delay=timedelta(seconds=SECONDS / 2))
    def again(ti=None):
        witness(f"retrying try {ti.try_number}")
        if ti.try_number == 1:
            raise RuntimeError("its second try is due while the database is away")

    again()
