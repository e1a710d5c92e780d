import json
from typing import Dict

import pendulum
from airflow.decorators import dag, task


@dag(
    schedule=None,
    start_date=pendulum.datetime(2021, 1, 1, tz="UTC"),
    catchup=False,
    tags=["example"],
    default_args={"retries": 2, "owner": "taskflow"},
    params={"ratio": 0.5},
)
def tutorial_taskflow_api():
    """
    ### TaskFlow API Tutorial Documentation
    """

    @task()
    def extract():
        """
        #### Extract task
        """
        return json.loads('{"1001": 301.27, "1002": 433.21}')

    @task(multiple_outputs=True)
    def transform(order_data_dict: dict):
        return {"total_order_value": sum(order_data_dict.values()), "n": 2}

    @task
    def stats(values: dict) -> Dict[str, int]:
        return {"low": 1, "high": 2}

    @task()
    def load(total_order_value: float, n: int = 0, **context):
        print(f"Total order value is: {total_order_value:.2f}")

    @task.virtualenv(requirements=["funcsigs"], system_site_packages=False, task_id="in_a_venv", venv_cache_path="/tmp/x")
    def isolated(x):
        return x

    @task.external_python(python="/usr/bin/python3")
    def other_python():
        return 1

    order_data = extract()
    order_summary = transform(order_data)
    load(order_summary["total_order_value"], n=order_summary["n"])
    load.override(task_id="load_again", trigger_rule="none_failed", pool="small")(stats(order_data)["low"])
    isolated(order_data) >> other_python()


tutorial_dag = tutorial_taskflow_api()
