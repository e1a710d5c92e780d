from datetime import datetime

from airflow import DAG, XComArg
from airflow.decorators import task, task_group
from airflow.models.param import Param
from airflow.operators.bash import BashOperator
from airflow.operators.python import PythonOperator

with DAG("example_dynamic_task_mapping", start_date=datetime(2022, 3, 4), schedule="@daily",
         params={"names": Param(["a"], type="array"), "x": Param(5, type="integer", minimum=3), "plain": 3}) as dag:

    @task
    def add_one(x: int):
        return x + 1

    @task
    def sum_it(values):
        return sum(values)

    @task
    def names(**context):
        return [{"env": {"N": n}} for n in context["params"]["names"]]

    added = add_one.expand(x=[1, 2, 3])
    sum_it(added)

    BashOperator.partial(task_id="greet", bash_command="echo $N", map_index_template="{{ task.env }}").expand_kwargs(names())
    PythonOperator.partial(task_id="po", python_callable=lambda a, b: a, max_active_tis_per_dagrun=2).expand(
        op_args=XComArg(PythonOperator(task_id="src", python_callable=lambda: [[1, 2]]))
    )

    @task_group(group_id="pipeline", tooltip="mapped")
    def pipeline(filename, mode="r"):
        @task
        def read(f):
            return f

        @task
        def clean(x):
            return x

        return clean(read(filename))

    cleaned = pipeline.partial(mode="rb").expand(filename=["a", "b"])
    sum_it.override(task_id="reduce", trigger_rule="none_failed")(cleaned)
    sum_it(added.map(lambda v: v * 2))
    add_one.expand(x=added.zip(added, fillvalue=0).map(lambda p: p[0]))
    add_one.expand(x=added.concat(added))
