from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tradewind.authoring.partitions import (
    AllowedKeyMapper,
    ChainMapper,
    DayWindow,
    FanOutMapper,
    FixedKeyMapper,
    HourWindow,
    IdentityMapper,
    MinimumCount,
    MonthWindow,
    PartitionMapper,
    ProductMapper,
    RollupMapper,
    SegmentWindow,
    StartOfDayMapper,
    StartOfHourMapper,
    StartOfMonthMapper,
    StartOfQuarterMapper,
    StartOfWeekMapper,
    StartOfYearMapper,
)
from tradewind.timetables import schedule_spec
from tradewind.timetables.partition_keys import PartitionError, downstream_keys, key_of_run, needed_keys
from tradewind.timetables.partitions import CronPartitionTimetable, PartitionedAssetTimetable

KEY = "2026-05-13T09:30:00"


class OwnMapper(PartitionMapper):
    """Only its author knows."""


@pytest.mark.parametrize(
    ("mapper", "key", "expected"),
    [
        (IdentityMapper(), "eu", ["eu"]),
        (AllowedKeyMapper(["eu", "us"]), "us", ["us"]),
        (FixedKeyMapper("all"), "us", ["all"]),
        (StartOfHourMapper(), KEY, ["2026-05-13T09"]),
        (StartOfDayMapper(), KEY, ["2026-05-13"]),
        (StartOfWeekMapper(), KEY, ["2026-05-11 (W20)"]),
        (StartOfMonthMapper(), KEY, ["2026-05"]),
        (StartOfQuarterMapper(), KEY, ["2026-Q2"]),
        (StartOfYearMapper(), KEY, ["2026"]),
        (StartOfDayMapper(output_format="%d.%m.%Y"), KEY, ["13.05.2026"]),
        (ChainMapper(StartOfDayMapper(), StartOfMonthMapper(input_format="%Y-%m-%d")), KEY, ["2026-05"]),
        (ProductMapper(IdentityMapper(), StartOfDayMapper()), f"eu|{KEY}", ["eu|2026-05-13"]),
        (RollupMapper(upstream_mapper=StartOfDayMapper(), window=DayWindow()), KEY, ["2026-05-13"]),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_which_run_an_update_counts_for(mapper, key, expected):
    assert downstream_keys(mapper.as_plain(), key) == expected


@pytest.mark.parametrize(
    ("mapper", "key", "why"),
    [
        (AllowedKeyMapper(["eu"]), "us", "none of eu"),
        (StartOfDayMapper(), "yesterday", "does not look like"),
        (ProductMapper(IdentityMapper(), IdentityMapper()), "eu", "1 parts"),
        (OwnMapper(), "eu", "OwnMapper"),
        (FanOutMapper(upstream_mapper=IdentityMapper(), window=DayWindow()), "eu", "FanOutMapper"),
    ],
    ids=["allowed", "date", "parts", "own", "fan-out"],
)
def test_keys_that_are_refused_say_why(mapper, key, why):
    with pytest.raises(PartitionError, match=why):
        downstream_keys(mapper.as_plain(), key)


@pytest.mark.parametrize(
    ("mapper", "key", "count"),
    [
        (IdentityMapper(), "eu", 1),
        (RollupMapper(upstream_mapper=StartOfHourMapper(), window=HourWindow()), "2026-05-13T09", 60),
        (RollupMapper(upstream_mapper=StartOfMonthMapper(), window=MonthWindow()), "2026-02", 28),
        (RollupMapper(upstream_mapper=FixedKeyMapper("all"), window=SegmentWindow(["eu", "us"])), "all", 2),
        (
            RollupMapper(upstream_mapper=StartOfDayMapper(), window=DayWindow(), wait_policy=MinimumCount(20)),
            "2026-05-13",
            20,
        ),
    ],
    ids=["identity", "hour", "month", "segments", "minimum"],
)
def test_how_many_partitions_a_run_waits_for(mapper, key, count):
    assert needed_keys(mapper.as_plain(), key) == count


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, "2026-05-13T00:00:00"),
        ({"key_format": "%Y%m%d"}, "20260513"),
        ({"run_offset": -1}, "2026-05-12T00:00:00"),
        ({"run_offset": 2, "key_format": "%d"}, "15"),
        ({"timezone": "America/New_York", "key_format": "%Y-%m-%d %H"}, "2026-05-12 20"),
    ],
)
def test_the_key_of_a_run_by_the_clock(options, expected):
    spec = schedule_spec(CronPartitionTimetable("0 0 * * *", **options))

    assert key_of_run(spec, datetime(2026, 5, 13, tzinfo=UTC)) == expected


def test_other_schedules_have_no_partitions():
    assert key_of_run(schedule_spec("@daily"), datetime(2026, 5, 13, tzinfo=UTC)) is None
    spec = schedule_spec(PartitionedAssetTimetable(), assets={"any": []})
    assert key_of_run(spec, datetime(2026, 5, 13, tzinfo=UTC)) is None
