"""Values of several kinds, a mapped task, a task that is tried twice, a group, a long log."""

from datetime import timedelta

from tradewind import DAG, task, task_group
from tradewind.operators.empty import EmptyOperator


class Unreadable:
    def __reduce__(self):
        return (print, ("somebody has unpickled me",))


with DAG(
    "pipeline",
    tags=["nightly", "ml"],
    params={"n": 3, "api_token": "hush"},
    description="Trains a model",
    doc_md="# Pipeline",
    dag_display_name="The pipeline",
    dagrun_timeout=timedelta(hours=2),
    default_args={"owner": "ada"},
):

    @task
    def numbers():
        print("a line of output", *("and more" for _ in range(5)))
        return [1, 2, 3]

    @task(pool="default_pool", task_display_name="Twice as much")
    def double(x):
        return x * 2

    @task(retries=1, retry_delay=timedelta(0), multiple_outputs=True)
    def flaky(ti=None):
        if ti.try_number == 1:
            raise ValueError("not yet")
        return {"score": 0.5, "password": "hush"}

    @task_group
    def reports():
        @task
        def text():
            return "<script>alert(1)</script>"

        @task
        def pickled():
            return Unreadable()

        text()
        pickled()

    @task
    def talkative():
        for number in range(20_000):
            print("line", number, "of a long log")

    double.expand(x=numbers()) >> flaky() >> reports() >> EmptyOperator(task_id="end")
    talkative()
