"""Tasks whose pages are looked at: templates, waiting, values of many kinds, a crash in native code, notes while it runs."""

from __future__ import annotations

import os
import signal
import time
from datetime import datetime, timedelta

from airflow.providers.standard.operators.bash import BashOperator
from airflow.sdk import DAG, task

from tradewind import ml

START = datetime(2026, 1, 1)
HOME = os.environ["TRADEWIND_HOME"]


def wait_for(name: str) -> None:
    """Until a test lets it go on, by a file."""
    while not os.path.exists(os.path.join(HOME, name)):
        time.sleep(0.05)


with DAG("tries", start_date=START, schedule=None, tags=["demo"]):
    BashOperator(task_id="templated", bash_command="echo run of {{ dag.dag_id }}")

    @task
    def typed() -> object:
        return {"when": timedelta(minutes=3), "loss": float("nan"), "pair": (1, "<b>two</b>")}

    @task
    def matrix() -> object:
        import numpy as np

        return np.arange(48.0).reshape(6, 8)

    @task
    def killed() -> None:
        print("my last words")
        os.kill(os.getpid(), signal.SIGKILL)

    typed()
    matrix()
    killed()

with DAG("notes", start_date=START, schedule=None, tags=["demo"]):

    @task
    def writes() -> None:
        wait_for("note-down")
        ml.log_params({"depth": 3})
        wait_for("end-notes")

    writes()
