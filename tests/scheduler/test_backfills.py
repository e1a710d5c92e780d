"""Backfills move on: on a real store, with requests carried out by the duty that people's go to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from tests.scheduler.conftest import CODE, House, dag, task
from tradewind.engine import events
from tradewind.engine.run import Bounds
from tradewind.model.ids import RunKey
from tradewind.model.messages import GetRuns
from tradewind.model.outcomes import Succeeded
from tradewind.model.records import RunRecord
from tradewind.model.service import BackfillRecord, Topic
from tradewind.model.spec import DagSpec, ParamSpec
from tradewind.model.states import RunState, RunType
from tradewind.scheduler.backfills import BackfillRuns
from tradewind.scheduler.launch import manual_run
from tradewind.scheduler.owner import Owner
from tradewind.scheduler.requests import Requests
from tradewind.scheduler.specs import Specs
from tradewind.scheduler.takeover import waiting_run
from tradewind.timetables import schedule_spec
from tradewind.timetables.backfill import dates_between, plan

ME = Owner("me", 1, "host")


def day(number: int) -> datetime:
    return datetime(2026, 4, number, tzinfo=UTC)


class Filling:
    """A daily DAG, and backfills of it."""

    def __init__(self, house: House, **more: Any) -> None:
        self.house, self.store = house, house.store
        self.spec: DagSpec = dag(task("a"), schedule=schedule_spec("@daily", interval="data_interval"), **more)
        self.store.save_dag_version(self.spec, CODE.snapshot, "/dags", "dag.py", now=house.now)
        specs = Specs(self.store)
        owner = house.scheduler._roster._owner  # the one that the scheduler claims runs as
        self.requests = Requests(self.store, house.scheduler, specs, owner, Bounds)
        self.duty = BackfillRuns(self.store, specs, owner, self.requests)

    def create(self, first: int, last: int, **more: Any) -> int:
        conf, reverse = more.pop("conf", {}), more.pop("is_reverse", False)
        reprocess = more.pop("reprocess", "none")
        dates = dates_between(self.spec, day(first), day(last), self.house.now, at_most=100)
        found = self.store.runs_asked_for(GetRuns("dag", logical_dates=tuple(due.logical_date for due in dates)))
        existing = {run.logical_date: run for run in found if run.logical_date}
        planned = plan(dates, existing, now=self.house.now, reprocess=reprocess, is_reverse=reverse)
        record = BackfillRecord(
            0,
            "dag",
            day(first),
            day(last),
            reverse,
            reprocess,
            more.pop("max_active_runs", 2),
            conf,
            False,
            self.house.now,
            "ada",
            **more,
        )
        stored = [one.record if one.record.why_not else _unplaced(one.record) for one in planned]
        made = self.store.create_backfill(record, stored)
        self.attend()
        return made

    def attend(self) -> None:
        self.duty.attend(self.house.now, frozenset({Topic.RUNS}))

    def runs(self, *states: RunState) -> list[RunRecord]:
        return self.store.runs(dag_id="dag", states=states)[::-1]

    def dates_of(self, *states: RunState) -> list[int]:
        return [run.logical_date.day for run in self.runs(*states) if run.logical_date]

    def begin(self, run: RunRecord) -> None:
        """As admission does."""
        active = waiting_run(run, self.spec, CODE, self.house.now, Bounds())
        self.house.scheduler.adopt(active, [events.RunStarted()])

    def finish(self, run: RunRecord) -> None:
        if run.state is RunState.QUEUED:
            self.begin(run)
        self.house.end("a", Succeeded(), run_id=run.run_id)
        self.house.now += timedelta(seconds=1)
        self.attend()

    def earlier_run(self, number: int) -> RunRecord:
        """One that has ended."""
        created = manual_run(self.spec, snapshot=CODE.snapshot, now=self.house.now, logical_date=day(number))
        self.store.commit([created], who="ada", now=self.house.now)
        run = self.store.run(created.run)
        assert run is not None
        self.begin(run)
        self.house.end("a", Succeeded(), run_id=run.run_id)
        ended = self.store.run(created.run)
        assert ended is not None
        assert ended.state is RunState.SUCCESS
        return ended


def _unplaced(record: Any) -> Any:
    return replace(record, run_id=None)


@pytest.fixture
def filling(house):
    return Filling(house)


def test_as_many_runs_at_once_as_it_allows_until_all_are_done(filling):
    backfill_id = filling.create(1, 5, max_active_runs=2, conf={"n": 1})
    assert filling.dates_of() == [1, 2]

    while filling.runs(RunState.QUEUED):
        filling.finish(filling.runs(RunState.QUEUED)[0])

    assert filling.dates_of(RunState.SUCCESS) == [1, 2, 3, 4, 5]
    first = filling.runs()[0]
    assert (first.run_type, first.run_id) == (RunType.BACKFILL, "backfill__2026-04-01T00:00:00+00:00")
    assert (first.conf, first.data_interval_end, first.backfill_id) == ({"n": 1}, day(2), backfill_id)
    assert filling.store.backfill(backfill_id).ended_at is not None


def test_in_reverse(filling):
    filling.create(1, 3, is_reverse=True, max_active_runs=1)

    while filling.runs(RunState.QUEUED):
        filling.finish(filling.runs(RunState.QUEUED)[0])

    assert filling.dates_of() == [3, 2, 1]


def test_a_paused_backfill_starts_no_more(filling):
    backfill_id = filling.create(1, 3, max_active_runs=1)
    filling.store.set_backfill(backfill_id, is_paused=True)

    filling.finish(filling.runs()[0])
    assert filling.dates_of() == [1]
    filling.store.set_backfill(backfill_id, is_paused=False)
    filling.attend()

    assert filling.dates_of() == [1, 2]


def test_cancelling_drops_what_waits_and_lets_what_runs_end(filling):
    backfill_id = filling.create(1, 4, max_active_runs=2)
    running, waiting = filling.runs()
    filling.begin(running)

    filling.store.set_backfill(backfill_id, is_cancelled=True)
    filling.attend()

    assert filling.dates_of(RunState.FAILED) == [2]
    assert filling.house.why(RunKey("dag", waiting.run_id)) == f"backfill {backfill_id} was cancelled"
    assert filling.store.backfill(backfill_id).ended_at is None
    filling.house.end("a", run_id=running.run_id)
    filling.attend()
    assert filling.dates_of() == [1, 2]
    assert filling.store.backfill(backfill_id).ended_at is not None


def test_dates_that_have_a_run_are_left_out_unless_they_are_to_run_again(filling):
    there = filling.earlier_run(2)
    backfill_id = filling.create(1, 3, max_active_runs=5)

    assert filling.dates_of(RunState.QUEUED) == [1, 3]
    assert [one.why_not for one in filling.store.backfill_dates(backfill_id)] == ["", "already exists", ""]
    assert filling.store.run(RunKey("dag", there.run_id)) == there


def test_a_run_is_run_again_as_tasks_clear_would(filling):
    there = filling.earlier_run(2)

    backfill_id = filling.create(2, 2, reprocess="completed")

    again = filling.store.run(RunKey("dag", there.run_id))
    assert again is not None
    assert (again.state, again.backfill_id) == (RunState.QUEUED, backfill_id)
    assert filling.store.backfill(backfill_id).ended_at is None
    filling.begin(again)
    filling.house.end("a", run_id=there.run_id)
    filling.attend()
    assert filling.store.backfill(backfill_id).ended_at is not None
    assert f"backfill {backfill_id}" in " ".join(
        row.why for row in filling.house.other.history(RunKey("dag", again.run_id))
    )


def test_a_date_that_somebody_else_made_a_run_of_meanwhile_is_left_out(filling):
    backfill_id = filling.create(1, 2, max_active_runs=1)
    other = manual_run(filling.spec, snapshot=CODE.snapshot, now=filling.house.now, logical_date=day(2))
    filling.store.commit([other], who="bob", now=filling.house.now)

    filling.finish(filling.runs()[0])
    filling.attend()

    assert [one.why_not for one in filling.store.backfill_dates(backfill_id)] == ["", "already exists"]
    assert filling.store.backfill(backfill_id).ended_at is not None


def test_where_no_run_can_be_made_it_is_cancelled_and_says_why(house, caplog):
    filling = Filling(house, params=(ParamSpec("n"),))

    backfill_id = filling.create(1, 2)
    filling.attend()

    assert filling.store.backfill(backfill_id).is_cancelled
    assert "'n'" in caplog.text
    assert [one.action for one in filling.store.audit(dag_id="dag")] == ["backfill_cancelled"]


def test_a_restart_goes_on_where_it_was(filling):
    filling.create(1, 3, max_active_runs=1)
    first = filling.runs()[0]
    filling.finish(first)

    filling.duty = BackfillRuns(filling.store, Specs(filling.store), ME, filling.requests)
    filling.attend()
    filling.attend()

    assert filling.dates_of() == [1, 2]
