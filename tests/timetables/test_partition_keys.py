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
    QuarterWindow,
    RollupMapper,
    SegmentWindow,
    StartOfDayMapper,
    StartOfHourMapper,
    StartOfMonthMapper,
    StartOfQuarterMapper,
    StartOfWeekMapper,
    StartOfYearMapper,
    WeekWindow,
    YearWindow,
)
from tradewind.authoring.partitions import own_mappers as live_own_mappers
from tradewind.timetables import schedule_spec
from tradewind.timetables.partition_keys import (
    PartitionError,
    downstream_keys,
    key_of_run,
    needed_keys,
    own_mappers,
)
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
        (
            FanOutMapper(upstream_mapper=StartOfWeekMapper(), window=WeekWindow()),
            KEY,
            [f"2026-05-{day}" for day in range(11, 18)],
        ),
        (
            FanOutMapper(
                upstream_mapper=StartOfWeekMapper(), window=WeekWindow(direction=WeekWindow.Direction.BACKWARD)
            ),
            KEY,
            [f"2026-05-{day:02}" for day in range(5, 12)],
        ),
        (
            FanOutMapper(upstream_mapper=StartOfDayMapper(), window=DayWindow()),
            KEY,
            [f"2026-05-13T{hour:02}" for hour in range(24)],
        ),
        (
            FanOutMapper(upstream_mapper=StartOfMonthMapper(input_format="%Y-%m"), window=MonthWindow()),
            "2026-02",
            [f"2026-02-{day:02}" for day in range(1, 29)],
        ),
        (
            FanOutMapper(upstream_mapper=StartOfYearMapper(), window=YearWindow()),
            KEY,
            [f"2026-{month:02}" for month in range(1, 13)],
        ),
        (
            FanOutMapper(
                upstream_mapper=StartOfQuarterMapper(),
                window=QuarterWindow(direction=QuarterWindow.Direction.BACKWARD),
                downstream_mapper=StartOfMonthMapper(output_format="%m/%Y"),
            ),
            "2026-01-31T00:00:00",
            ["11/2025", "12/2025", "01/2026"],
        ),
        (
            FanOutMapper(upstream_mapper=IdentityMapper(), window=SegmentWindow(["us", "eu"])),
            "whatever",
            ["eu", "us"],
        ),
        (
            FanOutMapper(
                upstream_mapper=StartOfHourMapper(),
                window=HourWindow(),
                downstream_mapper=ChainMapper(IdentityMapper(), StartOfHourMapper()),
            ),
            KEY,
            ["2026-05-13T09"],
        ),
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
        (FanOutMapper(upstream_mapper=IdentityMapper(), window=DayWindow()), "eu", "does not look like"),
        (
            FanOutMapper(upstream_mapper=StartOfDayMapper(), window=DayWindow(), max_downstream_keys=23),
            KEY,
            "24 others, and no more than 23",
        ),
    ],
    ids=["allowed", "date", "parts", "own", "fan-out", "too many"],
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


def test_a_window_without_a_mapper_for_its_members_is_refused():
    with pytest.raises(ValueError, match="HourWindow needs a downstream_mapper"):
        FanOutMapper(upstream_mapper=StartOfHourMapper(), window=HourWindow())


def test_mappers_of_the_authors_own_are_numbered_alike_where_their_code_is_and_where_it_is_not():
    class Second(OwnMapper): ...

    fan_out = FanOutMapper(upstream_mapper=Second(), window=SegmentWindow(["a"]), downstream_mapper=OwnMapper())
    chain = ChainMapper(OwnMapper(), IdentityMapper(), Second())
    timetable = PartitionedAssetTimetable(None, partition_mapper=chain, partition_mapper_config={Named(): fan_out})
    plain = {"default": chain.as_plain(), "by_asset": [{"asset": {}, "mapper": fan_out.as_plain()}]}

    live = [type(own).__name__ for mapper in timetable.mappers for own in live_own_mappers(mapper)]

    assert live == [own["name"] for own in own_mappers(plain)] == ["OwnMapper", "Second", "Second", "OwnMapper"]


class Named:
    def as_plain(self):
        return {}
