import copy
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace

import msgspec
import pendulum
import pytest

from tradewind.authoring import ports
from tradewind.authoring.assets import Asset, AssetAlias
from tradewind.authoring.call import CONTEXT_KEYS, call_with_context
from tradewind.authoring.context import (
    Context,
    NoContextError,
    build_context,
    context_merge,
    context_to_airflow_vars,
    get_current_context,
    running,
)
from tradewind.authoring.exceptions import AirflowException, AirflowNotFoundException, ParamValidationError
from tradewind.authoring.params import Param, ParamsDict
from tradewind.authoring.templates import TemplateEnvironment, render
from tradewind.model.ids import TaskKey
from tradewind.model.messages import GetConnection, GetRun, GetVariable, LogMetric, RunFacts, RunTry
from tradewind.model.records import RunRecord
from tradewind.model.states import RunState, RunType, TryPurpose
from tradewind.timetables import build, schedule_spec

LOGICAL = datetime(2025, 3, 1, tzinfo=UTC)
EARLIER = LOGICAL - timedelta(days=1)
ASSET = Asset("orders")


class Answering:
    """Knows one variable, one connection and one earlier run; notes what it was asked and told."""

    def __init__(self):
        self.asked, self.told = [], []

    def ask(self, request):
        self.asked.append(request)
        match request:
            case GetVariable(key="there"):
                return '{"a": [1, 2]}'
            case GetRun(which="previous_success"):
                record = RunRecord(
                    "sales", "before", RunState.SUCCESS, RunType.SCHEDULED, EARLIER, EARLIER, LOGICAL, LOGICAL,
                    None, LOGICAL, LOGICAL + timedelta(hours=1), "", "",
                )  # fmt: skip
                return msgspec.to_builtins(record, builtin_types=(datetime,))
            case GetVariable() | GetConnection():
                return None

    def tell(self, notice):
        self.told.append(notice)


@pytest.fixture
def supervisor():
    answering = Answering()
    ports.install(answering)
    yield answering
    ports.install(None)


def context_of(*, logical_date=LOGICAL, conf=None, dag_params=None, schedule="@daily", **task):
    facts = RunFacts(
        run_type=RunType.SCHEDULED,
        state=RunState.RUNNING,
        logical_date=logical_date,
        data_interval_start=logical_date,
        data_interval_end=logical_date and logical_date + timedelta(days=1),
        run_after=LOGICAL,
        started_at=LOGICAL,
        conf=conf or {},
    )
    message = RunTry(
        try_id="try",
        task=TaskKey("sales", "run", "load"),
        try_number=2,
        max_tries=3,
        purpose=TryPurpose.EXECUTE,
        run=facts,
        log_path="",
        artifact_url="",
        inline_value_bytes=1,
        max_map_length=1,
    )
    dag = SimpleNamespace(dag_id="sales", params=ParamsDict(dag_params), timetable=build(schedule_spec(schedule)))
    task = SimpleNamespace(**{"dag": dag, "params": {}, "inlets": [], "outlets": [ASSET], "owner": "ann", **task})
    ti = SimpleNamespace(
        dag_id="sales", task_id="load", try_number=2, start_date=LOGICAL, dag_run=SimpleNamespace(run_id="run")
    )
    return build_context(message, task, ti)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("ds", "2025-03-01"),
        ("ds_nodash", "20250301"),
        ("ts", "2025-03-01T00:00:00+00:00"),
        ("ts_nodash", "20250301T000000"),
        ("ts_nodash_with_tz", "20250301T000000+0000"),
        ("yesterday_ds", "2025-02-28"),
        ("yesterday_ds_nodash", "20250228"),
        ("tomorrow_ds", "2025-03-02"),
        ("next_ds", "2025-03-02"),
        ("next_ds_nodash", "20250302"),
        ("prev_ds", "2025-02-28"),
        ("prev_ds_nodash", "20250228"),
        ("latest_date", "2025-03-01"),
        ("run_id", "run"),
        ("try_number", 2),
        ("task_instance_key_str", "sales__load__20250301"),
        ("test_mode", False),
        ("templates_dict", None),
        ("inlets", []),
        ("outlets", [ASSET]),
    ],
)
def test_plain_variables(name, expected):
    assert context_of()[name] == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("logical_date", LOGICAL),
        ("execution_date", LOGICAL),
        ("data_interval_start", LOGICAL),
        ("data_interval_end", LOGICAL + timedelta(days=1)),
        ("next_execution_date", LOGICAL + timedelta(days=1)),
        ("prev_execution_date", EARLIER),
        ("prev_data_interval_start_success", EARLIER),
        ("prev_data_interval_end_success", LOGICAL),
        ("prev_start_date_success", LOGICAL),
        ("prev_end_date_success", LOGICAL + timedelta(hours=1)),
        ("prev_execution_date_success", EARLIER),
    ],
)
@pytest.mark.usefixtures("supervisor")
def test_dates_are_pendulum_objects(name, expected):
    value = context_of()[name]
    assert value == expected
    assert isinstance(value, pendulum.DateTime)


def test_earlier_runs_are_asked_for_once_and_only_when_looked_at(supervisor):
    context = context_of()
    assert context["ds"]
    assert supervisor.asked == []
    assert context["prev_start_date_success"]
    assert context["prev_end_date_success"]
    assert len(supervisor.asked) == 1


@pytest.mark.usefixtures("supervisor")
@pytest.mark.parametrize(("schedule", "following"), [(None, None), ("@once", None), (timedelta(hours=1), "2025-03-02")])
def test_neighbours_on_the_schedule_may_be_missing(schedule, following):
    assert context_of(schedule=schedule)["next_ds"] == following
    assert context_of(schedule=schedule).get("prev_ds", "?") == (schedule and following and "2025-02-28")


def test_a_run_without_a_logical_date_has_no_dates_that_follow_from_it():
    context = context_of(logical_date=None)
    assert "ds" not in context
    assert "next_ds" not in context
    assert context["data_interval_start"] is None
    assert context["task_instance_key_str"] == "sales__load__run"
    with pytest.raises(KeyError):
        context["ts"]


@pytest.mark.usefixtures("supervisor")
def test_a_function_may_ask_for_every_variable_there_is():
    given = call_with_context(lambda **kwargs: kwargs, [], {"mine": 1}, context_of())
    # `exception` comes with a failure, `template_searchpath` was Airflow 1.8's
    assert CONTEXT_KEYS - given.keys() <= {"exception", "template_searchpath"}
    assert given["mine"] == 1
    assert given["ds"] == "2025-03-01"
    assert call_with_context(lambda ds, ti: (ds, ti.task_id), [], {}, context_of()) == ("2025-03-01", "load")


# ------------------------------------------------------------------------------------ params, var, conn, assets


def test_params_come_from_dag_task_run_and_conf():
    declared = {"a": 1, "b": Param(2, type="integer"), "c": 3}
    context = context_of(dag_params=declared, params={"c": 30}, conf={"b": 20, "new": 5})
    assert context["params"] == {"a": 1, "b": 20, "c": 30, "new": 5}


def test_a_param_that_does_not_fit_is_refused():
    with pytest.raises(ParamValidationError, match="param b"):
        context_of(dag_params={"b": Param(2, type="integer")}, conf={"b": "x"})["params"]


def test_variables_and_connections_are_looked_up_by_name(supervisor, monkeypatch):
    monkeypatch.setenv("AIRFLOW_CONN_DB", "postgres://me:pw@host:5432/db")
    context = context_of()

    def text(template):
        return render(template, context, TemplateEnvironment())

    assert text("{{ var.value.there }}") == '{"a": [1, 2]}'
    assert text("{{ var.json.there.a[1] }}") == "2"
    assert text("{{ var.value.get('gone', 'fallback') }} {{ var.json.get('gone', {'k': 1}).k }}") == "fallback 1"
    assert text("{{ conn.db.host }}:{{ conn.db.port }} {{ conn.get('gone', 'none') }}") == "host:5432 none"
    for template in ("{{ var.value.gone }}", "{{ conn.gone.host }}"):
        with pytest.raises(AirflowException, match="cannot be rendered") as caught:
            text(template)
        assert isinstance(caught.value.__cause__, AirflowNotFoundException)
        assert "tradewind" in caught.value.hint


def test_metrics_are_told(supervisor):
    context_of()["log_metric"]("loss", 1, step=3)
    assert supervisor.told == [LogMetric("try", "loss", 1.0, 3)]


def test_a_task_may_say_something_about_its_outlets():
    events = context_of()["outlet_events"]
    events[ASSET].extra = {"rows": 3}
    events[AssetAlias("daily")].add(ASSET, extra={"day": 1})
    assert len(events["unused"].extra) == 0
    assert [event["extra"] for event in events.as_plain()] == [{"rows": 3}, {}]
    assert events.as_plain()[1]["added"][0]["asset"]["name"] == "orders"
    assert list(context_of()["inlet_events"][ASSET]) == []


# ------------------------------------------------------------------------------------ as a dict


def test_a_context_is_a_dict_that_makes_its_items_when_asked():
    made = []
    context = Context({"a": 1}, {"b": lambda: made.append("b") or 2, "c": lambda: made.append("c") or 3})
    assert isinstance(context, dict)
    assert (list(context), len(context), "b" in context, "z" in context, made) == (["a", "b", "c"], 3, True, False, [])
    assert (context["b"], context.get("b"), context.get("z", 9), made) == (2, 2, 9, ["b"])
    assert {**context} == dict(context.items()) == {"a": 1, "b": 2, "c": 3} == context
    assert made == ["b", "c"]


def test_a_context_can_be_changed_and_copied():
    context = Context({"a": 1}, {"b": lambda: 2, "c": lambda: 3})
    other = copy.copy(context)
    context_merge(context, {"b": 20}, d=4)
    del context["c"]
    assert context == {"a": 1, "b": 20, "d": 4}
    assert other == copy.deepcopy(other) == {"a": 1, "b": 2, "c": 3}
    assert (other.pop("b"), "b" in other, other.setdefault("e", 5), other.pop("z", None)) == (2, False, 5, None)
    with pytest.raises(KeyError):
        del other["b"]


# ------------------------------------------------------------------------------------ the current one


def test_the_running_task_has_a_current_context():
    with running({"ds": "1"}), running({"ds": "2"}):
        assert get_current_context()["ds"] == "2"
        seen = []
        thread = threading.Thread(target=lambda: seen.append(get_current_context()["ds"]))
        thread.start()
        thread.join()
        assert seen == ["2"]
    for kind in (NoContextError, AirflowException, RuntimeError):
        with pytest.raises(kind, match="no context was found"):
            get_current_context()


def test_child_processes_can_be_told_who_runs():
    told = context_to_airflow_vars(context_of(email=["a@x", "b@x"]), in_env_var_format=True)
    assert told == {
        "AIRFLOW_CTX_DAG_EMAIL": "a@x,b@x",
        "AIRFLOW_CTX_DAG_OWNER": "ann",
        "AIRFLOW_CTX_DAG_ID": "sales",
        "AIRFLOW_CTX_TASK_ID": "load",
        "AIRFLOW_CTX_TRY_NUMBER": "2",
        "AIRFLOW_CTX_EXECUTION_DATE": "2025-03-01T00:00:00+00:00",
        "AIRFLOW_CTX_LOGICAL_DATE": "2025-03-01T00:00:00+00:00",
        "AIRFLOW_CTX_DAG_RUN_ID": "run",
    }
    assert context_to_airflow_vars({"run_id": "run"}) == {"airflow.ctx.dag_run_id": "run"}


def test_a_context_costs_no_pendulum_until_a_date_is_looked_at():
    code = """
import sys
sys.path.insert(0, sys.argv[1])
from test_context import context_of
sys.modules.pop("pendulum", None)
context = context_of()
for name in ("ds", "ts", "run_id", "ti", "params", "next_ds", "task_instance_key_str"):
    context[name]
print("pendulum" in sys.modules)
context["logical_date"]
print("pendulum" in sys.modules)
"""
    folder = __file__.rpartition("/")[0]
    run = subprocess.run([sys.executable, "-c", code, folder], capture_output=True, text=True, check=True)
    assert run.stdout.split() == ["False", "True"]
