"""Backfills and their runs; deadlines; how long runs have taken."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace

from tests.store.making import LATER, NOW, RUN, SECOND, a_try, commit, created, run_moved
from tradewind.model.changes import TryChanged
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.ids import RunKey
from tradewind.model.service import BackfillRecord, BackfillRunRecord, DeadlineRecord
from tradewind.model.states import RunType, TryState

DAY = timedelta(days=1)
BACKFILL = BackfillRecord(
    backfill_id=0,
    dag_id="a_dag",
    from_date=NOW,
    to_date=NOW + 2 * DAY,
    is_reverse=True,
    reprocess="failed",
    max_active_runs=3,
    conf={"a": [1]},
    is_paused=False,
    created_at=NOW,
    created_by="ada",
)
DATES = [BackfillRunRecord(i, NOW + i * DAY, NOW + i * DAY, NOW + (i + 1) * DAY) for i in range(3)]


def fill(place, name=None):
    key = RunKey("a_dag", name or f"backfill {place}")
    return created(key, NOW + place * DAY, run_type=RunType.BACKFILL)


def make(store, number, place, name=None):
    return store.create_backfill_run(number, place, fill(place, name), who="scheduler", now=LATER)


def done(store, number):
    return [date.is_done for date in store.backfill_dates(number)]


class Backfilling:
    def test_a_backfill_is_told_as_it_was_made(self, store):
        number = store.create_backfill(BACKFILL, DATES)
        assert store.backfill(number) == replace(BACKFILL, backfill_id=number)
        assert store.backfill_dates(number) == DATES
        with pytest.raises(NotFoundError, match="backfill 99"):
            store.backfill(99)

    def test_a_dag_has_one_at_a_time(self, store, other):
        first = store.create_backfill(BACKFILL, DATES)
        with pytest.raises(TradewindError, match="being backfilled"):
            other.create_backfill(BACKFILL, DATES)
        other.create_backfill(replace(BACKFILL, dag_id="b_dag"), [])
        store.set_backfill(first, ended_at=LATER)
        second = other.create_backfill(BACKFILL, [])
        assert [one.backfill_id for one in store.backfills(dag_id="a_dag")] == [first, second]
        assert [one.dag_id for one in store.backfills(only_active=True)] == ["b_dag", "a_dag"]

    def test_a_run_takes_its_place_once(self, store, other):
        number = store.create_backfill(BACKFILL, DATES)
        assert make(store, number, 1)
        assert not make(other, number, 1, "another name")
        assert [date.run_id for date in store.backfill_dates(number)] == [None, "backfill 1", None]
        assert store.run(RunKey("a_dag", "backfill 1")).backfill_id == number
        assert store.run(RunKey("a_dag", "another name")) is None

    def test_a_date_that_got_its_run_elsewhere_gets_none(self, store):
        number = store.create_backfill(BACKFILL, DATES)
        commit(store, created(RUN, NOW))
        assert not make(store, number, 0)
        first = store.backfill_dates(number)[0]
        assert (first.run_id, first.why_not, first.is_done) == (None, "already exists", True)

    def test_a_date_is_done_with_its_run(self, store):
        skipped = replace(DATES[2], why_not="already exists")
        number = store.create_backfill(BACKFILL, [*DATES[:2], skipped])
        make(store, number, 0)
        make(store, number, 1)
        key = RunKey("a_dag", "backfill 0")
        commit(store, run_moved("queued", "running", key))
        assert done(store, number) == [False, False, True]
        commit(store, run_moved("running", "failed", key))
        assert done(store, number) == [True, False, True]
        store.delete_run(RunKey("a_dag", "backfill 1"))
        assert done(store, number) == [True, True, True]

    def test_a_run_that_is_there_is_run_again_for_it(self, store):
        number = store.create_backfill(BACKFILL, [replace(DATES[0], why_not="is to be run again"), *DATES[1:]])
        commit(store, created(RUN, NOW))
        store.adopt_backfill_run(number, 0, RUN.run_id)
        assert store.run(RUN).backfill_id == number
        first = store.backfill_dates(number)[0]
        assert (first.run_id, first.why_not, first.is_done) == (RUN.run_id, "", False)
        with pytest.raises(NotFoundError):
            store.adopt_backfill_run(number, 0, "nope")

    @pytest.mark.parametrize("how", [{"is_cancelled": True}, {"ended_at": LATER}], ids=["cancelled", "ended"])
    def test_what_is_over_makes_no_runs(self, store, how):
        number = store.create_backfill(BACKFILL, DATES)
        store.set_backfill(number, **how)
        assert not make(store, number, 0)
        assert store.backfill_dates(number) == DATES

    def test_pausing_and_ending(self, store):
        number = store.create_backfill(BACKFILL, DATES)
        store.set_backfill(number, is_paused=True)
        assert store.backfill(number) == replace(BACKFILL, backfill_id=number, is_paused=True)
        store.set_backfill(number, is_paused=False)
        store.set_backfill(number, is_cancelled=True, ended_at=LATER)
        ended = store.backfill(number)
        assert (ended.is_paused, ended.is_cancelled, ended.ended_at) == (False, True, LATER)
        store.set_backfill(number, ended_at=LATER + DAY)
        assert store.backfill(number).ended_at == LATER
        with pytest.raises(NotFoundError):
            store.set_backfill(99, is_paused=True)


def deadline(name="soon", run=RUN, due_at=LATER):
    return DeadlineRecord(0, run, name, due_at, {"path": "f.call", "kwargs": {"x": 1}})


class RunDeadlines:
    def test_a_deadline_is_told_as_it_was_made(self, store):
        commit(store, created())
        store.add_deadlines([deadline()])
        (told,) = store.open_deadlines()
        assert told == replace(deadline(), deadline_id=told.deadline_id)
        assert store.deadlines(run=RUN) == [told]

    def test_a_run_has_each_once(self, store):
        commit(store, created())
        store.add_deadlines([deadline(), deadline("late")])
        store.add_deadlines([deadline(due_at=LATER + DAY), deadline("later"), deadline(run=SECOND)])
        assert [(one.name, one.due_at) for one in store.open_deadlines()] == [
            ("soon", LATER),
            ("late", LATER),
            ("later", LATER),
        ]

    def test_open_are_those_of_runs_that_have_not_ended_the_next_first(self, store):
        commit(store, created(), created(SECOND, LATER))
        store.add_deadlines([deadline(due_at=LATER + DAY), deadline("first"), deadline(run=SECOND)])
        commit(store, run_moved("queued", "running", SECOND), run_moved("running", "success", SECOND))
        assert [one.name for one in store.open_deadlines()] == ["first", "soon"]

    def test_each_mark_is_made_once(self, store, other):
        commit(store, created())
        store.add_deadlines([deadline()])
        (told,) = store.open_deadlines()
        assert store.mark_deadline(told.deadline_id, warned_at=NOW)
        assert not other.mark_deadline(told.deadline_id, warned_at=LATER)
        assert store.open_deadlines()[0].warned_at == NOW
        assert store.mark_deadline(told.deadline_id, missed_at=LATER)
        assert not other.mark_deadline(told.deadline_id, missed_at=LATER)
        assert store.open_deadlines() == []
        assert [one.missed_at for one in store.deadlines(only_missed=True)] == [LATER]

    def test_deadlines_go_with_their_run(self, store):
        commit(store, created())
        store.add_deadlines([deadline()])
        store.delete_run(RUN)
        assert store.deadlines() == []

    def test_how_long_runs_and_tasks_took(self, store):
        for number, (seconds, end) in enumerate([(10, "success"), (99, "failed"), (20, "success"), (30, "success")]):
            self._run(store, number, seconds, end)
        assert store.run_durations("a_dag") == [30.0, 20.0, 10.0]
        assert store.run_durations("a_dag", runs=2) == [30.0, 20.0]
        assert store.task_durations("a_dag", runs=2) == {"t": [30.0, 20.0]}
        assert store.task_durations("b_dag") == {}

    def _run(self, store, number, seconds, end):
        key, start = RunKey("a_dag", f"run {number}"), NOW + number * DAY
        try_id = f"try{number}"
        commit(store, created(key, None), run_moved("queued", "running", key), a_try(try_id, run=key), now=start)
        commit(store, TryChanged(try_id, TryState.QUEUED, TryState.RUNNING), now=start)
        ended = TryChanged(try_id, TryState.RUNNING, TryState(end))
        commit(store, ended, run_moved("running", end, key), now=start + timedelta(seconds=seconds))
