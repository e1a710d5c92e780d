"""Alarms of monitors: who is told, and how often."""

from __future__ import annotations

from contextlib import closing
from datetime import timedelta

import pytest

from tests.store.making import NOW
from tradewind.ml.monitoring.alarms import alarm_uri
from tradewind.ml.monitoring.schedules import OnDegradation, OnDrift
from tradewind.model.errors import DagFileError
from tradewind.model.ids import RunKey
from tradewind.model.messages import RaiseAlarm
from tradewind.model.spec import DagSpec, ScheduleSpec
from tradewind.scheduler.alarms import raise_alarm
from tradewind.store import open_store

RUN, OTHER = RunKey("watch", "r1"), RunKey("watch", "r2")


@pytest.fixture
def store(tmp_path):
    with closing(open_store(f"sqlite:///{tmp_path}/tradewind.db", home=tmp_path)) as opened:
        yield opened


def waits(store, dag_id, *conditions):
    condition = conditions[0] if len(conditions) == 1 else conditions[0] | conditions[1]
    spec = DagSpec(dag_id, schedule=ScheduleSpec("assets", assets=condition.as_plain()))
    store.save_dag_version(spec, "s", "/root", f"{dag_id}.py", now=NOW)


def alarm(store, after=timedelta(), run=RUN, name="orders", kind="drift", **more):
    wish = RaiseAlarm("try", alarm_uri(kind, name), "look", extra={"share": 0.5}, **more)
    return raise_alarm(store, wish, run, NOW + after)


def raised(told):
    return [(one["dag_ids"], one["raised"]) for one in told]


def test_an_alarm_goes_off_once_within_the_cooldown_and_again_after_it(store):
    waits(store, "retrain", OnDrift("orders", cooldown=timedelta(hours=1)))
    (first,) = alarm(store)
    assert (first["raised"], first["dag_ids"], first["at"]) == (True, ["retrain"], NOW)
    (held,) = alarm(store, timedelta(minutes=59), OTHER)
    assert (held["raised"], held["at"], held["cooldown_seconds"]) == (False, NOW, 3600)
    (again,) = alarm(store, timedelta(hours=1), OTHER)
    assert again["raised"]
    assert [event.extra for event in store.waiting_events("retrain")] == [{"share": 0.5}] * 2


def test_each_dag_has_its_own_cooldown(store):
    waits(store, "often", OnDrift("orders", cooldown=60))
    waits(store, "seldom", OnDrift("orders", cooldown=timedelta(days=1)))
    assert sorted(raised(alarm(store))) == [(["often"], True), (["seldom"], True)]
    told = {one["dag_ids"][0]: one["raised"] for one in alarm(store, timedelta(hours=1), OTHER)}
    assert told == {"often": True, "seldom": False}


def test_only_who_waits_for_this_monitor_is_told(store):
    waits(store, "other", OnDrift("users") | OnDegradation("orders"))
    assert alarm(store) == []
    assert [one["raised"] for one in alarm(store, name="users")] == [True]
    assert [one["raised"] for one in alarm(store, kind="degradation")] == [True]


def test_a_try_after_one_that_was_lost_is_not_held_up_by_its_own_alarm(store):
    waits(store, "retrain", OnDrift("orders"))
    alarm(store)
    (again,) = alarm(store, timedelta(minutes=1))
    assert again["raised"]
    assert len(store.waiting_events("retrain")) == 1, "it went off once"


def test_an_alarm_that_nobody_waits_for_may_have_a_cooldown(store):
    assert [one["raised"] for one in alarm(store, cooldown_seconds=60.0)] == [True]
    assert [one["raised"] for one in alarm(store, timedelta(seconds=59), OTHER, cooldown_seconds=60.0)] == [False]


def test_a_storm_starts_one_run(store):
    waits(store, "retrain", OnDrift("orders"))
    for number in range(100):
        alarm(store, timedelta(seconds=number), RunKey("watch", f"r{number}"))
    assert len(store.waiting_events("retrain")) == 1


def test_names_of_monitors_may_be_anything(store):
    name = "Größe / 価格?x=1"
    waits(store, "retrain", OnDrift(name))
    assert raised(alarm(store, name=name)) == [(["retrain"], True)]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [((" ",), "needs the name of a monitor"), (("orders", -1), "0 or more"), (("orders", "soon"), "could not convert")],
    ids=["no name", "less than nothing", "no number"],
)
def test_a_wrong_schedule_is_told_with_its_line(arguments, says):
    name, *cooldown = arguments
    with pytest.raises(DagFileError, match=says) as error:
        OnDrift(name, **({"cooldown": cooldown[0]} if cooldown else {}))
    assert error.value.location.file == __file__
