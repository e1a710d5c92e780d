"""Timetables that the recording has no cases of."""

from datetime import UTC, datetime, timedelta

import pytest
from dateutil.relativedelta import relativedelta

from tradewind.timetables import DataInterval, TimeRestriction, manual_interval, next_run
from tradewind.timetables.assets import AssetOrTimeSchedule
from tradewind.timetables.events import EventsTimetable
from tradewind.timetables.interval import CronDataIntervalTimetable, DeltaDataIntervalTimetable
from tradewind.timetables.simple import AssetTriggeredTimetable, ContinuousTimetable, NullTimetable, OnceTimetable
from tradewind.timetables.trigger import CronTriggerTimetable, MultipleCronTriggerTimetable

NOW = datetime(2025, 6, 15, 12, 3, tzinfo=UTC)
START = datetime(2025, 6, 1, tzinfo=UTC)
CATCH_UP = TimeRestriction(START, None, True)
NO_CATCH_UP = TimeRestriction(START, None, False)
NO_START = TimeRestriction(None, None, True)


def at(day, hour=0, minute=0):
    return datetime(2025, 6, day, hour, minute, tzinfo=UTC)


def runs(timetable, restriction, count, now=NOW):
    found, last = [], None
    while len(found) < count and (info := next_run(timetable, last, restriction, now)):
        found.append(info)
        last = info.data_interval
    return found


@pytest.mark.parametrize("timetable", [NullTimetable(), AssetTriggeredTimetable({"all": []})])
def test_what_time_does_not_start_has_no_runs(timetable):
    assert runs(timetable, CATCH_UP, 1) == []
    assert manual_interval(timetable, NOW) == DataInterval.exact(NOW)


def test_once_is_once():
    assert [run.run_after for run in runs(OnceTimetable(), CATCH_UP, 3)] == [START]
    assert [run.run_after for run in runs(OnceTimetable(), NO_START, 3)] == [NOW]
    assert runs(OnceTimetable(), TimeRestriction(START, START - timedelta(1), True), 1) == []


def test_continuous_goes_on_where_the_last_run_ended():
    timetable = ContinuousTimetable()
    first = next_run(timetable, None, CATCH_UP, at(2))
    assert first.data_interval == (START, at(2))
    second = next_run(timetable, first.data_interval, CATCH_UP, at(3))
    assert second.data_interval == (at(2), at(3))
    assert next_run(timetable, second.data_interval, TimeRestriction(START, at(3), True), at(4)) is None
    assert next_run(timetable, None, NO_START, NOW) is None
    assert timetable.active_runs_limit == 1


def test_events_come_in_their_order():
    timetable = EventsTimetable([at(20), at(3), at(10)])
    assert [run.run_after for run in runs(timetable, CATCH_UP, 9)] == [at(3), at(10), at(20)]
    assert [run.run_after for run in runs(timetable, NO_CATCH_UP, 9)] == [at(20)]
    assert [run.run_after for run in runs(timetable, TimeRestriction(START, at(10), True), 9)] == [at(3), at(10)]


@pytest.mark.parametrize(("when", "event"), [(at(1), at(3)), (at(11), at(10)), (at(30), at(20))])
def test_a_manual_run_can_be_tied_to_an_event(when, event):
    dates = [at(3), at(10), at(20)]
    assert manual_interval(EventsTimetable(dates, restrict_to_events=True), when) == (event, event)
    assert manual_interval(EventsTimetable(dates), when) == (when, when)


def test_several_crons_make_one_schedule():
    timetable = MultipleCronTriggerTimetable("0 6 * * *", "0 6,18 * * *", timezone="UTC")
    assert [run.run_after for run in runs(timetable, CATCH_UP, 3)] == [at(1, 6), at(1, 18), at(2, 6)]
    assert runs(timetable, NO_CATCH_UP, 1)[0].run_after == at(15, 6)


def test_a_trigger_can_have_a_data_interval():
    timetable = CronTriggerTimetable("@daily", timezone="UTC", interval=relativedelta(months=1))
    assert runs(timetable, CATCH_UP, 1)[0].data_interval == (datetime(2025, 5, 1, tzinfo=UTC), START)
    assert manual_interval(timetable, at(15)) == (datetime(2025, 5, 15, tzinfo=UTC), at(15))


@pytest.mark.parametrize(
    ("run_immediately", "first"),
    [
        (True, at(15, 12)),
        (False, at(15, 13)),
        (None, at(15, 12)),
        (timedelta(minutes=2), at(15, 13)),
        (timedelta(minutes=4), at(15, 12)),
    ],
)
def test_the_first_run_without_a_start_date(run_immediately, first):
    timetable = CronTriggerTimetable("@hourly", timezone="UTC", run_immediately=run_immediately)
    assert runs(timetable, NO_START, 1)[0].run_after == first


def test_runs_without_catchup_fall_on_round_times():
    run = runs(DeltaDataIntervalTimetable(timedelta(hours=1)), NO_CATCH_UP, 1)[0]
    assert run.data_interval == (at(15, 11), at(15, 12))


def test_a_relativedelta_may_set_fields_outright():
    timetable = DeltaDataIntervalTimetable(relativedelta(months=1, day=1))
    assert runs(timetable, TimeRestriction(at(15), None, True), 1)[0].data_interval.end == datetime(
        2025, 7, 1, tzinfo=UTC
    )


def test_assets_or_time_follows_the_time_part():
    timetable = AssetOrTimeSchedule(timetable=CronDataIntervalTimetable("@daily", "UTC"), assets=["orders"])
    assert runs(timetable, CATCH_UP, 1)[0].data_interval == (START, at(2))
    assert manual_interval(timetable, NOW) == (at(14), at(15))
