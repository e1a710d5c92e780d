"""BaseOperator: its arguments, where their defaults come from, and how wrong ones are refused."""

from __future__ import annotations

import copy
import inspect
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tradewind.authoring.compile import compile_dag
from tradewind.authoring.dag import DAG
from tradewind.authoring.groups import TaskGroup
from tradewind.authoring.operator import BaseOperator, apply_defaults
from tradewind.model.errors import DagFileError
from tradewind.model.spec import Resources
from tradewind.model.states import TriggerRule, WeightRule


class Step(BaseOperator):
    template_fields = ("text",)

    def __init__(self, *, size: int = 1, text: Any = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.size, self.text = size, text


class Needy(BaseOperator):
    @apply_defaults
    def __init__(self, conn_id: str, table: str = "t", *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conn_id, self.table = conn_id, table


class NeedyChild(Needy):
    def __init__(self, extra: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.extra = extra


def test_nearer_defaults_win() -> None:
    with DAG("d", default_args={"retries": 1, "owner": "dag", "pool": "dag", "conn_id": "dag", "extra": 5}):
        with TaskGroup("g", default_args={"owner": "group", "pool": "group"}), TaskGroup("h"):
            task = NeedyChild(task_id="t", pool="own")
        other = NeedyChild(task_id="t", default_args={"retries": 9}, extra=6)

    assert (task.retries, task.owner, task.pool, task.conn_id, task.extra) == (1, "group", "own", "dag", 5)
    assert (other.retries, other.owner, other.extra) == (9, "dag", 6)


def test_missing_argument_names_class_and_line() -> None:
    with pytest.raises(DagFileError, match="NeedyChild 't': missing keyword argument 'conn_id'") as caught:
        NeedyChild(task_id="t", extra=1)

    assert caught.value.location is not None
    assert caught.value.location.file == __file__


@pytest.mark.parametrize(
    ("wrong", "message", "hint"),
    [
        ({"retires": 3}, "Invalid arguments were passed: 'retires'", "did you mean 'retries'?"),
        ({"siz": 3}, "Invalid arguments were passed: 'siz'", "did you mean 'size'?"),
        ({"retries": "two"}, "retries='two' cannot be used: expected a whole number", "correct retries="),
        ({"retries": -1}, "at least 0", "correct retries="),
        ({"retries": 1.5}, "expected a whole number", "correct retries="),
        ({"retry_delay": "5m"}, "retry_delay='5m' cannot be used: expected a timedelta", "correct retry_delay="),
        ({"execution_timeout": "1h"}, "expected a timedelta", "correct execution_timeout="),
        ({"pool_slots": 0}, "at least 1", "correct pool_slots="),
        ({"trigger_rule": "all_good"}, "expected one of all_success", "correct trigger_rule="),
        ({"weight_rule": "sideways"}, "expected one of downstream", "correct weight_rule="),
        ({"start_date": "yesterday-ish"}, "expected a date", "correct start_date="),
        ({"on_failure_callback": "notify"}, "expected a function", "correct on_failure_callback="),
        ({"depends_on_past": "maybe"}, "expected True or False", "correct depends_on_past="),
        ({"resources": {"cpu": 1}}, "expected the keys cpus, memory and gpus", "correct resources="),
        ({"resources": {"memory": "lots"}}, "expected memory such as '4GiB'", "correct resources="),
        ({"email": 3}, "expected an address", "correct email="),
        ({"priority_weight": "high"}, "expected a whole number", "correct priority_weight="),
    ],
)
def test_wrong_argument_is_refused_with_a_hint(dag: DAG, wrong: dict[str, Any], message: str, hint: str) -> None:
    with pytest.raises(DagFileError) as caught:
        Step(task_id="t", **wrong)

    assert message in caught.value.message
    assert hint in caught.value.hint
    assert caught.value.location is not None
    assert caught.value.location.line > 0


def test_arguments_of_every_version_are_taken_and_kept(dag: DAG) -> None:
    task = Step(
        task_id="t",
        retries="2",
        retry_delay=60,
        retry_exponential_backoff=True,
        max_retry_delay=timedelta(hours=1),
        start_date="2019-01-01",
        trigger_rule="none_failed_or_skipped",
        weight_rule=WeightRule.ABSOLUTE,
        resources={"cpus": 2, "memory": "4GiB", "gpus": 0.5},
        task_concurrency=2,
        provide_context=True,
        adhoc=False,
        schedule_interval="@daily",
        on_failure_callback=[print, print],
        queue=None,
        pool=None,
        depends_on_past="False",
        worker_reuse=10,
        task_display_name="Step!",
    )
    spec = compile_dag(dag).tasks[0]

    assert (spec.retry.retries, spec.retry.delay_seconds, spec.retry.backoff, spec.retry.max_delay_seconds) == (
        2,
        60,
        2,
        3600,
    )
    assert task.start_date == datetime(2019, 1, 1, tzinfo=UTC)
    assert spec.trigger_rule is TriggerRule.NONE_FAILED_MIN_ONE_SUCCESS
    assert spec.resources == Resources(cpus=2, memory_bytes=4 * 1024**3, gpus=0.5)
    assert (spec.max_active_tis_per_dag, spec.pool, spec.queue, spec.depends_on_past) == (
        2,
        "default_pool",
        "default",
        False,
    )
    assert spec.reuse is not None
    assert spec.reuse.tries == 10
    assert (spec.label, spec.callbacks) == ("Step!", ("on_failure_callback",))


def test_position_arguments_are_refused() -> None:
    with pytest.raises(DagFileError, match="Use keyword arguments"):
        Step("t")  # type: ignore[misc]


@pytest.mark.parametrize("task_id", ["a b", "ä b", "a/b", "", "x" * 251, 3])
def test_bad_id_is_refused(task_id: Any) -> None:
    with pytest.raises(DagFileError, match="task id"):
        Step(task_id=task_id)


def test_duplicate_id_names_both_lines(dag: DAG) -> None:
    first = Step(task_id="t")
    with pytest.raises(DagFileError, match="'t' has already been added to the DAG 'd'") as caught:
        Step(task_id="t")
    assert str(first.location) in caught.value.message


def test_a_subclass_may_keep_something_else_under_an_arguments_name(dag: DAG) -> None:
    class Extract(BaseOperator):
        def __init__(self, start_date: str, **kwargs: Any) -> None:
            super().__init__(retries=1, **kwargs)
            self.start_date = start_date
            self.resources = object()
            self.retries = 4

    Extract(task_id="t", start_date="{{ ds }}")
    spec = compile_dag(dag).tasks[0]
    assert (spec.start_date, spec.resources, spec.retry.retries) == (None, Resources(), 4)


def test_a_subclass_may_pass_dag_itself() -> None:
    home = DAG("home")

    class Settled(BaseOperator):
        def __init__(self, **kwargs: Any) -> None:
            super().__init__(dag=home, **kwargs)

    assert Settled(task_id="t").dag is home


def test_edges_and_relatives(dag: DAG) -> None:
    a, b, c, d = (Step(task_id=name) for name in "abcd")
    a >> [b, c] >> d
    d << b

    assert a.downstream_task_ids == {"b", "c"}
    assert d.upstream_task_ids == {"b", "c"}
    assert [task.task_id for task in a.get_flat_relatives(upstream=False)] == ["b", "c", "d"]
    assert dag.roots == [a]
    assert dag.leaves == [d]


def test_tasks_of_two_dags_cannot_be_joined(dag: DAG) -> None:
    with pytest.raises(DagFileError, match="different DAGs"):
        Step(task_id="a") >> Step(task_id="b", dag=DAG("other"))


def test_a_task_takes_the_dag_of_the_one_it_is_joined_to(dag: DAG) -> None:
    here = Step(task_id="here")
    loose = copy.copy(here)
    with pytest.raises(DagFileError, match="None"):
        here >> None
    del loose
    assert dag.task_ids == ["here"]


def test_dag_on_the_left_of_an_arrow_takes_the_task_in() -> None:
    home = DAG("home")
    task = Step(task_id="t")
    home >> task  # Airflow 1
    assert task.dag is home


def test_deep_copy_of_a_dag_is_independent(dag: DAG) -> None:
    a = Step(task_id="a", text=["x"])
    a >> Step(task_id="b")
    other = copy.deepcopy(dag)
    other.get_task("a").text.append("y")

    assert a.text == ["x"]
    assert other.get_task("b").dag is other
    assert compile_dag(other).tasks[1].upstream == ("a",)


def test_signature_shows_what_factories_look_for() -> None:
    assert {"retries", "owner", "trigger_rule", "task_id"} <= set(inspect.signature(BaseOperator.__init__).parameters)


def test_arguments_may_have_any_name() -> None:
    """Also those that a metaclass's own call would take for its own."""

    class Own(BaseOperator):
        def __init__(self, *, cls: str, **kwargs: Any) -> None:
            super().__init__(**kwargs)
            self.cls = cls

    assert Own(task_id="t", cls="value").cls == "value"
