"""What travels with a try's message."""

from __future__ import annotations

import pytest

from tests.scheduler.conftest import NOW, dag, result, task
from tradewind.model.messages import PushXCom, TryStarted
from tradewind.model.outcomes import Failed, Succeeded
from tradewind.model.spec import Expansion, FromTask, GroupSpec, Literals, Resources, RetrySpec, ReuseSpec, XComInput
from tradewind.scheduler.orders import MOST_INPUT_BYTES_SENT, MOST_INPUTS_SENT


def over(length):
    return Expansion((("x", Literals(length)),))


def reader(*upstream, **more):
    return task("reader", *upstream, inputs=tuple(XComInput(name) for name in upstream), **more)


def order_of(house, task_id, path=()):
    return house.desk.orders[house.desk.try_of(task_id, path=path)]


def inputs_of(house, path=()):
    return order_of(house, "reader", path).message.inputs


def test_known_values_come_along(house):
    house.launch(dag(task("a"), reader("a")))
    written_by = house.end("a", result("[1]"))
    (given,) = inputs_of(house)
    assert (given.task_id, given.key, given.total, given.is_dense) == ("a", "return_value", 1, False)
    assert [(xcom.value.inline, xcom.try_id) for xcom in given.xcoms] == [(b"[1]", written_by)]


def test_what_was_not_pushed_is_not_there(house):
    house.launch(dag(task("a"), reader("a")))
    house.end("a", Succeeded())
    (given,) = inputs_of(house)
    assert (given.xcoms, given.total, given.is_dense) == ((), 0, False)


@pytest.mark.parametrize(
    ("length", "text", "sent"),
    [
        (MOST_INPUTS_SENT, "1", MOST_INPUTS_SENT),
        (MOST_INPUTS_SENT + 1, "1", 0),
        (3, "x" * (MOST_INPUT_BYTES_SENT // 2), 0),
        (2, "x" * (MOST_INPUT_BYTES_SENT // 2), 2),
    ],
)
def test_many_or_large_values_are_asked_for_instead(house, length, text, sent):
    house.restart(pools={"default_pool": -1}, parallelism=100)
    house.launch(dag(task("a", expansion=over(length)), reader("a"), max_active_tasks=0))
    for index in range(length):
        house.end("a", result(text), path=(index,))
    (given,) = inputs_of(house)
    assert (len(given.xcoms), given.total, given.is_dense) == (sent, length, sent == 0)
    assert [xcom.map_path for xcom in given.xcoms] == [(index,) for index in range(sent)]


def test_a_gap_makes_it_not_dense(house):
    house.restart(pools={"default_pool": -1}, parallelism=100)
    length = MOST_INPUTS_SENT + 2
    house.launch(dag(task("a", expansion=over(length)), reader("a"), max_active_tasks=0))
    for index in range(length):
        house.end("a", Succeeded() if index == 7 else result(), path=(index,))
    (given,) = inputs_of(house)
    assert (given.total, given.is_dense) == (length - 1, False)


def test_inside_a_mapped_group_only_the_own_instances_values_come_along(house):
    group = GroupSpec("g", expansion=over(2))
    house.launch(dag(task("a", group_id="g"), reader("a", group_id="g"), groups=(group,)))
    house.end("a", result("zero"), path=(0,))
    house.end("a", result("one"), path=(1,))
    for index, text in enumerate([b"zero", b"one"]):
        (given,) = inputs_of(house, (index,))
        assert [xcom.value.inline for xcom in given.xcoms] == [text]


def test_a_retry_does_not_hand_on_what_the_failed_try_pushed(house):
    house.launch(dag(task("a", retry=RetrySpec(1, 0.0)), reader("a", trigger_rule="all_done")))
    try_id = house.desk.try_of("a")
    house.desk.say(PushXCom(try_id, "return_value", result("old").result))
    house.end("a", Failed("E", "boom"))
    house.later(seconds=1)
    house.end("a", Succeeded())
    (given,) = inputs_of(house)
    assert given.xcoms == ()


def test_the_rest_of_the_message(house):
    limits = {"cpus": 1.0, "memory_bytes": 5}
    spec = dag(
        task("a"),
        task(
            "t",
            "a",
            expansion=Expansion((("x", FromTask("a")),)),
            retry=RetrySpec(2, 0.0),
            resources=Resources(**limits),
            reuse=ReuseSpec(7),
            execution_timeout_seconds=9.0,
            pool="gpu",
        ),
    )
    house.launch(spec)
    house.end("a", result("[1, 2]", length=2))
    order = order_of(house, "t", (0,))
    message = order.message
    assert (message.try_number, message.max_tries, message.pool) == (1, 3, "gpu")
    assert message.expansion_lengths == {"t": 2}
    assert message.run.logical_date == NOW
    assert message.log_path == "/logs/dag_id=dag/run_id=run/task_id=t/map_index=0.attempt=1.log"
    assert (order.resources, order.reuse, order.time_limit_seconds) == (Resources(**limits), ReuseSpec(7), 9.0)
    assert message.first_started_at is None


def test_a_later_try_knows_when_the_first_one_started(house):
    house.launch(dag(task("t", retry=RetrySpec(1, 60.0))))
    house.desk.say(TryStarted(house.desk.try_of("t"), 1, "host"))
    house.end("t", Failed("E", "boom"))
    house.later(seconds=60)
    message = order_of(house, "t").message
    assert (message.try_number, message.first_started_at) == (2, NOW)


@pytest.mark.parametrize("reader_weight", [1, 9])
def test_a_reader_picked_together_with_a_new_try_of_its_writer_is_not_given_the_old_trys_value(house, reader_weight):
    """Whichever of the two is picked first: the value is gone once both are queued."""
    spec = dag(
        task("a", priority_weight=5, retry=RetrySpec(1, 60.0)),
        reader("a", trigger_rule="always", priority_weight=reader_weight, retry=RetrySpec(1, 60.0)),
    )
    house.launch(spec)
    house.desk.say(PushXCom(house.desk.try_of("a"), "return_value", result("old").result))
    house.end("a", Failed("E", "boom"))
    house.end("reader", Failed("E", "boom"))
    house.later(seconds=60)
    assert len(house.desk.orders) == 4
    (given,) = inputs_of(house)
    assert (given.xcoms, given.total) == ((), 0)
