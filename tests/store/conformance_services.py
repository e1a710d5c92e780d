"""Processes of the service: that they live, what they leave behind, how they wake each other, who gives away slots."""

from __future__ import annotations

import select
from datetime import timedelta

import pytest

from tests.store.making import NOW, RUN, SECOND, a_try, claim, commit, created, run_moved
from tradewind.model.changes import DeferralMade, RunChanged, TryChanged
from tradewind.model.records import PoolRecord
from tradewind.model.service import AuditRecord, JobKind, JobRecord, LiveElsewhere, Topic
from tradewind.model.states import RunState, TryState

LEASE = timedelta(seconds=60)
RAN_OUT = timedelta(seconds=-5)
"""The database's clock and ours agree to some milliseconds."""


def a_job(store, job_id="job", kind=JobKind.TRIGGERER, lease=LEASE, **more):
    now = store.now()
    return JobRecord(job_id, kind, 1, "h", now, now, now + lease, **more)


def rings(listener) -> bool:
    return bool(select.select([listener.fileno()], [], [], 60)[0])


class Processes:
    def test_an_owner_is_alive_with_its_job(self, store, other):
        store.register_job(a_job(store))
        assert other.owner_is_alive("job")
        store.end_job("job", now=store.now())
        assert not other.owner_is_alive("job")
        assert not other.owner_is_alive("nobody")

    def test_a_job_is_alive_until_it_ends(self, store, other):
        job = a_job(store, version="1", detail={"lag": 0.5})
        store.register_job(job)
        (found,) = other.jobs(only_alive=True)
        assert (found.job_id, found.kind, found.pid, found.version, found.detail["lag"]) == (
            "job",
            JobKind.TRIGGERER,
            1,
            "1",
            0.5,
        )
        store.end_job("job", now=store.now())
        assert other.jobs(only_alive=True) == []
        assert [one.ended_at is not None for one in other.jobs()] == [True]
        assert other.jobs(kind=JobKind.SCHEDULER) == []

    def test_a_beat_says_what_the_job_does(self, store):
        store.register_job(a_job(store))
        now = store.now()
        assert store.beat("job", now=now, lease_until=now + LEASE, detail={"runs": 3})
        assert store.jobs()[0].detail["runs"] == 3
        assert store.jobs()[0].lease_until > now

    def test_a_beat_of_what_was_ended_is_refused(self, store, other):
        store.register_job(a_job(store))
        other.end_job("job", now=store.now())
        now = store.now()
        assert not store.beat("job", now=now, lease_until=now + LEASE, detail={})

    def test_a_beat_after_others_have_taken_over_is_refused(self, store, other):
        store.register_job(a_job(store, "me", JobKind.SCHEDULER, lease=RAN_OUT))
        commit(store, created(), run_moved("queued", "running"))
        claim(store, "me")
        claim(other, "you", instead_of="me")
        now = store.now()
        assert not store.beat("me", now=now, lease_until=now + LEASE, detail={})

    def test_who_is_handed_a_run_by_one_that_lives_ends_no_lease(self, store, other):
        store.register_job(a_job(store, "me", JobKind.SCHEDULER))
        commit(store, created(), run_moved("queued", "running"))
        claim(store, "me")
        claim(other, "you", instead_of="me")
        beat(store, "me")

    def test_a_beat_that_is_late_holds_where_nobody_took_over(self, store):
        store.register_job(a_job(store, "me", JobKind.SCHEDULER, lease=RAN_OUT))
        beat(store, "me")

    def test_a_job_whose_lease_ran_out_is_not_alive(self, store, other):
        store.register_job(a_job(store, lease=RAN_OUT))
        assert other.jobs(only_alive=True) == []

    def test_runs_of_a_job_that_ended_are_abandoned(self, store, other):
        store.register_job(a_job(store, "me", JobKind.SCHEDULER))
        commit(store, created(), run_moved("queued", "running"))
        claim(store, "me")
        assert other.abandoned_runs() == []
        store.end_job("me", now=store.now())
        ((key, owner),) = other.abandoned_runs()
        assert (key, owner.owner_id, owner.epoch) == (RUN, "me", 1)

    def test_runs_of_a_job_whose_lease_ran_out_are_abandoned(self, store, other):
        store.register_job(a_job(store, "me", JobKind.SCHEDULER, lease=RAN_OUT))
        commit(store, created())
        claim(store, "me")
        assert [key for key, _ in other.abandoned_runs()] == [RUN]

    def test_who_has_just_begun_trusts_no_lease_of_others(self, store, other):
        """Scenario: the database was away for ten minutes, and all leases have run out."""
        store.register_job(a_job(store, "me", JobKind.SCHEDULER, lease=RAN_OUT))
        commit(store, created())
        claim(store, "me")
        other.register_job(a_job(store, "you"))
        assert other.abandoned_runs() == []

    def test_a_run_without_an_owner_is_abandoned_once_it_runs(self, store):
        commit(store, created(), created(SECOND, None), run_moved("queued", "running", SECOND))
        assert store.abandoned_runs() == [(SECOND, None)]

    def test_an_ended_run_that_is_still_claimed_is_abandoned(self, store):
        commit(store, created(), run_moved("queued", "running"), run_moved("running", "failed"))
        claim(store, "dead")
        assert [(key, owner.owner_id) for key, owner in store.abandoned_runs()] == [(RUN, "dead")]


class Calls:
    def test_a_call_wakes_who_listens_to_its_topic(self, store, other):
        listener = other.listen([Topic.RUNS, Topic.REQUESTS])
        store.ring(Topic.DAGS)
        store.ring(Topic.REQUESTS)
        store.ring(Topic.REQUESTS)
        store.ring(Topic.RUNS)
        heard = set()
        while heard < {Topic.REQUESTS, Topic.RUNS}:
            assert rings(listener)
            heard |= listener.heard()
        assert heard == {Topic.REQUESTS, Topic.RUNS}
        listener.close()

    def test_all_who_listen_are_woken(self, store, other):
        listeners = [store.listen(list(Topic)), other.listen([Topic.POOLS])]
        store.ring(Topic.POOLS)
        for listener in listeners:
            assert rings(listener)
            assert listener.heard() == {Topic.POOLS}
            listener.close()

    def test_nobody_listens(self, store, other):
        other.listen([Topic.RUNS]).close()
        store.ring(Topic.RUNS)

    def test_nothing_was_heard(self, store):
        listener = store.listen([Topic.RUNS])
        assert listener.heard() == set()
        assert not select.select([listener.fileno()], [], [], 0)[0]
        listener.close()


class Picking:
    def test_who_is_alone_sees_nobody(self, store):
        store.register_job(a_job(store, "me", JobKind.SCHEDULER))
        with store.picking("me") as found:
            assert found == []

    def test_live_tries_of_others_are_named(self, store, other):
        other.register_job(a_job(store, "you", JobKind.RUN))
        commit(store, created(), a_try(pool="gpu", slots=2))
        claim(other, "you")
        store.register_job(a_job(store, "me", JobKind.SCHEDULER))
        beat(other, "you")
        with store.picking("me") as found:
            assert found == [LiveElsewhere(RUN, "t", "gpu", 2)]
        beat(store, "me")
        with other.picking("you") as found:
            assert found == []

    @pytest.mark.parametrize("state", [RunState.RUNNING, RunState.FAILED])
    def test_a_running_run_that_nobody_drives_any_more_still_has_its_slots(self, store, other, state):
        other.register_job(a_job(store, "you", JobKind.RUN))
        commit(store, created(), RunChanged(RUN, RunState.QUEUED, state, ""), a_try(pool="gpu", slots=2))
        claim(other, "you")
        other.release_run(RUN, owner_id="you")
        store.register_job(a_job(store, "me", JobKind.SCHEDULER))
        beat(other, "you")
        with store.picking("me") as found:
            assert found == ([LiveElsewhere(RUN, "t", "gpu", 2)] if state is RunState.RUNNING else [])

    def test_a_run_of_a_process_that_is_gone_has_its_slots_until_it_is_taken_over(self, store, other):
        """On one machine its processes have ended with it, and nobody is asked."""
        other.register_job(a_job(store, "you", JobKind.RUN))
        commit(store, created(), a_try(pool="gpu", slots=2))
        claim(other, "you")
        other.end_job("you", now=store.now())
        store.register_job(a_job(store, "me", JobKind.SCHEDULER))
        with store.picking("me") as found:
            assert found == ([LiveElsewhere(RUN, "t", "gpu", 2)] if store.has_many_machines else [])
        claim(store, "me", instead_of="you")
        beat(store, "me")
        with store.picking("me") as found:
            assert found == []

    @pytest.mark.parametrize("include", [True, False])
    def test_deferred_tasks_of_others_are_named_where_their_pool_counts_them(self, store, other, include):
        store.set_pool(PoolRecord("gpu", 3, include_deferred=include))
        other.register_job(a_job(store, "you", JobKind.RUN))
        waiting = DeferralMade(RUN, "t", (), "try1", "a.Trigger", {}, "back", {}, "s", "f")
        deferred = TryChanged("try1", TryState.QUEUED, TryState.DEFERRED)
        commit(store, created(), a_try(pool="gpu", slots=2), deferred, waiting)
        claim(other, "you")
        store.register_job(a_job(store, "me", JobKind.SCHEDULER))
        beat(other, "you")
        with store.picking("me") as found:
            assert found == ([LiveElsewhere(RUN, "t", "gpu", 2, is_deferred=True)] if include else [])
        assert store.live_slots_elsewhere("me") == ({"gpu": 2} if include else {})
        held = [(one.task_id, one.pool_slots, one.state) for one in store.live_tries()]
        assert held == ([("t", 2, TryState.DEFERRED)] if include else [])


class Audit:
    @pytest.mark.parametrize("dag_id", [None, "a_dag"])
    def test_newest_first(self, store, dag_id):
        for number, dag in enumerate(["a_dag", None, "a_dag", "b_dag"]):
            store.write_audit(AuditRecord(NOW, "ada", f"{number}", dag, detail={"x": number}))
        expected = ["2", "0"] if dag_id else ["3", "2", "1", "0"]
        assert [one.action for one in store.audit(dag_id=dag_id)] == expected
        assert len(store.audit(dag_id=dag_id, limit=1)) == 1
        assert store.audit(limit=1) == [AuditRecord(NOW, "ada", "3", "b_dag", detail={"x": 3})]


def beat(store, job_id):
    now = store.now()
    assert store.beat(job_id, now=now, lease_until=now + LEASE, detail={})
