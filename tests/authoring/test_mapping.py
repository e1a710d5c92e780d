"""Dynamic task mapping while the DAG is written: what can be mapped over, and what the engine is told."""

from __future__ import annotations

from typing import Any

import pytest

from tradewind.authoring.compile import compile_dag
from tradewind.authoring.dag import DAG
from tradewind.authoring.group_decorator import task_group
from tradewind.authoring.operator import BaseOperator
from tradewind.authoring.reading import MISSING
from tradewind.authoring.taskflow import task
from tradewind.authoring.xcom_arg import XComArg
from tradewind.model.errors import DagFileError
from tradewind.model.spec import Concatenated, Expansion, Filtered, FromTask, Literals, TaskSpec, Zipped


class Step(BaseOperator):
    template_fields = ("text",)

    def __init__(self, *, text: Any = "", retries: int = 7, **kwargs: Any) -> None:
        super().__init__(retries=retries, **kwargs)
        self.text = text


@task
def numbers(n: int = 3) -> list[int]:
    return list(range(n))


@task
def double(x: Any, y: Any = 0) -> Any:
    return x * 2


@task(multiple_outputs=True)
def two() -> Any:
    return {"a": [1, 2], "b": 3}


def specs(dag: DAG) -> dict[str, TaskSpec]:
    return {spec.task_id: spec for spec in compile_dag(dag).tasks}


@pytest.mark.parametrize(
    ("make", "source"),
    [
        (lambda: [1, 2, 3], Literals(3)),
        (lambda: {"a": 1}, Literals(1)),
        (lambda: range(4), Literals(4)),
        (list, Literals(0)),
        (lambda: numbers(), FromTask("numbers")),
        (lambda: two()["a"], FromTask("two", "a")),
        (lambda: numbers().map(str), FromTask("numbers")),
        (lambda: numbers().zip(numbers()), Zipped((FromTask("numbers"), FromTask("numbers__1")))),
        (lambda: numbers().zip(numbers(), fillvalue=None), Zipped((FromTask("numbers"), FromTask("numbers__1")), True)),
        (lambda: numbers().concat(numbers()), Concatenated((FromTask("numbers"), FromTask("numbers__1")))),
        (lambda: numbers().filter(bool), Filtered((FromTask("numbers"),))),
    ],
)
def test_how_the_engine_counts(dag: DAG, make: Any, source: Any) -> None:
    double.expand(x=make())
    assert specs(dag)["double"].expansion == Expansion((("x", source),))


def test_sources_run_before_and_travel_along(dag: DAG) -> None:
    a, b = numbers(), numbers()
    double.partial(y=b).expand(x=a)
    found = specs(dag)

    assert found["double"].upstream == ("numbers", "numbers__1")
    assert [given.task_id for given in found["double"].inputs] == ["numbers", "numbers__1"]
    assert (found["numbers"].is_mapped_over, found["numbers__1"].is_mapped_over) == (True, False)


@pytest.mark.parametrize(
    ("attempt", "message"),
    [
        (lambda: double.expand(x=5), "unexpected type 'int' for keyword argument 'x'"),
        (lambda: double.expand(x="abc"), "unexpected type 'str'"),
        (lambda: double.expand(), "nothing to map over"),
        (lambda: double.expand(z=[1]), "unexpected keyword argument 'z'"),
        (lambda: double.partial(z=1), "unexpected keyword argument 'z'"),
        (lambda: double.partial(x=1).expand(x=[1]), "'x' is given in .partial() already"),
        (lambda: double.expand_kwargs({"x": 1}), "needs a list of dicts"),
        (lambda: double.expand_kwargs([1]), "needs a list of dicts"),
        (lambda: Step.partial(task_id="t").expand(texts=["a"]), "unexpected keyword argument 'texts'"),
        (lambda: Step.partial(task_id="t", txt="a"), "unexpected keyword argument 'txt'"),
        (lambda: Step.partial(task_id="t", text="a").expand(text=["a"]), "'text' is given in .partial() already"),
        (lambda: Step.partial(task_id="t").expand(task_id=["a"]), "cannot map over 'task_id'"),
        (lambda: Step(task_id="t").expand(text=["a"]), "is an operator already"),
        (lambda: numbers().map(double), "needs a plain function, not a task"),
        (lambda: numbers().zip([1]), "results of tasks only, not list"),
        (lambda: list(numbers()), "known only when the DAG runs"),
        (lambda: len(numbers()), "known only when the DAG runs"),
        (lambda: 1 in numbers(), "known only when the DAG runs"),
        (lambda: numbers()[0], "can be indexed by a text"),
        (lambda: numbers().map(str)["a"], "cannot be indexed"),
        (lambda: list(double), "was not called"),
    ],
)
def test_what_cannot_be_mapped_is_refused(dag: DAG, attempt: Any, message: str) -> None:
    with pytest.raises(DagFileError) as caught:
        attempt()

    assert message in caught.value.message
    assert caught.value.hint
    assert caught.value.location is not None
    assert caught.value.location.file == __file__


def test_a_mapped_operator_has_the_arguments_of_partial_default_args_and_class(dag: DAG) -> None:
    dag.default_args.update(pool="p", text="never")
    mapped = Step.partial(task_id="t", queue="q", params={"a": 1}).expand(text=["a", "b"])

    assert (mapped.pool, mapped.queue, mapped.retries, mapped.params["a"]) == ("p", "q", 7, 1)
    assert (mapped.task_type, mapped.is_mapped) == ("Step", True)


def test_groups_nest_and_their_tasks_say_so(dag: DAG) -> None:
    @task_group
    def outer(v: Any) -> Any:
        @task_group
        def inner(w: Any) -> Any:
            return double(w)

        return inner.expand(w=numbers(v))

    result = outer.expand(v=[1, 2])
    double.expand(x=result)
    spec = compile_dag(dag)
    found = {task.task_id: task for task in spec.tasks}

    assert dag.get_task("outer.inner.double").map_scopes() == ("outer.", "outer.inner.")
    assert [(g.group_id, g.parent_id) for g in spec.groups] == [("outer", ""), ("outer.inner", "outer")]
    assert spec.groups[1].expansion == Expansion((("w", FromTask("outer.numbers")),))
    assert found["outer.inner.double"].upstream == ("outer.numbers",)
    assert found["double"].upstream == ("outer.inner.double",)


def test_mapping_over_an_argument_of_a_mapped_group_has_to_be_looked_at(dag: DAG) -> None:
    @task_group
    def g(v: Any) -> None:
        double.expand(x=v)

    g.expand(v=numbers())
    assert specs(dag)["g.double"].expansion == Expansion((("x", Filtered((FromTask("numbers"),))),))
    assert dag.get_task("g.double").map_scopes() == ("g.", "g.double")


@pytest.mark.parametrize(
    ("attempt", "message"),
    [
        (lambda g: g.expand(w=[1]), "unexpected keyword argument 'w'"),
        (lambda g: g.partial(v=1).expand(v=[1]), "'v' is given in .partial() already"),
        (lambda g: g(), "missing a required argument: 'v'"),
        (lambda g: g.expand(v=7), "unexpected type 'int'"),
    ],
)
def test_wrong_use_of_a_group_is_refused(dag: DAG, attempt: Any, message: str) -> None:
    @task_group
    def g(v: Any) -> None:
        double(v)

    with pytest.raises(DagFileError) as caught:
        attempt(g)
    assert message in caught.value.message


class Reader:
    """A task instance that answers from a table of (task, key) → {map path: value}."""

    def __init__(self, values: dict[tuple[str, str], dict[tuple[int, ...], Any]], path: tuple[int, ...] = ()) -> None:
        self.values, self.map_path = values, path

    def xcom_at(self, task_id: str, key: str, map_path: tuple[int, ...]) -> Any:
        return self.values.get((task_id, key), {}).get(map_path, MISSING)

    def xcoms_below(self, task_id: str, key: str, prefix: tuple[int, ...]) -> list[Any]:
        found = self.values.get((task_id, key), {})
        return [found[path] for path in sorted(found) if path[: len(prefix)] == prefix]


def context(reading: Any, values: dict[str, dict[tuple[int, ...], Any]], path: tuple[int, ...] = ()) -> dict[str, Any]:
    return {"task": reading, "ti": Reader({(name, "return_value"): found for name, found in values.items()}, path)}


def test_values_resolve_by_the_readers_place(dag: DAG) -> None:
    source = numbers()
    mapped = double.expand(x=source)
    reader = Step(task_id="reader", text=[mapped, mapped.map(lambda v: v + 1), source.zip(source), source.filter()])
    values = {"numbers": {(): [0, 1, 2]}, "double": {(0,): 0, (2,): 4}}

    whole, plus, pairs, true = (arg.resolve(context(reader, values)) for arg in reader.text)

    assert (list(whole), list(plus), list(true)) == ([0, 4], [1, 5], [1, 2])
    assert list(pairs) == [(0, 0), (1, 1), (2, 2)]


def test_an_instance_gets_its_items_last_argument_fastest(dag: DAG) -> None:
    mapped = double.partial().expand(x=numbers(), y=["a", "b"]).operator
    got = []
    for index in range(6):
        operator = mapped.instance_for(context(mapped, {"numbers": {(): [0, 1, 2]}}, (index,)))
        got.append((operator.op_kwargs["x"], operator.op_kwargs["y"]))

    assert got == [(0, "a"), (0, "b"), (1, "a"), (1, "b"), (2, "a"), (2, "b")]
    assert mapped.expansion_length(context(mapped, {"numbers": {(): [0, 1, 2]}})) == 6
    assert dag.task_ids == ["numbers", "double"]


def test_inside_a_mapped_group_a_reader_sees_its_own_instance(dag: DAG) -> None:
    @task_group
    def g(v: Any) -> XComArg:
        return double(double(v))

    after = double(g.expand(v=numbers())).operator
    inner = dag.get_task("g.double__1")
    values = {"numbers": {(): [5, 6]}, "g.double": {(0,): 10, (1,): 12}, "g.double__1": {(0,): 20, (1,): 24}}

    assert inner.op_args[0].resolve(context(inner, values, (1,))) == 12
    assert dag.get_task("g.double").op_args[0].resolve(context(inner, values, (1,))) == 6
    assert list(after.op_args[0].resolve(context(after, values))) == [20, 24]
