"""TaskFlow as files for Airflow 2.x write it: what each task gets is asserted by the last one."""
from __future__ import annotations
import asyncio, functools, json, logging, os, pathlib
from datetime import datetime, timedelta, date
import pendulum
from airflow import DAG
from airflow.decorators import dag, task, task_group
from airflow.models import Param, Variable, XCom
from airflow.models.baseoperator import BaseOperator, chain, cross_downstream
from airflow.models.dagrun import DagRun
from airflow.models.taskinstance import TaskInstance
from airflow.models.xcom_arg import XComArg
from airflow.operators.bash import BashOperator
from airflow.operators.empty import EmptyOperator
from airflow.operators.python import PythonOperator, BranchPythonOperator, get_current_context
from airflow.sensors.external_task import ExternalTaskMarker
from airflow.utils.edgemodifier import Label
from airflow.utils.task_group import TaskGroup
from airflow.utils.trigger_rule import TriggerRule
from airflow.exceptions import AirflowSkipException, AirflowException
log = logging.getLogger("airflow.task")

class Cube:
    def __init__(self, n): self.n = n
    def method(self, x): return x ** self.n
    @staticmethod
    def stat(x): return x + 100
    @classmethod
    def cls(cls, x): return x + 1000
    def __call__(self, x): return x * self.n

def plain_double(x, y=2): return x * y

class Multi(BaseOperator):
    template_fields = ("sql", "nested")
    template_ext = (".sql",)
    template_fields_renderers = {"sql": "sql"}
    def __init__(self, *, sql, nested=None, n: int = 0, **kw):
        super().__init__(**kw); self.sql = sql; self.nested = nested; self.n = n
    def execute(self, context):
        log.info("n %s nested %s", self.n, self.nested)
        return {"sql": self.sql, "nested": self.nested, "n": self.n}

@dag(dag_id="taskflow_semantics", schedule="@daily", start_date=pendulum.datetime(2024, 1, 1, tz="Europe/Berlin"), catchup=False,
     tags=["a"], default_args={"retries": 1, "retry_delay": timedelta(seconds=0)}, doc_md=__doc__, render_template_as_native_obj=False,
     params={"n": Param(3, type="integer", minimum=0, maximum=10), "env": Param("dev", enum=["dev", "prod"]), "day": Param("2024-01-01", type="string", format="date"),
             "when": Param("2024-01-01T00:00:00+00:00", type="string", format="date-time"), "opt": Param(None, type=["null", "string"]), "lst": Param([1, 2], type="array"), "plain": "p"},
     user_defined_macros={"mac": lambda: "m"})
def flow(default_param="dp"):
    """Docs of the dag."""
    @task
    def numbers() -> list[int]: return [1, 2, 3]
    @task(multiple_outputs=True)
    def split(): return {"key": [10, 20], "name": "nm", "d": {"x": {"y": 5}}}
    @task
    def typed() -> dict[str, int]: return {"one": 1, "two": 2}
    @task
    async def asy(x): 
        await asyncio.sleep(0); return x + 1
    @task(retries=0, task_id="renamed")
    def add(a, b=1, **context): 
        assert context["ti"].task_id.startswith("renamed"), context["ti"]
        return a + b
    @task
    def ctx(ds=None, ti=None, params=None, logical_date=None, data_interval_start=None, dag_run: DagRun | None = None, **_):
        assert params["n"] == 3 and params.get("plain") == "p" and dict(params)["env"] == "dev"
        c = get_current_context()
        assert c["ti"] is ti and c["ds"] == ds
        assert data_interval_start <= logical_date
        assert dag_run.conf == {} or dag_run.conf is None
        assert dag_run.run_type == "manual", dag_run.run_type
        assert c["dag"].dag_id == "taskflow_semantics"
        return default_param
    @task
    def check(*args, **kw):
        log.info("args %r", args)
        return list(args)
    @task.branch
    def pick(x): return "left" if x == 1 else ["right"]
    @task.short_circuit
    def sc(): return True
    @task.bash
    def b(x): return f"echo bash-{x}-$V"
    @task(trigger_rule="none_failed_min_one_success")
    def summed(xs): return sum(xs)

    n = numbers(); s = split(); t = typed()
    a = asy(t["one"])
    add1 = add(t["two"]); add2 = add(5, b=6); add3 = add.override(task_id="renamed_x", retries=3, trigger_rule="all_done")(1)
    dbl = add.override(task_id="renamed_map").partial(b=10).expand(a=n)
    prod = add.override(task_id="renamed_prod").expand(a=n, b=[100, 200])
    kw = add.override(task_id="renamed_kw").expand_kwargs([{"a": 1}, {"a": 2, "b": 3}])
    @task
    def kws(): return [{"a": 1, "b": 1}, {"a": 2, "b": 2}]
    kw2 = add.override(task_id="renamed_kw2").expand_kwargs(kws())
    kw3 = add.override(task_id="renamed_kw3").partial(b=0).expand_kwargs(kws.override(task_id="kws2")().map(lambda d: {"a": d["a"]}))
    z = check.override(task_id="zipped").expand(args=[1]) if False else None
    @task
    def pair(p): return p[0] * p[1] if p[1] is not None else -1
    zp = pair.expand(p=n.zip(s["key"], fillvalue=None))
    @task
    def flt(x):
        if x == 2: raise AirflowSkipException
        return x
    f = flt.expand(x=n)
    sm = summed(f)
    mp = check.override(task_id="over_dict")()
    @task
    def item(kv): return f"{kv[0]}={kv[1]}"
    it = item.expand(kv=t)
    m = PythonOperator(task_id="method", python_callable=Cube(3).method, op_args=[2])
    m2 = PythonOperator(task_id="static", python_callable=Cube.stat, op_args=[2])
    m3 = PythonOperator(task_id="cls", python_callable=Cube.cls, op_kwargs={"x": 2})
    m4 = PythonOperator(task_id="partial", python_callable=functools.partial(plain_double, y=5), op_args=[n[0] if False else 4])
    m5 = PythonOperator(task_id="lam", python_callable=lambda x, **kw: (x, kw["ds"]), op_args=[1])
    m6 = PythonOperator(task_id="obj", python_callable=Cube(2), op_args=[3])
    tm = task(Cube(3).method)(2)
    tl = task(task_id="tlam")(lambda x: x + 1)(1)
    tpart = task(task_id="tpart")(functools.partial(plain_double, y=7))(1)
    deep = PythonOperator(task_id="deep", python_callable=lambda **kw: kw["cfg"], op_kwargs={"cfg": {"list": [{"v": t["one"]}, (s["name"], n)], "tpl": "{{ ds }}-{{ params.env }}-{{ mac() }}"}})
    mo = Multi(task_id="multi", multiple_outputs=True, sql="select {{ params.n }} from {{ ti.xcom_pull('split')['name'] }} -- {{ task.task_id }}", nested={"a": [t["two"], "{{ ds }}"]})
    mm = Multi.partial(task_id="multi_map", sql="s {{ ti.map_index }}").expand(n=n)
    be = BashOperator.partial(task_id="bash_map", env={"V": "v"}, append_env=True).expand(bash_command=["echo {{ ds }}", "echo two"])
    out_key = PythonOperator(task_id="out_key", python_callable=lambda v: v, op_args=[mo.output["nested"]])
    via_arg = PythonOperator(task_id="via_arg", python_callable=lambda v: v, op_args=[XComArg(mo, key="return_value")])
    tpl = BashOperator(task_id="tpl", bash_command="echo " + "{{ ti.xcom_pull(task_ids='multi')['sql'] | length }} " + str(deep.output) if False else "echo {{ ti.xcom_pull(task_ids='multi')['n'] }}")
    embedded = BashOperator(task_id="embedded", bash_command=f"echo '{n}'", env={"N": "{{ params.n }}"})
    e1 = EmptyOperator(task_id="left"); e2 = EmptyOperator(task_id="right")
    join = EmptyOperator(task_id="join", trigger_rule=TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS)
    p = pick(t["one"])
    p >> Label("to the left") >> e1 >> join
    p >> Label("r") >> e2 >> join
    bb = b.override(env={"V": "vv"}, append_env=True)(3)
    sc() >> bb

    @task_group(group_id="grp", default_args={"retries": 2}, tooltip="tip", prefix_group_id=True)
    def grp(x, y="d"):
        """grp docs"""
        @task
        def inner(v): return v * 2
        @task.branch
        def br(v): return "grp.ga" if v < 4 else "grp.gb"
        i = inner(x)
        ga, gb = EmptyOperator(task_id="ga"), EmptyOperator(task_id="gb")
        br(i) >> [ga, gb]
        @task(trigger_rule="none_failed_min_one_success")
        def last(v): return v + 1
        l = last(i)
        [ga, gb] >> l
        return l
    gm = grp.expand(x=n)
    sum_g = summed.override(task_id="sum_g")(gm)
    gs = grp.override(group_id="grp_single")(7) if False else None
    with TaskGroup("outer", default_args={"owner": "grp"}) as outer:
        x1 = EmptyOperator(task_id="x1")
        with TaskGroup("inner") as inner_g:
            x2 = EmptyOperator(task_id="x2"); x3 = EmptyOperator(task_id="x3")
        x1 >> inner_g
    assert x2.task_id == "outer.inner.x2" and x1.owner == "grp"
    @task
    def verify(ti=None, **context):
        pull = ti.xcom_pull
        assert pull("asy") == 2
        assert pull("renamed") == 3 and pull("renamed__1") == 11 and pull("renamed_x") == 2
        assert list(pull("renamed_map")) == [11, 12, 13]
        assert list(pull("renamed_prod")) == [101, 201, 102, 202, 103, 203]
        assert list(pull("renamed_kw")) == [2, 5] and list(pull("renamed_kw2")) == [2, 4] and list(pull("renamed_kw3")) == [1, 2]
        assert list(pull("pair")) == [10, 40, -1]
        assert pull("summed") == 4 and list(pull("flt")) == [1, 3]
        assert list(pull("item")) == ["one=1", "two=2"]
        assert pull("method") == 8 and pull("static") == 102 and pull("cls") == 1002 and pull("partial") == 20 and pull("obj") == 6
        assert pull("lam")[0] == 1
        assert pull("method__1") == 8 and pull("tlam") == 2 and pull("tpart") == 7
        d = pull("deep"); assert d["list"][0] == {"v": 1} and list(d["list"][1]) == ["nm", [1, 2, 3]] and d["tpl"] == context["ds"] + "-dev-m", d
        m = pull("multi"); assert m["sql"] == "select 3 from nm -- multi" and m["nested"] == {"a": [2, context["ds"]]}, m
        assert [x["sql"] for x in pull("multi_map")] == ["s 0", "s 1", "s 2"] and [x["n"] for x in pull("multi_map")] == [1, 2, 3]
        assert list(pull("bash_map")) == [context["ds"], "two"]
        assert pull("out_key") == m["nested"] and pull("via_arg") == m
        assert pull("embedded") == "[1, 2, 3]", pull("embedded")
        assert pull("bash") is None and pull("b") == "bash-3-vv"
        assert list(pull("grp.last")) == [3, 5, 7] and pull("sum_g") == 15
        assert pull(task_ids=["summed", "tlam"]) == [4, 2]
        assert pull("split", key="name") == "nm" and pull("split", key="d")["x"]["y"] == 5
        assert pull("renamed_map", map_indexes=1) == 12 and list(pull("renamed_map", map_indexes=[0, 2])) == [11, 13]
        assert XCom.get_one(key="return_value", task_id="summed", run_id=context["run_id"]) == 4
    v = verify()
    chain([x for x in (a, add1, add2, add3, dbl, prod, kw, kw2, kw3, zp, sm, it, m, m2, m3, m4, m5, m6, tm, tl, tpart, deep, mo, mm, be, out_key, via_arg, tpl, embedded, bb, sum_g, ctx(), join, outer)], v)

the_dag = flow()
assert the_dag.dag_id == "taskflow_semantics"
if __name__ == "__main__":
    the_dag.test()
