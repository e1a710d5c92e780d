from datetime import UTC, datetime, timedelta

import msgspec
import pytest
from dateutil.relativedelta import MO, relativedelta

from tradewind.model.spec import ScheduleSpec
from tradewind.timetables import TimetableError, build, schedule_spec
from tradewind.timetables.assets import AssetOrTimeSchedule
from tradewind.timetables.events import EventsTimetable
from tradewind.timetables.interval import CronDataIntervalTimetable, DeltaDataIntervalTimetable
from tradewind.timetables.simple import AssetTriggeredTimetable, ContinuousTimetable, NullTimetable, OnceTimetable
from tradewind.timetables.trigger import CronTriggerTimetable, DeltaTriggerTimetable, MultipleCronTriggerTimetable

ASSETS = {"all": [{"asset": {"name": "orders", "uri": "orders"}}]}


@pytest.mark.parametrize(
    ("schedule", "kind", "summary"),
    [
        (None, NullTimetable, "None"),
        ("@once", OnceTimetable, "@once"),
        ("@continuous", ContinuousTimetable, "@continuous"),
        ("@daily", CronDataIntervalTimetable, "0 0 * * *"),
        ("5 4 * * sun", CronDataIntervalTimetable, "5 4 * * sun"),
        (timedelta(days=1), DeltaDataIntervalTimetable, "1 day, 0:00:00"),
        (relativedelta(weeks=2), DeltaDataIntervalTimetable, "relativedelta(days=+14)"),
        (relativedelta(months=1, day=1, weekday=MO(1)), DeltaDataIntervalTimetable, None),
        (DeltaTriggerTimetable(timedelta(hours=6)), DeltaTriggerTimetable, "6:00:00"),
        (DeltaTriggerTimetable(timedelta(hours=6), interval=relativedelta(months=1)), DeltaTriggerTimetable, "6:00:00"),
        (CronTriggerTimetable("0 9 * * *", timezone="Asia/Tokyo"), CronTriggerTimetable, "0 9 * * *"),
        (
            CronTriggerTimetable(
                "@hourly", timezone="UTC", interval=timedelta(hours=1), run_immediately=timedelta(minutes=3)
            ),
            CronTriggerTimetable,
            "0 * * * *",
        ),
        (
            MultipleCronTriggerTimetable("@daily", "0 9 * * 1", timezone="UTC", run_immediately=True),
            MultipleCronTriggerTimetable,
            "0 0 * * *, 0 9 * * 1",
        ),
        (EventsTimetable([datetime(2025, 1, 1, tzinfo=UTC)], restrict_to_events=True), EventsTimetable, "1 events"),
        (
            AssetOrTimeSchedule(timetable=CronDataIntervalTimetable("@daily", "UTC"), assets=[]),
            AssetOrTimeSchedule,
            "Asset or 0 0 * * *",
        ),
        (AssetTriggeredTimetable(ASSETS), AssetTriggeredTimetable, "Asset"),
    ],
)
def test_a_schedule_survives_being_written_down(schedule, kind, summary):
    # given a schedule as an author writes it, compiled
    spec = schedule_spec(schedule)
    # when it has crossed a process boundary
    spec = msgspec.json.decode(msgspec.json.encode(spec), type=ScheduleSpec)
    # then the timetable it makes is of the right kind, and compiles to the same again
    timetable = build(spec)
    assert type(timetable) is kind
    assert timetable.to_spec() == msgspec.structs.replace(spec, assets=timetable.to_spec().assets)
    assert type(timetable).deserialize(timetable.serialize()) == timetable if kind is not AssetOrTimeSchedule else True
    assert summary in (None, timetable.summary)


def test_a_schedule_of_assets_is_kept_as_data():
    assert build(schedule_spec(["anything"], assets=ASSETS)).asset_condition == ASSETS
    both = AssetOrTimeSchedule(timetable=CronTriggerTimetable("@daily", timezone="UTC"), datasets=["objects"])
    assert build(schedule_spec(both, assets=ASSETS)).asset_condition == ASSETS


@pytest.mark.parametrize(
    ("interval", "kind"), [("data_interval", CronDataIntervalTimetable), ("trigger", CronTriggerTimetable)]
)
def test_a_bare_cron_has_the_meaning_of_its_era(interval, kind):
    assert type(build(schedule_spec("@daily", interval=interval))) is kind


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        ("99 * * * *", "minute '99' is out of range"),
        ("every day", "2 fields"),
        (42, "is no schedule"),
        (timedelta(0), "does not lead forward"),
        (timedelta(days=-1), "does not lead forward"),
        (relativedelta(months=-1), "does not lead forward"),
    ],
)
def test_what_is_no_schedule_is_refused_with_a_hint(schedule, words):
    with pytest.raises(TimetableError, match=words) as caught:
        schedule_spec(schedule)
    assert caught.value.hint


def test_a_hash_in_a_cron_follows_from_the_dag():
    first, second = (schedule_spec("H H * * *", hash_id=dag).crons for dag in ("a", "b"))
    assert first != second
    assert first == schedule_spec("H H * * *", hash_id="a").crons
