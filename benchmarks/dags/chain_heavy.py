"""The chain of a hundred no-ops in a file that imports pandas and scikit-learn at its top."""

import pandas
import sklearn.ensemble

from tradewind import DAG, task

assert pandas and sklearn.ensemble

with DAG("chain100_heavy", schedule=None) as dag:

    @task
    def noop():
        return None

    previous = None
    for index in range(100):
        current = noop.override(task_id=f"t{index:03d}")()
        if previous is not None:
            previous >> current
        previous = current
