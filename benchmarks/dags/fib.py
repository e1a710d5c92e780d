"""Forty light tasks (fib 10) and ten long ones (fib 33), in sequence."""

import os

from tradewind import DAG, task


def fib(n):
    return n if n <= 1 else fib(n - 1) + fib(n - 2)


def sequence(dag_id: str, count: int, n: int) -> DAG:
    name = dag_id.upper()
    count, n = int(os.environ.get(f"{name}_COUNT", count)), int(os.environ.get(f"{name}_N", n))
    with DAG(dag_id, schedule=None) as dag:

        @task
        def compute(n):
            return fib(n)

        previous = None
        for index in range(count):
            current = compute.override(task_id=f"fib_{index:02d}")(n)
            if previous is not None:
                previous >> current
            previous = current
    return dag


fib_short = sequence("fib_short", 40, 10)
fib_long = sequence("fib_long", 10, 33)
