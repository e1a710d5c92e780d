"""Values through real runs: every form of pulling, frames, arrays and models, files of values, and what is kept."""

from __future__ import annotations

import pytest
from tests.end_to_end.conftest import Ended, Place

from tradewind.model.ids import RunKey

PULLS = """
@task
def one():
    return 1

@task
def two(ti=None):
    ti.xcom_push(key="extra", value={"deep": [2]})
    return 2

@task
def silent(): ...

@task
def mapped(n):
    return n * 10

@task(multiple_outputs=True)
def several():
    return {"x": 1, "y": "why"}

@task
def pulls(ti=None, x=None, y=None):
    note(f"one task: {ti.xcom_pull(task_ids='one')}")
    note(f"a list: {ti.xcom_pull(task_ids=['one', 'two'])}")
    note(f"a key: {ti.xcom_pull(task_ids='two', key='extra')}")
    note(f"without task ids: {ti.xcom_pull(key='extra')}")
    note(f"missing: {ti.xcom_pull(task_ids='silent')} {ti.xcom_pull(task_ids='one', key='no', default=7)}")
    note(f"mapped: {list(ti.xcom_pull(task_ids='mapped'))}")
    note(f"one instance: {ti.xcom_pull(task_ids='mapped', map_indexes=1)}")
    note(f"outputs: {x} {y} {ti.xcom_pull(task_ids='several', key='y')}")
    note(f"earlier: {ti.xcom_pull(task_ids='later', include_prior_dates=True)}")

@task
def later(ti=None, ds=None):
    return ds

outputs = several()
pulled = pulls(x=outputs["x"], y=outputs["y"])
[one(), two(), silent(), mapped.expand(n=[0, 1, 2])] >> pulled >> later()
"""


def test_pulling_in_all_forms(place: Place) -> None:
    file = place.dag(PULLS, arguments="start_date=datetime(2025, 1, 1)")
    assert place.run(file, "--logical-date", "2025-03-01").code == 0
    place.trace_file.unlink()

    ended = place.run(file, "--logical-date", "2025-03-02")

    assert ended.code == 0, ended.output
    assert place.trace == [
        "one task: 1",
        "a list: [1, 2]",
        "a key: {'deep': [2]}",
        "without task ids: {'deep': [2]}",
        "missing: None 7",
        "mapped: [0, 10, 20]",
        "one instance: 10",
        "outputs: 1 why why",
        "earlier: 2025-03-01",
    ]


SCIENCE = """
@task
def makes():
    import numpy as np
    import pandas as pd
    frame = pd.DataFrame({"x": np.arange(200_000.0), "word": ["a", "b"] * 100_000})
    small = pd.DataFrame({"when": pd.to_datetime(["2025-01-01"]), "x": [1]}).set_index("when")
    return {"frame": frame, "small": small, "array": np.ones((1000, 300)), "score": np.float64(0.5)}

@task
def trains(given):
    from sklearn.linear_model import LogisticRegression
    model = LogisticRegression().fit(given["frame"][["x"]].head(100), given["frame"]["word"].head(100))
    return model

@task
def reads(given, model):
    import numpy as np
    array = given["array"]
    base = array
    while getattr(base, "base", None) is not None and not isinstance(base, np.memmap):
        base = base.base
    note(f"{type(given['frame']).__name__} {given['frame'].shape} {type(given['small'].index).__name__}")
    note(f"array {array.sum():.0f} mapped {'mmap' in repr(type(base)).lower()} writeable {array.flags.writeable}")
    note(f"{type(model).__name__} {len(model.classes_)} {type(given['score']).__name__}")
    note(f"maps {any('artifacts' in line for line in open('/proc/self/maps'))}")

made = makes()
reads(made, trains(made))
"""


@pytest.mark.slow
def test_frames_arrays_and_models(place: Place) -> None:
    ended = place.run(place.dag(SCIENCE))

    assert ended.code == 0, ended.output
    assert place.trace == [
        "DataFrame (200000, 2) DatetimeIndex",
        place.trace[1],
        "LogisticRegression 2 float64",
        "maps True",
    ]
    assert place.trace[1].startswith("array 300000 ")


def test_equal_values_are_stored_once_and_go_with_their_run(place: Place) -> None:
    file = place.dag(
        """
        @task
        def big(n):
            return b"x" * 1_000_000
        big.expand(n=[1, 2, 3])
        """
    )
    for number in (1, 2):
        assert place.run(file, "--run-id", f"run{number}").code == 0

    assert len(_artifacts(place)) == 1
    assert place.tradewind("runs", "delete", "flow", "run1", "--yes").code == 0
    assert len(_artifacts(place)) == 1
    assert place.tradewind("runs", "delete", "flow", "run2", "--yes").code == 0
    assert _artifacts(place) == []


def _artifacts(place: Place) -> list[str]:
    return [path.name for path in (place.home / "artifacts").rglob("*") if path.is_file()]


SECRETS = """
from tradewind import BaseHook, Variable

@task
def leaks():
    password = BaseHook.get_connection("db").password
    key = Variable.get("api_key")
    print("the password is", password, "and the key", key)
    print("x" * 5000 + key + "y" * 5000)
    sys.stderr.write(f"url=postgres://me:{password}@host/db\\n")
    os.system(f"echo from the shell {key}")
    import logging
    logging.getLogger("mine").warning("logged %s", password)
    raise ValueError(f"cannot connect with {password}")

leaks()
"""


def test_secrets_never_reach_a_log_an_error_or_the_terminal(place: Place) -> None:
    assert place.tradewind("variables", "set", "api_key", "k3y-0f-gold").code == 0
    assert place.tradewind("connections", "add", "db", "--conn-uri", "postgres://me:s3cret-w0rd@host/db").code == 0

    ended = place.run(place.dag(SECRETS))

    assert ended.code == 1
    kept = "\n".join(path.read_bytes().decode(errors="replace") for path in place.home.rglob("*") if path.is_file())
    for secret in ("k3y-0f-gold", "s3cret-w0rd"):
        assert secret not in ended.output
        assert secret not in place.log("leaks")
        assert secret not in kept, "variables and connections are encrypted, and nothing else keeps them"
    for text in ("the password is ***", "from the shell ***", "logged ***", "cannot connect with ***"):
        assert text in place.log("leaks")


def test_progress_and_metrics_are_kept(place: Place) -> None:
    file = place.dag(
        """
        from tradewind import log_metric

        @task
        def trains(progress=None):
            for step in range(5):
                log_metric("loss", 1 / (step + 1), step=step)
                progress(step + 1, 5)
            log_metric("accuracy", 0.875)
        trains()
        """
    )

    ended = place.run(file)

    assert ended.code == 0, ended.output
    ended.has("accuracy", "0.875")
    with place.store() as store:
        metrics = store.metrics(RunKey("flow", place.newest_run().run_id))
    assert [(one.name, one.step, one.value) for one in metrics if one.name == "loss"] == [
        ("loss", step, 1 / (step + 1)) for step in range(5)
    ]
    assert [one.value for one in metrics if one.name == "accuracy"] == [0.875]


@pytest.fixture(scope="module")
def templated(shared_place: Place) -> Ended:
    place = shared_place
    place.write("query.sql", "select * from {{ params.table }} where day = '{{ ds }}' -- {{ var.value.who }}")
    place.write("say.sh", "echo shell {{ ti.xcom_pull(task_ids='first') }} {{ params.table | upper }} >> $TRACE\n")
    file = place.dag(
        """
        from airflow.operators.bash import BashOperator
        from airflow.operators.python import PythonOperator
        from airflow.models.baseoperator import BaseOperator

        class Query(BaseOperator):
            template_fields = ("sql",)
            template_ext = (".sql",)

            def __init__(self, *, sql, **kwargs):
                super().__init__(**kwargs)
                self.sql = sql

            def execute(self, context):
                note(self.sql)

        @task
        def first():
            return "value"

        @task
        def reads(conf_value, sizes, params=None, dag_run=None):
            note(f"{params['table']} {sorted(dag_run.conf)} {conf_value} {sizes!r}")

        @task.bash(env={"WHO": "{{ params.table }}"}, append_env=True)
        def shell():
            return "echo bash $WHO {{ ds_nodash }} >> $TRACE; echo last line"

        @task.sensor(poke_interval=0.05, timeout=60)
        def waits():
            note("pokes")
            return open(os.environ["TRACE"]).read().count("pokes") >= 3

        @task.external_python(python=sys.executable)
        def elsewhere(n):
            return n + 1

        @task.virtualenv(requirements=[], system_site_packages=False)
        def in_its_own(n):
            import sys
            return n * 2 if sys.prefix != sys.base_prefix else None

        @task
        def read_all(text, number, more):
            note(f"{text} {number} {more}")

        said = shell()
        start = first()
        start >> [Query(task_id="query", sql="query.sql"), BashOperator(task_id="say", bash_command="say.sh")]
        start >> reads("{{ dag_run.conf['who'] }}", sizes="{{ params.sizes }}")
        start >> waits()
        read_all(said, elsewhere(41), in_its_own(4))
        PythonOperator(task_id="old", python_callable=lambda ds, **kw: note(f"old {ds} {kw['x']}"), op_kwargs={"x": "{{ 1 + 1 }}"})
        """,
        arguments="start_date=datetime(2025, 1, 1), render_template_as_native_obj=True, params={'table': 'people', 'sizes': [1, 2]}",
    )
    assert place.tradewind("variables", "set", "who", "me").code == 0
    return place.run(file, "--logical-date", "2025-05-01", "-p", "table=animals", "--conf", '{"who": "somebody"}')


@pytest.mark.parametrize(
    "said",
    [
        "select * from animals where day = '2025-05-01' -- me",
        "shell value ANIMALS",
        "animals ['who'] somebody [1, 2]",
        "bash animals 20250501",
        "last line 42 8",
        "old 2025-05-01 2",
    ],
)
def test_templates_params_and_other_interpreters(shared_place: Place, templated: Ended, said: str) -> None:
    assert templated.code == 0, templated.output
    assert said in shared_place.trace


def test_a_sensor_pokes_until_it_is_so(shared_place: Place, templated: Ended) -> None:
    assert shared_place.trace.count("pokes") == 3
