"""What a task remembers from try to try, what its asset remembers, and a policy that decides about retries."""
from datetime import datetime, timedelta

from airflow.sdk import DAG, Asset, ExceptionRetryPolicy, RetryAction, RetryRule, result, task
from airflow.sdk.execution_time.context import NEVER_EXPIRE

ORDERS = Asset(name="orders", uri="s3://warehouse/orders")
SOON = timedelta(seconds=0)

with DAG("memory_and_retry_policy", schedule=None, start_date=datetime(2026, 1, 1)):

    @task(retries=2, retry_delay=SOON)
    def job(task_state_store=None, ti=None):
        assert task_state_store.get("absent") is None
        assert task_state_store.get("absent", default=5) == 5
        if ti.try_number == 1:
            task_state_store.set("job_id", {"id": [1]}, retention=NEVER_EXPIRE)
            task_state_store.set("gone", 1)
            task_state_store.delete("gone")
            ti.xcom_push("key", "of the first try")
            raise RuntimeError("the worker is lost")
        assert task_state_store.get("job_id") == {"id": [1]}
        assert task_state_store.keys() == ["job_id"]
        return task_state_store.get("job_id")["id"]

    @task(retries=1, retry_delay=SOON)
    async def pages(task_state_store=None, ti=None):
        done = await task_state_store.aget("done", default=[])
        await task_state_store.aset("done", [*done, ti.try_number])
        if ti.try_number == 1:
            raise RuntimeError("half way")
        return done

    @task
    def each(number, task_state_store=None):
        assert task_state_store.get("number") is None
        task_state_store.set("number", number)
        return task_state_store.get("number")

    @task(inlets=[ORDERS], outlets=[ORDERS])
    def load(asset_state_store=None, outlet_events=None):
        state = asset_state_store[ORDERS]
        state.set("runs", state.get("runs", default=0) + 1)
        outlet_events[ORDERS].add_partitions(["us", "eu"])
        return asset_state_store.get("runs")

    @task(
        retries=3,
        retry_delay=timedelta(hours=1),
        retry_policy=ExceptionRetryPolicy(
            rules=[
                RetryRule(exception=[ValueError, "json.JSONDecodeError"], retry_delay=SOON, reason="rate limit"),
                RetryRule(exception="builtins.KeyError", action=RetryAction.FAIL),
            ],
        ),
    )
    def policy(ti=None):
        if ti.try_number < 3:
            raise ValueError("too many requests")
        raise KeyError("wrong key: no fourth try")

    @result
    @task(trigger_rule="all_done")
    def verify(ti=None, partition_key=None, dag_run=None):
        assert ti.xcom_pull(task_ids="job") == [1]
        assert ti.xcom_pull(task_ids="job", key=None) == [1]
        assert ti.xcom_pull(task_ids="job", key="key") is None
        assert ti.xcom_pull(task_ids="pages") == [1]
        assert list(ti.xcom_pull(task_ids="each")) == [1, 2]
        assert ti.xcom_pull(task_ids="load") == 1
        assert partition_key is None
        assert dag_run.partition_key is None

    [job(), pages(), each.expand(number=[1, 2]), load(), policy()] >> verify()
