from __future__ import annotations

import pytest

from tradewind.authoring.assets import Asset, AssetAlias
from tradewind.authoring.outlet_events import OutletEvents
from tradewind.model.ids import RunKey, TaskKey
from tradewind.model.spec import TaskSpec
from tradewind.scheduler.outlets import updates_of

KEY = TaskKey("d", "r", "t", (3,))
ORDERS, USERS = Asset("orders", "s3://orders"), Asset("users", "s3://users")


def updated(*outlets, said=None, partition_key=None):
    task = TaskSpec("t", "PythonOperator", outlets=tuple(outlet.as_plain() for outlet in outlets))
    found = updates_of(task, KEY, said, partition_key)
    return [] if found is None else list(found.events)


def test_a_task_without_outlets_updates_nothing():
    assert updates_of(TaskSpec("t", "PythonOperator"), KEY, None, None) is None


def test_every_outlet_is_updated_and_knows_the_task_that_did_it():
    events = updated(ORDERS, USERS)

    assert [(one.name, one.uri) for one in events] == [("orders", "s3://orders"), ("users", "s3://users")]
    assert {(one.run, one.task_id, one.map_path) for one in events} == {(RunKey("d", "r"), "t", (3,))}


def test_what_the_task_said_goes_with_the_outlet_it_was_said_of():
    said = OutletEvents()
    said[USERS].extra["rows"] = 7

    assert [one.extra for one in updated(ORDERS, USERS, said=said.as_plain())] == [{}, {"rows": 7}]


def test_an_alias_updates_what_it_stood_for():
    said, alias = OutletEvents(), AssetAlias("daily")
    said[alias].add(ORDERS, {"day": 1})
    said[alias].add(USERS)

    events = updated(alias, said=said.as_plain())

    assert [(one.name, one.alias, one.extra) for one in events] == [
        ("orders", "daily", {"day": 1}),
        ("users", "daily", {}),
    ]
    assert updated(alias) == []


def test_a_reference_is_updated_by_the_name_it_gives():
    assert [(one.name, one.uri) for one in updated(Asset.ref(name="orders"))] == [("orders", "")]
    assert [(one.name, one.uri) for one in updated(Asset.ref(uri="s3://orders"))] == [("", "s3://orders")]


@pytest.mark.parametrize(
    ("of_run", "said_by_task", "expected"),
    [(None, (), [None]), ("2026-05-01", (), ["2026-05-01"]), ("2026-05-01", ("eu", "us"), ["eu", "us"])],
)
def test_the_partitions_a_task_names_take_the_place_of_its_runs_own(of_run, said_by_task, expected):
    said = OutletEvents()
    for key in said_by_task:
        said[ORDERS].add_partitions(key)

    assert [one.partition_key for one in updated(ORDERS, said=said.as_plain(), partition_key=of_run)] == expected
