from __future__ import annotations

from datetime import timedelta

from tests.scheduler.conftest import NOW
from tradewind.scheduler.timers import Timers


def after(seconds):
    return NOW + timedelta(seconds=seconds)


def planned(*seconds):
    timers = Timers()
    for number, at in enumerate(seconds):
        timers.add(after(at), f"{number} at {at}")
    return timers


def test_nothing_planned_is_waited_for_without_end():
    assert planned().seconds_until_next(NOW) is None
    assert planned().due(NOW) == []


def test_what_is_due_comes_earliest_first_and_once():
    timers = planned(5, 1, 9)
    assert timers.due(after(5)) == ["1 at 1", "0 at 5"]
    assert timers.due(after(5)) == []
    assert timers.seconds_until_next(after(5)) == 4.0


def test_of_one_instant_the_first_planned_comes_first():
    assert planned(1, 1, 1).due(after(1)) == ["0 at 1", "1 at 1", "2 at 1"]


def test_what_is_overdue_is_not_waited_for():
    assert planned(1).seconds_until_next(after(100)) == 0.0


def test_a_clock_set_back_only_makes_it_wait():
    timers = planned(10)
    assert timers.due(after(-3600)) == []
    assert timers.seconds_until_next(after(-3600)) == 3610.0
    assert timers.due(after(10)) == ["0 at 10"]


def test_what_is_forgotten_never_comes():
    timers = planned(3, 1, 2)
    timers.forget(lambda what: what.endswith("1"))
    assert timers.seconds_until_next(NOW) == 2.0
    assert timers.due(after(3)) == ["2 at 2", "0 at 3"]
