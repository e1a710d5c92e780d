"""Assets, their events, and which DAGs wait for them."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.store.making import LATER, NOW, RUN, commit, created, run_moved
from tradewind.model.changes import AssetsUpdated
from tradewind.model.errors import NotFoundError
from tradewind.model.ids import RunKey
from tradewind.model.service import NewAssetEvent
from tradewind.model.spec import DagSpec, ScheduleSpec, TaskSpec
from tradewind.model.states import RunType
from tradewind.store.sql import asset_events

ORDERS, PRICES = ("orders", "s3://lake/orders"), ("prices", "prices")


def asset(of, **more):
    return {"asset": {"name": of[0], "uri": of[1], "group": "asset", **more}}


def alias(name):
    return {"alias": {"name": name, "group": "asset"}}


def consumer(*conditions, dag_id="reader"):
    return DagSpec(dag_id, schedule=ScheduleSpec(kind="assets", assets={"any": list(conditions)}))


def producer(*outlets, dag_id="writer", inlets=()):
    return DagSpec(dag_id, tasks=(TaskSpec("write", "@task", outlets=outlets, inlets=inlets),))


def save(store, *specs):
    for spec in specs:
        store.save_dag_version(spec, "s1", "/root", f"{spec.dag_id}.py", now=NOW)


def update(store, of=ORDERS, now=NOW, **more):
    return store.add_asset_event(NewAssetEvent(*of, **more), now=now)


def start(store, events, name="run 1", dag_id="reader"):
    made = created(RunKey(dag_id, name), None, run_type=RunType.ASSET_TRIGGERED)
    return store.create_asset_runs([(made, [event.event_id for event in events])], who="scheduler", now=LATER)


class AssetReferences:
    def test_assets_are_those_that_dags_mention(self, store):
        save(store, consumer(asset(ORDERS, group="raw")), producer(asset(PRICES), inlets=(asset(ORDERS, group="raw"),)))
        orders, prices = store.assets()
        assert (orders.name, orders.uri, orders.group, orders.is_active) == (*ORDERS, "raw", True)
        assert (prices.name, prices.last_event_at) == ("prices", None)
        assert [one.name for one in store.assets(names=["prices", "none"])] == ["prices"]

    def test_who_reads_and_who_writes_an_asset(self, store):
        save(store, consumer(asset(ORDERS), {"all": [asset(PRICES)]}), producer(asset(ORDERS)))
        assert store.consumers_of(*ORDERS) == ["reader"]
        assert store.consumers_of(*PRICES) == ["reader"]
        assert store.producers_of(*ORDERS) == [("writer", "write")]
        assert store.producers_of(*PRICES) == []
        assert store.consumers_of("orders", "another://uri") == []

    @pytest.mark.parametrize("ref", [{"name": "orders"}, {"uri": "s3://lake/orders"}], ids=["by name", "by uri"])
    def test_a_reference_to_what_another_file_defines(self, store, ref):
        save(store, consumer({"asset_ref": ref}), producer(asset(ORDERS)))
        assert store.consumers_of(*ORDERS) == ["reader"]
        assert store.consumers_of(*PRICES) == []
        assert [one.is_active for one in store.assets()] == [True]

    def test_a_retired_dag_reads_and_writes_nothing(self, store):
        save(store, consumer(asset(ORDERS)), producer(asset(ORDERS)))
        for dag_id in ("reader", "writer"):
            store.retire_dags("/root", f"{dag_id}.py", keep=(), now=LATER)
        assert (store.consumers_of(*ORDERS), store.producers_of(*ORDERS)) == ([], [])
        assert [one.is_active for one in store.assets()] == [False]

    def test_the_newest_version_counts(self, store):
        save(store, consumer(asset(ORDERS)), consumer(asset(PRICES)))
        assert (store.consumers_of(*ORDERS), store.consumers_of(*PRICES)) == ([], ["reader"])

    def test_an_alias_reads_what_it_has_stood_for(self, store):
        save(store, consumer(alias("daily")), producer(alias("daily")))
        assert store.consumers_of(*ORDERS) == []
        commit(store, created(), AssetsUpdated((NewAssetEvent(*ORDERS, alias="daily"),)))
        assert store.consumers_of(*ORDERS) == ["reader"]
        assert store.producers_of(*ORDERS) == [("writer", "write")]
        (event,) = store.waiting_events("reader")
        assert (event.name, event.alias) == ("orders", "daily")


class AssetEvents:
    def test_an_event_of_a_task_is_told_with_its_source(self, store):
        save(store, consumer(asset(ORDERS)))
        event = NewAssetEvent(*ORDERS, {"rows": 3}, RUN, "write", (2,), partition_key="2026-01")
        commit(store, created(), AssetsUpdated((event,)))
        (told,) = store.asset_events(name="orders")
        assert (told.name, told.uri, told.at, told.extra) == (*ORDERS, NOW, {"rows": 3})
        assert (told.source_dag_id, told.source_run_id, told.source_task_id) == (*(RUN.dag_id, RUN.run_id), "write")
        assert (told.source_map_path, told.partition_key, told.by) == ((2,), "2026-01", "")
        assert store.assets()[0].last_event_at == NOW

    def test_an_event_from_outside_says_who(self, store):
        save(store, consumer(asset(ORDERS)))
        told = update(store, by="ada", extra={"x": 1})
        assert (told.name, told.by, told.extra, told.source_dag_id) == ("orders", "ada", {"x": 1}, None)
        assert store.asset_events() == [told]

    @pytest.mark.parametrize("of", [("orders", ""), ("", "s3://lake/orders")], ids=["name", "uri"])
    def test_one_of_name_and_uri_is_enough(self, store, of):
        save(store, consumer(asset(ORDERS)))
        assert update(store, of).uri == ORDERS[1]

    def test_an_asset_that_nobody_mentions_cannot_be_updated(self, store):
        with pytest.raises(NotFoundError, match="orders"):
            update(store)

    def test_events_are_told_newest_first(self, store):
        save(store, consumer(asset(ORDERS), asset(PRICES)))
        numbers = [update(store, of, NOW + timedelta(seconds=i)).event_id for i, of in enumerate([ORDERS, PRICES] * 2)]
        assert [one.event_id for one in store.asset_events()] == numbers[::-1]
        assert [one.event_id for one in store.asset_events(limit=1)] == numbers[-1:]
        assert [one.event_id for one in store.asset_events(uri=PRICES[1])] == [numbers[3], numbers[1]]

    def test_events_wait_until_a_run_was_made_for_them(self, store):
        save(store, consumer(asset(ORDERS), asset(PRICES)), consumer(asset(PRICES), dag_id="second"))
        first, second = update(store), update(store, PRICES)
        assert store.waiting_events("reader") == [first, second]
        assert store.dags_with_waiting_events() == ["reader", "second"]
        assert start(store, [first, second])
        assert store.waiting_events("reader") == []
        assert store.dags_with_waiting_events() == ["second"]
        assert store.asset_events(run=RunKey("reader", "run 1")) == [second, first]

    def test_an_event_starts_one_run_of_a_dag(self, store, other):
        save(store, consumer(asset(ORDERS)))
        first, second = update(store), update(store)
        assert start(store, [first])
        assert not start(other, [first, second], "run 2")
        assert other.run(RunKey("reader", "run 2")) is None
        assert store.waiting_events("reader") == [second]

    def test_a_deleted_run_does_not_bring_its_events_back(self, store):
        save(store, consumer(asset(ORDERS)))
        start(store, [update(store)])
        key = RunKey("reader", "run 1")
        commit(store, run_moved("queued", "running", key), run_moved("running", "success", key))
        store.delete_run(key)
        assert store.waiting_events("reader") == []
        assert len(store.asset_events()) == 1

    def test_runs_that_share_an_event_are_made_together_or_not_at_all(self, store):
        save(store, consumer(asset(ORDERS)))
        update(store)
        update(store)
        first, second = (event.event_id for event in store.waiting_events("reader"))
        made = [created(RunKey("reader", name), None, run_type=RunType.ASSET_TRIGGERED) for name in ("a", "b", "c")]
        assert store.create_asset_runs([(made[0], [first]), (made[1], [first])], who="scheduler", now=LATER)
        assert sorted(run.run_id for run in store.runs()) == ["a", "b"]
        assert [event.event_id for event in store.waiting_events("reader")] == [second]
        assert not store.create_asset_runs([(made[2], [first, second])], who="scheduler", now=LATER)
        assert len(store.runs()) == 2
        assert [event.event_id for event in store.waiting_events("reader")] == [second]

    def test_a_paused_dag_collects_what_happens(self, store):
        save(store, consumer(asset(ORDERS)))
        store.set_paused("reader", True)
        during = update(store)
        assert store.dags_with_waiting_events() == []
        store.set_paused("reader", False)
        assert store.dags_with_waiting_events() == ["reader"]
        assert store.waiting_events("reader") == [during]

    def test_what_happened_before_a_dag_mentioned_the_asset_starts_nothing(self, store):
        save(store, producer(asset(ORDERS)))
        update(store)
        save(store, consumer(asset(ORDERS)))
        assert store.waiting_events("reader") == []

    def test_a_schedule_that_drops_an_asset_no_longer_waits_for_it(self, store):
        save(store, consumer(asset(ORDERS), asset(PRICES)))
        update(store)
        kept = update(store, PRICES)
        save(store, consumer(asset(PRICES)))
        assert store.waiting_events("reader") == [kept]

    def test_a_version_with_the_same_assets_goes_on_waiting(self, store):
        save(store, consumer(asset(ORDERS)))
        waiting = update(store)
        save(store, DagSpec("reader", schedule=consumer(asset(ORDERS)).schedule, description="new"))
        assert store.waiting_events("reader") == [waiting]

    def test_an_asset_that_waits_for_another_in_vain_piles_up_no_events(self, store, monkeypatch):
        monkeypatch.setattr(asset_events, "MOST_WAITING", 3)
        monkeypatch.setattr(asset_events, "DROP_EVERY", 1)
        save(store, consumer(asset(ORDERS), asset(PRICES)), consumer(asset(PRICES), dag_id="second"))
        first = update(store, PRICES)
        of_partition = update(store, partition_key="2026-01")
        orders = [update(store) for _ in range(5)]
        assert store.waiting_events("reader") == [first, of_partition, *orders[2:]]
        assert store.waiting_events("second") == [first]
        assert len(store.asset_events()) == 7

    def test_an_event_that_starts_nothing_is_forgotten_for_one_dag(self, store):
        save(store, consumer(asset(ORDERS)), consumer(asset(ORDERS), dag_id="second"))
        first, second = update(store), update(store)
        start(store, [first])
        store.forget_waiting_events("reader", [first.event_id, second.event_id])
        assert store.waiting_events("reader") == []
        assert store.waiting_events("second") == [first, second]
        assert store.asset_events(run=RunKey("reader", "run 1")) == [first]

    def test_an_event_is_told_with_its_task_or_not_at_all(self, store):
        save(store, consumer(asset(ORDERS)))
        commit(store, created())
        with pytest.raises(Exception, match="is queued, not running"):
            commit(store, AssetsUpdated((NewAssetEvent(*ORDERS),)), run_moved("running", "success"))
        assert store.asset_events() == []
        assert store.waiting_events("reader") == []

    def test_an_asset_is_updated_once_within_a_while(self, store):
        save(store, consumer(asset(ORDERS)))
        event = NewAssetEvent(*ORDERS, extra={"share": 1.0})
        first = store.add_asset_event_unless(event, since=NOW - timedelta(hours=1), now=NOW)
        assert first is not None
        assert first.extra == {"share": 1.0}
        assert store.add_asset_event_unless(event, since=NOW, now=NOW + timedelta(minutes=1)) is None
        later = NOW + timedelta(hours=1)
        assert store.add_asset_event_unless(event, since=NOW + timedelta(microseconds=1), now=later) is not None
        assert [one.at for one in store.waiting_events("reader")] == [NOW, later]

    def test_an_asset_that_nobody_mentioned_is_made(self, store):
        event = NewAssetEvent("own", "x://own")
        assert store.add_asset_event_unless(event, since=NOW, now=NOW) is not None
        assert store.add_asset_event_unless(event, since=NOW, now=NOW) is None
        assert len(store.asset_events(name="own")) == 1
