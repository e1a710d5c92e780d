"""Retention, the news of a commit, pools that change, and tasks that wait for runs of other processes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.scheduler.conftest import CODE, NOW, House, created_run, dag, task
from tradewind.engine import events
from tradewind.engine.run import Bounds
from tradewind.model.changes import AssetsUpdated, Change, DeferralForgotten, RunChanged, TaskChanged
from tradewind.model.ids import RunKey
from tradewind.model.records import PoolRecord
from tradewind.model.service import Topic
from tradewind.model.states import RunState, TaskState
from tradewind.scheduler.news import RING_SECONDS, News
from tradewind.scheduler.outside import PastOfOthers, PoolSizes
from tradewind.scheduler.retention import Retention
from tradewind.scheduler.takeover import new_run

KEY = RunKey("dag", "run")
ALL = frozenset(Topic)


@pytest.mark.parametrize(("days", "deleted"), [(0, 0), (30, 3)], ids=["off", "thirty days"])
def test_old_runs_are_deleted_once_a_day_where_that_is_asked(days: int, deleted: int) -> None:
    befores: list[datetime] = []
    duty = Retention(days, befores.append, started_at=NOW)
    for hours in range(60):
        now = NOW + timedelta(hours=hours)
        if (due := duty.next_due()) is not None and due <= now:
            duty.attend(now, frozenset())
    assert len(befores) == deleted
    assert all(NOW - timedelta(days=30) <= before <= NOW - timedelta(days=27) for before in befores)


@pytest.mark.parametrize(
    ("change", "topics"),
    [
        (RunChanged(KEY, RunState.RUNNING, RunState.SUCCESS, ""), [Topic.RUNS]),
        (RunChanged(KEY, RunState.QUEUED, RunState.RUNNING, ""), []),
        (TaskChanged(KEY, "a", (), TaskState.RUNNING, TaskState.SUCCESS, ""), []),
        (DeferralForgotten(KEY, "a", ()), [Topic.DEFERRALS]),
        (AssetsUpdated(()), [Topic.ASSETS]),
    ],
    ids=["a run ends", "a run begins", "a task ends", "nobody waits", "assets"],
)
def test_who_is_rung_for_what(change: Change, topics: list[Topic]) -> None:
    rung: list[Topic] = []
    News(rung.append)([change, change], NOW)
    assert rung == [*topics, Topic.HAPPENED]


def test_viewers_are_rung_for_at_most_so_often() -> None:
    rung: list[Topic] = []
    clock = iter([10.0, 10.0, 10.0 + RING_SECONDS / 2, 10.0 + RING_SECONDS, 10.0 + RING_SECONDS])
    news = News(rung.append, lambda: next(clock))
    for _ in range(3):
        news([TaskChanged(KEY, "a", (), TaskState.RUNNING, TaskState.SUCCESS, "")], NOW)
    assert rung == [Topic.HAPPENED, Topic.HAPPENED]


def test_a_pool_that_grows_lets_tasks_go_at_once(house: House) -> None:
    duty = PoolSizes(house.store, house.scheduler, house.scheduler._dispatch)
    house.launch(dag(task("a", pool="gpu"), task("b", pool="gpu")))
    assert len(house.desk.orders) == 1
    house.store.set_pool(PoolRecord("gpu", 2))
    duty.attend(NOW, ALL)
    assert len(house.desk.orders) == 2


def test_a_task_that_waits_for_a_run_of_another_process_goes_on_when_somebody_rings(house: House) -> None:
    spec = dag(task("a", depends_on_past=True))
    before = created_run(spec, "before", at=NOW - timedelta(days=1))
    states: list[Any] = [
        before,
        RunChanged(before.run, RunState.QUEUED, RunState.RUNNING, ""),
        TaskChanged(before.run, "a", (), TaskState.NONE, TaskState.FAILED, ""),
        RunChanged(before.run, RunState.RUNNING, RunState.FAILED, ""),
    ]
    house.other.commit(states, who="another", now=NOW)
    created = created_run(spec)
    house.scheduler.adopt(new_run(created, spec, CODE, NOW, Bounds()), [events.RunStarted()], before=[created])
    assert house.desk.orders == {}
    mended = [
        TaskChanged(before.run, "a", (), TaskState.FAILED, TaskState.SUCCESS, "marked"),
        RunChanged(before.run, RunState.FAILED, RunState.SUCCESS, "marked"),
    ]
    house.other.commit(mended, who="another", now=NOW)
    PastOfOthers(house.scheduler).attend(NOW, ALL)
    assert house.desk.try_of("a")
