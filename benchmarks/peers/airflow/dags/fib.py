"""Windmill's public benchmark workload: 40 light tasks (fib 10), 10 long ones (fib 33), in sequence."""

from airflow.sdk import DAG, task


def fib(n):
    return n if n <= 1 else fib(n - 1) + fib(n - 2)


def make(dag_id, count, n):
    with DAG(dag_id, schedule=None, catchup=False) as dag:

        @task
        def fib_task(n):
            return fib(n)

        prev = None
        for i in range(count):
            t = fib_task.override(task_id=f"fib_{i:02d}")(n)
            if prev is not None:
                prev >> t
            prev = t
    return dag


fib_short40 = make("fib_short40", 40, 10)
fib_long10 = make("fib_long10", 10, 33)
