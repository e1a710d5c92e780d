"""Constructs that DAG files in public repositories use, each in its smallest form."""
import datetime, functools, os
from enum import Enum
import pendulum
from airflow import DAG, configuration, models, AirflowException
import airflow.utils.dates
from airflow.decorators import dag, task
from airflow.models.param import Param
from airflow.operators import python_operator, bash_operator, dummy_operator
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator, BranchPythonOperator
from airflow.sdk import TaskGroup, chain_linear, chain
from airflow.sdk.definitions.deadline import DeadlineAlert, DeadlineReference, SyncCallback
from airflow.utils.trigger_rule import TriggerRule
from airflow.datasets import Dataset
from airflow.models.dataset import Dataset as D3

class TaskId(Enum):
    a = "a"; b = "b"

class MathGroup(TaskGroup):
    def __init__(self, group_id, num1=0, num2=0, tooltip="Math!", **kwargs):
        super().__init__(group_id=group_id, tooltip=tooltip, **kwargs)
        @task(task_group=self)
        def one(x, y): return x + y
        @task(task_group=self)
        def two(x): return x * 23
        two(one(num1, num2))

def conf_as_params(params: dict):
    assert params == {} or params is None, params
    return TaskId.a.value

def following(**context):
    d = context["dag"]
    nxt = d.following_schedule(context["data_interval_start"])
    assert nxt > context["data_interval_start"]
    assert d.previous_schedule(nxt) <= nxt
    assert d.normalized_schedule_interval is not None if hasattr(d, "normalized_schedule_interval") else True

def wrap(f, uris):
    def inner(**kwargs):
        for u in uris: f(provider_uri=u, **kwargs)
    return inner

def cmd(execution_date, provider_uri, **kw): print(execution_date.strftime("%Y"), provider_uri)

@dag(schedule="@daily", start_date=datetime.datetime(25, 12, 20), catchup=False, render_template_as_native_obj=True, dag_display_name="✨ Champion",
     deadline=DeadlineAlert(reference=DeadlineReference.DAGRUN_QUEUED_AT, interval=datetime.timedelta(seconds=10), callback=SyncCallback(cmd, kwargs={"a": 1})),
     tags=[TaskId.a.value], max_consecutive_failed_dag_runs=5,
     params={"start": Param((datetime.date.today() - datetime.timedelta(days=10)).isoformat(), type="string", format="date-time"),
             "regex": Param(None, type=["string", "null"]), "e": Param("x", type="string", enum=["x", "y"])})
def more():
    @task
    def num(): return 5
    tg = MathGroup(group_id="grp", num1=num(), num2=19)
    @task
    def down(ti=None): assert ti.xcom_pull(task_ids="grp.two") == 24 * 23, ti.xcom_pull(task_ids="grp.two")
    tg >> down()
    br = BranchPythonOperator(task_id="br", python_callable=conf_as_params, op_kwargs={"params": "{{ dag_run.conf }}"}, trigger_rule=TriggerRule.ONE_SUCCESS if False else "all_success")
    br >> [EmptyOperator(task_id=TaskId.a.value), EmptyOperator(task_id=TaskId.b.value)]
    PythonOperator(task_id="following", python_callable=following)
    python_operator.PythonOperator(task_id="wrapped", python_callable=wrap(cmd, ["u1", "u2"]), provide_context=True)
    @task(multiple_outputs=True)
    def setup(params=None, **context):
        params["environment"] = os.getenv("X", "dev"); return params
    s = setup()
    @task
    def use(e, env): assert (e, env) == ("x", "dev")
    use(s["e"], s["environment"])
    PythonOperator(task_id="sets", python_callable=lambda pagenames, execution_date: (sorted(pagenames), str(execution_date)), op_kwargs={"pagenames": {"G", "A"}})
    chain_linear([EmptyOperator(task_id="x1"), EmptyOperator(task_id="x2")], EmptyOperator(task_id="y"), [EmptyOperator(task_id="z1"), EmptyOperator(task_id="z2")])
    @task(outlets=[Dataset("x-1")])
    def gen():
        from airflow.datasets.metadata import Metadata
        yield Metadata(Dataset("x-1"), {"n": 1})
        return "hello"
    @task
    def chk(v): assert v == "hello", v
    chk(gen())
    @task(map_index_template="{{ my_idx }}")
    def lab(num, exponent):
        from airflow.sdk import get_current_context
        get_current_context()["my_idx"] = f"{num}^{exponent}"
        return num ** exponent
    lab.partial(exponent=2).expand(num=[1, 2])
    @task(multiple_outputs=True)
    def ss(div, job): return {"start": div * job, "stop": (job + 1) * div}
    @task
    def rec(batch, start, stop): return list(range(start, stop, batch))
    r = rec.partial(batch=2).expand_kwargs(ss.partial(div=4).expand(job=[0, 1]))
    @task
    def fin(xs): assert [list(x) for x in xs] == [[0, 2], [4, 6]], list(xs)
    fin(r)
m = more()
