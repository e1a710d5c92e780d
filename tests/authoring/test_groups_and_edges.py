"""Groups as nodes, edges in bulk, labels, setups and teardowns."""

from __future__ import annotations

from typing import Any

import pytest

from tradewind.authoring.compile import compile_dag
from tradewind.authoring.dag import DAG
from tradewind.authoring.edges import Label, chain, chain_linear, cross_downstream
from tradewind.authoring.group_decorator import task_group
from tradewind.authoring.groups import TaskGroup
from tradewind.authoring.operator import BaseOperator
from tradewind.authoring.taskflow import setup, task, teardown
from tradewind.model.errors import DagFileError
from tradewind.model.spec import EdgeLabel


class Step(BaseOperator):
    pass


def steps(text: str) -> Any:
    made = [Step(task_id=name) for name in text]
    return made[0] if len(made) == 1 else made


def edges(dag: DAG) -> set[str]:
    return {f"{up}>{spec.task_id}" for spec in compile_dag(dag).tasks for up in spec.upstream}


def test_group_stands_for_its_first_and_last_tasks(dag: DAG) -> None:
    before, after = steps("xy")
    with TaskGroup("g") as g:
        a, b, c = steps("abc")
        a >> [b, c]
    before >> g >> after
    assert edges(dag) == {"x>g.a", "g.a>g.b", "g.a>g.c", "g.b>y", "g.c>y"}


@pytest.mark.parametrize(
    ("outer", "inner", "task_id", "group_id"),
    [
        (True, True, "o.i.t", "o.i"),
        (True, False, "t", "o.i"),
        (False, True, "i.t", "i"),
        (False, False, "t", "i"),
    ],
)
def test_prefixes(dag: DAG, outer: bool, inner: bool, task_id: str, group_id: str) -> None:
    with TaskGroup("o", prefix_group_id=outer), TaskGroup("i", prefix_group_id=inner) as group:
        made = Step(task_id="t")
    assert (made.task_id, group.group_id) == (task_id, group_id)


def test_a_group_and_a_task_cannot_share_an_id(dag: DAG) -> None:
    Step(task_id="g")
    with pytest.raises(DagFileError, match="'g' has already been added"):
        TaskGroup("g")
    TaskGroup("h")
    with pytest.raises(DagFileError, match="'h' has already been added"):
        Step(task_id="h")
    assert TaskGroup("g", add_suffix_on_collision=True).group_id == "g__1"


def test_decorated_group_called_twice_gets_a_suffix_and_returns_what_it_returns(dag: DAG) -> None:
    @task_group(tooltip="tip", default_args={"retries": 4})
    def g(x: int) -> Any:
        return Step(task_id="t")

    @task_group
    def empty_handed() -> None:
        """Tells nothing."""
        Step(task_id="t")

    first, second, third = g(1), g(2), empty_handed()
    assert (first.task_id, second.task_id, first.retries) == ("g.t", "g__1.t", 4)
    assert (third.group_id, third.tooltip) == ("empty_handed", "Tells nothing.")


def test_chain_and_its_kin(dag: DAG) -> None:
    a, b, c, d, e, f = steps("abcdef")
    chain(a, [b, c], [d, e], f)
    assert edges(dag) == {"a>b", "a>c", "b>d", "c>e", "d>f", "e>f"}


def test_chain_linear_joins_all_to_all_and_passes_over_nothing(dag: DAG) -> None:
    a, b, c, d, e = steps("abcde")
    chain_linear(a, [], [b, c], [d, e])
    assert edges(dag) == {"a>b", "a>c", "b>d", "b>e", "c>d", "c>e"}


def test_cross_downstream(dag: DAG) -> None:
    a, b, c, d = steps("abcd")
    cross_downstream([a, b], [c, d])
    assert edges(dag) == {"a>c", "a>d", "b>c", "b>d"}


def test_chains_that_cannot_be_are_refused(dag: DAG) -> None:
    a, b, c = steps("abc")
    with pytest.raises(DagFileError, match="equally long"):
        chain([a, b], [c])
    with pytest.raises(DagFileError, match="joined nothing"):
        chain_linear(a)


def test_labels(dag: DAG) -> None:
    a, b, c, d, e = steps("abcde")
    with TaskGroup("g") as g:
        Step(task_id="t")
    a >> Label("one") >> [b, c]
    d << Label("two") << [b, c]
    a >> Label("three") >> g
    chain(a, [Label("four")], [e])

    assert compile_dag(dag).edge_labels == (
        EdgeLabel("a", "b", "one"),
        EdgeLabel("a", "c", "one"),
        EdgeLabel("a", "e", "four"),
        EdgeLabel("a", "g.t", "three"),
        EdgeLabel("b", "d", "two"),
        EdgeLabel("c", "d", "two"),
    )


@pytest.mark.parametrize(
    ("other", "hint"),
    [(None, "have to return"), (print, "call it to make a task"), ("b", "put an operator"), (3, "put")],
)
def test_arrows_to_what_is_no_node(dag: DAG, other: Any, hint: str) -> None:
    with pytest.raises(DagFileError) as caught:
        Step(task_id="a") >> other
    assert hint in caught.value.hint.replace("has to return", "have to return").replace("functions", "")


# ------------------------------------------------------------------------------------ setup and teardown


def test_what_follows_a_group_does_not_wait_for_its_teardown(dag: DAG) -> None:
    with TaskGroup("g") as g:
        s, w = steps("sw")
        t = Step(task_id="t")
        s >> w >> t.as_teardown(setups=s)
    g >> Step(task_id="after")
    assert edges(dag) == {"g.s>g.w", "g.w>g.t", "g.s>g.t", "g.w>after"}


def test_with_teardown_joins_the_work_inside(dag: DAG) -> None:
    @setup
    def make() -> int:
        return 1

    @task
    def work() -> None: ...

    @teardown(on_failure_fail_dagrun=True)
    def drop(cluster: int) -> None: ...

    with drop(make()):
        work() >> work()
    spec = compile_dag(dag)
    found = {item.task_id: item for item in spec.tasks}

    assert edges(dag) == {"make>drop", "make>work", "work>work__1", "work__1>drop"}
    assert found["make"].is_setup
    assert (found["drop"].setups, found["drop"].on_failure_fail_run) == (("make",), True)
    assert found["drop"].trigger_rule == "all_done_setup_success"


def test_with_setup_joins_its_teardowns_too(dag: DAG) -> None:
    s, t = steps("st")
    t.as_teardown(setups=s)
    with s:
        Step(task_id="a")
        Step(task_id="b")
    assert edges(dag) == {"s>t", "s>a", "s>b", "a>t", "b>t"}


def test_setup_must_be_followed_by_what_waits_for_success(dag: DAG) -> None:
    Step(task_id="s").as_setup() >> Step(task_id="a", trigger_rule="all_done")
    with pytest.raises(DagFileError, match="Setup tasks must be followed with trigger rule ALL_SUCCESS"):
        compile_dag(dag)


def test_teardown_cannot_have_a_trigger_rule(dag: DAG) -> None:
    with pytest.raises(DagFileError, match="cannot have the trigger rule 'one_done'"):
        Step(task_id="t", trigger_rule="one_done").as_teardown()
