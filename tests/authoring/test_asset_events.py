"""Events of assets as a task sees them: what started its run, and the history of its inlets."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import pytest

from tradewind.authoring import ports
from tradewind.authoring.asset_events import InletEvents, by_asset, by_uri, triggering_events
from tradewind.authoring.assets import Asset, AssetAlias
from tradewind.authoring.outlet_events import OutletEvents
from tradewind.authoring.ports import EnvironmentSupervisor
from tradewind.model.ids import RunKey
from tradewind.model.messages import GetAssetEvents, GetRun
from tradewind.model.records import RunRecord
from tradewind.model.service import AssetEventRecord
from tradewind.model.states import RunState, RunType

NOW = datetime(2026, 5, 1, tzinfo=UTC)
ORDERS, USERS = Asset("orders", "s3://orders"), Asset("users", "s3://users")


def record(number: int, asset: Asset = ORDERS, **more: Any) -> AssetEventRecord:
    return AssetEventRecord(number, asset.name, asset.uri, NOW + timedelta(hours=number), **more)


class Archive(EnvironmentSupervisor):
    def __init__(self) -> None:
        super().__init__()
        self.asked: list[GetAssetEvents] = []

    def ask(self, request: Any) -> Any:
        if isinstance(request, GetAssetEvents):
            self.asked.append(request)
            return msgspec.to_builtins([record(1), record(2, extra={"n": 2})])
        if isinstance(request, GetRun) and request.run == RunKey("d", "r"):
            run = RunRecord("d", "r", RunState.SUCCESS, RunType.MANUAL, NOW, NOW, NOW, NOW, NOW, NOW, NOW, "h", "s")
            return msgspec.to_builtins(run)
        return super().ask(request)


@pytest.fixture
def archive():
    made = Archive()
    ports.install(made)
    yield made
    ports.install(None)


def started_by(*records: AssetEventRecord) -> Any:
    return msgspec.to_builtins(list(records))


def test_what_started_a_run_by_asset_name_uri_and_reference():
    found = triggering_events(started_by(record(1), record(2), record(3, USERS)), by_asset)

    assert list(found) == [ORDERS, USERS]
    assert [event.id for event in found[ORDERS]] == [1, 2]
    for key in ("orders", "s3://orders", Asset.ref(name="orders"), Asset.ref(uri="s3://orders")):
        assert found[key] is found[ORDERS]
    with pytest.raises(KeyError):
        found["gone"]


def test_airflow_2_keys_them_by_uri():
    found = triggering_events(started_by(record(1), record(3, USERS)), by_uri)

    assert {uri: len(events) for uri, events in found.items()} == {"s3://orders": 1, "s3://users": 1}


def test_a_run_that_nothing_started_has_none():
    assert dict(triggering_events(None, by_asset)) == {}


def test_the_run_that_updated_an_asset_is_asked_for(archive):
    by_task = record(1, source_dag_id="d", source_run_id="r", source_task_id="t", source_map_path=(4,))
    (event,) = triggering_events(started_by(by_task), by_asset)[ORDERS]

    assert (event.source_map_index, event.source_dag_run.run_id) == (4, "r")
    assert event.source_dag_run.start_date == NOW
    (outside,) = triggering_events(started_by(record(1)), by_asset)[ORDERS]
    assert outside.source_dag_run is None


@pytest.mark.parametrize(
    ("key", "asked"),
    [
        (ORDERS, GetAssetEvents(name="orders", uri="s3://orders")),
        (Asset.ref(name="orders"), GetAssetEvents(name="orders")),
        (AssetAlias("daily"), GetAssetEvents(alias="daily")),
        ("orders", GetAssetEvents(name="orders")),
        ("s3://orders", GetAssetEvents(uri="s3://orders")),
        (-1, GetAssetEvents(name="users", uri="s3://users")),
    ],
    ids=["asset", "reference", "alias", "name", "uri", "place"],
)
def test_the_history_of_an_inlet(archive, key, asked):
    history = InletEvents([ORDERS, USERS])[key]

    assert [event.id for event in history] == [1, 2]
    assert (len(history), history[-1].extra) == (2, {"n": 2})
    assert archive.asked == [asked]


def test_the_history_is_narrowed_before_it_is_asked_for(archive):
    later = NOW + timedelta(days=1)

    list(InletEvents([]).for_asset(name="orders").after(NOW).before(later).ascending(False).limit(3))

    assert archive.asked == [GetAssetEvents("orders", after=NOW, before=later, ascending=False, limit=3)]


def test_what_is_no_asset_has_no_history():
    with pytest.raises(KeyError, match="no asset"):
        InletEvents([])[3.5]


@pytest.mark.parametrize("key", ["orders", "s3://orders", Asset.ref(name="orders")], ids=["name", "uri", "reference"])
def test_an_outlet_is_found_by_what_names_it(key):
    said = OutletEvents([ORDERS, USERS])

    said[key].extra["n"] = 1

    assert said[ORDERS].extra == {"n": 1}
