"""Timetables of users: written for Airflow, with pendulum objects."""

from datetime import UTC, datetime, timedelta

import pendulum
import pytest

from tradewind.timetables import (
    DagRunInfo,
    DataInterval,
    TimeRestriction,
    Timetable,
    TimetableError,
    build,
    manual_interval,
    next_run,
    schedule_spec,
)
from tradewind.timetables.clock import clock_at, current_instant
from tradewind.timetables.events import EventsTimetable
from tradewind.timetables.interval import CronDataIntervalTimetable, DeltaDataIntervalTimetable
from tradewind.timetables.simple import ContinuousTimetable, OnceTimetable
from tradewind.timetables.trigger import CronTriggerTimetable, DeltaTriggerTimetable, MultipleCronTriggerTimetable

NOW = datetime(2025, 6, 13, 12, tzinfo=UTC)  # a Friday
RESTRICTION = TimeRestriction(datetime(2025, 6, 12, tzinfo=UTC), None, True)


class Workdays(Timetable):
    """One run for each working day, at the end of it."""

    def __init__(self, hour=0):
        self.hour = hour

    def serialize(self):
        return {"hour": self.hour}

    @classmethod
    def deserialize(cls, data):
        return cls(data["hour"])

    @property
    def summary(self):
        return f"workdays at {self.hour}"

    def infer_manual_data_interval(self, *, run_after):
        return DataInterval(run_after.subtract(days=1).start_of("day"), run_after.start_of("day"))

    def next_dagrun_info(self, *, last_automated_data_interval, restriction):
        start = last_automated_data_interval.end if last_automated_data_interval else restriction.earliest
        while start.day_of_week in (pendulum.SATURDAY, pendulum.SUNDAY):
            start = start.add(days=1)
        return DagRunInfo.interval(start, start.add(days=1))


def test_a_users_timetable_gets_pendulum_objects_and_answers_in_plain_ones():
    timetable = Workdays()
    thursday = next_run(timetable, None, RESTRICTION, NOW)
    friday = next_run(timetable, thursday.data_interval, RESTRICTION, NOW)
    monday = next_run(timetable, friday.data_interval, RESTRICTION, NOW)
    assert [run.logical_date.day for run in (thursday, friday, monday)] == [12, 13, 16]
    assert type(monday.run_after) is datetime
    assert manual_interval(timetable, NOW).end == datetime(2025, 6, 13, tzinfo=UTC)


class Partitioned(Timetable):
    """As Airflow 3.3 asks timetables, and as they may answer: without a data interval."""

    def next_dagrun_info_v2(self, *, last_dagrun_info, restriction):
        at = last_dagrun_info.run_after.add(days=1) if last_dagrun_info else restriction.earliest
        return DagRunInfo(run_after=at, data_interval=None, partition_date=at, partition_key=at.to_date_string())


def test_a_users_timetable_of_airflow_3_3():
    first = next_run(Partitioned(), None, RESTRICTION, NOW)
    second = next_run(Partitioned(), first.data_interval, RESTRICTION, NOW)
    assert [one.run_after for one in (first, second)] == [RESTRICTION.earliest, NOW.replace(hour=0)]
    assert second.data_interval == DataInterval.exact(second.run_after)


def test_a_users_timetable_is_built_where_its_class_is_loaded():
    # given a compiled custom schedule
    spec = schedule_spec(Workdays(hour=7))
    assert (spec.kind, spec.data, spec.summary) == ("custom", {"hour": 7}, "workdays at 7")
    # then only who knows the class can build it
    assert build(spec, find_class={spec.import_path: Workdays}.__getitem__).hour == 7
    with pytest.raises(TimetableError, match="not loaded here"):
        build(spec)


class LateCron(CronDataIntervalTimetable):
    """An hour after the tick. Calls `super()` and uses what pendulum offers."""

    def next_dagrun_info(self, *, last_automated_data_interval, restriction):
        info = super().next_dagrun_info(
            last_automated_data_interval=last_automated_data_interval, restriction=restriction
        )
        return DagRunInfo(info.run_after.add(hours=1), info.data_interval)


def test_a_subclass_of_ours_gets_pendulum_objects_from_super():
    timetable = LateCron("@daily", timezone=pendulum.timezone("UTC"))
    assert next_run(timetable, None, RESTRICTION, NOW).run_after == datetime(2025, 6, 13, 1, tzinfo=UTC)
    spec = schedule_spec(timetable)
    again = build(spec, find_class=lambda path: LateCron)
    assert next_run(again, None, RESTRICTION, NOW).run_after == datetime(2025, 6, 13, 1, tzinfo=UTC)


class Naive(Workdays):
    def infer_manual_data_interval(self, *, run_after):
        return DataInterval(datetime(2025, 1, 1), datetime(2025, 1, 2))


class Unserializable(Workdays):
    def serialize(self):
        return {"hour": object()}


class Impossible(Workdays):
    def validate(self):
        raise TimetableError("no", hint="never")


def test_what_a_users_timetable_does_wrong_is_told():
    with pytest.raises(TimetableError, match="Naive answered with"):
        manual_interval(Naive(), NOW)
    with pytest.raises(TimetableError, match=r"Unserializable\.serialize"):
        schedule_spec(Unserializable())
    with pytest.raises(TimetableError, match="no"):
        schedule_spec(Impossible())
    with pytest.raises(NotImplementedError, match="Timetable does not implement"):
        Timetable().infer_manual_data_interval(run_after=NOW)


class Clocked(Workdays):
    def next_dagrun_info(self, *, last_automated_data_interval, restriction):
        return DagRunInfo.exact(current_instant())


def test_the_clock_is_an_argument():
    assert next_run(Clocked(), None, RESTRICTION, NOW).run_after == NOW
    assert abs(current_instant() - datetime.now(UTC)) < timedelta(minutes=1)


HOURLY = "0 * * * *"


@pytest.mark.parametrize("catchup", [True, False])
@pytest.mark.parametrize("has_last", [True, False])
@pytest.mark.parametrize(
    "timetable",
    [
        CronDataIntervalTimetable(HOURLY, "UTC"),
        CronDataIntervalTimetable("30 2 * * *", "Europe/Berlin"),
        DeltaDataIntervalTimetable(timedelta(minutes=30)),
        CronTriggerTimetable(HOURLY, timezone="UTC", interval=timedelta(hours=2)),
        MultipleCronTriggerTimetable(HOURLY, "40 * * * *", timezone="America/New_York"),
        DeltaTriggerTimetable(timedelta(hours=6)),
        EventsTimetable([NOW - timedelta(days=1), NOW + timedelta(days=1)]),
        OnceTimetable(),
        ContinuousTimetable(),
    ],
    ids=lambda one: f"{type(one).__name__} {one.summary}",
)
def test_pendulum_objects_are_answered_as_plain_ones_are(timetable, has_last, catchup):
    """`data_interval_start` of a task's context is one, and so is what a subclass hands to `super()`."""
    # given the same question in both kinds of instants
    last = DataInterval(NOW - timedelta(hours=1), NOW) if has_last else None
    in_pendulum = last and DataInterval(*(pendulum.instance(one) for one in last))
    restriction = RESTRICTION._replace(catchup=catchup)
    # when a timetable of ours is asked, then it gives the same answer, of the kind that it was asked in
    assert next_run(timetable, in_pendulum, restriction, NOW) == next_run(timetable, last, restriction, NOW)
    with clock_at(NOW):
        plain = timetable.infer_manual_data_interval(run_after=NOW)
        answer = timetable.infer_manual_data_interval(run_after=pendulum.instance(NOW))
    assert answer == plain
    assert {type(one) for one in answer} == {pendulum.DateTime}


def test_events_that_are_pendulum_objects_are_plain_in_the_spec():
    spec = schedule_spec(EventsTimetable([pendulum.datetime(2022, 4, 5, 8, 27, tz="America/Chicago")]))
    assert spec.event_dates == (datetime(2022, 4, 5, 13, 27, tzinfo=UTC),)
    assert [type(date) for date in spec.event_dates] == [datetime]
