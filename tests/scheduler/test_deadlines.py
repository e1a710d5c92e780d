"""Deadlines watched on a real store, with a clock that the test sets and an executor that gets the callbacks."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from tests.scheduler.conftest import CODE, House, dag, task
from tradewind.engine import events
from tradewind.engine.run import Bounds
from tradewind.model.ids import RunKey
from tradewind.model.messages import RunTry, TryStarted
from tradewind.model.outcomes import Succeeded, TryReport
from tradewind.model.service import Topic
from tradewind.model.spec import DagSpec, DeadlineSpec
from tradewind.scheduler.deadlines import DeadlineWatch
from tradewind.scheduler.launch import manual_run
from tradewind.scheduler.run_deadlines import with_deadlines
from tradewind.scheduler.specs import Specs
from tradewind.scheduler.takeover import waiting_run

QUEUED = "DagRunQueuedAtDeadline"


class Watched:
    """A DAG a → b with deadlines, and the duty."""

    def __init__(self, house: House) -> None:
        self.house, self.store = house, house.store
        self.duty = DeadlineWatch(self.store, house.scheduler, Specs(self.store))
        self.serial = 0

    def save(self, *deadlines: DeadlineSpec) -> None:
        self.spec: DagSpec = dag(task("a"), task("b", "a"), deadlines=deadlines)
        self.store.save_dag_version(self.spec, CODE.snapshot, "/dags", "dag.py", now=self.house.now)

    def queue(self) -> RunKey:
        self.serial += 1
        created = manual_run(self.spec, snapshot=CODE.snapshot, now=self.house.now, run_id=f"run{self.serial}")
        created = with_deadlines(created, self.spec, self.store, self.house.now)
        self.store.commit([created], who="ada", now=self.house.now)
        return created.run

    def begin(self, key: RunKey) -> None:
        run = self.store.run(key)
        assert run is not None
        active = waiting_run(run, self.spec, CODE, self.house.now, Bounds())
        self.house.scheduler.adopt(active, [events.RunStarted()])

    def take(self, key: RunKey, task_id: str, seconds: float) -> None:
        """The task runs so long."""
        try_id = self.house.desk.try_of(task_id, key.run_id)
        self.house.desk.say(TryStarted(try_id, 1, "host", self.house.now))
        self.house.scheduler.turn(0)
        self.house.now += timedelta(seconds=seconds)
        self.house.desk.say(TryReport(try_id, Succeeded()))
        self.house.scheduler.turn(0)

    def at(self, **later: float) -> None:
        """As the service does: until then, the duty is attended whenever it is due."""
        until = self.house.now + timedelta(**later)
        self.ring()
        while (due := self.duty.next_due()) is not None and due <= until:
            self.house.now = max(self.house.now, due)
            self.duty.attend(self.house.now, frozenset())
        self.house.now = until

    def ring(self) -> None:
        self.duty.attend(self.house.now, frozenset({Topic.RUNS}))

    def calls(self) -> list[RunTry]:
        return [order.message for order in self.house.desk.orders.values() if order.message.callback is not None]

    def called(self) -> list[tuple[str, str]]:
        return [(call.callback.name, call.task.run_id) for call in self.calls() if call.callback]

    def actions(self) -> list[str]:
        return [one.action for one in self.store.audit(dag_id="dag")][::-1]


@pytest.fixture
def watched(house):
    return Watched(house)


def deadline(seconds: float, **more: Any) -> DeadlineSpec:
    return DeadlineSpec(f"{seconds} s", QUEUED, seconds=seconds, callback="notify", **more)


def test_a_missed_deadline_has_its_callback_called_once(watched):
    watched.save(deadline(60))
    key = watched.queue()
    watched.begin(key)

    watched.at(seconds=59)
    assert watched.calls() == []
    watched.at(seconds=2)
    watched.at(seconds=600)

    (call,) = watched.calls()
    assert call.callback is not None
    assert (call.callback.name, call.callback.of_dag) == ("on_deadline_missed", True)
    assert call.callback.detail["place"] == 0
    assert "has not ended by" in call.callback.reason
    assert watched.actions() == ["deadline_missed"]
    (record,) = watched.store.deadlines(only_missed=True)
    assert record.run == key


def test_a_run_that_ends_in_time_has_kept_it(watched):
    watched.save(deadline(60))
    key = watched.queue()
    watched.begin(key)
    watched.at(seconds=1)
    watched.take(key, "a", 5)
    watched.take(key, "b", 5)

    watched.at(seconds=120)

    assert watched.calls() == []
    assert watched.store.deadlines(only_missed=True) == []


def test_a_run_that_is_still_queued_misses_it_too(watched):
    watched.save(deadline(60))
    key = watched.queue()

    watched.at(seconds=61)

    assert watched.called() == [("on_deadline_missed", key.run_id)]
    watched.begin(key)  # and begins undisturbed
    watched.house.end("a", run_id=key.run_id)
    watched.house.end("b", run_id=key.run_id)
    assert watched.house.run_state(key) == "success"


def test_a_restart_misses_no_miss(watched):
    watched.save(deadline(60))
    key = watched.queue()
    watched.begin(key)
    watched.house.now += timedelta(seconds=300)

    watched.at()

    assert watched.called() == [("on_deadline_missed", key.run_id)]


def test_the_sla_of_a_task_is_kept_by_that_task_alone(watched):
    watched.save(DeadlineSpec("SLA of a", QUEUED, seconds=60, task_id="a", callback="late"), deadline(90))
    for ends in (True, False):
        key = watched.queue()
        record = watched.store.deadlines(run=key)
        assert len(record) == 2
        watched.begin(key)
        if ends:
            watched.take(key, "a", 1)

    watched.at(seconds=70)

    (call,) = watched.calls()
    assert (call.task.run_id, call.task.task_id) == ("run2", "a")


def test_a_miss_that_is_to_be_expected_is_told_of_before_it_happens(watched, caplog):
    watched.save(deadline(100, warns=True))
    for _ in range(3):  # a takes 20 s, b 60 s
        key = watched.queue()
        watched.begin(key)
        watched.take(key, "a", 20)
        watched.take(key, "b", 60)
    key = watched.queue()
    watched.begin(key)

    watched.house.desk.say(TryStarted(watched.house.desk.try_of("a", key.run_id), 1, "host", watched.house.now))
    watched.house.scheduler.turn(0)
    watched.at(seconds=39)  # 100 s minus 60 s for b: a has to end by 40 s
    assert watched.called() == []
    watched.at(seconds=15)
    assert watched.called() == [("on_deadline_risk", key.run_id)]
    assert "at risk" in caplog.text
    watched.at(seconds=60)

    assert watched.called() == [("on_deadline_risk", key.run_id), ("on_deadline_missed", key.run_id)]
    assert watched.actions() == ["deadline_at_risk", "deadline_missed"]


def test_the_second_run_of_a_new_dag_is_warned_of_already(watched):
    """The first is looked at when nothing is known of the DAG, which must not be remembered."""
    watched.save(deadline(30, warns=True))
    first = watched.queue()
    watched.begin(first)
    watched.at()
    watched.take(first, "a", 5)
    watched.take(first, "b", 20)

    key = watched.queue()
    watched.begin(key)
    watched.at(seconds=15)  # b takes 20 s: a should have ended by 10 s

    assert watched.called() == [("on_deadline_risk", key.run_id)]


def test_a_run_on_its_usual_way_is_no_risk(watched):
    watched.save(deadline(100, warns=True))
    for _ in range(2):
        key = watched.queue()
        watched.begin(key)
        watched.take(key, "a", 20)
        watched.take(key, "b", 60)
    key = watched.queue()
    watched.begin(key)

    for task_id, seconds in (("a", 20), ("b", 60)):
        try_id = watched.house.desk.try_of(task_id, key.run_id)
        watched.house.desk.say(TryStarted(try_id, 1, "host", watched.house.now))
        watched.house.scheduler.turn(0)
        watched.at(seconds=seconds)
        watched.house.desk.say(TryReport(try_id, Succeeded()))
        watched.house.scheduler.turn(0)

    assert watched.called() == []
    assert watched.actions() == []


def test_references_of_the_authors_own_are_asked_once_the_run_has_begun(watched):
    watched.save(DeadlineSpec("mine", "Custom", callback="notify"))
    key = watched.queue()
    watched.begin(key)

    watched.at(seconds=1)

    (call,) = watched.calls()
    assert call.callback is not None
    assert (call.callback.name, call.callback.detail) == ("deadline_reference", {"places": [0]})


def test_dags_without_deadlines_cost_nothing(watched):
    watched.save()
    watched.begin(watched.queue())

    watched.at(seconds=1)

    assert watched.duty.next_due() is None
