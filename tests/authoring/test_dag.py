"""DAG: its arguments, its schedule, what a user asks of one, and what the compiler refuses."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
import pytest

from tradewind.airflow_compat.plugins import PriorityWeightStrategy
from tradewind.authoring import defaults
from tradewind.authoring.assets import Asset
from tradewind.authoring.compile import compile_dag
from tradewind.authoring.dag import DAG
from tradewind.authoring.edges import chain
from tradewind.authoring.groups import TaskGroup
from tradewind.authoring.operator import BaseOperator
from tradewind.authoring.params import Param
from tradewind.authoring.registry import DagContext, collecting
from tradewind.authoring.taskflow import task
from tradewind.model.errors import DagFileError
from tradewind.operators.empty import EmptyOperator
from tradewind.timetables.errors import TimetableError

START = datetime(2025, 1, 1, tzinfo=UTC)


class Step(BaseOperator):
    pass


def test_arguments_of_every_version() -> None:
    with DAG(
        "d",
        "text",
        schedule_interval="@daily",
        default_args={"start_date": "2019-01-01", "params": {"a": 1}, "owner": "o"},
        concurrency=3,
        max_active_runs=2,
        dagrun_timeout=timedelta(hours=1),
        catchup=True,
        tags=["b", "a"],
        params={"b": Param(2, type="integer")},
        on_failure_callback=[print],
        fail_stop=True,
        access_control={"r": {"can_edit", "can_read"}},
        owner_links={"o": "https://example.com"},
        dag_display_name="D!",
        is_paused_upon_creation=True,
        sla_miss_callback=print,
        default_view="graph",
        orientation="LR",
        template_searchpath="/x",
        jinja_environment_kwargs={"trim_blocks": True},
        allowed_run_types=["manual"],
    ) as dag:
        Step(task_id="t")
    spec = compile_dag(dag, file="d.py")

    assert (spec.description, spec.catchup, spec.max_active_tasks, spec.max_active_runs) == ("text", True, 3, 2)
    assert (spec.start_date, spec.run_timeout_seconds, spec.tags) == (
        datetime(2019, 1, 1, tzinfo=UTC),
        3600,
        ("a", "b"),
    )
    assert (spec.owners, spec.label, spec.fail_fast) == (("o",), "D!", True)
    assert [(param.name, param.default) for param in spec.params] == [("a", 1), ("b", 2)]
    assert (spec.callbacks, spec.access_control) == (("on_failure_callback",), {"r": ["can_edit", "can_read"]})
    assert spec.extra["owner_links"] == {"o": "https://example.com"}


@pytest.mark.parametrize(
    ("wrong", "message", "hint"),
    [
        ({"schedul": "@daily"}, "unexpected argument 'schedul'", "did you mean 'schedule'?"),
        (
            {"schedule": "@daily", "schedule_interval": None},
            "only one of schedule and schedule_interval",
            "keep schedule=",
        ),
        ({"max_active_runs": "two"}, "max_active_runs='two' cannot be used: expected a whole number", "correct"),
        ({"catchup": "yes"}, "catchup='yes' cannot be used", "correct"),
        ({"dagrun_timeout": "1h"}, "expected a timedelta", "correct"),
        ({"start_date": "soon"}, "start_date='soon' cannot be used: expected a date", "correct"),
        ({"on_failure_callback": "notify"}, "expected a function", "correct"),
        ({"tags": [1]}, "expected a list of texts", "correct"),
        ({"description": {"owner": "me"}}, "expected a text", "correct"),
        ({"dag_id": "my dag"}, "may have letters, digits, dashes, dots and underscores only", "my_dag"),
        ({"dag_id": ""}, "the DAG id ''", "a_name"),
    ],
)
def test_wrong_argument_is_refused_with_a_hint(wrong: dict[str, Any], message: str, hint: str) -> None:
    with pytest.raises(DagFileError) as caught:
        DAG(**{"dag_id": "d", **wrong})
    assert message in caught.value.message
    assert hint in caught.value.hint
    assert caught.value.location is not None
    assert caught.value.location.file == __file__


@pytest.mark.parametrize("dag_id", ["übung", "日本語", "a.b-c_d"])
def test_ids_have_letters_of_any_script(dag_id: str) -> None:
    """As Airflow's `^[\\w.-]+$` does."""
    assert DAG(dag_id).dag_id == dag_id


@pytest.mark.parametrize(
    ("schedule", "kind", "assets"),
    [
        (None, "none", None),
        ("@daily", "cron", None),
        ("*/5 * * * *", "cron", None),
        (timedelta(hours=2), "delta", None),
        ("@once", "once", None),
        ("@continuous", "continuous", None),
        ([Asset("a"), Asset("b")], "assets", ["all", 2]),
        (Asset("a") | Asset("b"), "assets", ["any", 2]),
    ],
)
def test_schedules(schedule: Any, kind: str, assets: Any) -> None:
    spec = compile_dag(DAG("d", schedule=schedule, start_date=START)).schedule
    assert spec.kind == kind
    assert (
        spec.assets is None if assets is None else [*((k, len(v)) for k, v in spec.assets.items())] == [tuple(assets)]
    )


@pytest.mark.parametrize("schedule", ["never", "61 * * * *", "* * *", 5, timedelta(0)])
def test_a_schedule_that_cannot_be_parsed_names_the_dag_and_its_line(schedule: Any) -> None:
    dag = DAG("d", schedule=schedule, start_date=START)
    with pytest.raises(TimetableError) as caught:
        compile_dag(dag)
    assert "DAG 'd'" in caught.value.message
    assert caught.value.location == dag.location


def test_a_cron_follows_the_zone_of_the_start_date() -> None:
    dag = DAG("d", schedule="0 3 * * *", start_date=datetime(2025, 1, 1, tzinfo=ZoneInfo("Europe/Berlin")))
    assert compile_dag(dag).schedule.timezone == compile_dag(dag).timezone == "Europe/Berlin"


def test_start_date_is_needed_only_to_catch_up() -> None:
    compile_dag(DAG("d", schedule="@daily"))
    compile_dag(DAG("d", schedule=None, catchup=True))
    with pytest.raises(DagFileError, match="no start_date to catch up from"):
        compile_dag(DAG("d", schedule="@daily", catchup=True))


def test_scheduled_params_need_defaults_that_fit() -> None:
    compile_dag(DAG("d", schedule=None, params={"x": Param(type="integer")}))
    for wrong in (Param(type="integer"), Param("five", type="integer"), Param(None, type="string")):
        with pytest.raises(DagFileError, match="every param needs a valid default: Invalid input for param x"):
            compile_dag(DAG("d", schedule="@daily", start_date=START, params={"x": wrong}))


def test_cycle_names_its_path(dag: DAG) -> None:
    a, b, c = (Step(task_id=name) for name in "abc")
    a >> b >> c >> a
    with pytest.raises(DagFileError, match="a >> b >> c >> a"):
        compile_dag(dag)


def test_a_task_cannot_wait_for_itself(dag: DAG) -> None:
    a = Step(task_id="a")
    a >> a
    with pytest.raises(DagFileError, match="a >> a"):
        compile_dag(dag)


def test_fail_fast_wants_tasks_that_wait_for_success() -> None:
    with DAG("d", fail_fast=True) as dag:
        Step(task_id="t", trigger_rule="all_done")
    with pytest.raises(DagFileError, match="fail_fast"):
        compile_dag(dag)


def test_what_users_ask_of_a_dag(dag: DAG) -> None:
    with TaskGroup("g"):
        a, b, c = (Step(task_id=name) for name in "abc")
    chain(c, a, b)

    assert [task.task_id for task in dag.topological_sort()] == ["g.c", "g.a", "g.b"]
    assert (dag.task_ids, dag.has_task("g.a"), list(dag.task_group_dict)) == (["g.a", "g.b", "g.c"], True, ["g"])
    assert (dag.roots, dag.leaves, dag.get_task("g.b")) == ([c], [b], b)
    with pytest.raises(Exception, match="Task x not found in DAG 'd'"):
        dag.get_task("x")


def test_partial_subset_is_a_copy(dag: DAG) -> None:
    a, b, c, d = (Step(task_id=name) for name in "abcd")
    chain(a, b, c, d)
    part = dag.partial_subset("^c$", include_upstream=False, include_direct_upstream=True)

    assert part.task_ids == ["b", "c"]
    assert (part.get_task("b").upstream_task_ids, b.upstream_task_ids) == (set(), {"a"})
    assert [spec.task_id for spec in compile_dag(part).tasks] == ["b", "c"]


def test_doc_may_be_a_file_beside_the_dag_file(tmp_path: Path) -> None:
    (tmp_path / "doc.md").write_text("# From a file")
    assert DAG("d", doc_md="doc.md", full_filepath=str(tmp_path / "dag.py")).doc_md == "# From a file"


def test_a_strategy_of_the_authors_own_is_asked_when_the_dag_is_compiled(dag: DAG) -> None:
    class ByName(PriorityWeightStrategy):
        def get_weight(self, ti: Any) -> int:
            return len(ti.task_id) * 10 + ti.try_number

    Step(task_id="abc", weight_rule=ByName())

    assert compile_dag(dag).tasks[0].priority_weight == 31


def test_priorities_follow_the_weight_rule(dag: DAG) -> None:
    a, b, c = (Step(task_id=name, priority_weight=weight) for name, weight in zip("abc", (1, 10, 100), strict=True))
    up = Step(task_id="up", weight_rule="upstream")
    own = Step(task_id="own", weight_rule="absolute", priority_weight=7)
    a >> [b, c] >> up >> own
    assert {spec.task_id: spec.priority_weight for spec in compile_dag(dag).tasks} == {
        "a": 1 + 10 + 100 + 1 + 7,
        "b": 10 + 1 + 7,
        "c": 100 + 1 + 7,
        "up": 1 + 10 + 100 + 1,
        "own": 7,
    }


def test_only_a_bare_empty_operator_needs_no_process(dag: DAG) -> None:
    class Busy(EmptyOperator):
        def execute(self, context: Any) -> None:
            print("busy")

    class Marked(EmptyOperator):
        ui_color = "#fff"

    EmptyOperator(task_id="bare")
    Marked(task_id="marked")
    Busy(task_id="busy")
    EmptyOperator(task_id="calls", on_success_callback=print)
    EmptyOperator(task_id="updates", outlets=[Asset("a")])
    found = {spec.task_id: spec.needs_no_process for spec in compile_dag(dag).tasks}
    assert found == {"bare": True, "marked": True, "busy": False, "calls": False, "updates": False}


def test_hash_depends_on_the_source_and_not_on_lines(dag: DAG) -> None:
    def make(retries: int) -> str:
        with DAG("same", schedule="@daily", start_date=START, tags={"b", "a", "c"}) as made:
            a = Step(task_id="a", retries=retries, on_failure_callback=lambda context: None)
            a >> [Step(task_id="b"), Step(task_id="c")]
        return compile_dag(made).hash

    assert make(1) == make(1) != make(2)


def test_tasks_know_the_line_that_made_them(dag: DAG) -> None:
    made = Step(task_id="a")
    line = made.location.line
    Step(task_id="b")
    assert [spec.line for spec in compile_dag(dag).tasks] == [line, line + 2]


# ------------------------------------------------------------------------------------ which DAGs a file has


def test_a_files_dags_are_those_at_its_top_level_or_entered() -> None:
    with collecting() as collected:
        top = DAG("top")
        with DAG("entered") as entered:
            DAG("inner")
        with DAG("hidden", auto_register=False):
            pass
    assert collected.dags({"top": top, "other": 3}) == [top, entered]


def test_dags_open_outside_are_not_seen_by_a_file_and_errors_close_what_is_open(dag: DAG) -> None:
    with collecting():
        assert DagContext.get_current() is None
        assert Step(task_id="loose").dag is None
    with pytest.raises(ZeroDivisionError), collecting(), DAG("broken"), TaskGroup("g"):
        1 / 0
    assert DagContext.get_current() is dag
    assert Step(task_id="t").task_group is dag.task_group


def test_defaults_come_from_the_settings() -> None:
    chosen = msgspec.structs.replace(
        defaults.current(),
        default_timezone="Asia/Tokyo",
        default_retries=4,
        catchup_by_default=True,
        cron_data_intervals=False,
    )
    before = defaults.current()
    defaults.install(chosen)
    try:
        with DAG("d", schedule="@daily", start_date=datetime(2025, 1, 1)) as dag:
            Step(task_id="t")
        spec = compile_dag(dag)
    finally:
        defaults.install(before)
    assert (spec.timezone, spec.catchup, spec.tasks[0].retry.retries) == ("Asia/Tokyo", True, 4)
    assert spec.schedule.interval == "trigger"
    assert spec.start_date == datetime(2024, 12, 31, 15, tzinfo=UTC)


def test_a_large_dag_compiles(dag: DAG) -> None:
    @task
    def f() -> None: ...

    made = [f().operator for _ in range(3000)]
    chain(*made)
    spec = compile_dag(dag)
    assert (spec.tasks[-1].task_id, spec.tasks[0].priority_weight) == ("f__2999", 3000)


@pytest.mark.parametrize(
    ("schedule", "before", "after"),
    [("@daily", (2, 0), (3, 0)), (timedelta(hours=1), (2, 9), (2, 11)), (None, None, None)],
)
def test_neighbours_on_the_schedule(schedule, before, after):
    dag = DAG("d", schedule=schedule, start_date=datetime(2025, 1, 1, tzinfo=UTC))
    at = datetime(2025, 1, 2, 10, tzinfo=UTC)

    found = [near and (near.day, near.hour) for near in (dag.previous_schedule(at), dag.following_schedule(at))]

    assert found == [before, after]
