"""Scenario: "DST both ways and a clock that jumps"."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from tests.scheduler.conftest import House
from tests.scheduler.test_due import Clockwork

from tradewind.model.service import Topic
from tradewind.model.spec import ScheduleSpec

NEW_YORK = ScheduleSpec("cron", crons=("30 1,2 * * *",), timezone="America/New_York", interval="trigger")


@pytest.mark.parametrize(
    ("since", "made"),
    [
        (
            datetime(2026, 3, 7, 20, tzinfo=UTC),
            ["2026-03-08T06:30", "2026-03-08T07:30", "2026-03-09T05:30", "2026-03-09T06:30"],
        ),
        (
            datetime(2026, 10, 31, 20, tzinfo=UTC),
            ["2026-11-01T06:30", "2026-11-01T07:30", "2026-11-02T06:30", "2026-11-02T07:30"],
        ),
    ],
    ids=["an hour is left out", "an hour comes twice"],
)
@pytest.mark.parametrize("jump", [0.0, 3.0, -3.0], ids=["steady", "forward", "back"])
def test_each_local_time_has_one_run_whatever_the_clock_does(
    house: House, since: datetime, made: list[str], jump: float
) -> None:
    """Half past one and half past two in New York, through both changes: as Airflow has it, the second of two, and an hour
    later where there is none. In the middle the machine's clock is set forward or back by hours, once, and the scheduler
    starts anew."""
    clockwork = Clockwork(house)
    house.now = since
    clockwork.parsed(NEW_YORK, start_date=since, catchup=True)
    clockwork.attend()
    clockwork.wait(hours=11)

    house.now += timedelta(hours=jump)
    clockwork.restart()
    clockwork.attend(Topic.DAGS, Topic.RUNS)
    clockwork.wait(hours=27 - jump)

    assert clockwork.dates() == made
