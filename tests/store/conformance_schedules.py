"""Clocks of DAGs, the runs they make, and which of those that wait may start."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from msgspec.structs import replace

from tests.store.making import LATER, NOW, RUN, SECOND, claim, commit, created, run_moved
from tradewind.model.errors import NotFoundError
from tradewind.model.ids import RunKey
from tradewind.model.service import BackfillRecord, DueRun
from tradewind.model.spec import DagSpec, ScheduleSpec, TaskSpec
from tradewind.model.states import RunState, RunType
from tradewind.store.facets.schedules import ByClock

HOURLY = DagSpec("a_dag", schedule=ScheduleSpec(kind="cron", crons=("0 * * * *",)), start_date=NOW)
DAILY = DagSpec("a_dag", schedule=ScheduleSpec(kind="cron", crons=("0 0 * * *",)), start_date=NOW)
LONGER = DagSpec("a_dag", schedule=HOURLY.schedule, start_date=NOW, tasks=(TaskSpec("t", "@task"),))


def due(hour: int) -> DueRun:
    start = datetime(2026, 1, 2, hour, tzinfo=UTC)
    end = start + timedelta(hours=1)
    return DueRun(end, start, start, end)


def by_the_clock(hour: int, **more):
    of = due(hour)
    facts = {
        "run_type": RunType.SCHEDULED,
        "data_interval_start": of.interval_start,
        "data_interval_end": of.interval_end,
        "run_after": of.run_after,
    }
    return created(RunKey("a_dag", f"scheduled {hour}"), of.logical_date, **{**facts, **more})


def save(store, spec=HOURLY, snapshot="s1", now=NOW):
    return store.save_dag_version(spec, snapshot, "/root", "f.py", now=now)


def clock(store, dag_id="a_dag"):
    (found,) = store.schedules(dag_id=dag_id)
    return found


def make(store, hour=3, expected=None, then=None, made=None):
    wanted = ByClock(made or by_the_clock(hour), expected or due(hour).run_after, then or due(hour + 1))
    (was_made,) = store.create_scheduled_runs([wanted], who="scheduler", now=LATER)
    return was_made


class Clocks:
    def test_a_new_dags_clock_stands_nowhere(self, store):
        save(store)
        stands = clock(store)
        assert (stands.dag_hash, stands.snapshot, stands.changed_at) == (HOURLY.hash, "s1", NOW)
        assert (stands.next_run_after, stands.last_interval_end, stands.held_why) == (None, None, "")
        assert not stands.is_paused
        assert not stands.is_retired

    def test_what_comes_next_is_kept(self, store):
        save(store)
        assert store.set_next_run("a_dag", HOURLY.hash, due(3))
        stands = clock(store)
        assert DueRun(
            stands.next_run_after, stands.next_logical_date, stands.next_interval_start, stands.next_interval_end
        ) == due(3)

    def test_what_comes_next_of_another_version_is_refused(self, store):
        save(store)
        assert not store.set_next_run("a_dag", "other", due(3))
        assert not store.set_next_run("nope", HOURLY.hash, due(3))
        assert clock(store).next_run_after is None

    def test_a_held_schedule_makes_no_run_until_it_is_accepted(self, store):
        save(store)
        store.set_next_run("a_dag", HOURLY.hash, due(3), held_why="4,000 runs at once")
        assert clock(store).held_why == "4,000 runs at once"
        assert not make(store)
        store.accept_schedule("a_dag")
        assert clock(store).held_why == ""
        assert make(store)
        with pytest.raises(NotFoundError, match="nope"):
            store.accept_schedule("nope")

    def test_a_run_by_the_clock_moves_the_clock(self, store):
        save(store)
        store.set_next_run("a_dag", HOURLY.hash, due(3))
        assert make(store)
        stands = clock(store)
        assert (stands.last_interval_start, stands.last_interval_end) == (due(3).interval_start, due(3).interval_end)
        assert stands.next_run_after == due(4).run_after
        assert store.run(RunKey("a_dag", "scheduled 3")).state is RunState.QUEUED

    def test_of_two_schedulers_one_makes_the_run(self, store, other):
        save(store)
        store.set_next_run("a_dag", HOURLY.hash, due(3))
        assert make(store)
        assert not make(other)
        assert clock(store).next_run_after == due(4).run_after
        assert len(store.runs()) == 1

    @pytest.mark.parametrize("what", ["paused", "retired", "taken"])
    def test_no_run_by_the_clock(self, store, what):
        save(store)
        store.set_next_run("a_dag", HOURLY.hash, due(3))
        if what == "paused":
            store.set_paused("a_dag", True)
        elif what == "retired":
            store.retire_dags("/root", "f.py", keep=(), now=NOW)
        else:
            commit(store, created(RunKey("a_dag", "by hand"), due(3).logical_date))
        before = clock(store)
        assert not make(store)
        assert clock(store) == before
        assert store.run(RunKey("a_dag", "scheduled 3")) is None

    def test_a_new_version_with_the_same_schedule_goes_on_with_it(self, store):
        save(store)
        store.set_next_run("a_dag", HOURLY.hash, due(3))
        make(store)
        assert save(store, LONGER)
        stands = clock(store)
        assert (stands.next_run_after, stands.last_interval_end) == (due(4).run_after, due(3).interval_end)

    def test_a_new_schedule_is_reckoned_anew_from_the_last_run(self, store):
        save(store)
        store.set_next_run("a_dag", HOURLY.hash, due(3))
        make(store)
        store.set_next_run("a_dag", HOURLY.hash, due(4), held_why="too many")
        save(store, DAILY)
        stands = clock(store)
        assert (stands.next_run_after, stands.held_why) == (None, "")
        assert stands.last_interval_end == due(3).interval_end
        assert not store.set_next_run("a_dag", HOURLY.hash, due(4))

    def test_a_pause_keeps_what_comes_next(self, store):
        save(store)
        store.set_next_run("a_dag", HOURLY.hash, due(3))
        store.set_paused("a_dag", True)
        assert (clock(store).is_paused, clock(store).next_run_after) == (True, due(3).run_after)

    def test_whoever_asks_for_changes_hears_of_each(self, store):
        """Clocks of several processes write them: a change made later is never stamped earlier."""
        save(store, now=NOW + timedelta(days=10_000))
        save(store, DagSpec("b_dag"))
        seen = max(one.changed_at for one in store.schedules())
        for change in (
            lambda: store.set_paused("a_dag", True),
            lambda: store.set_paused("a_dag", False),
            lambda: store.set_next_run("a_dag", HOURLY.hash, due(3), held_why="x"),
            lambda: store.accept_schedule("a_dag"),
            lambda: make(store),
            lambda: save(store, LONGER),
            lambda: save(store, LONGER, snapshot="s2"),
            lambda: store.retire_dags("/root", "f.py", keep=["b_dag"], now=NOW),
            lambda: save(store, LONGER, snapshot="s2"),
        ):
            change()
            latest = max(one.changed_at for one in store.schedules(changed_since=seen))
            assert latest > seen
            assert [one.dag_id for one in store.schedules(changed_since=latest)] == ["a_dag"]
            seen = latest

    def test_what_changes_nothing_is_no_change(self, store):
        save(store)
        store.set_next_run("a_dag", HOURLY.hash, due(3))
        seen = clock(store).changed_at
        save(store, now=LATER)
        store.set_paused("a_dag", False)
        assert store.set_next_run("a_dag", HOURLY.hash, due(3))
        assert clock(store).changed_at == seen
        assert clock(store).next_run_after == due(3).run_after

    def test_retired_dags_are_told_of_as_such(self, store):
        save(store)
        store.retire_dags("/root", "f.py", keep=(), now=LATER)
        assert clock(store).is_retired
        save(store)
        assert not clock(store).is_retired

    def test_the_same_facts_come_back_with_the_run(self, store):
        events = {"orders": [{"at": NOW, "extra": {"rows": 3}}]}
        commit(store, created(backfill_id=7, partition_key="2026-01", triggering_assets=events))
        run = store.run(RUN)
        assert (run.backfill_id, run.partition_key) == (7, "2026-01")
        assert run.triggering_assets["orders"][0]["extra"] == {"rows": 3}


class ManyByTheClock:
    B = DagSpec("b_dag", schedule=HOURLY.schedule, start_date=NOW)

    def _wanted(self, dag_id="b_dag", hour=3):
        one = by_the_clock(hour)
        return ByClock(replace(one, run=RunKey(dag_id, one.run.run_id)), due(hour).run_after, due(hour + 1))

    def _stand(self, store):
        for spec in (HOURLY, self.B):
            save(store, spec)
            store.set_next_run(spec.dag_id, spec.hash, due(3))

    def test_runs_of_several_dags_are_made_together(self, store):
        self._stand(store)
        wanted = [self._wanted("a_dag"), self._wanted()]
        assert store.create_scheduled_runs(wanted, who="scheduler", now=LATER) == [True, True]
        assert [clock(store, one).next_run_after for one in ("a_dag", "b_dag")] == [due(4).run_after] * 2
        assert store.create_scheduled_runs(wanted, who="scheduler", now=LATER) == [False, False]

    def test_one_that_somebody_else_has_made_holds_up_no_other(self, store):
        self._stand(store)
        make(store)
        wanted = [self._wanted("a_dag"), self._wanted()]
        assert store.create_scheduled_runs(wanted, who="scheduler", now=LATER) == [False, True]

    def test_nor_does_one_whose_date_has_a_run(self, store):
        self._stand(store)
        commit(store, replace(by_the_clock(3), run=RunKey("a_dag", "by hand")))
        wanted = [self._wanted("a_dag"), self._wanted()]
        assert store.create_scheduled_runs(wanted, who="scheduler", now=LATER) == [False, True]
        assert clock(store).next_run_after == due(3).run_after
        assert clock(store, "b_dag").next_run_after == due(4).run_after


class Admission:
    def _runs(self, store, *names, dag="a_dag", **more):
        for name in names:
            commit(store, created(RunKey(dag, name), None, **more))

    def _claim(self, store, run, at_most=2, who="me"):
        (epoch,) = store.claim_waiting_runs([(run, at_most)], owner_id=who, pid=1, host="h", now=NOW)
        return epoch

    def test_many_are_claimed_together_each_counted_after_those_before_it(self, store):
        save(store)
        save(store, DagSpec("b_dag"))
        self._runs(store, "a1", "a2", "a3")
        self._runs(store, "b1", dag="b_dag")
        wanted = [(RunKey("a_dag", name), 2) for name in ("a1", "a2", "a3")] + [(RunKey("b_dag", "b1"), 1)]
        facts = {"pid": 1, "host": "h", "now": NOW}
        assert store.claim_waiting_runs(wanted, owner_id="me", **facts) == [1, 1, None, 1]
        assert store.claim_waiting_runs(wanted[:1], owner_id="you", **facts) == [None]
        assert [run.run_id for run in store.waiting_runs()] == ["a3"]

    def test_waiting_are_queued_runs_that_nobody_drives(self, store):
        save(store)
        self._runs(store, "run 1", "run 2", "run 3", run_after=LATER)
        claim(store, "me")
        commit(store, run_moved("queued", "running", SECOND))
        assert [run.run_id for run in store.waiting_runs()] == ["run 3"]

    def test_runs_of_paused_dags_do_not_wait(self, store):
        save(store)
        self._runs(store, "run 1")
        store.set_paused("a_dag", True)
        assert store.waiting_runs() == []
        assert store.waiting_runs(dag_id="a_dag") == []

    def test_no_dag_hides_another_behind_the_limit(self, store):
        save(store)
        save(store, DagSpec("b_dag"))
        self._runs(store, *(f"a{i}" for i in range(5)))
        self._runs(store, "b0", "b1", dag="b_dag")
        assert [run.run_id for run in store.waiting_runs(limit=4)] == ["a0", "b0", "a1", "b1"]
        assert [run.run_id for run in store.waiting_runs(dag_id="a_dag", limit=2)] == ["a0", "a1"]

    def test_a_claim_counts_what_runs_and_what_is_claimed(self, store, other):
        save(store)
        self._runs(store, "run 1", "run 2", "run 3", "run 4")
        commit(store, run_moved("queued", "running"))
        assert self._claim(store, SECOND) == 1
        assert self._claim(other, RunKey("a_dag", "run 3"), who="you") is None
        assert store.owner_of(SECOND).owner_id == "me"
        commit(store, run_moved("running", "success"))
        assert self._claim(other, RunKey("a_dag", "run 3"), who="you") == 1

    def test_what_is_claimed_or_gone_is_not_claimed_again(self, store, other):
        save(store)
        self._runs(store, "run 1")
        assert self._claim(store, RUN) == 1
        assert self._claim(other, RUN, who="you") is None
        assert self._claim(other, RunKey("a_dag", "gone"), who="you") is None
        assert store.owner_of(RUN).owner_id == "me"

    def test_a_backfill_has_places_of_its_own(self, store):
        save(store)
        self._runs(store, "run 1", "run 2")
        self._runs(store, "fill 1", "fill 2", backfill_id=7)
        assert self._claim(store, RUN, at_most=1) == 1
        assert self._claim(store, RunKey("a_dag", "fill 1"), at_most=1) == 1
        assert self._claim(store, RunKey("a_dag", "fill 2"), at_most=1) is None
        assert self._claim(store, SECOND, at_most=1) is None

    def test_runs_of_a_paused_backfill_do_not_wait(self, store):
        save(store)
        facts = {"is_reverse": False, "reprocess": "none", "max_active_runs": 1, "conf": {}, "is_paused": False}
        backfill = BackfillRecord(0, "a_dag", NOW, NOW, created_at=NOW, created_by="ada", **facts)
        number = store.create_backfill(backfill, [])
        self._runs(store, "fill 1", backfill_id=number)
        assert len(store.waiting_runs()) == 1
        store.set_backfill(number, is_paused=True)
        assert store.waiting_runs() == []

    def test_running_runs_are_counted_by_dag(self, store):
        self._runs(store, "run 1", "run 2")
        self._runs(store, "fill 1", backfill_id=7)
        self._runs(store, "run 1", dag="b_dag")
        for key in (RUN, RunKey("a_dag", "fill 1"), RunKey("b_dag", "run 1")):
            commit(store, run_moved("queued", "running", key))
        assert dict(store.running_counts()) == {"a_dag": 1, "b_dag": 1}

    @pytest.mark.parametrize(
        ("ends", "expected"),
        [("", 0), ("s", 0), ("f", 1), ("sff", 2), ("ffs", 0), ("fsfff", 3), ("ffffff", 3)],
    )
    def test_failures_in_a_row(self, store, ends, expected):
        for number, end in enumerate(ends):
            key = RunKey("a_dag", f"run {number}")
            at = NOW + timedelta(seconds=number)
            end_state = "failed" if end == "f" else "success"
            commit(store, created(key, None), run_moved("queued", "running", key))
            commit(store, run_moved("running", end_state, key), now=at)
        self._runs(store, "still queued")
        assert store.failed_in_a_row("a_dag", at_most=3) == expected
