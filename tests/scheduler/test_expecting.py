"""Whose code the executor is told of before a run is due."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.scheduler.conftest import House, dag, task
from tests.scheduler.test_due import DAILY_BEFORE, HOURLY, NOON, Clockwork
from tradewind.executors.base import CodeRef
from tradewind.model.service import Topic
from tradewind.scheduler.expecting import LEAD, Expecting
from tradewind.scheduler.specs import Specs


class Foresight(Clockwork):
    """The clockwork, with the duty that looks ahead."""

    def restart(self) -> None:
        super().restart()
        self.told: list[CodeRef] = []
        self.ahead = Expecting(self.duty, Specs(self.store), self.told.append)

    def look(self, **later: float) -> list[CodeRef]:
        """Both duties are attended when they are due until then."""
        self.told.clear()
        until = self.house.now + timedelta(**later)
        while dues := [due for one in (self.ahead, self.duty) if (due := one.next_due()) is not None and due <= until]:
            self.house.now = max(min(dues), self.house.now)
            for duty in (self.ahead, self.duty):
                if (due := duty.next_due()) is not None and due <= self.house.now:
                    duty.attend(self.house.now, frozenset({Topic.PARSE}))
        self.house.now = until
        return self.told


@pytest.fixture
def foresight(house: House) -> Foresight:
    return Foresight(house)


def test_code_is_expected_a_little_before_its_run_is_due(foresight: Foresight) -> None:
    foresight.parsed(HOURLY)
    foresight.attend()
    assert foresight.look(minutes=59) == []
    assert foresight.ahead.next_due() == NOON + timedelta(hours=1) - LEAD
    assert foresight.look(seconds=59) == [CodeRef("snapshot", dag(task("a")).file)]


def test_each_run_is_told_of_once(foresight: Foresight) -> None:
    foresight.parsed(HOURLY)
    foresight.attend()
    assert len(foresight.look(hours=5)) == 5


def test_those_that_are_due_together_are_told_of_together(foresight: Foresight) -> None:
    for name in ("x", "y", "z"):
        foresight.parsed(HOURLY, name)
    foresight.attend()
    assert len(foresight.look(minutes=59, seconds=58)) == 3


def test_a_paused_dag_is_not_expected(foresight: Foresight) -> None:
    foresight.parsed(HOURLY)
    foresight.attend()
    foresight.store.set_paused("dag", True)
    foresight.attend(Topic.DAGS)
    assert foresight.look(hours=2) == []


def test_a_schedule_that_was_changed_is_followed(foresight: Foresight) -> None:
    foresight.parsed(HOURLY)
    foresight.attend()
    foresight.parsed(DAILY_BEFORE)
    foresight.attend(Topic.DAGS)
    assert foresight.look(hours=11) == []
    assert len(foresight.look(hours=1)) == 1


def test_runs_that_are_late_already_are_not_told_of(foresight: Foresight) -> None:
    foresight.parsed(HOURLY)
    assert foresight.duty.next_due() is None
    foresight.house.now += timedelta(hours=3, minutes=10)  # the service was down
    foresight.attend()
    assert foresight.look(minutes=1) == []
