"""Clock changes in Berlin: 2025-03-30 02:00 → 03:00, 2025-10-26 03:00 → 02:00."""

from datetime import UTC, datetime, timedelta, timezone
from itertools import pairwise
from zoneinfo import ZoneInfo

import pendulum
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tradewind.timetables import TimetableError
from tradewind.timetables.zoned_cron import ZonedCron
from tradewind.timetables.zones import find_zone, to_instant, zone_name


def ticks(expression, start, count, zone="Europe/Berlin"):
    cron, at = ZonedCron(expression, zone), datetime.fromisoformat(start)
    found = []
    for _ in range(count):
        at = cron.next_after(at)
        found.append(f"{at:%d %H:%M}")
    return found


@pytest.mark.parametrize(
    ("expression", "start", "expected"),
    [
        # The time that does not exist is as long after the jump as it would have been.
        ("30 2 * * *", "2025-03-29T00:00+00:00", ["29 01:30", "30 01:30", "31 00:30"]),
        # The time that comes twice is its second showing.
        ("30 2 * * *", "2025-10-25T00:00+00:00", ["25 00:30", "26 01:30", "27 01:30"]),
        # Chosen hours follow the wall clock, every hour follows real time.
        ("0 */6 * * *", "2025-03-29T22:30+00:00", ["29 23:00", "30 04:00", "30 10:00"]),
        ("0 * * * *", "2025-10-25T23:30+00:00", ["26 00:00", "26 01:00", "26 02:00"]),
        ("*/30 * * * *", "2025-03-30T00:15+00:00", ["30 00:30", "30 01:00", "30 01:30"]),
    ],
)
def test_ticks_across_a_clock_change(expression, start, expected):
    assert ticks(expression, start, 3) == expected


@given(
    st.sampled_from(["Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo", "Africa/Cairo", "Asia/Kolkata"]),
    st.sampled_from(["30 2 * * *", "*/15 * * * *", "0 */6 * * *", "15 1-3 * * 0"]),
    st.datetimes(datetime(2000, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)),
)
def test_ticks_always_move_forward(zone, expression, start):
    cron, instants = ZonedCron(expression, zone), [start]
    for _ in range(20):
        instants.append(cron.next_after(instants[-1]))
    assert all(earlier < later for earlier, later in pairwise(instants))


@pytest.mark.parametrize(
    ("given_zone", "name"),
    [
        ("utc", "UTC"),
        (UTC, "UTC"),
        (ZoneInfo("Asia/Tokyo"), "Asia/Tokyo"),
        (pendulum.timezone("Europe/Paris"), "Europe/Paris"),
        (pendulum.FixedTimezone(19_800), "+05:30"),
        (timezone(timedelta(hours=-3)), "-03:00"),
    ],
)
def test_any_zone_goes_by_its_name(given_zone, name):
    assert zone_name(given_zone).replace("UTC-", "-") == name
    noon = datetime(2025, 7, 1, 12)
    assert to_instant(noon, find_zone(given_zone)) == to_instant(noon, find_zone(name))


def test_an_unknown_zone_is_refused():
    with pytest.raises(TimetableError, match="no time zone named 'Europe/Atlantis'"):
        ZonedCron("@daily", "Europe/Atlantis")
