"""One process drives a run, and processes leave each other requests."""

from __future__ import annotations

import pytest

from tests.store.making import LATER, NOW, RUN, a_try, claim, commit, created, moved, run_moved
from tradewind.model.changes import MetricLogged, TryChanged
from tradewind.model.errors import NotFoundError
from tradewind.model.states import RunState, TaskState, TryState
from tradewind.store.errors import LostLeaseError, OwnedRunError


class Ownership:
    def test_each_claim_raises_the_epoch(self, store):
        commit(store, created())
        assert store.owner_of(RUN) is None
        assert claim(store, "me") == 1
        assert claim(store, "you", instead_of="me") == 2
        assert store.owner_of(RUN).owner_id == "you"

    @pytest.mark.parametrize("instead_of", [None, "him"])
    def test_a_claim_that_expects_another_owner_names_the_one_that_stands(self, store, instead_of):
        commit(store, created())
        claim(store, "me")
        with pytest.raises(OwnedRunError, match="me"):
            claim(store, "you", instead_of)
        assert store.owner_of(RUN).owner_id == "me"

    def test_only_ones_own_claim_is_released(self, store):
        commit(store, created())
        claim(store, "me")
        assert not store.release_run(RUN, owner_id="you")
        assert store.owner_of(RUN).owner_id == "me"
        assert store.release_run(RUN, owner_id="me")
        assert store.owner_of(RUN) is None

    def test_slots_of_other_owners_count(self, store):
        commit(store, created(), a_try(pool="gpu", slots=2))
        store.claim_run(RUN, owner_id="you", pid=2, host="h", now=NOW)
        assert store.live_slots_elsewhere("me") == {"gpu": 2}
        assert store.live_slots_elsewhere("you") == {}

    def test_a_claim_of_ones_own_is_no_error(self, store):
        commit(store, created())
        claim(store, "me")
        assert claim(store, "me") == 2

    def test_a_run_that_is_not_there_cannot_be_claimed(self, store):
        with pytest.raises(NotFoundError, match="run 1"):
            claim(store, "me")

    def test_of_two_that_take_over_one_run_one_is_refused(self, store, other):
        commit(store, created())
        claim(store, "dead")
        claim(store, "first", instead_of="dead")
        with pytest.raises(OwnedRunError, match="first"):
            claim(other, "second", instead_of="dead")
        assert not other.release_run(RUN, owner_id="second")
        assert store.owner_of(RUN).owner_id == "first"


class Fencing:
    """Scenario: a scheduler is paused, another takes its run over, and then it wakes and goes on as if nothing were."""

    @pytest.mark.parametrize(
        "change",
        [
            pytest.param(moved("t", TaskState.NONE, TaskState.QUEUED), id="task"),
            pytest.param(run_moved("queued", "running"), id="run"),
            pytest.param(TryChanged("try1", TryState.QUEUED, TryState.RUNNING), id="try, which names no run"),
            pytest.param(MetricLogged("try1", "loss", 1.0), id="metric, which names no run"),
        ],
    )
    def test_who_lost_the_run_writes_nothing(self, store, other, change):
        commit(store, created(), a_try())
        epoch = claim(store, "me")
        claim(other, "you", instead_of="me")
        before = store.history(RUN)
        with pytest.raises(LostLeaseError, match="taken over"):
            store.commit([change], who="me", now=NOW, epochs={RUN: epoch})
        assert store.history(RUN) == before
        assert store.metrics(RUN) == []

    def test_who_holds_the_run_writes(self, store):
        commit(store, created())
        epoch = claim(store, "me")
        store.commit([run_moved("queued", "running")], who="me", now=NOW, epochs={RUN: epoch})
        assert store.run(RUN).state is RunState.RUNNING


class Requests:
    def test_requests_are_taken_once_in_order(self, store):
        store.add_request("cancel", RUN, {"why": "x"}, who="ada", now=NOW)
        store.add_request("clear", RUN, {}, who="bob", now=NOW)
        assert [(r.kind, r.who) for r in store.take_requests([RUN])] == [("cancel", "ada"), ("clear", "bob")]
        assert store.take_requests([RUN]) == []

    def test_a_request_may_be_about_no_run(self, store):
        store.add_request("reload", None, {"x": 1}, who="ada", now=NOW)
        store.add_request("cancel", RUN, {}, who="bob", now=NOW)
        store.add_request("reload", None, {}, who="cyd", now=LATER)
        assert [(one.who, one.dag_id, one.run_id) for one in store.take_requests([RUN, None])] == [
            ("ada", "", ""),
            ("bob", "a_dag", "run 1"),
            ("cyd", "", ""),
        ]
        assert store.take_requests([None]) == []
