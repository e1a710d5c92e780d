"""The workloads of the comparison, in sizes that the environment gives. Tradewind runs this very file."""

import os
import sys

from airflow.sdk import DAG, task

sys.path.insert(0, os.environ["BENCH_WORK"])
import work


def sequence(dag_id, count, function, *arguments):
    with DAG(dag_id, schedule=None, catchup=False) as dag:

        @task
        def step():
            return function(*arguments)

        previous = None
        for index in range(count):
            current = step.override(task_id=f"t{index:03d}")()
            if previous is not None:
                previous >> current
            previous = current
    return dag


def nothing():
    return None


chain = sequence("chain", work.CHAIN_LENGTH, nothing)
fib_short = sequence("fib_short", work.FIB_SHORT_COUNT, work.fib, 10)
fib_long = sequence("fib_long", work.FIB_LONG_COUNT, work.fib, 33)

with DAG("fan", schedule=None, catchup=False) as fan:

    @task
    def leaf(index):
        return None

    @task
    def join():
        return None

    leaf.expand(index=list(range(work.FAN_WIDTH))) >> join()

with DAG("ml", schedule=None, catchup=False) as ml:
    parts = task(work.prepare)(task(work.load)())
    task(work.deploy)(task(work.evaluate)(task(work.train)(parts), parts))

with DAG("frame", schedule=None, catchup=False) as frame:

    @task
    def make():
        made = work.make_frame()
        work.note_made()
        return made

    @task
    def use(made):
        work.note_used(made)

    use(make())
