"""Assets, their events and what waits for them; backfills."""

from __future__ import annotations

from datetime import datetime, timedelta

import airflow_client.client as airflow
import pytest
from airflow_client.client.api.asset_api import AssetApi
from airflow_client.client.api.backfill_api import BackfillApi

from tests.api.dags import NOW, queue, save
from tests.api.server import ApiServer
from tests.api.v2.refusals import status_of
from tradewind import DAG, Asset, AssetAlias
from tradewind.api.access.rights import Action, Grant, Resource
from tradewind.model.ids import RunKey
from tradewind.model.service import NewAssetEvent
from tradewind.operators.empty import EmptyOperator

Client = airflow.ApiClient
RAW, CLEAN = Asset("raw", uri="s3://data/raw", extra={"owner": "me"}), Asset("clean", uri="s3://data/clean")


@pytest.fixture
def graph(api: ApiServer) -> ApiServer:
    """`load` makes raw, `wash` waits for raw and clean, `report` reads raw."""
    with DAG("load") as load:
        EmptyOperator(task_id="fetch", outlets=[RAW, AssetAlias("daily")])
    with DAG("wash", schedule=[RAW, CLEAN]) as wash:
        EmptyOperator(task_id="wash")
    with DAG("report") as report:
        EmptyOperator(task_id="read", inlets=[RAW])
    save(api.store, load, wash, report)
    return api


def number_of(client: Client, name: str) -> int:
    found = AssetApi(client).get_assets(name_pattern=name).assets
    return next(one.id for one in found if one.name == name)


def test_an_asset_names_who_makes_it_who_waits_for_it_and_who_reads_it(graph: ApiServer, client: Client) -> None:
    raw = AssetApi(client).get_asset(number_of(client, "raw"))
    assert (raw.name, raw.uri, raw.group) == ("raw", "s3://data/raw", "asset")
    assert [(one.dag_id, one.task_id) for one in raw.producing_tasks] == [("load", "fetch")]
    assert [one.dag_id for one in raw.scheduled_dags] == ["wash"]
    assert [(one.dag_id, one.task_id) for one in raw.consuming_tasks] == [("report", "read")]
    assert raw.last_asset_event is None
    assert raw.extra == {"owner": "me"}


def test_who_may_not_see_a_dag_does_not_hear_of_it_from_its_assets(graph: ApiServer, client: Client) -> None:
    number = number_of(client, "raw")
    with graph.limited_to(Grant(Resource.ASSET, Action.READ), Grant(Resource.DAG, Action.READ, "report")):
        raw = AssetApi(client).get_asset(number)
    assert (raw.producing_tasks, raw.scheduled_dags) == ([], [])
    assert [one.dag_id for one in raw.consuming_tasks] == ["report"]


def test_assets_are_filtered_sorted_and_cut_into_pages(graph: ApiServer, client: Client) -> None:
    assets = AssetApi(client)
    assert [one.name for one in assets.get_assets(order_by=["-name"]).assets] == ["raw", "clean"]
    assert [one.name for one in assets.get_assets(order_by=["name"], limit=1, offset=1).assets] == ["raw"]
    assert [one.name for one in assets.get_assets(dag_ids=["report"]).assets] == ["raw"]
    assert [one.name for one in assets.get_assets(uri_pattern="clean").assets] == ["clean"]
    assert status_of(assets.get_asset, 99)[0] == 404


def test_aliases_are_listed_and_have_numbers(graph: ApiServer, client: Client) -> None:
    assets = AssetApi(client)
    (alias,) = assets.get_asset_aliases().asset_aliases
    assert alias.name == "daily"
    assert assets.get_asset_alias(alias.id) == {"id": alias.id, "name": "daily", "group": "asset"}
    assert status_of(assets.get_asset_alias, 1)[0] == 404


def test_an_event_from_outside_is_written_and_waits_for_its_dags(graph: ApiServer, client: Client) -> None:
    assets = AssetApi(client)
    number = number_of(client, "raw")
    made = assets.create_asset_event(airflow.CreateAssetEventsBody(asset_id=number, extra={"rows": 3}))
    assert (made.name, made.extra, made.source_dag_id) == ("raw", {"rows": 3, "from_rest_api": True}, None)
    assert [one.id for one in assets.get_asset_events(asset_id=number).asset_events] == [made.id]
    assert assets.get_asset_events(name_pattern="clean").total_entries == 0
    (queued,) = assets.get_asset_queued_events(number).queued_events
    assert (queued.dag_id, queued.asset_id) == ("wash", number)
    assert assets.get_dag_asset_queued_event("wash", number).dag_id == "wash"
    assert assets.get_dag_asset_queued_events("wash").total_entries == 1
    assert [one.name for one in graph.store.waiting_events("wash")] == ["raw"]
    assert status_of(assets.create_asset_event, airflow.CreateAssetEventsBody(asset_id=99))[0] == 404


def test_waiting_events_are_forgotten_by_dag_asset_and_time(graph: ApiServer, client: Client) -> None:
    assets = AssetApi(client)
    number = number_of(client, "raw")
    for hours in (0, 1):
        graph.store.add_asset_event(NewAssetEvent("raw", "s3://data/raw"), now=NOW + timedelta(hours=hours))
    assets.delete_dag_asset_queued_event("wash", number, before=(NOW + timedelta(minutes=1)).isoformat())
    assert len(graph.store.waiting_events("wash")) == 1
    assets.delete_dag_asset_queued_events("wash")
    assert graph.store.waiting_events("wash") == []
    assert status_of(assets.delete_asset_queued_events, number)[0] == 404
    assert status_of(assets.get_dag_asset_queued_events, "wash", before="yesterday")[0] == 400


def test_who_may_not_change_a_dag_takes_nothing_from_it(graph: ApiServer, client: Client) -> None:
    number = number_of(client, "raw")
    graph.store.add_asset_event(NewAssetEvent("raw", "s3://data/raw"), now=NOW)
    rights = (Grant(Resource.ASSET, Action.DELETE), Grant(Resource.DAG, Action.READ))
    with graph.limited_to(*rights):
        assert status_of(AssetApi(client).delete_asset_queued_events, number)[0] == 403
    assert len(graph.store.waiting_events("wash")) == 1


# ---------------------------------------------------------------------------------------------- backfills


@pytest.fixture
def daily(api: ApiServer) -> ApiServer:
    with DAG("daily", schedule="@daily", start_date=datetime(2026, 4, 1)) as found:
        EmptyOperator(task_id="a")
    with DAG("by_hand", schedule=None) as other:
        EmptyOperator(task_id="a")
    save(api.store, found, other)
    return api


def body(days: int = 3, dag_id: str = "daily") -> airflow.BackfillPostBody:
    first = datetime.fromisoformat("2026-04-01T00:00:00+00:00")
    return airflow.BackfillPostBody(
        dag_id=dag_id, from_date=first, to_date=first + timedelta(days=days - 1), max_active_runs=2
    )


def test_a_backfill_is_tried_dry_made_paused_and_cancelled(daily: ApiServer, client: Client) -> None:
    backfills = BackfillApi(client)
    dry = backfills.create_backfill_dry_run(body())
    assert [one.logical_date.day for one in dry.backfills if one.logical_date] == [1, 2, 3]
    assert daily.store.backfills() == []
    made = backfills.create_backfill(body())
    assert (made.dag_id, made.max_active_runs, made.is_paused) == ("daily", 2, False)
    assert len(daily.store.backfill_dates(made.id)) == 3
    assert backfills.pause_backfill(made.id).is_paused
    assert not backfills.unpause_backfill(made.id).is_paused
    assert [one.id for one in backfills.list_backfills("daily").backfills] == [made.id]
    backfills.cancel_backfill(made.id)
    assert daily.store.backfill(made.id).is_cancelled
    assert status_of(backfills.pause_backfill, made.id)[0] == 409
    assert [one.action for one in reversed(daily.store.audit())] == [
        "create_backfill",
        "backfill_pause",
        "backfill_unpause",
        "backfill_cancel",
    ]


def test_dates_that_have_a_run_are_left_out(daily: ApiServer, client: Client) -> None:
    first = datetime.fromisoformat("2026-04-01T00:00:00+00:00")
    queue(daily.store, "daily", "there", first)
    dry = BackfillApi(client).create_backfill_dry_run(body())
    assert [one.logical_date.day for one in dry.backfills if one.logical_date] == [2, 3]
    assert daily.store.run(RunKey("daily", "there")) is not None


def test_mistakes_in_backfills_are_told(daily: ApiServer, client: Client) -> None:
    backfills = BackfillApi(client)
    assert status_of(backfills.create_backfill, body(dag_id="none"))[0] == 404
    assert status_of(backfills.create_backfill, body(dag_id="by_hand"))[0] == 422
    assert status_of(backfills.create_backfill, body(days=0))[0] == 422
    assert status_of(backfills.get_backfill, 99)[0] == 404
    backfills.create_backfill(body())
    assert status_of(backfills.create_backfill, body(days=9))[0] == 409


def test_a_backfill_belongs_to_its_dag(daily: ApiServer, client: Client) -> None:
    backfills = BackfillApi(client)
    made = backfills.create_backfill(body())
    with daily.limited_to(
        Grant(Resource.BACKFILL, Action.READ, "other"), Grant(Resource.BACKFILL, Action.CREATE, "other")
    ):
        assert status_of(backfills.get_backfill, made.id)[0] == 403
        assert status_of(backfills.create_backfill, body())[0] == 403
        assert status_of(backfills.list_backfills, "daily")[0] == 403
