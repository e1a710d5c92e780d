"""Sensors of the box: when they defer, what to, and what they make of how the waiting ended."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import Any

import pytest

from tradewind.authoring.exceptions import (
    AirflowRescheduleException,
    AirflowSensorTimeout,
    AirflowSkipException,
    TaskDeferralError,
    TaskDeferred,
)
from tradewind.operators.weekday import WeekDay
from tradewind.sensors.bash import BashSensor
from tradewind.sensors.date_time import DateTimeSensor, DateTimeSensorAsync
from tradewind.sensors.filesystem import FileSensor
from tradewind.sensors.python import PythonSensor
from tradewind.sensors.time_delta import TimeDeltaSensor, TimeDeltaSensorAsync, WaitSensor
from tradewind.sensors.time_sensor import TimeSensor
from tradewind.sensors.weekday import DayOfWeekSensor

FUTURE = datetime(2999, 1, 1, tzinfo=UTC)
TIMEOUT = {"error": "Trigger timeout"}
FAILURE = {"error": "Trigger failure", "traceback": "ValueError: boom"}


def deferred(sensor: Any, context: Any) -> TaskDeferred:
    with pytest.raises(TaskDeferred) as caught:
        sensor.execute(context)
    return caught.value


@pytest.mark.parametrize(
    ("kind", "arguments", "trigger"),
    [
        (FileSensor, {"filepath": "/no/such/file"}, "FileTrigger"),
        (DateTimeSensor, {"target_time": FUTURE}, "DateTimeTrigger"),
        (DateTimeSensorAsync, {"target_time": FUTURE}, "DateTimeTrigger"),
        (TimeDeltaSensor, {"delta": timedelta(days=365 * 900)}, "DateTimeTrigger"),
        (TimeDeltaSensorAsync, {"delta": timedelta(days=365 * 900)}, "DateTimeTrigger"),
        (WaitSensor, {"time_to_wait": timedelta(days=1)}, "DateTimeTrigger"),
    ],
)
def test_it_defers_by_default(dag: Any, context_of: Any, kind: Any, arguments: dict[str, Any], trigger: str) -> None:
    sensor = kind(task_id="s", timeout=100, **arguments)
    error = deferred(sensor, context_of(sensor))
    assert type(error.trigger).__name__ == trigger
    assert error.method_name == "execute_complete"
    assert error.timeout is not None
    assert 0 < error.timeout.total_seconds() <= 100


@pytest.mark.parametrize(
    ("options", "is_deferred"),
    [
        ({}, True),
        ({"deferrable": False}, False),
        ({"mode": "reschedule"}, False),
        ({"mode": "reschedule", "deferrable": True}, True),
    ],
)
def test_what_is_said_wins_over_the_default(dag: Any, context_of: Any, options: Any, is_deferred: bool) -> None:
    sensor = FileSensor(task_id="s", filepath="/no/such/file", **options)
    assert sensor.deferrable is is_deferred
    if options.get("mode") == "reschedule":
        with pytest.raises(TaskDeferred if is_deferred else AirflowRescheduleException):
            sensor.execute(context_of(sensor))


def test_what_is_there_already_needs_no_triggerer(dag: Any, context_of: Any) -> None:
    sensor = FileSensor(task_id="s", filepath=__file__)
    assert sensor.execute(context_of(sensor)) is None


def test_the_time_since_the_first_try_counts(dag: Any, context_of: Any) -> None:
    sensor = FileSensor(task_id="s", filepath="/no/such/file", timeout=60)
    context = context_of(sensor)
    context["ti"].first_started_at = datetime.now(UTC) - timedelta(seconds=50)
    timeout = deferred(sensor, context).timeout
    assert timeout is not None
    assert timeout.total_seconds() <= 10
    context["ti"].first_started_at = datetime.now(UTC) - timedelta(seconds=61)
    with pytest.raises(AirflowSensorTimeout):
        sensor.execute(context)


def test_a_weekday_begins_at_midnight(dag: Any, context_of: Any) -> None:
    tomorrow = datetime.now(UTC).date() + timedelta(days=1)
    sensor = DayOfWeekSensor(task_id="s", week_day=WeekDay(tomorrow.isoweekday()))
    moment = deferred(sensor, context_of(sensor)).trigger.moment
    assert moment == datetime.combine(tomorrow, time(), UTC)


def test_a_logical_date_never_comes_nearer(dag: Any, context_of: Any) -> None:
    sensor = DayOfWeekSensor(task_id="s", week_day="Friday", use_task_logical_date=True, mode=None, timeout=0)
    with pytest.raises(AirflowSensorTimeout):
        sensor.execute(context_of(sensor))


def test_a_time_of_day_is_one_instant(dag: Any, context_of: Any) -> None:
    sensor = TimeSensor(task_id="s", target_time=time(23, 59, 59, 999999))
    trigger = deferred(sensor, context_of(sensor)).trigger
    assert trigger.moment.time() == time(23, 59, 59, 999999)


@pytest.mark.parametrize("kind", [PythonSensor, BashSensor])
def test_users_code_gives_its_slot_back_between_pokes(dag: Any, kind: Any) -> None:
    arguments = {"python_callable": bool} if kind is PythonSensor else {"bash_command": "true"}
    assert kind(task_id="s", **arguments).mode == "reschedule"
    assert kind(task_id="p", mode="poke", **arguments).mode == "poke"


@pytest.mark.parametrize(
    ("options", "arguments", "error"),
    [
        ({}, TIMEOUT, AirflowSensorTimeout),
        ({"soft_fail": True}, TIMEOUT, AirflowSkipException),
        ({"never_fail": True}, TIMEOUT, AirflowSkipException),
        ({}, FAILURE, TaskDeferralError),
        ({"soft_fail": True}, FAILURE, AirflowSkipException),
    ],
)
def test_how_waiting_ends_without_an_event(
    dag: Any, context_of: Any, options: dict[str, Any], arguments: dict[str, Any], error: type[Exception]
) -> None:
    sensor = FileSensor(task_id="s", filepath="x", **options)
    with pytest.raises(error):
        sensor.resume_execution("__fail__", arguments, context_of(sensor))


def test_it_may_start_in_its_trigger(dag: Any) -> None:
    sensor = FileSensor(task_id="s", filepath="/data/x", start_from_trigger=True, poke_interval=7)
    assert sensor.start_from_trigger
    assert sensor.start_trigger_args.trigger_kwargs == {"filepath": "/data/x", "recursive": False, "poke_interval": 7}
    assert not FileSensor(task_id="p", filepath="/x", start_from_trigger=True, mode="poke").start_from_trigger
