"""Instances of mapped tasks: which items they get, what may be mapped over, and how lengths are found."""

from __future__ import annotations

from typing import Any

import pytest

from tradewind.authoring.context import get_current_context
from tradewind.authoring.dag import DAG
from tradewind.authoring.exceptions import AirflowSkipException
from tradewind.authoring.group_decorator import task_group
from tradewind.authoring.taskflow import task
from tradewind.model.messages import Input
from tradewind.model.outcomes import Expanded, Failed, Skipped, Succeeded
from tradewind.model.states import TryPurpose
from tradewind.operators.python import PythonOperator
from tradewind.runner.in_process import loaded_from


@task
def numbers(n: int) -> list[int]:
    return list(range(n))


@task
def show(**arguments: Any) -> dict[str, Any]:
    return {name: arguments[name] for name in ("x", "y") if name in arguments}


@task
def pair(x: Any, y: Any = None) -> Any:
    return [x, y]


def test_an_instance_gets_its_item_of_the_product_the_last_argument_varying_fastest(workshop: Any) -> None:
    with DAG("mapped", schedule=None) as dag:
        pair.expand(x=numbers(2), y={"a": 1, "b": 2})
    workshop.run(dag, "numbers")
    found = []
    for index in range(4):
        workshop.run(dag, "pair", (index,))
        found.append(workshop.value(dag, "pair", (index,)))
    assert found == [[0, ("a", 1)], [0, ("b", 2)], [1, ("a", 1)], [1, ("b", 2)]]


def nested_dag() -> DAG:
    with DAG("nested", schedule=None) as dag:

        @task_group
        def per_model(model: str) -> Any:
            return pair.partial(y=model).expand(x=numbers(2))

        per_model.expand(model=["a", "b"])
    return dag


def test_mapping_inside_a_mapped_group_has_a_path_of_two_numbers(workshop: Any) -> None:
    dag = nested_dag()
    for group in range(2):
        workshop.run(dag, "per_model.numbers", (group,))
        for index in range(2):
            workshop.run(dag, "per_model.pair", (group, index))
    values = [workshop.value(dag, "per_model.pair", (group, index)) for group in range(2) for index in range(2)]
    assert values == [[0, "a"], [1, "a"], [0, "b"], [1, "b"]]


def test_a_reduce_outside_of_a_mapped_group_sees_all_instances_in_order(workshop: Any) -> None:
    with DAG("nested", schedule=None) as dag:

        @task_group
        def per_model(model: str) -> Any:
            return pair.partial(y=model).expand(x=numbers(2))

        show(x=per_model.expand(model=["a", "b"]))
    for group in range(2):
        workshop.run(dag, "per_model.numbers", (group,))
        for index in range(2):
            workshop.run(dag, "per_model.pair", (group, index))
    workshop.run(dag, "show")
    assert workshop.value(dag, "show") == {"x": [[0, "a"], [1, "a"], [0, "b"], [1, "b"]]}


@pytest.mark.parametrize("value", ["abc", None, 5])
def test_a_value_that_others_map_over_has_to_be_a_list_or_dict(workshop: Any, value: Any) -> None:
    with DAG("mapped", schedule=None) as dag:
        source = PythonOperator(task_id="source", python_callable=lambda: value)
        pair.expand(x=source.output)
    outcome = workshop.run(dag, "source")
    assert isinstance(outcome, Failed)
    assert outcome.error_type == "UnmappableXComTypePushed"


def test_a_value_that_others_map_over_may_not_be_too_long(workshop: Any) -> None:
    with DAG("mapped", schedule=None) as dag:
        pair.expand(x=numbers(100_001))
    outcome = workshop.run(dag, "numbers")
    assert outcome.error_type == "UnmappableXComLengthPushed"
    assert "100001 > 100000" in outcome.message


def test_an_instance_of_a_mapped_task_that_is_mapped_over_may_push_anything(workshop: Any) -> None:
    with DAG("mapped", schedule=None) as dag:
        pair.expand(x=show.expand(x=[1, 2]))
    assert not isinstance(workshop.run(dag, "show", (0,)), Failed)


def test_only_the_authors_code_can_tell_the_length_of_a_filter(workshop: Any) -> None:
    with DAG("mapped", schedule=None) as dag:
        pair.expand(x=numbers(5).filter(lambda n: n % 2), y=["a", "b"])
    workshop.run(dag, "numbers")

    assert workshop.run(dag, "pair", purpose=TryPurpose.EXPAND) == Expanded(4)
    workshop.run(dag, "pair", (3,))
    assert workshop.value(dag, "pair", (3,)) == [3, "b"]


def test_a_mapped_group_can_be_asked_for_its_length_too(workshop: Any) -> None:
    with DAG("mapped", schedule=None) as dag:

        @task_group
        def group(x: Any) -> None:
            pair(x)

        group.expand(x=numbers(5).filter(lambda n: n > 1))
    workshop.run(dag, "numbers")
    assert workshop.run(dag, "group.pair", purpose=TryPurpose.EXPAND) == Expanded(3)


def test_a_filter_that_fails_fails_the_try(workshop: Any) -> None:
    with DAG("mapped", schedule=None) as dag:
        pair.expand(x=numbers(2).filter(lambda n: 1 / n))
    workshop.run(dag, "numbers")
    outcome = workshop.run(dag, "pair", purpose=TryPurpose.EXPAND)
    assert outcome.error_type == "ZeroDivisionError"


def test_a_map_function_may_skip_an_instance(workshop: Any) -> None:
    def even(n: int) -> int:
        if n % 2:
            raise AirflowSkipException("odd")
        return n

    with DAG("mapped", schedule=None) as dag:
        pair.expand(x=numbers(2).map(even))
    workshop.run(dag, "numbers")
    assert workshop.run(dag, "pair", (1,)) == Skipped("odd")


def test_values_that_came_along_are_not_asked_for(workshop: Any) -> None:
    with DAG("mapped", schedule=None) as dag:
        show(x=numbers(3))
    workshop.run(dag, "numbers")
    (xcom,) = workshop.supervisor.xcoms.values()
    workshop.supervisor.xcoms.clear()

    workshop.run(dag, "show", inputs=[Input("numbers", "return_value", (xcom,), 1)])
    assert workshop.value(dag, "show") == {"x": [0, 1, 2]}


def test_a_long_reduce_reads_page_by_page_and_one_item_alone(workshop: Any) -> None:
    asked: list[Any] = []
    with DAG("mapped", schedule=None) as dag:
        many = show.expand(x=list(range(1_200)))
        PythonOperator(task_id="look", python_callable=lambda xs: (len(xs), xs[700]["x"]), op_args=[many])
        PythonOperator(task_id="all", python_callable=lambda xs: sum(one["x"] for one in xs), op_args=[many])
    loaded = loaded_from(dag)
    for index in range(1_200):
        workshop.run(dag, "show", (index,), loaded=loaded)
    ask = workshop.supervisor.ask
    workshop.supervisor.ask = lambda request: (asked.append(request), ask(request))[1]
    none_came_along = [Input("show", "return_value", (), 1_200)]

    workshop.run(dag, "look", inputs=none_came_along)
    assert workshop.value(dag, "look") == (1_200, 700)
    assert [getattr(request, "limit", None) for request in asked] == [None, 1]

    asked.clear()
    workshop.run(dag, "look", inputs=[Input("show", "return_value", (), 1_200, is_dense=True)])
    assert workshop.value(dag, "look") == (1_200, 700)
    assert [request.map_paths for request in asked] == [((700,),)]

    asked.clear()
    workshop.run(dag, "all", inputs=none_came_along)
    assert workshop.value(dag, "all") == sum(range(1_200))
    assert len(asked) < 6


def test_the_label_of_an_instance_is_its_rendered_map_index_template(workshop: Any) -> None:
    with DAG("mapped", schedule=None) as dag:
        PythonOperator.partial(
            task_id="fit", python_callable=lambda name: None, map_index_template="{{ task.op_kwargs['name'] }}!"
        ).expand(op_kwargs=[{"name": "forest"}, {"name": "tree"}])
    workshop.run(dag, "fit", (1,))
    assert workshop.report.label == "tree!"


def test_a_label_may_name_what_the_task_puts_into_its_context_also_where_templates_give_objects(workshop: Any) -> None:
    def fit(name: str) -> None:
        get_current_context()["label"] = f"fit {name}"

    with DAG("mapped", schedule=None, render_template_as_native_obj=True) as dag:
        PythonOperator.partial(task_id="fit", python_callable=fit, map_index_template="{{ label }}").expand(
            op_kwargs=[{"name": "forest"}]
        )
    assert isinstance(workshop.run(dag, "fit", (0,)), Succeeded)
    assert workshop.report.label == "fit forest"
