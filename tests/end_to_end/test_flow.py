"""Trigger rules, branches, mapping and groups through real runs: what ran, and how the rest ended."""

from __future__ import annotations

import pytest
from tests.end_to_end.conftest import Ended, Place

FLOW = """
from airflow.decorators import task_group
from airflow.operators.empty import EmptyOperator
from airflow.exceptions import AirflowSkipException

# ---- trigger rules over one success, one failure and one skip
@task
def good(): ...

@task
def bad():
    raise ValueError

@task(trigger_rule="all_done")
def skipped():
    raise AirflowSkipException

three = [good(), bad(), skipped()]
three[1] >> three[2]  # of two that end at once, the first would decide how rules end
for rule in RULES:
    EmptyOperator(task_id=f"rule_{rule}", trigger_rule=rule).set_upstream(three)

# ---- branch and short circuit
@task.branch
def choose():
    return "left"

left, right = EmptyOperator(task_id="left"), EmptyOperator(task_id="right")
after_right = EmptyOperator(task_id="after_right")
meet = EmptyOperator(task_id="meet", trigger_rule="none_failed_min_one_success")
choose() >> [left, right]
right >> after_right
[left, after_right] >> meet

@task.short_circuit
def stop_here():
    return False

stop_here() >> EmptyOperator(task_id="cut") >> EmptyOperator(task_id="cut_too", trigger_rule="all_done")

@task.short_circuit(ignore_downstream_trigger_rules=False)
def stop_the_next():
    return 0

stop_the_next() >> EmptyOperator(task_id="cut_next") >> EmptyOperator(task_id="goes_on", trigger_rule="all_done")

# ---- mapping: over a value, over a mapped task, over an empty list, with a failure among the instances
@task
def numbers():
    return [1, 2, 3]

@task
def square(n):
    return n * n

@task_group
def per_number(n):
    @task
    def double(n):
        return 2 * n

    @task
    def halve(n):
        return n // 2
    return halve(double(n))

@task
def gather(values):
    note(f"gathered {list(values)}")

gather(per_number.expand(n=numbers()))

@task
def empty_list():
    return []

square.override(task_id="of_nothing").expand(n=empty_list()) >> EmptyOperator(task_id="after_nothing")

@task
def third_fails(n):
    if n == 3:
        raise ValueError
    return n

@task(trigger_rule="all_done")
def what_is_left(values):
    note(f"left {sorted(values)}")

what_is_left(third_fails.expand(n=numbers()))

@task(map_index_template="number {{ task.op_kwargs['number_name'] }}")
def named(number_name):
    ...

named.expand(number_name=["one", "two"])

@task
def pair(x, y):
    note(f"pair {x} {y}")

pair.partial(y=1).expand(x=numbers().map(lambda n: n * 10))
pair.override(task_id="crossed").expand(x=[1, 2], y=["a", "b"])
pair.override(task_id="kwargs").expand_kwargs([{"x": 5, "y": 6}, {"x": 7, "y": 8}])
"""
RULES = {
    "all_success": "upstream_failed",
    "all_failed": "skipped",
    "all_done": "success",
    "all_skipped": "skipped",
    "one_success": "success",
    "one_failed": "success",
    "one_done": "success",
    "none_failed": "upstream_failed",
    "none_failed_min_one_success": "upstream_failed",
    "none_skipped": "skipped",
    "always": "success",
}


@pytest.fixture(scope="module")
def ended(shared_place: Place) -> Ended:
    file = shared_place.dag(FLOW, head=f"RULES = {list(RULES)}")
    return shared_place.run(file)


@pytest.fixture(scope="module")
def states(shared_place: Place, ended: Ended) -> dict[str, str]:
    return shared_place.states()


@pytest.mark.parametrize("rule", RULES)
def test_trigger_rules(states: dict[str, str], rule: str) -> None:
    assert states[f"rule_{rule}"] == RULES[rule]


@pytest.mark.parametrize(
    ("task_id", "state"),
    [
        ("left", "success"),
        ("right", "skipped"),
        ("after_right", "skipped"),
        ("meet", "success"),
        ("cut", "skipped"),
        ("cut_too", "skipped"),
        ("cut_next", "skipped"),
        ("goes_on", "success"),
        ("of_nothing", "skipped"),
        ("after_nothing", "skipped"),
        ("third_fails[1]", "success"),
        ("third_fails[2]", "failed"),
        ("what_is_left", "success"),
        ("per_number.double[2]", "success"),
        ("per_number.halve[0]", "success"),
    ],
)
def test_branches_and_mapping(states: dict[str, str], task_id: str, state: str) -> None:
    assert states[task_id] == state


def test_values_of_mapped_tasks(shared_place: Place, ended: Ended) -> None:
    notes = shared_place.trace

    assert "gathered [1, 2, 3]" in notes
    assert "left [1, 2]" in notes
    assert {"pair 10 1", "pair 20 1", "pair 30 1"} <= set(notes)
    assert {"pair 1 a", "pair 1 b", "pair 2 a", "pair 2 b"} <= set(notes)
    assert {"pair 5 6", "pair 7 8"} <= set(notes)


def test_labels_of_mapped_instances(shared_place: Place, ended: Ended) -> None:
    assert {task.label for task in shared_place.tasks() if task.task_id == "named"} == {"number one", "number two"}


def test_mapping_within_a_mapped_group(place: Place) -> None:
    """Which Airflow refuses."""
    file = place.dag(
        """
        @task
        def numbers():
            return [1, 2, 3]

        @task
        def up_to(n):
            return list(range(n))

        @task
        def square(n):
            return n * n

        @task
        def total(values):
            note(f"total {list(values)}")

        @task_group
        def each(n):
            return square.expand(n=up_to(n))

        total(each.expand(n=numbers()))
        """,
        head="from airflow.decorators import task_group",
    )

    ended = place.run(file)

    assert ended.code == 0, ended.output
    assert place.trace == ["total [0, 0, 1, 0, 1, 4]"]
    assert {name for name in place.states() if name.startswith("each.square")} == {
        "each.square[0.0]",
        "each.square[1.0]",
        "each.square[1.1]",
        "each.square[2.0]",
        "each.square[2.1]",
        "each.square[2.2]",
    }
