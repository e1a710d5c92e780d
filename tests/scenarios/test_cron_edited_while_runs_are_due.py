"""Scenario: "cron edited while runs are due"."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.scheduler.conftest import House
from tests.scheduler.test_due import HOURLY, Clockwork

from tradewind.model.service import Topic
from tradewind.model.spec import ScheduleSpec

HALF_PAST = ScheduleSpec("cron", crons=("30 * * * *",), interval="trigger")


@pytest.mark.parametrize("is_heard_first", [True, False], ids=["the edit is heard", "the hour strikes"])
def test_each_instant_has_one_run_by_the_old_cron_before_the_edit_and_by_the_new_after(
    house: House, is_heard_first: bool
) -> None:
    """At 13:10 the run of 13:00 is due and not made yet (the scheduler was busy), and the file is edited just then."""
    clockwork = Clockwork(house)
    clockwork.parsed(HOURLY, catchup=True, start_date=house.now)
    clockwork.attend()
    house.now += timedelta(minutes=70)
    if not is_heard_first:
        clockwork.attend(Topic.RUNS)
    clockwork.parsed(HALF_PAST, catchup=True, start_date=house.now - timedelta(minutes=70))
    clockwork.attend(Topic.DAGS)
    clockwork.wait(hours=2)

    made = clockwork.dates()

    assert len(made) == len(set(made))
    assert made[0] == "2026-05-01T12:00"
    assert made[-2:] == ["2026-05-01T13:30", "2026-05-01T14:30"]
    assert not {"2026-05-01T14:00", "2026-05-01T15:00"} & set(made)
    assert ("2026-05-01T13:00" in made) or is_heard_first
