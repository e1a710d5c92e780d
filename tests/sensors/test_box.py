import json
from datetime import UTC, datetime, time, timedelta

import pytest

from tradewind.authoring.exceptions import AirflowFailException
from tradewind.authoring.sensor import PokeReturnValue
from tradewind.sensors.bash import BashSensor
from tradewind.sensors.date_time import DateTimeSensor, DateTimeSensorAsync
from tradewind.sensors.filesystem import FileSensor
from tradewind.sensors.python import PythonSensor
from tradewind.sensors.time_delta import TimeDeltaSensor, TimeDeltaSensorAsync, WaitSensor
from tradewind.sensors.time_sensor import TimeSensor
from tradewind.sensors.weekday import DayOfWeekSensor

NOW = datetime.now(UTC)


def test_python(dag, context_of):
    def ready(limit, ds, templates_dict):
        return PokeReturnValue(limit == 3, (ds, templates_dict))

    sensor = PythonSensor(task_id="s", python_callable=ready, op_args=[3], templates_dict={"a": 1})

    assert sensor.execute(context_of(sensor)) == ("2025-01-02", {"a": 1})


@pytest.mark.parametrize(("code", "retry_code", "there"), [(0, None, True), (1, None, False), (5, 5, False)])
def test_bash(dag, context_of, code, retry_code, there):
    sensor = BashSensor(task_id="s", bash_command=f"exit {code}", retry_exit_code=retry_code)

    assert sensor.poke(context_of(sensor)) is there


def test_bash_fails_by_another_exit_code(dag, context_of):
    sensor = BashSensor(task_id="s", bash_command="exit 4", retry_exit_code=5)

    with pytest.raises(AirflowFailException, match="4"):
        sensor.poke(context_of(sensor))


@pytest.mark.parametrize(
    ("pattern", "recursive", "there"),
    [
        ("data/a.csv", False, True),
        ("data/*.csv", False, True),
        ("data/*.txt", False, False),
        ("data", False, True),
        ("empty", False, False),
        ("**/deep.csv", False, False),
        ("**/deep.csv", True, True),
    ],
)
def test_files_below_the_connections_folder(dag, context_of, tmp_path, monkeypatch, pattern, recursive, there):
    for file in ("data/a.csv", "data/x/y/deep.csv"):
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).touch()
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("AIRFLOW_CONN_FILES", json.dumps({"conn_type": "fs", "extra": {"path": str(tmp_path)}}))
    sensor = FileSensor(task_id="s", filepath=pattern, fs_conn_id="files", recursive=recursive)

    assert sensor.poke(context_of(sensor)) is there


def test_a_file_without_a_connection(dag, context_of, tmp_path, monkeypatch):
    (tmp_path / "here").touch()
    monkeypatch.chdir(tmp_path)

    assert FileSensor(task_id="a", filepath=str(tmp_path / "here")).poke({}) is True
    assert FileSensor(task_id="b", filepath="here").poke({}) is True


@pytest.mark.parametrize("kind", [DateTimeSensor, DateTimeSensorAsync])
@pytest.mark.parametrize(("target", "there"), [(NOW - timedelta(hours=1), True), ("2100-01-01T00:00:00+00:00", False)])
def test_an_instant(dag, context_of, kind, target, there):
    assert kind(task_id="s", target_time=target).poke({}) is there


def test_an_instant_of_another_type(dag):
    with pytest.raises(TypeError, match="Expected str or datetime"):
        DateTimeSensor(task_id="s", target_time=5)


@pytest.mark.parametrize("kind", [TimeDeltaSensor, TimeDeltaSensorAsync])
@pytest.mark.parametrize(("hours", "there"), [(1, True), (3, False)])
def test_some_time_after_the_interval(dag, context_of, kind, hours, there):
    sensor = kind(task_id="s", delta=timedelta(hours=hours))

    assert sensor.poke(context_of(sensor, data_interval_end=NOW - timedelta(hours=2))) is there


def test_some_time_after_the_first_try(dag, context_of):
    sensor = WaitSensor(task_id="s", time_to_wait=5)
    context = context_of(sensor)

    assert sensor.poke(context) is False
    context["ti"].first_started_at = NOW - timedelta(minutes=6)
    assert sensor.poke(context) is True


def test_a_time_of_day_is_that_of_the_first_try_in_the_dags_zone(dag, context_of):
    sensor = TimeSensor(task_id="s", target_time=time(8))
    context = context_of(sensor)
    context["ti"].first_started_at = datetime(2025, 1, 2, 23, tzinfo=UTC)

    assert sensor.target(context) == datetime(2025, 1, 2, 8, tzinfo=UTC)
    assert sensor.poke(context) is True


@pytest.mark.parametrize(("day", "there"), [("Thursday", True), (["Friday", "Monday"], False)])
def test_a_day_of_the_week(dag, context_of, day, there):
    sensor = DayOfWeekSensor(task_id="s", week_day=day, use_task_logical_date=True)

    assert sensor.poke(context_of(sensor)) is there
