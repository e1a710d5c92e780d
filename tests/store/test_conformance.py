"""What every store must do; run once per back end (the `store` fixture)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.store.conftest import NOW, RUN, created, xcom
from tradewind.model.changes import (
    ExpansionsForgotten,
    MetricLogged,
    Noted,
    ProgressReported,
    RunChanged,
    TaskChanged,
    TaskExpanded,
    TryChanged,
    TryCreated,
    ValueRead,
    XComsCleared,
    XComStored,
)
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.ids import RunKey
from tradewind.model.messages import ConnectionRecord, CountXComs, GetTaskStates, GetXComs
from tradewind.model.records import PoolRecord
from tradewind.model.spec import DagSpec, TaskSpec
from tradewind.model.states import RunState, TaskState, TryPurpose, TryState
from tradewind.model.values import Value
from tradewind.model.warm import ImportProblem
from tradewind.store.errors import DuplicateRunError, StaleStateError

LATER = NOW + timedelta(seconds=3)


def commit(store, *changes, now=NOW, who="tester"):
    store.commit(changes, who=who, now=now)


def moved(task_id, old, new, path=(), run=RUN, **more):
    return TaskChanged(run, task_id, path, old, new, more.pop("why", "because"), **more)


def a_try(try_id="try1", task_id="t", pool="default_pool", slots=1, run=RUN):
    return TryCreated(try_id, run, task_id, (), 1, TryPurpose.EXECUTE, "local", pool, slots, "t.log")


class TestRuns:
    def test_a_run_comes_back_as_it_was_created(self, store):
        commit(store, created())
        run = store.run(RUN)
        assert (run.state, run.logical_date, run.queued_at) == (RunState.QUEUED, NOW, NOW)
        assert (run.conf, run.params) == ({"a": [1, {"b": None}]}, {"ü": 1.5})

    def test_an_id_is_taken_once(self, store):
        commit(store, created())
        with pytest.raises(DuplicateRunError, match="run 1"):
            commit(store, created(logical_date=LATER))

    def test_a_logical_date_is_taken_once_in_a_dag(self, store):
        commit(store, created())
        with pytest.raises(DuplicateRunError, match="logical date"):
            commit(store, created(RunKey("a_dag", "run 2")))
        commit(store, created(RunKey("another_dag", "run 2")))

    def test_start_and_end_are_kept(self, store):
        commit(store, created(), RunChanged(RUN, RunState.QUEUED, RunState.RUNNING, "started"))
        commit(store, RunChanged(RUN, RunState.RUNNING, RunState.SUCCESS, "done"), now=LATER)
        run = store.run(RUN)
        assert (run.started_at, run.ended_at) == (NOW, LATER)

    def test_lists_are_filtered_newest_first(self, store):
        keys = [RunKey("a_dag", f"r{i}") for i in range(3)]
        commit(store, *(created(key, NOW + timedelta(days=i)) for i, key in enumerate(keys)))
        commit(store, RunChanged(keys[1], RunState.QUEUED, RunState.RUNNING, ""))
        assert [run.run_id for run in store.runs(dag_id="a_dag")] == ["r2", "r1", "r0"]
        assert [run.run_id for run in store.runs(states=[RunState.RUNNING])] == ["r1"]
        assert [run.run_id for run in store.runs(limit=1, offset=1)] == ["r1"]
        assert store.runs(dag_id="other") == []

    def test_the_run_before_goes_by_logical_date(self, store):
        first, second, third = (RunKey("a_dag", name) for name in ("x", "y", "z"))
        commit(store, created(third, NOW + timedelta(days=2)), created(first, NOW), created(second, LATER))
        commit(store, RunChanged(first, RunState.QUEUED, RunState.SUCCESS, ""))
        assert store.previous_run(third).run_id == "y"
        assert store.previous_run(third, success_only=True).run_id == "x"
        assert store.previous_run(first) is None


class TestStates:
    def test_a_task_gets_its_row_when_it_leaves_none(self, store):
        commit(store, created())
        assert store.tasks(RUN) == []
        commit(store, moved("t", TaskState.NONE, TaskState.QUEUED, try_id="try1", try_number=1))
        (task,) = store.tasks(RUN)
        assert (task.state, task.try_id, task.try_number, task.why) == (TaskState.QUEUED, "try1", 1, "because")

    def test_a_change_that_expects_another_state_applies_nothing(self, store):
        commit(store, created(), moved("t", TaskState.NONE, TaskState.SKIPPED))
        with pytest.raises(StaleStateError, match="'t'"):
            commit(
                store,
                moved("other", TaskState.NONE, TaskState.SKIPPED),
                moved("t", TaskState.QUEUED, TaskState.RUNNING),
            )
        assert [task.task_id for task in store.tasks(RUN)] == ["t"]

    def test_none_is_expected_too(self, store):
        commit(store, created(), moved("t", TaskState.NONE, TaskState.SKIPPED))
        with pytest.raises(StaleStateError):
            commit(store, moved("t", TaskState.NONE, TaskState.QUEUED))

    def test_a_cleared_task_may_leave_none_again(self, store):
        commit(store, created(), moved("t", TaskState.NONE, TaskState.SKIPPED))
        commit(store, moved("t", TaskState.SKIPPED, TaskState.NONE), moved("t", TaskState.NONE, TaskState.QUEUED))
        assert store.tasks(RUN)[0].state is TaskState.QUEUED

    def test_start_and_end_of_a_task(self, store):
        commit(store, created(), moved("t", TaskState.NONE, TaskState.QUEUED))
        commit(store, moved("t", TaskState.QUEUED, TaskState.RUNNING), now=LATER)
        commit(store, moved("t", TaskState.RUNNING, TaskState.SUCCESS, label="one"), now=LATER + timedelta(seconds=1))
        (task,) = store.tasks(RUN)
        assert task.ended_at - task.started_at == timedelta(seconds=1)
        assert task.label == "one"

    def test_every_change_of_state_is_in_the_history(self, store):
        commit(store, created(), moved("t", TaskState.NONE, TaskState.QUEUED, path=(3,)), who="ada")
        commit(store, Noted(RUN, "late report", "t", (3,), "try0"), who="bob", now=LATER)
        rows = store.history(RUN)
        assert [(row.who, row.entity, row.old, row.new) for row in rows] == [
            ("ada", "run", None, "queued"),
            ("ada", "task", "none", "queued"),
            ("bob", "note", None, None),
        ]
        assert rows[1].map_path == (3,)
        assert len(store.history(RUN, "t")) == 2

    def test_a_try_has_its_story(self, store):
        commit(store, created(), a_try())
        commit(store, TryChanged("try1", TryState.QUEUED, TryState.RUNNING, pid=7, host="h"), now=LATER)
        assert [live.pid for live in store.load_run(RUN).live_tries] == [7]
        commit(store, TryChanged("try1", TryState.RUNNING, TryState.LOST, "killed", signal=9, max_rss_bytes=5))
        (told,) = store.tries(RUN, "t")
        assert (told.state, told.signal, told.pid, told.started_at) == (TryState.LOST, 9, 7, LATER)
        with pytest.raises(StaleStateError):
            commit(store, TryChanged("try1", TryState.RUNNING, TryState.SUCCESS))

    def test_a_change_of_an_unknown_run_is_stale(self, store):
        with pytest.raises(StaleStateError):
            commit(store, moved("t", TaskState.NONE, TaskState.QUEUED))

    def test_a_run_that_was_rolled_back_leaves_nothing(self, store):
        with pytest.raises(StaleStateError):
            commit(store, created(), moved("t", TaskState.QUEUED, TaskState.RUNNING))
        assert store.run(RUN) is None
        commit(store, created(), moved("t", TaskState.NONE, TaskState.QUEUED))


class TestRebuilding:
    def test_expansions_and_lengths_come_back(self, store):
        commit(
            store,
            created(),
            TaskExpanded(RUN, "g.", (), 2),
            TaskExpanded(RUN, "m", (1,), 5),
            XComStored(RUN, xcom("m", 4, path=(1, 0))),
        )
        rows = store.load_run(RUN)
        assert sorted(rows.expansions) == [("g.", (), 2), ("m", (1,), 5)]
        assert rows.lengths == [("m", (1, 0), "return_value", 4)]
        commit(store, ExpansionsForgotten(RUN, "m", (1,)))
        assert store.load_run(RUN).expansions == [("g.", (), 2)]

    def test_an_unknown_run_is_not_found(self, store):
        with pytest.raises(NotFoundError, match="nope"):
            store.load_run(RunKey("a_dag", "nope"))


class TestValues:
    @pytest.fixture(autouse=True)
    def _two_runs(self, store):
        self.second = RunKey("a_dag", "run 2")
        commit(store, created(), created(self.second, LATER))

    def get(self, store, *task_ids, own=RUN, **more):
        request = GetXComs("try1", task_ids or None, **more)
        return [(one.task_id, one.map_path, one.value.length) for one in store.xcoms(request, own)]

    def test_in_the_order_asked_for_then_by_path(self, store):
        values = [xcom("b", 1), xcom("a", 2, path=(10,)), xcom("a", 3, path=(9,))]
        commit(store, *(XComStored(RUN, one) for one in values))
        assert self.get(store, "b", "a") == [("b", (), 1), ("a", (9,), 3), ("a", (10,), 2)]
        assert self.get(store, "a", offset=1, limit=1) == [("a", (10,), 2)]
        assert self.get(store, "a", map_paths=((10,),)) == [("a", (10,), 2)]
        assert store.count_xcoms(CountXComs("try1", "a"), RUN) == 2

    def test_below_a_prefix(self, store):
        commit(store, *(XComStored(RUN, xcom("a", i, path=p)) for i, p in enumerate([(1, 0), (1, 1), (11, 0)])))
        assert [path for _, path, _ in self.get(store, "a", prefix=(1,))] == [(1, 0), (1, 1)]
        assert store.count_xcoms(CountXComs("try1", "a", prefix=(1,)), RUN) == 2

    def test_without_task_ids_the_newest_is_last(self, store):
        commit(store, XComStored(RUN, xcom("z", 1, key="k")), XComStored(RUN, xcom("a", 2, key="k")))
        assert self.get(store, key="k")[-1] == ("a", (), 2)

    def test_a_second_push_replaces_the_first(self, store):
        commit(store, XComStored(RUN, xcom("a", 1)), XComStored(RUN, xcom("a", 2)))
        assert self.get(store, "a") == [("a", (), 2)]

    def test_other_runs_and_prior_dates(self, store):
        commit(store, XComStored(RUN, xcom("a", 1)), XComStored(self.second, xcom("b", 2)))
        assert self.get(store, "a", own=self.second) == []
        assert self.get(store, "a", own=self.second, run_id="run 1") == [("a", (), 1)]
        assert self.get(store, "a", own=self.second, include_prior_dates=True) == [("a", (), 1)]
        assert self.get(store, "b", own=RUN, include_prior_dates=True) == []

    def test_cleared_values_are_gone(self, store):
        commit(store, XComStored(RUN, xcom("a", 1)), XComStored(RUN, xcom("a", 2, path=(0,))))
        commit(store, XComsCleared(RUN, "a", ()))
        assert self.get(store, "a") == [("a", (0,), 2)]

    def test_states_of_other_dags_can_be_asked_for(self, store):
        commit(store, moved("t", TaskState.NONE, TaskState.SKIPPED))
        (row,) = store.task_states(GetTaskStates("a_dag", task_ids=("t",), logical_dates=(NOW,)))
        assert (row["run_id"], row["state"]) == ("run 1", "skipped")

    def test_metrics_progress_and_reads(self, store):
        commit(store, a_try(), MetricLogged("try1", "loss", 0.5, 3), MetricLogged("try1", "loss", float("nan")))
        commit(store, ProgressReported("try1", 1, 2, "half"), ValueRead("try1", ("h", "h2")))
        commit(store, ValueRead("try1", ("h",)))
        assert [(m.name, m.step) for m in store.metrics(RUN)] == [("loss", 3), ("loss", None)]


class TestDeleting:
    def test_only_what_nobody_else_uses_is_named(self, store):
        second = RunKey("a_dag", "run 2")
        part = Value("npy", "x", 1, "h", artifact="only part")
        commit(store, created(), created(second, LATER), a_try())
        commit(
            store,
            XComStored(RUN, xcom("a", artifact="shared")),
            XComStored(RUN, xcom("b", artifact="only", parts=(part,))),
            XComStored(second, xcom("a", artifact="shared")),
        )
        assert sorted(store.delete_run(RUN)) == ["only", "only part"]
        assert store.run(RUN) is None
        assert store.delete_run(second) == ["shared"]

    def test_clean_takes_what_ended_before(self, store):
        commit(store, created(), RunChanged(RUN, RunState.QUEUED, RunState.RUNNING, ""))
        commit(store, created(RunKey("a_dag", "live"), LATER))
        commit(store, RunChanged(RUN, RunState.RUNNING, RunState.FAILED, ""))
        assert store.clean(NOW)[0] == 0
        assert store.clean(LATER)[0] == 1
        assert [run.run_id for run in store.runs()] == ["live"]


class TestOwnership:
    def test_each_claim_raises_the_epoch(self, store):
        commit(store, created())
        assert store.owner_of(RUN) is None
        assert store.claim_run(RUN, owner_id="me", pid=1, host="h", now=NOW) == 1
        assert store.claim_run(RUN, owner_id="you", pid=2, host="h", now=NOW) == 2
        assert store.owner_of(RUN).owner_id == "you"
        store.release_run(RUN)
        assert store.owner_of(RUN) is None

    def test_slots_of_other_owners_count(self, store):
        commit(store, created(), a_try(pool="gpu", slots=2))
        store.claim_run(RUN, owner_id="you", pid=2, host="h", now=NOW)
        assert store.live_slots_elsewhere("me") == {"gpu": 2}
        assert store.live_slots_elsewhere("you") == {}

    def test_requests_are_taken_once_in_order(self, store):
        store.add_request("cancel", RUN, {"why": "x"}, who="ada", now=NOW)
        store.add_request("clear", RUN, {}, who="bob", now=NOW)
        assert [(r.kind, r.who) for r in store.take_requests([RUN])] == [("cancel", "ada"), ("clear", "bob")]
        assert store.take_requests([RUN]) == []


class TestDags:
    spec = DagSpec("a_dag", tasks=(TaskSpec("t", "@task"),), tags=("ml",), description="d")

    def test_only_a_new_hash_is_a_new_version(self, store):
        assert store.save_dag_version(self.spec, "s1", "/root", "f.py", now=NOW)
        assert not store.save_dag_version(self.spec, "s2", "/root", "f.py", now=LATER)
        known = store.dag("a_dag")
        assert (known.snapshot, known.tags, known.hash) == ("s2", ("ml",), self.spec.hash)
        assert store.spec("a_dag") == self.spec
        assert store.spec("a_dag", "other") is None

    def test_pausing(self, store):
        store.save_dag_version(self.spec, "s1", "/root", "f.py", now=NOW)
        store.set_paused("a_dag", True)
        store.save_dag_version(self.spec, "s2", "/root", "f.py", now=NOW)
        assert store.dag("a_dag").is_paused
        with pytest.raises(NotFoundError):
            store.set_paused("nope", True)

    def test_import_errors_are_those_of_the_last_look(self, store):
        store.replace_import_errors("/r", "f.py", [ImportProblem("f.py", "boom", line=3)], now=NOW)
        store.replace_import_errors("/r", "g.py", [ImportProblem("g.py", "bang")], now=NOW)
        store.replace_import_errors("/r", "f.py", [], now=NOW)
        assert [(one.file, one.message) for one in store.import_errors()] == [("g.py", "bang")]


class TestSettingsOfUsers:
    def test_variables(self, store):
        store.set_variable("k", "secret ü", "what for")
        store.set_variable("k", "new")
        assert store.get_variable("k") == "new"
        assert store.variables()[0].description == "what for"
        assert store.delete_variable("k")
        assert not store.delete_variable("k")
        assert store.get_variable("k") is None

    def test_connections(self, store):
        full = ConnectionRecord("c", "http", "d", "h", "s", "l", "p", 80, '{"a": 1}')
        store.set_connection(full)
        assert store.get_connection("c") == full
        assert store.connections() == [full]
        assert store.delete_connection("c")

    def test_pools(self, store):
        assert [pool.name for pool in store.pools()] == ["default_pool"]
        store.set_pool(PoolRecord("gpu", 2, "cards", include_deferred=True))
        store.set_pool(PoolRecord("default_pool", 5))
        assert {pool.name: pool.slots for pool in store.pools()} == {"default_pool": 5, "gpu": 2}
        assert store.delete_pool("gpu")
        with pytest.raises(TradewindError, match="default_pool"):
            store.delete_pool("default_pool")
