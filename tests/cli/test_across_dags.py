"""`tradewind assets`, `backfills` and `deadlines` on a store with some DAGs, where no scheduler is running."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from tradewind.model.changes import RunChanged, RunCreated
from tradewind.model.ids import RunKey
from tradewind.model.service import NewAssetEvent, NewDeadline
from tradewind.model.spec import DagSpec, ParamSpec, ScheduleSpec, TaskSpec
from tradewind.model.states import RunState, RunType
from tradewind.store import open_store
from tradewind.store.base import Store
from tradewind.timetables import schedule_spec

NOW = datetime(2026, 5, 1, tzinfo=UTC)
ORDERS, USERS = {"asset": {"name": "orders", "uri": "s3://orders"}}, {"asset": {"name": "users", "uri": "s3://users"}}


@pytest.fixture
def store(home) -> Iterator[Store]:
    opened = open_store(f"sqlite:///{home / 'tradewind.db'}", home=home)
    yield opened
    opened.close()


@pytest.fixture
def dags_known(store):
    def dag(dag_id: str, *tasks: TaskSpec, **more: object) -> None:
        spec = DagSpec(dag_id, tasks=tasks or (TaskSpec("t", "BashOperator"),), **more)  # pyright: ignore
        store.save_dag_version(spec, "snapshot", "/gone", f"{dag_id}.py", now=NOW)

    dag("producer", TaskSpec("make", "@task", outlets=(ORDERS,)))
    dag("another", TaskSpec("make", "@task", outlets=(ORDERS, USERS)))
    dag("consumer", schedule=ScheduleSpec("assets", assets={"all": [ORDERS, USERS]}))
    dag("daily", schedule=schedule_spec("@daily"), params=(ParamSpec("n", has_default=True, default=1),))
    dag("minutely", schedule=schedule_spec("* * * * *"))
    dag("clocked", schedule=schedule_spec("@daily"), extra={"allowed_run_types": ["scheduled"]})
    dag("strict", TaskSpec("t", "BashOperator", depends_on_past=True), schedule=schedule_spec("@daily"))


# ------------------------------------------------------------------------------------ assets


def test_assets_are_listed_and_shown(dags_known, call):
    listed = call("assets", "list", "-o", "json").json
    shown = call("assets", "show", "s3://orders", "-o", "json").json

    assert [(row["name"], row["uri"]) for row in listed] == [("orders", "s3://orders"), ("users", "s3://users")]
    assert shown["made_by"] == ["another.make", "producer.make"]
    assert shown["starts"] == ["consumer"]


def test_an_alias_is_listed_and_shown_with_what_it_has_stood_for(dags_known, store, call):
    # given a task that has named an asset for an alias, by which a DAG is scheduled
    alias = {"alias": {"name": "latest", "group": "asset"}}
    for spec in (
        DagSpec("names", tasks=(TaskSpec("pick", "@task", outlets=(alias,)),)),
        DagSpec("follows", tasks=(TaskSpec("t", "BashOperator"),), schedule=ScheduleSpec("assets", assets=alias)),
    ):
        store.save_dag_version(spec, "snapshot", "/gone", f"{spec.dag_id}.py", now=NOW)
    store.add_asset_event(NewAssetEvent("users", "s3://users", alias="latest"), now=NOW)
    # then it is told by its own name, and by that of the asset
    told = {"alias": "latest", "stood_for": ["users"], "made_by": ["names.pick"], "starts": ["follows"]}
    assert call("assets", "list", "--alias", "-o", "json").json == [told]
    assert call("assets", "show", "latest", "-o", "json").json == told
    shown = call("assets", "show", "users", "-o", "json").json
    assert (sorted(shown["made_by"]), shown["starts"]) == (["another.make", "names.pick"], ["consumer", "follows"])


def test_runs_that_wait_for_the_same_are_told_of_once(dags_known, call):
    for name in ("one", "two", "three"):
        assert call("dags", "trigger", "daily", "--run-id", name).code == 0

    told = call("why", "daily")

    assert "daily one: queued" in told.out
    assert "and 2 more runs for the same reason, the last one three" in told.out
    assert told.out.count("no scheduler is alive") == 1
    assert len(call("why", "daily", "-o", "json").json) == 4


def test_airflows_way_to_name_an_asset(dags_known, call):
    by_name = call("assets", "details", "--name", "orders", "-o", "json").json

    assert by_name == call("assets", "show", "--uri", "s3://orders", "-o", "json").json
    assert by_name["name"] == "orders"


def test_an_update_from_outside_is_written_and_says_who_will_hear_of_it(dags_known, call):
    done = call("assets", "emit", "orders", "--extra", '{"n": 1}', "--partition-key", "eu")

    assert done.code == 0, done.err
    assert "it is for consumer" in done.out
    assert "no scheduler is running" in done.err
    (event,) = call("assets", "events", "orders", "-o", "json").json
    assert (event["extra"], event["partition"]) == ({"n": 1}, "eu")


def test_what_a_dag_still_waits_for(dags_known, call):
    call("assets", "create-event", "users")

    (row,) = call("assets", "waiting", "consumer", "-o", "json").json

    assert (row["updated"], row["not_yet"]) == (["users"], ["orders"])


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("assets", "show", "orderz"), "there are orders, users"),
        (("assets", "show"), "which asset?"),
        (("assets", "emit", "nothing"), "there is no asset 'nothing'"),
        (("assets", "materialize", "orders"), "--dag-id: another, producer"),
        (("assets", "materialize", "orders", "--dag-id", "consumer"), "does not make asset 'orders'"),
        (("assets", "materialize", "users"), "tradewind run another"),
        (("backfills", "show", "7"), "there is no backfill 7"),
        (("backfills", "create", "gone", "--from", "2026-01-01", "--to", "2026-01-02"), "there is no DAG 'gone'"),
        (("backfills", "create", "daily", "--from", "2026-01-02", "--to", "2026-01-01"), "before it begins"),
        (("backfills", "create", "consumer", "--from", "2026-01-01", "--to", "2026-01-02"), "no dates to fill"),
        (("backfills", "create", "daily", "--from", "2999-01-01", "--to", "2999-01-02"), "not due before"),
        (
            ("backfills", "create", "strict", "--from", "2026-01-01", "--to", "2026-01-02", "--reverse"),
            "depends_on_past",
        ),
        (("backfills", "create", "minutely", "--from", "2000-01-01", "--to", "2026-01-02"), "more than 100,000 runs"),
        (("backfills", "create", "--from", "2026-01-01", "--to", "2026-01-02"), "which DAG?"),
    ],
)
def test_what_cannot_be_is_said_with_a_way_out(dags_known, call, arguments, said):
    done = call(*arguments)

    assert done.code in (1, 2)
    assert said in done.err


# ------------------------------------------------------------------------------------ backfills


def backfill(call, *more: str, dag_id: str = "daily"):
    return call("backfills", "create", dag_id, "--from", "2026-01-01", "--to", "2026-01-03", *more)


def test_a_dry_run_lists_and_writes_nothing(dags_known, call):
    rows = backfill(call, "--dry-run", "--reverse", "-o", "json").json

    assert [row["logical_date"][:10] for row in rows] == ["2026-01-03", "2026-01-02", "2026-01-01"]
    assert {row["what"] for row in rows} == {"new run"}
    assert call("backfills", "list", "-o", "json").json == []


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (("dags", "trigger", "clocked"), "allows no manual runs"),
        (("backfills", "create", "clocked", "--from", "2026-01-01", "--to", "2026-01-02"), "allows no backfill runs"),
    ],
)
def test_runs_of_a_type_that_the_dag_does_not_allow_are_refused(dags_known, store, call, command, said):
    refused = call(*command)

    assert refused.code == 1
    assert f"{said} (allowed_run_types: scheduled)" in refused.err
    assert store.runs(dag_id="clocked") == []


def test_a_backfill_is_made_paused_and_let_go(dags_known, call):
    made = backfill(call, "--conf", '{"n": 2}', "--max-active-runs", "2")
    assert made.code == 0, made.err
    assert "3 runs of daily, 2 at once" in made.out
    assert "no scheduler is running" in made.err

    assert call("backfills", "pause", "1").code == 0
    (row,) = call("backfills", "list", "-o", "json").json
    assert (row["state"], row["runs"], row["conf"]) == ("paused", 3, {"n": 2})
    assert call("backfills", "unpause", "1").code == 0
    assert "0 of 3 runs done" in call("backfills", "show", "1", "--runs").out
    dates = call("backfills", "show", "1", "--runs", "-o", "json").json["dates"]
    assert [date["state"] for date in dates] == ["not begun"] * 3
    assert "being backfilled already" in backfill(call).err


def test_cancelling_ends_it_also_where_no_scheduler_runs(dags_known, call):
    backfill(call)

    assert call("backfills", "cancel", "1", "--kill").code == 0

    assert call("backfills", "list", "-o", "json").json[0]["state"] == "cancelled"
    assert "has ended already" in call("backfills", "cancel", "1").err
    assert backfill(call).code == 0


def test_more_than_a_thousand_runs_are_asked_about(dags_known, call):
    many = ("backfills", "create", "minutely", "--from", "2026-01-01", "--to", "2026-01-02")

    asked = call(*many, stdin="n\n")
    assert (asked.code, "1,441 runs" in asked.out) == (1, True)
    assert call(*many, "--yes").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("backfill", "create", "--dag-id", "daily", "--from-date", "2026-01-01", "--to-date", "2026-01-02"),
        ("backfills", "create", "daily", "--from-date", "2026-01-01", "--to-date", "2026-01-02", "--run-backwards"),
        ("dags", "backfill", "-s", "2026-01-01", "-e", "2026-01-02", "daily", "--rerun-failed-tasks"),
    ],
)
def test_airflows_words(dags_known, call, words):
    done = call(*words)

    assert done.code == 0, done.err
    assert "2 runs of daily" in done.out


# ------------------------------------------------------------------------------------ deadlines


def run_with_deadline(store: Store, run_id: str, *, ends: bool) -> None:
    key = RunKey("daily", run_id)
    at = NOW + timedelta(days=len(run_id))
    deadline = NewDeadline("soon", at + timedelta(hours=1), {"place": 0})
    created = RunCreated(key, "h", "s", RunType.MANUAL, at, at, at, at, deadlines=(deadline,))
    store.commit([created], who="test", now=at)
    if ends:
        store.commit([RunChanged(key, RunState.QUEUED, RunState.FAILED, "ended")], who="test", now=at)


def test_deadlines_are_listed_with_what_became_of_them(dags_known, store, call):
    run_with_deadline(store, "a", ends=True)
    run_with_deadline(store, "bb", ends=False)
    run_with_deadline(store, "ccc", ends=False)
    (record,) = store.deadlines(run=RunKey("daily", "ccc"))
    store.mark_deadline(record.deadline_id, missed_at=NOW)

    everything = call("deadlines", "list", "daily", "-o", "json").json

    assert [(row["run_id"], row["what"]) for row in everything] == [("ccc", "missed"), ("bb", "open"), ("a", "kept")]
    assert [row["run_id"] for row in call("deadlines", "list", "--missed", "-o", "json").json] == ["ccc"]
    assert [row["run_id"] for row in call("deadlines", "list", "--open", "-o", "json").json] == ["bb"]
    assert call("deadlines", "list", "producer").out.strip() == "no run has a deadline"
