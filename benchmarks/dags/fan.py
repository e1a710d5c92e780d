"""FAN_WIDTH (1,000) mapped no-ops and a join: a fresh process each, and reused processes."""

import os

from tradewind import DAG, task

WIDTH = int(os.environ.get("FAN_WIDTH", "1000"))


def fan(dag_id: str, *, worker_reuse: bool) -> DAG:
    with DAG(dag_id, schedule=None, worker_reuse=worker_reuse) as dag:

        @task
        def leaf(index):
            return None

        @task
        def join():
            return None

        leaf.expand(index=list(range(WIDTH))) >> join()
    return dag


fresh = fan(f"fan{WIDTH}", worker_reuse=False)
reused = fan(f"fan{WIDTH}_reused", worker_reuse=True)
