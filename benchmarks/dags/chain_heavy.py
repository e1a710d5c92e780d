"""CHAIN_LENGTH (100) no-ops, one after another, in a file that imports pandas and scikit-learn at its top."""

import os

import pandas
import sklearn.ensemble

from tradewind import DAG, task

assert pandas
assert sklearn.ensemble
LENGTH = int(os.environ.get("CHAIN_LENGTH", "100"))

with DAG(f"chain{LENGTH}_heavy", schedule=None) as dag:

    @task
    def noop():
        return None

    previous = None
    for index in range(LENGTH):
        current = noop.override(task_id=f"t{index:03d}")()
        if previous is not None:
            previous >> current
        previous = current
