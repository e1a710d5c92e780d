"""Runs that assets start: on a real store, with the scheduler that commits the updates."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import msgspec
import pytest

from tests.scheduler.conftest import CODE, NOW, House, dag, task
from tradewind.authoring.assets import Asset, AssetAlias, AssetCondition
from tradewind.authoring.partitions import (
    AllowedKeyMapper,
    FanOutMapper,
    FixedKeyMapper,
    IdentityMapper,
    PartitionMapper,
    RollupMapper,
    SegmentWindow,
    StartOfDayMapper,
    StartOfWeekMapper,
    WeekWindow,
)
from tradewind.engine import events
from tradewind.engine.run import Bounds
from tradewind.model.ids import RunKey
from tradewind.model.outcomes import Failed, Succeeded
from tradewind.model.parsing import (
    PARTITIONS_MAPPED,
    TO_ASSET_RUNS,
    TO_DAG_PROCESSOR,
    MappedKey,
    PartitionsMapped,
)
from tradewind.model.records import RunRecord
from tradewind.model.service import NewAssetEvent, Topic
from tradewind.model.spec import DagSpec, ParamSpec, ScheduleSpec
from tradewind.model.states import RunState, RunType
from tradewind.scheduler.assets import MOST_ROUNDS, AssetRuns
from tradewind.scheduler.own_mappers import ASK_AGAIN_AFTER
from tradewind.scheduler.specs import Specs
from tradewind.scheduler.takeover import waiting_run
from tradewind.timetables import schedule_spec
from tradewind.timetables.partitions import PartitionedAssetTimetable

ORDERS, USERS = Asset("orders", "s3://orders"), Asset("users", "s3://users")


class Market:
    """A house with DAGs that make assets and wait for them."""

    def __init__(self, house: House) -> None:
        self.house, self.store = house, house.store
        self.duty = AssetRuns(self.store, Specs(self.store))

    def save(self, spec: DagSpec) -> DagSpec:
        self.store.save_dag_version(spec, CODE.snapshot, "/dags", f"{spec.dag_id}.py", now=self.house.now)
        return spec

    def waits(self, dag_id: str, condition: AssetCondition, *, outlets: tuple[Any, ...] = (), **more: Any) -> DagSpec:
        schedule = ScheduleSpec("assets", assets=condition.as_plain(), **more)
        return self.save(dag(task("t", outlets=_plain(outlets)), dag_id=dag_id, schedule=schedule))

    def makes(self, dag_id: str, *outlets: AssetCondition) -> DagSpec:
        return self.save(dag(task("make", outlets=_plain(outlets)), dag_id=dag_id))

    def emit(self, *assets: Asset, **more: Any) -> None:
        for asset in assets:
            self.house.now += timedelta(seconds=1)
            self.store.add_asset_event(NewAssetEvent(asset.name, asset.uri, **more), now=self.house.now)
        self.attend()

    def attend(self) -> None:
        self.duty.attend(self.house.now, frozenset({Topic.ASSETS}))

    def runs(self, dag_id: str) -> list[RunRecord]:
        return self.store.runs(dag_id=dag_id)[::-1]

    def run_to_its_end(self, run: RunRecord, spec: DagSpec) -> None:
        """As admission and the scheduler do."""
        active = waiting_run(run, spec, CODE, self.house.now, Bounds())
        self.house.scheduler.adopt(active, [events.RunStarted()])
        self.house.end("t", run_id=run.run_id)
        self.attend()


def _plain(outlets: Any) -> tuple[Any, ...]:
    return tuple(outlet.as_plain() for outlet in outlets)


@pytest.fixture
def market(house):
    return Market(house)


def test_a_run_starts_when_all_assets_are_updated_and_only_then(market):
    market.waits("both", ORDERS & USERS)

    market.emit(ORDERS)
    assert market.runs("both") == []
    market.emit(ORDERS, USERS)

    (run,) = market.runs("both")
    assert (run.run_type, run.state, run.logical_date) == (RunType.ASSET_TRIGGERED, RunState.QUEUED, None)
    assert run.run_id.startswith("asset_triggered__2026-05-01T12:00:03+00:00_")
    assert [event["name"] for event in run.triggering_assets] == ["orders", "orders", "users"]
    assert len(market.store.asset_events(run=RunKey("both", run.run_id))) == 3


def test_events_are_used_once(market):
    market.waits("one", ORDERS)
    market.emit(ORDERS)

    market.attend()
    market.attend()
    market.emit(ORDERS)

    assert len(market.runs("one")) == 2


def test_one_of_several_is_enough_where_the_author_says_so(market):
    market.waits("any", ORDERS | USERS)

    market.emit(USERS)

    assert len(market.runs("any")) == 1


def test_what_a_task_updates_starts_runs_with_its_success(market):
    made = market.makes("producer", ORDERS)
    market.waits("consumer", ORDERS)
    key = market.house.launch(made)
    said = [{"key": ORDERS.as_plain(), "extra": {"rows": 7}, "added": []}]

    market.house.end("make", Succeeded(outlet_events=said))
    market.attend()

    (event,) = market.store.asset_events(name="orders")
    assert (event.extra, event.source_run_id, event.source_task_id) == ({"rows": 7}, key.run_id, "make")
    assert len(market.runs("consumer")) == 1


def test_a_task_that_failed_updates_nothing(market):
    market.house.launch(market.makes("producer", ORDERS))

    market.house.end("make", Failed("ValueError", "no"))

    assert market.store.asset_events(name="orders") == []


def test_an_alias_starts_whoever_waits_for_it_and_for_what_it_stood_for(market):
    alias = AssetAlias("daily")
    market.house.launch(market.makes("producer", alias))
    market.waits("by_alias", alias)
    market.waits("by_asset", ORDERS)
    said = [{"key": alias.as_plain(), "extra": {}, "added": [{**ORDERS.as_plain(), "extra": {"day": 1}}]}]

    market.house.end("make", Succeeded(outlet_events=said))
    market.attend()

    assert [len(market.runs(name)) for name in ("by_alias", "by_asset")] == [1, 1]


def test_a_reference_by_name_or_uri(market):
    market.makes("producer", ORDERS)
    market.waits("by_name", Asset.ref(name="orders"))
    market.waits("by_uri", Asset.ref(uri="s3://orders"))

    market.emit(ORDERS)

    assert [len(market.runs(name)) for name in ("by_name", "by_uri")] == [1, 1]


def test_a_paused_dag_collects_events_until_it_is_let_go(market):
    market.waits("one", ORDERS)
    market.store.set_paused("one", True)
    market.emit(ORDERS, ORDERS)
    assert market.runs("one") == []

    market.store.set_paused("one", False)
    market.attend()

    (run,) = market.runs("one")
    assert len(run.triggering_assets) == 2


def test_files_of_airflow_2_have_dates_from_the_events(market):
    market.waits("old", ORDERS & USERS, assets_give_dates=True)

    market.emit(ORDERS, USERS)

    (run,) = market.runs("old")
    first, last = NOW + timedelta(seconds=1), NOW + timedelta(seconds=2)
    assert (run.data_interval_start, run.data_interval_end, run.logical_date) == (first, last, last)


def test_a_dag_with_time_and_assets_is_started_by_either(market):
    schedule = ScheduleSpec("assets_or_time", crons=("0 0 * * *",), assets=ORDERS.as_plain())
    market.save(dag(task("t"), dag_id="either", schedule=schedule))

    market.emit(ORDERS)

    (run,) = market.runs("either")
    assert run.run_type is RunType.ASSET_TRIGGERED


def test_a_dag_that_cannot_be_started_holds_up_no_other(market, caplog):
    schedule = ScheduleSpec("assets", assets=ORDERS.as_plain())
    market.save(dag(task("t"), dag_id="a_wants_a_param", schedule=schedule, params=(ParamSpec("n"),)))
    market.waits("b_fine", ORDERS)

    market.emit(ORDERS)

    assert len(market.runs("b_fine")) == 1
    assert "a_wants_a_param" in caplog.text


def test_a_dag_that_starts_itself_is_told_of_and_paused_in_the_end(market, caplog):
    spec = market.waits("loop", ORDERS, outlets=(ORDERS,))
    market.emit(ORDERS)

    for _ in range(MOST_ROUNDS + 5):
        if market.runs("loop")[-1].state is not RunState.QUEUED:
            break
        market.house.now += timedelta(seconds=1)
        market.run_to_its_end(market.runs("loop")[-1], spec)

    assert len(market.runs("loop")) == MOST_ROUNDS
    assert "starts itself" in caplog.text
    dag_record = market.store.dag("loop")
    assert dag_record is not None
    assert dag_record.is_paused
    assert [one.action for one in market.store.audit(dag_id="loop")] == ["asset_circle_stopped"]


def test_unpausing_lets_it_go_as_many_rounds_again(market):
    spec = market.waits("loop", ORDERS, outlets=(ORDERS,))
    market.emit(ORDERS)
    while market.runs("loop")[-1].state is RunState.QUEUED:
        market.house.now += timedelta(seconds=1)
        market.run_to_its_end(market.runs("loop")[-1], spec)

    market.house.now += timedelta(seconds=1)
    market.store.set_paused("loop", False)
    market.attend()

    assert market.runs("loop")[-1].state is RunState.QUEUED


def partitioned(market: Market, dag_id: str, condition: AssetCondition, **mappers: Any) -> None:
    timetable = PartitionedAssetTimetable(condition, **mappers)
    schedule = schedule_spec(timetable, assets=condition.as_plain())
    market.save(dag(task("t"), dag_id=dag_id, schedule=schedule))


def keys(market: Market, dag_id: str) -> list[str | None]:
    return [run.partition_key for run in market.runs(dag_id)]


def test_a_run_for_each_partition_of_which_all_assets_are_there(market):
    partitioned(market, "both", ORDERS & USERS)

    market.emit(ORDERS, partition_key="eu")
    market.emit(ORDERS, partition_key="us")
    assert keys(market, "both") == []
    market.emit(USERS, partition_key="us")
    assert keys(market, "both") == ["us"]
    market.emit(USERS, partition_key="eu")

    assert keys(market, "both") == ["us", "eu"]


def test_an_asset_may_have_a_mapper_of_its_own(market):
    partitioned(
        market,
        "report",
        ORDERS & USERS,
        partition_mapper_config={ORDERS: StartOfDayMapper()},
        default_partition_mapper=IdentityMapper(),
    )

    market.emit(ORDERS, partition_key="2026-05-01T09:30:00")
    market.emit(USERS, partition_key="2026-05-01")

    assert keys(market, "report") == ["2026-05-01"]


def test_a_rollup_waits_for_all_partitions_of_its_window(market):
    window = SegmentWindow(["eu", "us"])
    mapper = RollupMapper(upstream_mapper=FixedKeyMapper("world"), window=window)
    partitioned(market, "world", ORDERS, default_partition_mapper=mapper)

    market.emit(ORDERS, partition_key="eu")
    market.emit(ORDERS, partition_key="eu")
    assert keys(market, "world") == []
    market.emit(ORDERS, partition_key="us")

    assert keys(market, "world") == ["world"]
    assert len(market.runs("world")[0].triggering_assets) == 3


def test_events_with_and_without_partitions_do_not_mix(market):
    partitioned(market, "by_partition", ORDERS)
    market.waits("plain", ORDERS)

    market.emit(ORDERS)
    assert (keys(market, "by_partition"), keys(market, "plain")) == ([], [None])
    market.emit(ORDERS, partition_key="eu")

    assert (keys(market, "by_partition"), keys(market, "plain")) == (["eu"], [None])
    assert market.store.waiting_events("plain") == market.store.waiting_events("by_partition") == []


def test_a_key_that_its_mapper_refuses_is_told_of_and_forgotten(market, caplog):
    partitioned(market, "picky", ORDERS, default_partition_mapper=AllowedKeyMapper(["eu"]))

    market.emit(ORDERS, partition_key="us")
    market.emit(ORDERS, partition_key="eu")

    assert keys(market, "picky") == ["eu"]
    assert "'us' is none of eu" in caplog.text


def test_an_update_that_is_fanned_out_starts_a_run_for_each_member(market):
    mapper = FanOutMapper(upstream_mapper=StartOfWeekMapper(), window=WeekWindow())
    partitioned(market, "days", ORDERS, default_partition_mapper=mapper)

    market.emit(ORDERS, partition_key="2026-05-13T00:00:00")
    market.attend()

    assert keys(market, "days") == [f"2026-05-{day}" for day in range(11, 18)]
    assert {len(run.triggering_assets) for run in market.runs("days")} == {1}
    assert market.store.waiting_events("days") == []


def test_runs_of_a_fanned_out_update_wait_for_each_other_and_nothing_is_lost(market):
    """As an event is used once, the runs it is for are made together."""
    fan_out = FanOutMapper(upstream_mapper=IdentityMapper(), window=SegmentWindow(["eu", "us"]))
    partitioned(market, "both", ORDERS & USERS, partition_mapper_config={ORDERS: fan_out})

    market.emit(ORDERS, partition_key="world")
    market.emit(USERS, partition_key="us")
    assert keys(market, "both") == []
    market.emit(USERS, partition_key="eu")

    assert sorted(keys(market, "both")) == ["eu", "us"]


class Reversed(PartitionMapper):
    """Of the author's own: the scheduler never calls it."""

    def to_downstream(self, key):
        raise AssertionError("in the scheduler")


def test_a_mapper_of_the_authors_own_is_asked_where_its_code_is(market):
    partitioned(market, "own", ORDERS, default_partition_mapper=Reversed())
    market.emit(ORDERS, partition_key="abc")
    market.emit(ORDERS, partition_key="bad")
    asked = market.store.take_requests([TO_DAG_PROCESSOR])
    market.attend()
    assert market.store.take_requests([TO_DAG_PROCESSOR]) == [], "asked once"
    assert [request.payload["questions"] for request in asked] == [[[0, "abc"]], [[0, "bad"]]]
    assert len(market.store.waiting_events("own")) == 2

    dag_hash = market.store.dag("own").hash
    answers = [MappedKey(0, "abc", ("cba", "b")), MappedKey(0, "bad", error="it raised ValueError: no")]
    for told_hash in ("an older version", dag_hash):
        payload = msgspec.to_builtins(PartitionsMapped("own", told_hash, tuple(answers)))
        market.store.add_request(PARTITIONS_MAPPED, TO_ASSET_RUNS, payload, who="dag-processor", now=market.house.now)
        market.attend()

    assert sorted(keys(market, "own")) == ["b", "cba"]
    assert market.store.waiting_events("own") == []


def test_what_nobody_answers_is_asked_again(market):
    partitioned(market, "own", ORDERS, default_partition_mapper=Reversed())
    market.emit(ORDERS, partition_key="abc")
    market.store.take_requests([TO_DAG_PROCESSOR])

    market.house.now += ASK_AGAIN_AFTER
    market.attend()

    assert len(market.store.take_requests([TO_DAG_PROCESSOR])) == 1
