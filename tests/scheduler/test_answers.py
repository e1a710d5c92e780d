"""What runners ask for, each request against a real store."""

from __future__ import annotations

import threading
from datetime import timedelta

import pytest

from tests.scheduler.conftest import NOW, created_run, dag, result, task
from tradewind.model.ids import RunKey
from tradewind.model.messages import (
    CountXComs,
    GetConnection,
    GetRun,
    GetTaskStates,
    GetVariable,
    GetXComs,
    ListKeys,
    PushXCom,
    SetVariable,
)
from tradewind.model.records import ConnectionRecord
from tradewind.scheduler.answers import Answers


@pytest.fixture
def ask(house):
    answers = Answers()
    answers.serve(house.store, house.scheduler)

    def asked(request):
        reply = answers(request)
        assert reply.error is None
        return reply.result

    return asked


@pytest.fixture
def running(house):
    """`b` runs, `a` has returned a value; one earlier run has succeeded, an even earlier one failed."""
    spec = dag(task("a"), task("b", "a"))
    for days, state in ((3, "failed"), (2, "success")):
        made = created_run(spec, f"{days} days before", at=NOW - timedelta(days=days))
        house.store.commit([made], who="me", now=NOW)
        with house.store._writing() as connection:
            connection.execute("UPDATE run SET state = ? WHERE run_id = ?", (state, made.run.run_id))
    house.launch(spec)
    house.end("a", result("[1]", length=1))
    return house.desk.try_of("b")


def test_before_the_store_is_open_it_says_so():
    assert Answers()(GetVariable("x")).error == "the store is not open yet"


def test_values_of_the_own_run(ask, running):
    (found,) = ask(GetXComs(running, ("a",)))
    assert (found["task_id"], found["value"]["inline"]) == ("a", b"[1]")
    assert ask(CountXComs(running, "a")) == 1
    assert ask(GetXComs(running, ("b",))) == []
    assert ask(GetXComs("an unknown try", ("a",))) == []


def test_what_waits_for_the_end_of_the_turn_is_found(house, ask, running):
    push = PushXCom(running, "k", result("[2]").result)
    house.scheduler._hearing.take(push, NOW)
    (found,) = ask(GetXComs(running, ("b",), key="k"))
    assert found["value"]["inline"] == b"[2]"


def test_variables(ask):
    assert ask(GetVariable("x")) is None
    ask(SetVariable("x", "1", "a number"))
    ask(SetVariable("xy", "2"))
    ask(SetVariable("z", ""))
    assert ask(GetVariable("x")) == "1"
    assert ask(GetVariable("z")) == ""
    assert ask(ListKeys("variable", "x")) == ["x", "xy"]
    ask(SetVariable("x", None))
    assert ask(ListKeys("variable")) == ["xy", "z"]


def test_connections(house, ask):
    house.store.set_connection(ConnectionRecord("db", "postgres", password="secret"))
    assert ask(GetConnection("db"))["password"] == "secret"
    assert ask(GetConnection("none")) is None
    assert ask(ListKeys("connection", "d")) == ["db"]


def test_runs(ask, running):
    key = RunKey("dag", "run")
    assert ask(GetRun(key))["state"] == "running"
    assert ask(GetRun(key, "previous"))["run_id"] == "2 days before"
    assert ask(GetRun(key, "previous_success"))["run_id"] == "2 days before"
    assert ask(GetRun(RunKey("dag", "2 days before"), "previous"))["run_id"] == "3 days before"
    assert ask(GetRun(RunKey("dag", "2 days before"), "previous_success")) is None
    assert ask(GetRun(RunKey("dag", "none"))) is None


def test_states_of_tasks(ask, running):
    found = ask(GetTaskStates("dag", run_ids=("run",)))
    assert {one["task_id"]: one["state"] for one in found} == {"a": "success", "b": "queued"}
    assert ask(GetTaskStates("dag", task_ids=("b",), logical_dates=(NOW,)))[0]["state"] == "queued"
    assert ask(GetTaskStates("no dag")) == []


def test_what_cannot_be_answered_is_an_error_for_the_task_and_no_end_of_the_scheduler(house):
    answers = Answers()
    answers.serve(house.store, house.scheduler)
    house.store.close()
    assert answers(GetVariable("x")).error
    house.store = house.other


class SlowVault:
    """Answers once it is let."""

    def __init__(self) -> None:
        self.may_answer = threading.Event()
        self.asked: list[str] = []
        self.threads: set[str] = set()

    def variable(self, key: str) -> str | None:
        self.asked.append(key)
        self.threads.add(threading.current_thread().name)
        assert self.may_answer.wait(60)
        if key == "broken":
            raise RuntimeError("no route to the vault")
        return None if key == "ours" else f"vault's {key}"

    def connection(self, conn_id: str) -> str | None:
        return None

    def is_at_hand(self, kind: str, key: str) -> bool:
        return key == "known"


def test_what_is_looked_up_elsewhere_does_not_keep_others_waiting(house):
    vault = SlowVault()
    answers = Answers(vault)
    answers.serve(house.store, house.scheduler)
    house.store.set_variable("ours", "from the store")
    later = {key: answers.soon(GetVariable(key)) for key in ("theirs", "ours", "broken")}
    again = answers.soon(GetVariable("theirs"))
    assert answers.soon(ListKeys("variable")).result == ["ours"]  # meanwhile
    arrived = threading.Barrier(len(later) + 1)
    for one in later.values():
        one.when_there(lambda: arrived.wait(60))
    vault.may_answer.set()
    arrived.wait(60)
    assert later["theirs"].reply().result == again.reply().result == "vault's theirs"
    assert later["ours"].reply().result == "from the store"
    assert "no route to the vault" in later["broken"].reply().error
    assert sorted(vault.asked) == ["broken", "ours", "theirs"]
    assert threading.current_thread().name not in vault.threads
    assert answers.soon(GetVariable("known")).result == "vault's known"
