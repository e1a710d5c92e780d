"""@task in all its call forms, and @dag."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypedDict

import pytest

from tradewind.authoring.compile import compile_dag
from tradewind.authoring.dag import DAG
from tradewind.authoring.dag_decorator import dag as dag_decorator
from tradewind.authoring.groups import TaskGroup
from tradewind.authoring.params import Param
from tradewind.authoring.registry import collecting
from tradewind.authoring.taskflow import OPERATOR_OF, returns_mapping, task
from tradewind.model.errors import DagFileError


class Summary(TypedDict):
    total: int


def as_dict() -> dict[str, int]: ...
def as_mapping() -> Mapping[str, int]: ...
def as_typed_dict() -> Summary: ...
def as_text() -> dict[str, int]: ...
def as_list() -> list[dict[str, int]]: ...
def as_unknown() -> Nowhere: ...  # type: ignore[name-defined]  # noqa: F821
def as_any() -> Any: ...
def as_nothing(): ...  # type: ignore[no-untyped-def]


@pytest.mark.parametrize(
    ("function", "expected"),
    [
        (as_dict, True),
        (as_mapping, True),
        (as_typed_dict, True),
        (as_text, True),
        (as_list, False),
        (as_unknown, False),
        (as_any, False),
        (as_nothing, False),
    ],
)
def test_multiple_outputs_follow_the_annotation(function: Any, expected: bool) -> None:
    assert returns_mapping(function) is expected


def test_call_forms(dag: DAG) -> None:
    @task
    def bare(x: int = 0) -> dict[str, int]:
        """What it does."""
        return {"x": x}

    @task()
    def called() -> None: ...

    @task(task_id="named", retries=3, multiple_outputs=False)
    def given() -> dict[str, int]:
        return {}

    @task.python(owner="me")
    def by_name() -> None: ...

    tasks = [
        form().operator for form in (bare, called, given, by_name, bare, bare.override(task_id="other", retries=9))
    ]

    assert [made.task_id for made in tasks] == ["bare", "called", "named", "by_name", "bare__1", "other"]
    assert [made.multiple_outputs for made in tasks[:3]] == [True, False, False]
    assert (tasks[2].retries, tasks[3].owner, tasks[5].retries) == (3, "me", 9)
    assert (tasks[0].doc_md, tasks[0].operator_name) == ("What it does.", "@task")
    assert bare.function(3) == {"x": 3}


def test_names_are_counted_per_group_and_go_on_from_the_highest(dag: DAG) -> None:
    @task
    def f() -> None: ...

    with TaskGroup("g"):
        inner = [f().operator.task_id for _ in range(2)]
    f.override(task_id="f__4")()
    assert inner == ["g.f", "g.f__1"]
    assert [f().operator.task_id for _ in range(2)] == ["f", "f__5"]


def test_arguments_make_edges_and_inputs(dag: DAG) -> None:
    @task
    def source() -> dict[str, int]:
        return {"a": 1}

    @task
    def sink(x: Any, *, deep: Any, ti: Any = None, ds: str = "") -> None: ...

    value = source()
    sink(value["a"], deep={"k": [value]})
    spec = compile_dag(dag).tasks[1]

    assert spec.upstream == ("source",)
    assert [(i.task_id, i.key) for i in spec.inputs] == [("source", "a"), ("source", "return_value")]


@pytest.mark.parametrize(
    ("args", "kwargs"),
    [((), {}), ((1, 2, 3, 4), {}), ((1,), {"z": 1}), ((1,), {"x": 2})],
    ids=["few", "many", "name", "twice"],
)
def test_calls_that_could_not_be_made_are_refused(dag: DAG, args: Any, kwargs: Any) -> None:
    @task
    def f(x: int, ds: str, y: int = 0) -> None: ...

    with pytest.raises(DagFileError, match=r"f\(\) cannot be called with these arguments") as caught:
        f(*args, **kwargs)
    assert "f(x: 'int', ds: 'str', y: 'int' = 0)" in caught.value.hint


def test_context_variables_need_not_be_given(dag: DAG) -> None:
    @task
    def f(ti: Any, x: int, ds: Any, **kwargs: Any) -> None: ...

    assert f(x=1).operator.task_id == "f"


def test_default_args_reach_the_functions_parameters(dag: DAG) -> None:
    dag.default_args["table"] = "orders"

    @task
    def f(table: str, n: int = 0) -> None: ...

    assert f().operator.op_kwargs == {"table": "orders"}
    assert f("own").operator.op_kwargs == {}
    assert f.expand(n=[1]).operator.partial_kwargs["op_kwargs"] == {"table": "orders"}


@pytest.mark.parametrize("name", sorted(OPERATOR_OF))
def test_the_family(dag: DAG, name: str) -> None:
    extra = {"python": "/usr/bin/python3"} if "external" in name else {}

    @getattr(task, name)(task_id="t", **extra)
    def f(x: int) -> Any:
        return x

    plain, mapped = f(1).operator, f.expand(x=[1, 2]).operator

    assert plain.operator_name == mapped.operator_name == f"@task.{name}"
    assert {"op_args", "op_kwargs"} <= set(plain.template_fields)
    assert (plain.task_id, mapped.task_id) == ("t", "t__1")
    assert mapped.unmap({"x": 2}).op_kwargs == {"x": 2}


def test_a_decorator_of_a_provider_names_the_package_to_install() -> None:
    with pytest.raises(DagFileError) as caught:
        task.docker
    assert "apache-airflow-providers-docker" in caught.value.hint
    with pytest.raises(DagFileError, match=r"@task.nonsense is not known"):
        task.nonsense


def test_wrong_decorations_are_refused() -> None:
    with pytest.raises(DagFileError, match="decorates functions"):
        task("name")
    with pytest.raises(DagFileError, match="decorated as a task already"):
        task(task(as_nothing))


# ------------------------------------------------------------------------------------ @dag


def test_dag_function_becomes_a_dag_with_params() -> None:
    with collecting() as collected:

        @dag_decorator(schedule=None, tags=["x"])
        def pipeline(n: int = 3, mode: Any = Param("a", enum=["a", "b"])) -> None:
            """Docs."""

            @task
            def f(n: int, mode: str) -> None: ...

            f(n, mode)

        made = pipeline(n=5)
    (found,) = collected.dags({})
    spec = compile_dag(found)

    assert found is made
    assert (spec.dag_id, spec.doc, spec.tags) == ("pipeline", "Docs.", ("x",))
    assert [(param.name, param.default) for param in spec.params] == [("n", 5), ("mode", "a")]
    assert spec.params[1].schema == {"enum": ["a", "b"]}
    assert found.task_dict["f"].op_args[0].resolve({"params": {"n": 8}}) == 8


def test_dag_function_without_parentheses_and_with_a_missing_argument() -> None:
    @dag_decorator
    def pipeline(n: int) -> None: ...

    assert pipeline(1).dag_id == "pipeline"
    with pytest.raises(DagFileError, match="missing a required argument: 'n'"):
        pipeline()
