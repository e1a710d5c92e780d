"""`cache=`: what is skipped, what is run again, and the reason that is given, in real runs."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime

import pytest

from tradewind.model.ids import RunKey
from tradewind.purge import delete_runs
from tradewind.store import open_store

PIPE = """
import pandas as pd
import features

LIMIT = 10

@task(cache=True)
def load(n=50):
    return pd.DataFrame({"a": range(n)})

@task(cache=True)
def train(df, params=None):
    # a comment
    return {"score": features.scale(float(df["a"].sum())) * params["lr"], "limit": LIMIT}

@task(cache=True)
def square(x):
    return x * x

@task(cache=True)
def total(xs, ti=None):
    ti.xcom_push("extra", 5)
    return sum(xs)

with DAG("pipe", params={"lr": 0.5, "other": 1}):
    train(load())
    total(square.expand(x=[1, 2, 3]))
"""
FEATURES = """
SCALE = 3

def scale(x):
    return helper(x)

def helper(x):
    return x * SCALE

def unused(x):
    return x
"""


def test_an_unchanged_pipeline_is_skipped_with_the_same_values(place):
    place.write(PIPE)
    place.write(FEATURES, "features.py")
    first = place.run()
    assert {one.why for one in first.outcomes.values()} == {"first time"}
    place.edit("# a comment", "# another\n    # comment, on two lines")
    place.edit("def unused(x):\n    return x", "def unused(x):\n    return -x", "features.py")
    again = place.run(params={"other": 2})
    assert again.hits() == {"load", "train", "square", "total"}
    assert again.value("train") == first.value("train") == {"score": 1837.5, "limit": 10}
    assert again.value("load").equals(first.value("load"))
    assert [again.value("square", path=(n,)) for n in range(3)] == [1, 4, 9]
    assert (again.value("total"), again.value("total", "extra")) == (14, 5)
    assert set(again.why.values()) == {f"the same as in run {first.run_id}"}
    assert f"not run: the same as in run {first.run_id}" in again.logs["train", ()]


def test_each_edit_is_a_miss_that_says_why_and_what_does_not_depend_on_it_is_skipped(place):
    place.write(PIPE)
    place.write(FEATURES, "features.py")
    place.run()

    place.edit("return x * x", "return x ** 2")
    changed = place.run(params={"lr": 0.25})
    assert changed.outcome("square", (0,)).why == "the function `square` changed"
    assert "-    return x * x\n+    return x ** 2" in changed.outcome("square", (0,)).detail
    assert changed.outcome("train").why == "param `lr` changed: 0.5 → 0.25"
    assert changed.hits() == {"load", "total"}  # the squares are the same numbers

    place.edit("SCALE = 3", "SCALE = 4", "features.py")
    place.edit("return x * SCALE", "return SCALE * x", "features.py")
    why = place.run(params={"lr": 0.25}).outcome("train").why
    assert "the global `SCALE` changed: 3 → 4" in why
    assert "features.helper, which it calls, changed" in why

    place.edit("n=50", "n=60")
    found = place.run(params={"lr": 0.25})
    assert found.outcome("load").changed == ("code load",)
    assert found.outcome("train").changed == ("input df",)
    assert found.outcome("train").why.startswith("input `df` changed")


SMALL = """
{before}
@task({arguments})
def t({parameters}):
    {body}

with DAG("pipe", start_date=datetime(2025, 1, 1), params={{"a": 1, "b": 2}}):
    t({given})
"""
DAY = {"logical_date": datetime(2025, 5, 1, tzinfo=UTC)}
NEXT_DAY = {"logical_date": datetime(2025, 5, 2, tzinfo=UTC)}


def small(place, *, before="", arguments="cache=True", parameters="", body="return 1", given=""):
    place.write(SMALL.format(before=before, arguments=arguments, parameters=parameters, body=body, given=given))


@pytest.mark.parametrize(
    ("given", "is_hit"),
    [
        ({"parameters": "ds=None", "body": "return ds"}, False),
        ({"parameters": "**context", "body": "return context['ds']"}, False),
        ({"parameters": "**context", "body": "return len(context)"}, True),
        ({"parameters": "x", "body": "return x", "given": "'{{ ds }}'"}, False),
        ({"parameters": "x", "body": "return x", "given": "'{{ params.a }}'"}, True),
        ({"body": "return 1"}, True),
        ({"arguments": "cache=ml.Cache(ignore=['ds'])", "parameters": "ds=None", "body": "return ds"}, True),
        ({"arguments": "cache=ml.Cache(files=['{{ ds }}.csv'])"}, False),
    ],
    ids=["names-a-date", "looks-one-up", "whole-context", "template", "other-template", "nothing", "ignored", "file"],
)
def test_what_a_task_takes_from_the_day_counts_and_nothing_else(place, given, is_hit):
    small(place, **given)
    place.run(**DAY)
    assert place.run(**NEXT_DAY).outcome().is_hit is is_hit


def test_a_time_to_live_a_version_and_files_are_declared(place):
    (place.dags / "data.csv").write_text("1")
    cache = "cache=ml.Cache(ttl=timedelta(days=1), version='1', files=['data.csv'])"
    small(place, arguments=cache)
    place.run()
    assert place.run().outcome().is_hit
    (place.dags / "data.csv").write_text("2")
    assert place.run().outcome().why == "the file data.csv changed"
    place.edit("version='1'", "version='2'")
    assert place.run().outcome().changed == ("version version",)
    place.edit("ttl=timedelta(days=1)", "ttl=0")
    assert "is older than its ttl of 0:00:00" in place.run().outcome().why


def test_an_operator_is_skipped_while_its_rendered_fields_and_arguments_are_the_same(place):
    place.write("""
        from airflow.providers.standard.operators.bash import BashOperator

        class Add(BashOperator):
            def __init__(self, *, more=0, **kwargs):
                super().__init__(**kwargs)
                self.more = more

            def execute(self, context):
                return int(super().execute(context)) + self.more

        with DAG("pipe", params={"n": 1}):
            BashOperator(task_id="plain", bash_command="echo {{ params.n }}", cache=True)
            Add(task_id="t", bash_command="echo 5", more=2, cache=True)
        """)
    assert place.run().value() == 7
    assert place.run().hits() == {"plain", "t"}
    found = place.run(params={"n": 2})
    assert found.outcome("plain").why == "argument `bash_command` changed: 'echo 1' → 'echo 2'"
    place.edit("+ self.more", "- self.more")
    place.edit("more=2", "more=3")
    found = place.run(params={"n": 2})
    assert found.outcome().changed == ("operator more", "code Add")
    assert found.value() == 2


def test_a_value_that_was_deleted_from_the_store_is_a_miss_that_says_so(place):
    small(place, body="return list(range(100_000))")
    first = place.run()
    shutil.rmtree(place.settings.artifact_url)
    found = place.run()
    assert f"the value 'return_value' of run {first.run_id} was deleted from the artifact store" in found.outcome().why
    assert found.value() == list(range(100_000))
    assert place.run().outcome().from_run_id == found.run_id


def test_a_run_that_was_deleted_is_a_miss_that_says_so(place):
    small(place)
    first = place.run()
    settings = place.settings
    store = open_store(settings.database_url, home=settings.home)
    delete_runs(settings, store, [RunKey("pipe", first.run_id)])
    store.close()
    assert place.run().outcome().why == f"run {first.run_id}, which made the values, was deleted"
    assert place.run().outcome().is_hit


def test_what_cannot_be_hashed_is_a_miss_with_the_reason_and_no_failure(place):
    small(
        place,
        before="class Odd:\n    def __reduce__(self):\n        raise RuntimeError('no pickle')",
        parameters="x",
        body="return 3",
        given="Odd()",
    )
    found = place.run()
    assert (found.state, found.value(), found.outcome().is_hit) == ("success", 3, False)
    assert "the input 'x'" in found.outcome().why
    assert not place.run().outcome().is_hit


def test_a_sample_of_hits_is_run_all_the_same_and_values_that_differ_are_reported(place):
    small(place, before="import time", body="return time.time()")
    place.overrides["cache_check_share"] = 1.0
    place.run()
    found = place.run()
    assert found.outcome().checked == "different"
    assert "they differ from those made now: return_value" in found.logs["t", ()]
    small(place, body="return 2")
    place.run()
    assert place.run().outcome().checked == "same"


def test_branches_skip_what_they_skipped_and_failures_are_never_kept(place):
    place.write("""
        @task.branch(cache=True)
        def choose():
            return "left"

        @task
        def left():
            return 1

        @task
        def right():
            return 2

        @task(cache=True)
        def fails():
            raise ValueError("no")

        with DAG("pipe"):
            choose() >> [left(), right()]
            fails()
        """)
    place.run()
    found = place.run()
    assert found.hits() == {"choose"}
    assert ("left", "return_value", ()) in found.values
    assert ("right", "return_value", ()) not in found.values
    assert found.outcome("fails").why == "first time"


def test_a_branch_is_decided_anew_where_others_come_after_it(place):
    place.write("""
        @task.branch(cache=True)
        def choose():
            return "group"

        @task
        def one():
            return 1

        with DAG("pipe"):
            with TaskGroup("group") as group:
                one()
            choose() >> group
        """)
    place.edit("import DAG, dag, task", "import DAG, TaskGroup, dag, task")
    place.run()
    assert place.run().hits() == {"choose"}
    place.edit("        one()\n", "        one()\n        one.override(task_id='two')()\n")
    found = place.run()
    assert found.outcome("choose").why == "it decides which tasks after it run, and those are others now"
    assert ("group.two", "return_value", ()) in found.values


def test_what_a_task_logged_is_there_again_and_what_prepares_or_waits_is_always_run(place):
    place.write("""
        from airflow.providers.standard.sensors.python import PythonSensor

        @task
        def train():
            ml.log_metrics({"loss": 0.5})
            for step in range(3):
                ml.log_metric("curve", step, step=step)

        @task
        def prepare():
            return 1

        with DAG("pipe", default_args={"cache": True}):
            PythonSensor(task_id="waits", python_callable=lambda: True) >> prepare().as_setup() >> train()
        """)
    first, again = place.run(), place.run()
    assert again.hits() == {"train"}
    assert set(again.outcomes) == {("train", ())}
    assert again.metrics == first.metrics == [("loss", 0.5, None), *(("curve", float(n), n) for n in range(3))]


def test_a_condition_above_a_task_is_asked_each_time(place):
    place.write("""
        @task.skip_if(lambda context: context["params"]["skip"])
        @task(cache=True)
        def t():
            return 1

        with DAG("pipe", params={"skip": False}):
            t()
        """)
    place.run()
    assert place.run().outcome().is_hit
    skipped = place.run(params={"skip": True})
    assert ("t", "return_value", ()) not in skipped.values


def test_new_items_of_a_mapped_task_run_and_the_others_are_skipped_wherever_they_stand(place):
    place.write("""
        @task(cache=True)
        def t(x):
            return x * 10

        with DAG("pipe"):
            t.expand(x=[1, 2])
        """)
    place.run()
    place.edit("[1, 2]", "[7, 1, 2]")
    found = place.run()
    assert [found.outcome("t", (n,)).is_hit for n in range(3)] == [False, True, True]
    assert [found.value("t", path=(n,)) for n in range(3)] == [70, 10, 20]


def test_what_is_mapped_over_the_values_of_other_tasks_is_skipped_whatever_it_is_and_wherever_it_stands(place):
    place.write("""
        from airflow.providers.standard.operators.bash import BashOperator
        from airflow.sdk import task_group

        @task(cache=True)
        def items():
            return [1, 2]

        @task(cache=True)
        def frames():
            import pandas
            return [pandas.DataFrame({"a": [n]}) for n in range(2)]

        @task(cache=True)
        def flow(x, y=0):
            return x * 10 + y

        @task(cache=True)
        def rows(frame):
            return len(frame)

        @task_group
        def each(x):
            flow.override(task_id="in_group")(x)

        with DAG("pipe"):
            xs = items()
            flow.expand(x=xs)
            flow.override(task_id="kwargs").expand_kwargs(xs.map(lambda x: {"x": x, "y": 5}))
            flow.override(task_id="crossed").expand(x=xs, y=items.override(task_id="more")())
            flow.override(task_id="zipped").expand(x=xs.map(lambda x: x + 1))
            rows.expand(frame=frames())
            BashOperator.partial(task_id="bash", cache=True).expand(bash_command=xs.map(lambda x: f"echo {x}"))
            each.expand(x=xs)
        """)
    first = place.run()
    again = place.run()
    assert {one.why for one in again.outcomes.values() if not one.is_hit} == set()
    assert (len(again.outcomes), again.values.keys()) == (19, first.values.keys())


def test_code_is_left_out_by_the_name_it_is_called_by(place):
    place.write("def helper(x):\n    return x + 1\n", "features.py")
    place.write("""
        import features
        FN = lambda x: x + 1

        @task(cache=ml.Cache(ignore=["FN", "helper"]))
        def t():
            return FN(1) + features.helper(1)

        @task(cache=True)
        def counts():
            return FN(2)

        with DAG("pipe"):
            t()
            counts()
        """)
    place.run()
    place.edit("x: x + 1", "x: x + 2")
    place.edit("x + 1", "x + 2", "features.py")
    found = place.run()
    assert (found.outcome().is_hit, found.outcome("counts").why) == (True, "FN, which it calls, changed")


def test_a_deferred_task_keeps_its_success_and_is_skipped_the_next_time(place):
    place.write("""
        from airflow.sdk import BaseOperator
        from airflow.providers.standard.triggers.temporal import TimeDeltaTrigger

        class Waits(BaseOperator):
            def execute(self, context):
                self.defer(trigger=TimeDeltaTrigger(timedelta(seconds=0)), method_name="go_on")

            def go_on(self, context, event=None):
                return "done"

        with DAG("pipe"):
            Waits(task_id="t", cache=True)
        """)
    assert place.run().value() == "done"
    found = place.run()
    assert (found.outcome().is_hit, found.value()) == (True, "done")


@pytest.mark.parametrize("wrong", ["ttl='soon'", "files=[3]"])
def test_wrong_arguments_are_told_with_their_line(place, wrong):
    small(place, arguments=f"cache=ml.Cache({wrong})")
    with pytest.raises(Exception, match=r"ml\.Cache\("):
        place.run()
