"""CHAIN_LENGTH (100) no-ops, one after another: a fresh process each, and reused processes."""

import os

from tradewind import DAG, task

LENGTH = int(os.environ.get("CHAIN_LENGTH", "100"))


def chain(dag_id: str, *, worker_reuse: bool) -> DAG:
    with DAG(dag_id, schedule=None, worker_reuse=worker_reuse) as dag:

        @task
        def noop():
            return None

        previous = None
        for index in range(LENGTH):
            current = noop.override(task_id=f"t{index:03d}")()
            if previous is not None:
                previous >> current
            previous = current
    return dag


fresh = chain(f"chain{LENGTH}", worker_reuse=False)
reused = chain(f"chain{LENGTH}_reused", worker_reuse=True)
