"""Tasks that wait for triggers, and questions to people."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.store.making import LATER, NOW, RUN, SECOND, commit, created, moved
from tradewind.model.changes import ApprovalAsked, DeferralForgotten, DeferralMade
from tradewind.model.errors import NotFoundError
from tradewind.model.ids import RunKey
from tradewind.model.service import DeferralOutcome
from tradewind.model.states import TaskState
from tradewind.store.facets.deferrals import EndedDeferral


def waits(task_id="t", path=(), run=RUN, **more) -> DeferralMade:
    facts = {
        "try_id": "try1",
        "trigger": "a.module.Trigger",
        "trigger_kwargs": {"until": NOW, "poll": 1.5},
        "method": "execute_complete",
        "kwargs": {"x": [1, None]},
        "snapshot": "snap",
        "file": "dags/f.py",
    }
    return DeferralMade(run, task_id, path, **{**facts, **more})


def asks(task_id="t", path=(), **more) -> ApprovalAsked:
    facts = {"try_id": "try1", "subject": "Deploy?", "body": "**now**", "options": ("Approve", "Reject")}
    return ApprovalAsked(RUN, task_id, path, **{**facts, **more})


def take(store, who="one", alive=(), limit=100, queues=None):
    return store.claim_deferrals(who, limit=limit, queues=queues, alive=alive)


def fire(store, number, who="one", event=None, outcome=DeferralOutcome.EVENT, error=""):
    (was_written,) = store.end_deferrals([EndedDeferral(number, outcome, event, error)], triggerer_id=who, now=LATER)
    return was_written


class Waiting:
    def test_what_waits_is_told_as_it_was_made(self, store):
        commit(store, created(), waits(path=(2, 0), queue="slow", timeout_at=LATER))
        (one,) = store.deferrals(RUN)
        assert (one.run, one.task_id, one.map_path, one.try_id) == (RUN, "t", (2, 0), "try1")
        assert (one.trigger, one.method, one.kwargs) == ("a.module.Trigger", "execute_complete", {"x": [1, None]})
        assert one.trigger_kwargs == {"until": NOW, "poll": 1.5}
        assert (one.snapshot, one.file, one.queue) == ("snap", "dags/f.py", "slow")
        assert (one.created_at, one.timeout_at) == (NOW, LATER)
        assert (one.triggerer_id, one.outcome, one.event, one.error, one.ended_at) == (None, None, None, "", None)

    def test_what_ended_together_is_written_together_each_once(self, store):
        commit(store, created(), *(waits(f"t{i}") for i in range(3)))
        first, second, third = [one.deferral_id for one in take(store)]
        fire(store, second)
        ended = [EndedDeferral(number, DeferralOutcome.EVENT, number) for number in (first, second, third, 99)]
        assert store.end_deferrals(ended, triggerer_id="one", now=LATER) == [True, False, True, False]
        assert sorted(one.event for one in store.ended_deferrals([RUN]) if one.event) == [first, third]

    def test_what_is_given_back_is_there_for_others(self, store, other):
        commit(store, created(), *(waits(f"t{i}") for i in range(3)))
        mine = [one.deferral_id for one in take(store, "one", limit=2)]
        (theirs,) = [one.deferral_id for one in take(other, "two", alive=["one"])]
        fire(store, mine[0])
        assert store.give_back_deferrals("one", [*mine, theirs]) == {mine[1]}
        assert [one.deferral_id for one in take(other, "two", alive=["one"])] == [mine[1]]

    def test_each_goes_to_one_triggerer(self, store, other):
        commit(store, created(), *(waits(f"t{i}") for i in range(4)))
        first = take(store, "one", limit=3)
        assert [one.task_id for one in first] == ["t0", "t1", "t2"]
        assert {one.triggerer_id for one in first} == {"one"}
        assert [one.task_id for one in take(other, "two", alive=["one"])] == ["t3"]
        assert take(store, "one", alive=["two"]) == []
        assert store.still_deferred("one") == {one.deferral_id for one in first}

    def test_what_a_dead_triggerer_held_goes_to_another(self, store):
        commit(store, created(), waits("t0"), waits("t1"))
        take(store, "dead", limit=1)
        take(store, "alive", alive=["dead"])
        taken = take(store, "three", alive=["alive"])
        assert [(one.task_id, one.triggerer_id) for one in taken] == [("t0", "three")]
        assert store.still_deferred("dead") == set()

    def test_a_triggerer_takes_of_its_queues_and_of_no_queue(self, store):
        commit(store, created(), waits("any"), waits("slow", queue="slow"), waits("fast", queue="fast"))
        assert [one.task_id for one in take(store, "one", queues=["slow"])] == ["any", "slow"]
        assert [one.task_id for one in take(store, "two", alive=["one"])] == ["fast"]

    def test_an_outcome_is_written_once(self, store, other):
        commit(store, created(), waits())
        (one,) = take(store)
        assert not fire(other, one.deferral_id, who="another")
        assert fire(store, one.deferral_id, event={"rows": 3})
        assert not fire(store, one.deferral_id, event="again")
        (ended,) = store.deferrals(RUN)
        assert (ended.outcome, ended.event, ended.ended_at) == (DeferralOutcome.EVENT, {"rows": 3}, LATER)
        assert take(store, "two") == []
        assert store.still_deferred("one") == set()

    def test_a_timeout_ends_it_whoever_holds_it(self, store):
        commit(store, created(), waits())
        (one,) = take(store)
        assert fire(store, one.deferral_id, who=None, outcome=DeferralOutcome.TIMEOUT)
        assert not fire(store, one.deferral_id)
        assert not fire(store, 12345)

    def test_a_failure_says_how(self, store):
        commit(store, created(), waits())
        (one,) = take(store)
        fire(store, one.deferral_id, outcome=DeferralOutcome.FAILED, error="no module named x")
        (ended,) = store.deferrals()
        assert (ended.outcome, ended.error) == (DeferralOutcome.FAILED, "no module named x")

    def test_ended_are_told_until_the_task_has_moved_on(self, store):
        commit(store, created(), created(SECOND, LATER))
        for task, run in (("t0", RUN), ("t1", RUN), ("t2", SECOND), ("t3", RUN)):
            commit(store, moved(task, TaskState.NONE, TaskState.DEFERRED, run=run), waits(task, run=run))
        for one in take(store)[:3]:
            fire(store, one.deferral_id)
        assert [one.task_id for one in store.ended_deferrals([RUN])] == ["t0", "t1"]
        assert [one.task_id for one in store.ended_deferrals([RUN, SECOND])] == ["t0", "t1", "t2"]
        commit(store, moved("t0", TaskState.DEFERRED, TaskState.QUEUED))
        assert [one.task_id for one in store.ended_deferrals([RUN])] == ["t1"]
        assert len(store.deferrals(RUN)) == 3, "the event stays, should the resumption be lost"
        assert store.ended_deferrals([]) == []

    def test_the_next_takes_the_place_of_the_last(self, store):
        commit(store, created(), waits())
        (first,) = take(store)
        commit(store, waits(method="second_step"))
        assert store.still_deferred("one") == set()
        (second,) = take(store)
        assert (second.method, second.deferral_id == first.deferral_id) == ("second_step", False)
        assert not fire(store, first.deferral_id)

    def test_what_is_forgotten_is_gone(self, store):
        commit(store, created(), waits(path=(1,)), waits(path=(2,)))
        take(store)
        commit(store, DeferralForgotten(RUN, "t", (1,)))
        assert [one.map_path for one in store.deferrals(RUN)] == [(2,)]
        assert len(store.still_deferred("one")) == 1
        commit(store, DeferralForgotten(RUN, "t", (1,)))

    def test_nobody_waits_in_a_deleted_run(self, store):
        commit(store, created(), waits(), asks())
        take(store)
        store.delete_run(RUN)
        assert (store.still_deferred("one"), store.deferrals(), store.approvals()) == (set(), [], [])


class Approvals:
    def _answer(self, store, chosen=("Approve",), who="ada", task="t", path=(), run=RUN):
        return store.answer_approval(run, task, path, chosen=chosen, params_input={"note": "ok"}, who=who, now=LATER)

    def test_a_question_is_told_as_it_was_asked(self, store):
        params = {"note": {"value": "", "schema": {"type": "string"}}}
        more = {"multiple": True, "params": params, "assigned_users": ("ada",), "respond_by": LATER}
        commit(store, created(), waits(path=(1,)), asks(path=(1,), defaults=("Reject",), **more))
        (one,) = store.approvals()
        assert (one.run, one.task_id, one.map_path, one.subject, one.body) == (RUN, "t", (1,), "Deploy?", "**now**")
        assert (one.options, one.defaults, one.multiple) == (("Approve", "Reject"), ("Reject",), True)
        assert (one.params, one.assigned_users) == (params, ("ada",))
        assert (one.asked_at, one.respond_by, one.responded_at, one.chosen) == (NOW, LATER, None, ())

    def test_an_answer_wakes_the_task_that_waits_for_it(self, store):
        commit(store, created(), moved("t", TaskState.NONE, TaskState.DEFERRED), waits(), asks())
        assert self._answer(store)
        (answered,) = store.approvals()
        assert (answered.chosen, answered.responded_by) == (("Approve",), "ada")
        assert (answered.params_input, answered.responded_at) == ({"note": "ok"}, LATER)
        (ended,) = store.ended_deferrals([RUN])
        assert ended.outcome is DeferralOutcome.EVENT
        assert (ended.event["chosen_options"], ended.event["params_input"]) == (["Approve"], {"note": "ok"})
        assert ended.event["responded_by_user"]["id"] == "ada"

    def test_the_first_answer_counts(self, store, other):
        commit(store, created(), waits(), asks())
        assert self._answer(store)
        assert not self._answer(other, ("Reject",), who="bob")
        assert store.approvals()[0].responded_by == "ada"

    def test_an_answer_after_the_time_is_none(self, store):
        commit(store, created(), waits(), asks())
        fire(store, store.deferrals(RUN)[0].deferral_id, who=None, outcome=DeferralOutcome.TIMEOUT)
        assert not self._answer(store)
        assert store.approvals(is_open=True) == []
        assert store.approvals()[0].responded_at is None

    @pytest.mark.parametrize(("task", "run"), [("other", RUN), ("t", RunKey("a_dag", "gone"))])
    def test_what_was_not_asked_cannot_be_answered(self, store, task, run):
        commit(store, created(), waits(), asks())
        with pytest.raises(NotFoundError):
            self._answer(store, task=task, run=run)

    def test_open_questions_come_oldest_first(self, store):
        commit(store, created(), waits("t1"), asks("t1"), now=LATER)
        commit(store, waits("t0"), asks("t0"), now=NOW)
        commit(store, waits("t2"), asks("t2"), now=LATER + timedelta(seconds=1))
        self._answer(store, task="t1")
        assert [one.task_id for one in store.approvals(is_open=True)] == ["t0", "t2"]
        assert [one.task_id for one in store.approvals(is_open=False, key=RUN)] == ["t1"]
        assert store.approvals(key=SECOND) == []

    def test_a_question_that_is_asked_again_is_open_again(self, store):
        commit(store, created(), waits(), asks())
        self._answer(store)
        commit(store, DeferralForgotten(RUN, "t", ()), waits(), asks(subject="Really?"))
        assert [one.subject for one in store.approvals(is_open=True)] == ["Really?"]
        assert self._answer(store, who="bob")
