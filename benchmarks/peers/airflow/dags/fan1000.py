"""One root, 1000 mapped no-op tasks, one join. fan1000_log and fan300_log are the same with each
task appending "map_index try_number pid time" to a file (for the kill -9 probe)."""

import os
import tempfile
import time

from airflow.sdk import dag, get_current_context, task

SCRATCH = os.environ.get("BENCH_SCRATCH", tempfile.gettempdir())


@dag(schedule=None, catchup=False)
def fan1000():
    @task
    def root():
        return None

    @task
    def leaf(i):
        return None

    @task
    def join():
        return None

    root() >> leaf.expand(i=list(range(1000))) >> join()


def make_log(n):
    @dag(dag_id=f"fan{n}_log", schedule=None, catchup=False)
    def fan_log():
        @task
        def root():
            return None

        @task(retries=1, retry_delay=1)
        def leaf(i):
            ti = get_current_context()["ti"]
            with open(f"{SCRATCH}/fan_log.txt", "a") as f:
                f.write(f"{i} {ti.try_number} {os.getpid()} {time.time():.3f}\n")

        @task
        def join():
            return None

        root() >> leaf.expand(i=list(range(n))) >> join()

    return fan_log()


fan1000()
fan1000_log = make_log(1000)
fan300_log = make_log(300)
