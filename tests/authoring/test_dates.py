from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pendulum
import pytest

from tradewind.authoring import dates
from tradewind.authoring.exceptions import AirflowException
from tradewind.timetables.clock import clock_at

NOW = datetime(2025, 6, 15, 13, 45, tzinfo=UTC)
START = datetime(2025, 1, 1)


def test_days_ago_is_midnight_in_utc():
    with clock_at(NOW):
        assert dates.days_ago(2) == datetime(2025, 6, 13, tzinfo=UTC)
        assert dates.days_ago(0, hour=6) == datetime(2025, 6, 15, 6, tzinfo=UTC)
    assert isinstance(dates.days_ago(1), pendulum.DateTime)


@pytest.mark.parametrize(
    ("arguments", "days"),
    [
        ({"end_date": datetime(2025, 1, 3), "delta": timedelta(days=1)}, [1, 2, 3]),
        ({"num": 3, "delta": timedelta(days=2)}, [1, 3, 5]),
        ({"num": 3, "delta": "0 0 * * 1"}, [6, 13, 20]),
        ({"num": -2, "delta": timedelta(days=1)}, [31, 1]),
        ({"num": 3}, []),
    ],
)
def test_a_range_of_dates(arguments, days):
    assert [day.day for day in dates.date_range(START, **arguments)] == days


def test_a_range_that_contradicts_itself_is_refused():
    with pytest.raises(AirflowException, match="before end_date"):
        dates.date_range(START, datetime(2024, 1, 1), delta="@daily")
    with pytest.raises(AirflowException, match="Either"):
        dates.date_range(START, START, num=2, delta="@daily")


@pytest.mark.parametrize(
    ("moment", "delta", "start", "expected"),
    [
        (datetime(2015, 1, 1, 6), timedelta(days=1), datetime.min, datetime(2015, 1, 1)),
        (datetime(2015, 1, 2), "@monthly", datetime.min, datetime(2015, 1, 1)),
        (datetime(2015, 9, 16), timedelta(1), datetime(2015, 9, 14), datetime(2015, 9, 16)),
        (datetime(2015, 9, 13), timedelta(1), datetime(2015, 9, 14), datetime(2015, 9, 14)),
    ],
)
def test_rounding(moment, delta, start, expected):
    assert dates.round_time(moment, delta, start) == expected


def test_awareness():
    berlin = ZoneInfo("Europe/Berlin")
    aware = dates.make_aware(datetime(2025, 10, 26, 2, 30), berlin)
    assert aware.astimezone(UTC).hour == 1  # the second showing
    assert dates.make_naive(aware, berlin) == datetime(2025, 10, 26, 2, 30)
    assert (dates.is_localized(aware), dates.is_naive(START)) == (True, True)
    with pytest.raises(ValueError, match="expects a naive"):
        dates.make_aware(aware)
    with pytest.raises(ValueError, match="cannot be applied"):
        dates.make_naive(START)


def test_texts_and_datetimes_become_pendulum_objects():
    assert dates.parse("2025-01-02T03:04:05+01:00").in_timezone("UTC").hour == 2
    assert dates.parse_execution_date("2025-01-02") == datetime(2025, 1, 2, tzinfo=UTC)
    assert dates.coerce_datetime(START) == datetime(2025, 1, 1, tzinfo=UTC)
    assert dates.coerce_datetime(None) is None
    assert dates.convert_to_utc(datetime(2025, 1, 1, tzinfo=timezone(timedelta(hours=2)))).hour == 22
    assert dates.datetime_in_zone(2025, 1, 1) == datetime(2025, 1, 1, tzinfo=UTC)
    assert dates.parse_timezone("Europe/Paris").name == "Europe/Paris"
    with pytest.raises(ValueError, match="expected a date"):
        dates.parse("tomorrowish")


@pytest.mark.parametrize(
    ("duration", "text"), [(None, None), (0.5, "<1s"), (timedelta(days=1, seconds=61), "1d:1M:1s"), (3600, "1h")]
)
def test_durations_as_text(duration, text):
    assert dates.td_format(duration) == text


def test_units():
    assert [dates.infer_time_unit([seconds]) for seconds in (60, 600, 36_000, 360_000)] == [
        "seconds",
        "minutes",
        "hours",
        "days",
    ]
    assert dates.scale_time_units([7200], "hours") == [2]
