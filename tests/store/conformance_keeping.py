"""Deleting runs, the artifacts that are free then, and what a check finds."""

from __future__ import annotations

import pytest

from tests.store.making import LATER, NOW, RUN, SECOND, a_try, claim, commit, created, run_moved, xcom
from tradewind.model.changes import (
    MetricLogged,
    Noted,
    ProgressReported,
    RunChanged,
    TaskExpanded,
    ValueRead,
    XComsCleared,
    XComStored,
)
from tradewind.model.ids import RunKey
from tradewind.model.records import PoolRecord
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunState
from tradewind.model.values import Value
from tradewind.store.base import NOTE
from tradewind.store.errors import OwnedRunError


class Notes:
    def test_notes_of_task_instances_are_replaced_removed_and_go_with_their_run(self, store):
        commit(store, created())
        store.set_task_notes(RUN, [("a", ()), ("m", (3,))], "look", who="ann", now=NOW)
        store.set_task_notes(RUN, [("a", ())], "again", who="bob", now=LATER)
        assert store.task_notes(RUN) == {("a", ()): "again", ("m", (3,)): "look"}
        store.set_task_notes(RUN, [("m", (3,))], "", who="bob", now=LATER)
        assert store.task_notes(RUN) == {("a", ()): "again"}
        store.delete_run(RUN)
        commit(store, created())
        assert store.task_notes(RUN) == {}


class Answers:
    def test_answers_that_nobody_waited_for_are_cleaned_away_and_wishes_stay(self, store):
        store.add_request("answer", RunKey("", "answer:1"), {}, who="scheduler", now=NOW)
        store.add_request("parse", None, {}, who="ada", now=NOW)
        store.clean(LATER)
        assert [one.kind for one in store.take_requests([RunKey("", "answer:1"), None])] == ["parse"]


class Deleting:
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
        store.forget_artifacts(["only", "only part"])
        assert store.delete_run(second) == ["shared"]

    def test_clean_takes_what_ended_before(self, store):
        commit(store, created(), RunChanged(RUN, RunState.QUEUED, RunState.RUNNING, ""))
        commit(store, created(RunKey("a_dag", "live"), LATER))
        commit(store, RunChanged(RUN, RunState.RUNNING, RunState.FAILED, ""))
        assert store.clean(NOW)[0] == 0
        assert store.clean(LATER)[0] == 1
        assert [run.run_id for run in store.runs()] == ["live"]

    def test_nothing_of_a_deleted_run_is_left(self, store):
        values = [XComStored(RUN, xcom("a", artifact="k")), ValueRead("try1", ("h",)), MetricLogged("try1", "x", 1.0)]
        commit(
            store,
            created(),
            a_try(),
            *values,
            ProgressReported("try1", 1),
            Noted(RUN, "x"),
            TaskExpanded(RUN, "m", (), 2),
        )
        store.delete_run(RUN)
        commit(store, created())
        assert (store.tries(RUN), store.all_xcoms(RUN), store.metrics(RUN), store.progress(RUN)) == ([], [], [], [])
        assert len(store.history(RUN)) == 1
        assert store.load_run(RUN).expansions == []
        assert store.readers_of("h") == []
        assert store.check() == []

    @pytest.mark.parametrize("state", ["queued", "running"])
    def test_a_run_that_is_driven_is_not_deleted(self, store, state):
        commit(store, created(), *([run_moved("queued", "running")] if state == "running" else []))
        claim(store, "me")
        for owner in (None, "you"):
            with pytest.raises(OwnedRunError, match="me"):
                store.delete_run(RUN, even_if_owned_by=owner)
        assert store.run(RUN) is not None
        store.delete_run(RUN, even_if_owned_by="me")
        assert store.run(RUN) is None

    def test_a_run_that_goes_on_after_its_end_is_not_cleaned(self, store):
        commit(store, created(), run_moved("queued", "running"), run_moved("running", "failed"))
        claim(store, "me")
        commit(store, run_moved("failed", "running"))
        assert store.clean(LATER) == (0, [])

    def test_what_was_replaced_or_cleared_is_named_until_it_is_forgotten(self, store):
        commit(store, created(), XComStored(RUN, xcom("a", artifact="old")), XComStored(RUN, xcom("b", artifact="b")))
        assert store.unused_artifacts() == []
        commit(store, XComStored(RUN, xcom("a", artifact="new")), XComsCleared(RUN, "b", ()))
        assert store.unused_artifacts() == ["b", "old"]
        commit(store, created(SECOND, LATER))
        assert store.delete_run(SECOND) == ["b", "old"]
        store.forget_artifacts(["old"])
        assert store.clean(LATER) == (0, ["b"])

    def test_what_is_stored_again_is_not_unused(self, store):
        commit(store, created(), XComStored(RUN, xcom("a", artifact="k")), XComsCleared(RUN, "a", ()))
        assert store.unused_artifacts() == ["k"]
        commit(store, XComStored(RUN, xcom("b", artifact="k")))
        assert store.unused_artifacts() == []
        assert store.artifact_keys_in_use(["k", "other"]) == {"k"}
        commit(store, XComStored(RUN, xcom("b", artifact="k")))
        assert store.unused_artifacts() == []

    def test_a_reset_leaves_an_empty_store(self, store):
        commit(store, created(), XComStored(RUN, xcom("a", artifact="k")))
        store.set_variable("v", "1")
        store.set_pool(PoolRecord("gpu", 1))
        store.save_dag_version(DagSpec("a_dag", tasks=()), "s", "/r", "f.py", now=NOW)
        store.add_request("cancel", RUN, {}, who="ada", now=NOW)
        assert store.reset() == ["k"]
        assert (store.runs(), store.dags(), store.variables(), store.take_requests([RUN])) == ([], [], [], [])
        assert [pool.name for pool in store.pools()] == ["default_pool"]
        assert store.spec("a_dag", DagSpec("a_dag", tasks=()).hash) is None
        assert store.check() == []

    def test_a_reset_is_refused_while_a_run_is_driven(self, store):
        commit(store, created())
        claim(store, "me")
        with pytest.raises(OwnedRunError, match="me"):
            store.reset(even_if_owned_by=["you"])
        assert store.run(RUN) is not None
        store.reset(even_if_owned_by=["me"])
        assert store.run(RUN) is None


class Checking:
    def test_a_store_in_use_is_sound(self, store):
        commit(store, created(), a_try(), XComStored(RUN, xcom("a", artifact="k")))
        assert store.check() == []

    def test_a_run_that_nobody_drives_is_noted(self, store):
        commit(store, created(), run_moved("queued", "running"))
        (note,) = store.check()
        assert note.startswith(NOTE)
        assert "'run 1'" in note
        claim(store, "me")
        assert store.check() == []
        assert store.check(is_alive=lambda owner: owner == "me") == []
        assert len(store.check(is_alive=lambda owner: owner != "me")) == 1
