"""A thousand (and ten thousand) mapped no-ops and a join; with a fresh process each, and reused."""

from tradewind import DAG, task


def fan(dag_id: str, number: int, *, worker_reuse: bool) -> DAG:
    with DAG(dag_id, schedule=None, worker_reuse=worker_reuse) as dag:

        @task
        def leaf(index):
            return None

        @task
        def join():
            return None

        leaf.expand(index=list(range(number))) >> join()
    return dag


fan1000 = fan("fan1000", 1_000, worker_reuse=False)
fan1000_reused = fan("fan1000_reused", 1_000, worker_reuse=True)
fan10000_reused = fan("fan10000_reused", 10_000, worker_reuse=True)
