"""What people ask a running service: why, clear, mark, cancel; and what may not hold it up."""

from __future__ import annotations

import json
from typing import Any

import pytest
from tests.end_to_end.conftest import Place
from tests.end_to_end.service import ONCE, SLOW, Up, let_go

from tradewind.model.states import RunState


@pytest.fixture
def up(place: Place) -> Up:
    up = Up(place)
    up.start("standalone")
    up.wait_until_up()
    return up


def asked(up: Up, *words: str) -> Any:
    return json.loads(up.place.tradewind(*words, "-o", "json").output)


def test_a_pool_that_is_made_later_lets_its_tasks_go(up: Up) -> None:
    up.drop("waits", '@task(pool="later")\ndef t():\n    note("ran")\nt()')
    up.place.wait_for(lambda: any(run.state is RunState.RUNNING for run in up.runs("waits")))

    [row] = asked(up, "why", "waits", "t")
    assert row["kind"] == "pool"
    assert "pool 'later' does not exist" in row["why"]

    assert up.place.tradewind("pools", "set", "later", "1").code == 0
    up.wait_for_end("waits")
    assert up.place.trace == ["ran"]


def test_why_a_run_is_queued(up: Up) -> None:
    up.drop("flow", SLOW, f"{ONCE}, max_active_runs=1")
    up.place.wait_for_note("begun")
    up.place.tradewind("dags", "trigger", "flow", "--run-id", "second")

    rows = {row["run_id"]: row for row in asked(up, "why", "flow")}
    assert rows["second"]["kind"] == "max_active_runs"
    assert up.runs("flow")[-1].run_id in rows["second"]["why"]
    assert rows[None]["why"].startswith("nothing comes any more")

    let_go(up.place)
    up.place.wait_for(lambda: all(run.state is RunState.SUCCESS for run in up.runs("flow")))


def test_a_run_that_has_ended_is_cleared_and_one_that_goes_on_is_marked(up: Up) -> None:
    up.drop("flow", SLOW)
    up.place.wait_for_note("begun")

    up.place.tradewind("tasks", "mark", "success", "flow", "slow", "-y", "--reason", "enough").has(
        "asked the scheduler"
    )
    up.wait_for_end("flow")
    assert up.place.trace == ["begun", "after"]

    up.place.tradewind("runs", "rerun", "flow", "--from", "after", "-y").has("asked the scheduler")
    up.place.wait_for(lambda: up.place.trace.count("after") == 2)
    up.place.wait_for(lambda: up.runs("flow")[0].state is RunState.SUCCESS)
    history = asked(up, "runs", "show", "flow", "--history")["history"]
    reasons = [row["why"] for row in history if "by " in row["why"]]
    assert any(why.startswith("marked success by") and why.endswith(": enough") for why in reasons)
    assert any(why.startswith("cleared by") for why in reasons)


TORN_DOWN = """
@task
def create():
    note("created")
@task
def work():
    note("works")
    time.sleep(3600)
@task
def delete():
    note("deleted")
made, ended = create().as_setup(), delete()
made >> work() >> ended.as_teardown(setups=made)
"""


def test_a_cancelled_run_is_torn_down(up: Up) -> None:
    up.drop("flow", TORN_DOWN)
    up.place.wait_for_note("works")

    assert up.place.tradewind("runs", "cancel", "flow").code == 0

    up.wait_for_end("flow", RunState.FAILED)
    assert up.place.trace == ["created", "works", "deleted"]


HANGING = """
def hangs(context):
    note("hangs")
    time.sleep(3600)
@task(on_success_callback=hangs)
def first():
    pass
@task
def second():
    note("second")
first() >> second()
"""


def test_callbacks_that_hang_hold_up_no_run(up: Up) -> None:
    """Neither of a task nor of the DAG: with one run at a time, the second one starts all the same."""
    of_the_dag = "on_success_callback=lambda context: time.sleep(3600)"
    up.drop("flow", HANGING, f"{ONCE}, max_active_runs=1, {of_the_dag}")
    up.wait_for_end("flow")
    up.place.tradewind("dags", "trigger", "flow", "--run-id", "again")

    up.place.wait_for(lambda: up.place.trace.count("second") == 2)
    assert up.place.trace.count("hangs") == 2
