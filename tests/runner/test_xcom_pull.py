"""ti.xcom_pull and ti.xcom_push in all of Airflow's forms."""

from __future__ import annotations

from typing import Any

import pytest

from tradewind.authoring.dag import DAG
from tradewind.model.messages import ReadValues
from tradewind.operators.python import PythonOperator


def give(value: Any) -> Any:
    return value


@pytest.fixture
def dag() -> DAG:
    with DAG("values", schedule=None) as dag:
        PythonOperator(task_id="a", python_callable=lambda: 1)
        PythonOperator(task_id="b", python_callable=lambda ti: ti.xcom_push(key="k", value=[2]))
        PythonOperator.partial(task_id="m", python_callable=give).expand(op_args=[[10], [11], [None]])
        PythonOperator(task_id="puller", python_callable=lambda ti: None)
    return dag


@pytest.fixture
def pulled(workshop: Any, dag: DAG) -> Any:
    """What a task gets from a pull, once all others have run."""
    for task_id, path in (("a", ()), ("b", ()), ("m", (0,)), ("m", (1,)), ("m", (2,))):
        workshop.run(dag, task_id, path)

    def pull(look: Any = list, **how: Any) -> Any:
        found: list[Any] = []
        dag.get_task("puller").python_callable = lambda ti: found.append(ti.xcom_pull(**how))
        workshop.run(dag, "puller")
        return found[0]

    return pull


@pytest.mark.parametrize(
    ("how", "expected"),
    [
        ({"task_ids": "a"}, 1),
        ({"task_ids": "b"}, None),
        ({"task_ids": "b", "default": 5}, 5),
        ({"task_ids": "b", "key": "k"}, [2]),
        ({"key": "k"}, [2]),
        ({"task_ids": ["a"]}, [1]),
        ({"task_ids": ["b", "a"]}, [None, 1]),
        ({"task_ids": ("a", "m")}, [1, 10, 11]),
        ({"task_ids": "m"}, [10, 11]),
        ({"task_ids": "m", "map_indexes": 1}, 11),
        ({"task_ids": "m", "map_indexes": [1, 0]}, [11, 10]),
        ({"task_ids": "m", "map_indexes": 2}, None),
        ({"task_ids": "m", "map_indexes": 7, "default": "x"}, "x"),
        ({"task_ids": "a", "map_indexes": -1}, 1),
        ({"task_ids": "nobody"}, None),
        ({"task_ids": "a", "run_id": "another"}, None),
        ({"task_ids": "a", "dag_id": "values"}, 1),
    ],
)
def test_pull(pulled: Any, how: dict[str, Any], expected: Any) -> None:
    assert pulled(**how) == expected


def test_without_task_ids_the_newest_value_of_the_run_counts(pulled: Any) -> None:
    assert pulled() == 11


def test_the_values_of_a_mapped_task_are_a_sequence_that_reads_like_a_list(pulled: Any) -> None:
    values = pulled(task_ids="m")
    assert (len(values), values[0], values[-1], values[:1], list(values)) == (2, 10, 11, [10], [10, 11])
    assert f"{values}" == "[10, 11]"
    with pytest.raises(IndexError):
        values[2]


def test_each_pull_gives_the_value_that_was_pushed_whatever_became_of_the_last(workshop: Any, dag: DAG) -> None:
    def pull_twice(ti: Any) -> list[int]:
        ti.xcom_pull(task_ids="b", key="k").append(3)
        return ti.xcom_pull(task_ids="b", key="k")

    workshop.run(dag, "b")
    dag.get_task("puller").python_callable = pull_twice
    workshop.run(dag, "puller")
    assert workshop.value(dag, "puller") == [2]


def test_own_pushes_can_be_pulled_at_once(workshop: Any, dag: DAG) -> None:
    def own(ti: Any) -> list[Any]:
        ti.xcom_push("x", 1)
        ti.xcom_push(key="x", value=2)
        return [ti.xcom_pull(task_ids="puller", key="x"), ti.xcom_pull(key="x")]

    dag.get_task("puller").python_callable = own
    workshop.run(dag, "puller")
    assert workshop.value(dag, "puller") == [2, 2]


def test_what_was_read_is_told_once(workshop: Any, dag: DAG) -> None:
    def read(ti: Any) -> None:
        for _ in range(3):
            ti.xcom_pull(task_ids="a")

    workshop.run(dag, "a")
    dag.get_task("puller").python_callable = read
    workshop.run(dag, "puller")
    (notice,) = workshop.told(ReadValues)
    assert len(notice.hashes) == 1
