"""A DAG with one of everything that the command line shows: a group, mapping, labels, values of several kinds, metrics,
templates, and a last task that fails where `n` is too large."""

from datetime import datetime

from airflow.decorators import dag, task, task_group
from airflow.operators.bash import BashOperator
from airflow.utils.edgemodifier import Label

from tradewind import log_metric


@dag(schedule="0 2 * * *", start_date=datetime(2025, 1, 1), catchup=False, params={"n": 3}, tags=["shown"])
def pipeline():
    @task
    def numbers(params: dict) -> list[int]:
        print("making", params["n"])
        for step in range(3):
            log_metric("loss", 1 / (step + 1), step=step)
        return list(range(params["n"]))

    @task_group
    def inside(values):
        @task
        def double(n: int) -> int:
            return 2 * n

        @task
        def total(parts) -> int:
            return sum(parts)

        return total(double.expand(n=values))

    @task
    def array():
        import numpy

        return numpy.arange(20_000.0)

    @task
    def when():
        return datetime(2025, 1, 1), {"a", "b"}

    say = BashOperator(
        task_id="say",
        bash_command="echo {{ ds }} {{ params.n }} {{ var.value.get('greeting', 'none') }}; test {{ params.n }} -lt 5",
    )
    total = inside(numbers())
    total >> Label("at last") >> say
    [array(), when()] >> say


pipeline()
