"""A hundred no-ops, one after another: a fresh process each, reused processes, and with heavy imports."""

from tradewind import DAG, task

with DAG("chain100", schedule=None) as chain:

    @task
    def noop():
        return None

    previous = None
    for index in range(100):
        current = noop.override(task_id=f"t{index:03d}")()
        if previous is not None:
            previous >> current
        previous = current

with DAG("chain100_reused", schedule=None, worker_reuse=True) as reused:
    previous = None
    for index in range(100):
        current = noop.override(task_id=f"t{index:03d}")()
        if previous is not None:
            previous >> current
        previous = current
