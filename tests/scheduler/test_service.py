"""The service: which duty is attended when, what becomes of one that fails, and how it stops."""

from __future__ import annotations

import os
from collections.abc import Set
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.scheduler.conftest import NOW, House, dag, result, task
from tradewind.model.outcomes import Failed, Succeeded, TryLost, TryReport
from tradewind.model.service import Topic
from tradewind.scheduler.service import LeaseLostError, Service, Stopping


class Ear:
    """A listener: what it has heard is what the test says."""

    def __init__(self) -> None:
        self.rung: set[Topic] = set()

    def fileno(self) -> int:
        return 0

    def heard(self) -> set[Topic]:
        heard, self.rung = self.rung, set()
        return heard

    def close(self) -> None: ...


class Chore:
    """A duty that remembers what it was told."""

    def __init__(self, *topics: Topic, due: datetime | None = None) -> None:
        self.topics = frozenset(topics)
        self.due = due
        self.attended: list[frozenset[Topic]] = []
        self.error: Exception | None = None

    def next_due(self) -> datetime | None:
        return self.due

    def attend(self, now: datetime, heard: Set[Topic]) -> None:
        self.attended.append(frozenset(heard))
        if self.error is not None:
            raise self.error


class Room:
    def __init__(self, house: House, *chores: Chore, vital: tuple[Chore, ...] = (), **more: Any) -> None:
        self.house, self.ear = house, Ear()
        self.service = Service(house.scheduler, house.desk, chores, self.ear, lambda: house.now, vital=vital, **more)
        self.service.turn()
        for chore in chores:
            chore.attended.clear()

    def turn(self, *rung: Topic, later: float = 0) -> None:
        self.house.now += timedelta(seconds=later)
        self.ear.rung = set(rung)
        self.service.turn()


def test_at_the_first_turn_every_duty_hears_all_its_topics(house: House) -> None:
    chore = Chore(Topic.DAGS, Topic.RUNS)
    Service(house.scheduler, house.desk, [chore], Ear(), lambda: house.now).turn()
    assert chore.attended == [{Topic.DAGS, Topic.RUNS}]


def test_only_those_who_were_rung_for_are_attended(house: House) -> None:
    dags, runs = Chore(Topic.DAGS), Chore(Topic.RUNS)
    room = Room(house, dags, runs)
    room.turn()
    room.turn(Topic.RUNS, Topic.POOLS)
    assert (dags.attended, runs.attended) == ([], [{Topic.RUNS}])


def test_a_duty_is_attended_when_its_time_has_come(house: House) -> None:
    chore = Chore(Topic.DAGS, due=NOW + timedelta(seconds=10))
    room = Room(house, chore)
    room.turn(later=9)
    assert chore.attended == []
    room.turn(later=1)
    assert chore.attended == [frozenset()]


def test_when_the_clock_is_set_back_nobody_waits_for_the_old_time_to_come_again(house: House) -> None:
    chore = Chore(Topic.DAGS, due=NOW + timedelta(seconds=10))
    room = Room(house, chore)
    room.turn(later=-3600)
    assert chore.attended == [frozenset()]


def test_a_duty_that_fails_is_tried_again_later_with_what_it_has_missed_and_holds_up_no_other(house: House) -> None:
    bad, good = Chore(Topic.DAGS, Topic.RUNS), Chore(Topic.RUNS)
    room = Room(house, bad, good)
    bad.error = ValueError("a mistake of ours")
    room.turn(Topic.DAGS)
    room.turn(Topic.RUNS)
    assert len(bad.attended) == 1, "its pause is not over"
    assert good.attended == [{Topic.RUNS}]
    bad.error = None
    room.turn(later=1)
    assert bad.attended[-1] == {Topic.DAGS, Topic.RUNS}
    room.turn(later=60)
    assert len(bad.attended) == 2, "it was well again, and nobody rang"


def test_the_pauses_of_a_duty_that_goes_on_failing_grow_up_to_a_bound(house: House) -> None:
    bad = Chore(Topic.DAGS)
    room = Room(house, bad)
    bad.error = ValueError("for ever")
    room.turn(Topic.DAGS)
    seen: list[int] = []
    for _ in range(200):
        room.turn(later=1)
        seen.append(len(bad.attended))
    assert 8 <= seen[-1] <= 14


def test_a_lost_lease_ends_the_service(house: House) -> None:
    chore = Chore(Topic.DAGS)
    room = Room(house, chore)
    chore.error = LeaseLostError("others drive its runs")
    with pytest.raises(LeaseLostError):
        room.turn(Topic.DAGS)


def test_while_it_stops_only_what_is_vital_goes_on_and_nothing_starts(house: House) -> None:
    chore, beat = Chore(Topic.DAGS), Chore(Topic.RUNS)
    room = Room(house, chore, beat, vital=(beat,))
    key = house.launch(dag(task("a"), task("b", "a")))
    room.service.stop()
    room.turn(Topic.DAGS, Topic.RUNS)
    assert (chore.attended, beat.attended) == ([], [{Topic.RUNS}])
    house.desk.say(TryReport(house.desk.try_of("a"), result()))
    room.service.serve()
    assert house.states(key) == {"a": "success"}
    assert house.run_state(key) == "running"


def test_a_stop_by_its_descriptor_ends_an_idle_service(house: House) -> None:
    read, write = os.pipe()
    service = Service(house.scheduler, house.desk, [], Ear(), lambda: house.now, stop_descriptor=read)
    service.turn()
    assert not service.is_stopping
    os.close(write)
    service.serve()
    os.close(read)
    assert service.is_stopping


@pytest.mark.parametrize("how", ["lost", "failed"])
def test_tries_that_do_not_end_in_time_are_handed_over_and_not_counted(house: House, how: str) -> None:
    spec = dag(task("a"))
    key = house.launch(spec)
    room = Room(house, stopping=Stopping(waits=True, timeout_seconds=30))
    room.service.stop()
    room.turn(later=29)
    assert house.desk.cancelled == []
    room.turn(later=2)
    try_id = house.desk.try_of("a")
    assert house.desk.cancelled == [try_id]
    house.desk.say(TryLost(try_id, "SIGTERM") if how == "lost" else TryReport(try_id, Failed("Stopped", "told to")))
    room.service.serve()
    assert house.states(key) == {"a": "up_for_reschedule"}

    house.restart()
    house.take_over(key, spec)
    house.later(seconds=1)
    order = house.desk.orders[house.desk.try_of("a")]
    assert order.message.try_number == 1
    house.end("a")
    assert house.run_state(key) == "success"


def test_a_try_that_succeeds_while_it_is_told_to_end_has_succeeded(house: House) -> None:
    key = house.launch(dag(task("a")))
    room = Room(house, stopping=Stopping(waits=False))
    room.service.stop()
    room.turn()
    house.desk.say(TryReport(house.desk.try_of("a"), Succeeded()))
    room.service.serve()
    assert house.states(key) == {"a": "success"}


def test_a_second_stop_ends_it_whatever_goes_on(house: House) -> None:
    key = house.launch(dag(task("a")))
    room = Room(house)
    room.service.stop()
    room.service.stop(graceful=False)
    room.service.serve()
    assert house.run_state(key) == "running"
