"""How much is going on, and runs by what is known of them."""

from __future__ import annotations

from datetime import timedelta

from tests.store.making import LATER, NOW, RUN, SECOND, a_try, claim, commit, created, moved, run_moved
from tradewind.model.changes import TryChanged
from tradewind.model.ids import RunKey
from tradewind.model.messages import GetRuns
from tradewind.model.states import RunState, TaskState, TryState

OTHER = RunKey("b_dag", "run 1")


class Counting:
    def test_only_what_goes_on_is_counted(self, store):
        commit(store, created(), created(SECOND, LATER), run_moved("queued", "running"))
        commit(store, moved("t", TaskState.NONE, TaskState.RUNNING), moved("u", TaskState.NONE, TaskState.SUCCESS))
        commit(store, *(moved("m", TaskState.NONE, TaskState.SCHEDULED, (place,)) for place in range(3)))
        commit(store, a_try(), a_try("try2", pool="gpu", slots=2), a_try("try3", pool="gpu"))
        commit(store, TryChanged("try2", TryState.QUEUED, TryState.RUNNING))
        commit(store, TryChanged("try3", TryState.QUEUED, TryState.CANCELLED))
        assert store.run_counts() == {RunState.QUEUED: 1, RunState.RUNNING: 1}
        assert {(one.task_id, one.state, one.instances) for one in store.task_counts()} == {
            ("t", TaskState.RUNNING, 1),
            ("m", TaskState.SCHEDULED, 3),
        }
        assert {(one.pool, one.state, one.slots, one.tries) for one in store.slot_counts()} == {
            ("default_pool", TryState.QUEUED, 1, 1),
            ("gpu", TryState.RUNNING, 2, 1),
        }

    def test_who_has_slots_and_since_when(self, store):
        commit(store, created(), a_try(), a_try("try2", pool="gpu", slots=2))
        commit(store, TryChanged("try2", TryState.QUEUED, TryState.RUNNING), now=LATER)
        claim(store, "me")
        first, second = store.live_tries()
        assert (first.run, first.try_id, first.state, first.since) == (RUN, "try1", TryState.QUEUED, NOW)
        assert (second.pool, second.pool_slots, second.since, second.owner_id) == ("gpu", 2, LATER, "me")


class FindingRuns:
    def _four(self, store):
        """Two of one DAG that have ended, one that goes on; one of another DAG."""
        for place, (key, end) in enumerate(((RUN, "success"), (SECOND, "failed"))):
            commit(store, created(key, NOW + timedelta(days=place)), run_moved("queued", "running", key))
            commit(store, run_moved("running", end, key))
        commit(store, created(RunKey("a_dag", "run 3"), None), created(OTHER))

    def test_by_id_or_by_date(self, store):
        self._four(store)
        asked = GetRuns("a_dag", run_ids=("run 2", "none"))
        assert [run.run_id for run in store.runs_asked_for(asked)] == ["run 2"]
        dates = GetRuns("a_dag", logical_dates=(NOW, NOW + timedelta(days=9)))
        assert [run.run_id for run in store.runs_asked_for(dates)] == ["run 1"]
        assert len(store.runs_asked_for(GetRuns("a_dag"))) == 3

    def test_by_state(self, store):
        self._four(store)
        ended, going_on = (RunState.SUCCESS, RunState.FAILED), (RunState.QUEUED, RunState.RUNNING)
        assert [run.run_id for run in store.runs(dag_id="a_dag", states=ended)] == ["run 2", "run 1"]
        assert [run.run_id for run in store.runs(states=ended, limit=1, offset=1)] == ["run 1"]
        assert [(run.dag_id, run.run_id) for run in store.runs(states=going_on)] == [
            ("b_dag", "run 1"),
            ("a_dag", "run 3"),
        ]
        assert store.runs(dag_id="b_dag", states=ended) == []

    def test_the_run_before_may_have_no_logical_date(self, store):
        late = RunKey("a_dag", "late")
        undated = created(RunKey("a_dag", "undated"), None, run_after=NOW + timedelta(hours=2))
        commit(store, created(), undated, created(late, NOW + timedelta(hours=3)))
        assert store.previous_run(late).run_id == "undated"
        assert store.previous_run(RunKey("a_dag", "undated")).run_id == "run 1"
        assert store.previous_run(RUN) is None
        assert store.previous_run(RunKey("a_dag", "gone")) is None


class Wishes:
    def test_a_scheduler_takes_wishes_about_its_runs_and_those_of_nobody(self, store):
        commit(store, created(), created(SECOND, LATER), created(OTHER))
        claim(store, "me")
        claim(store, "you", run=SECOND)
        for key in (RUN, SECOND, OTHER, None):
            store.add_request("clear", key, {}, who="ada", now=NOW)
        store.add_request("parse", None, {}, who="ada", now=NOW)
        taken = store.take_wishes("me", ["clear"])
        assert [(one.dag_id, one.run_id) for one in taken] == [("a_dag", "run 1"), ("b_dag", "run 1"), ("", "")]
        assert store.take_wishes("me", ["clear"]) == []
        assert [one.run_id for one in store.take_wishes("you", ["clear"])] == ["run 2"]
        assert [one.kind for one in store.take_requests([None])] == ["parse"]
