"""Params and their schemas."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from tradewind.authoring.dag import DAG
from tradewind.authoring.exceptions import ParamValidationError
from tradewind.authoring.operator import BaseOperator
from tradewind.authoring.params import Param, ParamsDict


@pytest.mark.parametrize(
    ("param", "value", "fits"),
    [
        (Param(5, type="integer", minimum=3), 4, True),
        (Param(5, type="integer", minimum=3), 2, False),
        (Param("a", type="string", enum=["a", "b"]), "c", False),
        (Param(None, type=["null", "string"]), None, True),
        (Param("2024-01-01", type="string", format="date"), "2024-02-30x", False),
        (Param("x", type="string", title="T", section="S", values_display={"x": "X"}), "y", True),
        (Param([1], type="array", items={"type": "number"}), [1, "a"], False),
        (Param({"a": 1}, type="object"), {}, True),
        (Param(1), "anything", True),
    ],
)
def test_values_are_checked_against_the_schema(param: Param, value: Any, fits: bool) -> None:
    if fits:
        assert param.resolve(value) == value
    else:
        with pytest.raises(ParamValidationError, match="does not fit the schema"):
            param.resolve(value)


def test_a_param_without_value_says_so() -> None:
    with pytest.raises(ParamValidationError, match="No value passed and Param has no default value"):
        Param(type="integer").resolve()
    assert Param(type="integer").resolve(suppress_exception=True) is None


def test_an_unusable_schema_says_so() -> None:
    with pytest.raises(ParamValidationError, match="schema of the param cannot be used"):
        Param(1, type="no such type").resolve()


def test_params_dict_reads_values_and_keeps_schemas() -> None:
    params = ParamsDict({"a": Param(1, type="integer"), "b": "text"})
    params["a"] = 2
    params["c"] = [3]

    assert dict(params) == {"a": 2, "b": "text", "c": [3]}
    assert params.validate() == params.dump() == {"a": 2, "b": "text", "c": [3]}
    with pytest.raises(ParamValidationError, match="Invalid input for param a"):
        params["a"] = "two"


def test_copies_are_independent() -> None:
    params = ParamsDict({"a": Param([1], type="array")})
    other = copy.deepcopy(params)
    other["a"].append(2)
    other["b"] = 1
    assert params.dump() == {"a": [1]}


def test_a_task_sees_the_dags_params_with_its_own_on_top() -> None:
    class Step(BaseOperator):
        pass

    with DAG("d", params={"a": 1, "b": Param(2, type="integer")}) as dag:
        step = Step(task_id="t", params={"b": 3, "c": 4})
    assert dict(step.params) == {"a": 1, "b": 3, "c": 4}
    assert dict(dag.params) == {"a": 1, "b": 2}


def test_dag_param_resolves_at_run_time() -> None:
    dag = DAG("d")
    reference = dag.param("x", 5)
    assert (dag.params["x"], reference.resolve({"params": {"x": 6}}), reference.resolve({"params": {}})) == (5, 6, 5)
    with pytest.raises(ParamValidationError, match="No value could be resolved for parameter y"):
        dag.param("y").resolve({"params": {}})


@pytest.mark.parametrize(
    ("value", "fits"), [("2026-01-02", True), ("2026-01-02T03:04:05+00:00", True), ("tomorrow", False)]
)
def test_a_date_time_may_be_a_day_as_in_airflow_2(value, fits):
    param = Param(value, type="string", format="date-time")

    assert (param.resolve(suppress_exception=True) == value) is fits
