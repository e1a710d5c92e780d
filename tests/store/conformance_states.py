"""States are compared and set, remembered, and come back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.store.making import LATER, NOW, RUN, SECOND, a_try, commit, created, moved, run_moved, xcom
from tradewind.model.changes import ExpansionsForgotten, Noted, TaskExpanded, TryChanged, XComStored
from tradewind.model.errors import NotFoundError
from tradewind.model.ids import RunKey
from tradewind.model.states import TaskState, TryState
from tradewind.store.errors import StaleStateError


class States:
    def test_a_task_gets_its_row_when_it_leaves_none(self, store):
        commit(store, created())
        assert store.tasks(RUN) == []
        commit(store, moved("t", TaskState.NONE, TaskState.QUEUED, try_id="try1", try_number=1))
        (task,) = store.tasks(RUN)
        assert (task.state, task.try_id, task.try_number, task.why) == (TaskState.QUEUED, "try1", 1, "because")

    def test_a_change_that_expects_another_state_applies_nothing(self, store):
        commit(store, created(), moved("t", TaskState.NONE, TaskState.SKIPPED))
        with pytest.raises(StaleStateError, match=r"'t'.* is skipped, not queued"):
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

    def test_every_change_of_a_try_is_in_the_history(self, store):
        commit(store, created(), a_try())
        commit(store, TryChanged("try1", TryState.QUEUED, TryState.RUNNING))
        commit(store, TryChanged("try1", TryState.RUNNING, TryState.LOST, "killed"), who="ada")
        rows = [row for row in store.history(RUN, "t") if row.entity == "try"]
        assert [(row.old, row.new, row.who) for row in rows] == [
            (None, "queued", "tester"),
            ("queued", "running", "tester"),
            ("running", "lost", "ada"),
        ]
        assert (rows[2].try_id, rows[2].map_path, rows[2].why) == ("try1", (), "killed")

    def test_a_try_id_is_taken_once(self, store):
        commit(store, created(), a_try())
        with pytest.raises(StaleStateError, match="try1"):
            commit(store, moved("t", TaskState.NONE, TaskState.SKIPPED), a_try())
        assert store.tasks(RUN) == []

    def test_an_unknown_try_and_a_moved_run_are_named(self, store):
        commit(store, created())
        with pytest.raises(StaleStateError, match="try1 does not exist"):
            commit(store, TryChanged("try1", TryState.QUEUED, TryState.RUNNING))
        with pytest.raises(StaleStateError, match=r"'run 1'.* is queued, not running"):
            commit(store, run_moved("running", "success"))

    def test_a_clear_takes_away_the_try_and_its_times(self, store):
        commit(store, created(), moved("t", TaskState.NONE, TaskState.QUEUED, try_id="try1", try_number=1))
        commit(store, moved("t", TaskState.QUEUED, TaskState.RUNNING, try_id="try1", try_number=1))
        commit(store, moved("t", TaskState.RUNNING, TaskState.FAILED, try_id="try1", try_number=1))
        commit(store, moved("t", TaskState.FAILED, TaskState.NONE, try_number=1, tries_before_clear=1))
        (task,) = store.tasks(RUN)
        assert (task.try_id, task.started_at, task.ended_at, task.due_at) == (None, None, None, None)
        assert (task.try_number, task.tries_before_clear) == (1, 1)

    @pytest.mark.parametrize(
        ("pause", "start"),
        [(TaskState.UP_FOR_RESCHEDULE, NOW), (TaskState.DEFERRED, NOW), (TaskState.UP_FOR_RETRY, LATER)],
    )
    def test_a_try_that_goes_on_keeps_its_start(self, store, pause, start):
        commit(store, created(), moved("t", TaskState.NONE, TaskState.QUEUED))
        commit(store, moved("t", TaskState.QUEUED, TaskState.RUNNING), moved("t", TaskState.RUNNING, pause))
        commit(store, moved("t", pause, TaskState.QUEUED), moved("t", TaskState.QUEUED, TaskState.RUNNING), now=LATER)
        assert store.tasks(RUN)[0].started_at == start

    def test_a_run_of_the_same_name_is_another_run(self, store, other):
        commit(store, created(), moved("t", TaskState.NONE, TaskState.QUEUED))
        other.delete_run(RUN)
        commit(other, created(SECOND))
        with pytest.raises(StaleStateError, match="no run 'run 1'"):
            commit(store, moved("t", TaskState.NONE, TaskState.SKIPPED), XComStored(RUN, xcom("t")))
        assert (other.tasks(SECOND), other.all_xcoms(SECOND)) == ([], [])
        commit(other, created(logical_date=None))
        commit(store, moved("t", TaskState.NONE, TaskState.SKIPPED))
        assert [task.state for task in other.tasks(RUN)] == [TaskState.SKIPPED]

    def test_an_empty_commit_is_no_commit(self, store, other):
        commit(store, created())
        commit(other)
        assert len(store.history(RUN)) == 1

    def test_a_change_of_an_unknown_run_is_stale(self, store):
        with pytest.raises(StaleStateError):
            commit(store, moved("t", TaskState.NONE, TaskState.QUEUED))

    def test_a_run_that_was_rolled_back_leaves_nothing(self, store):
        with pytest.raises(StaleStateError):
            commit(store, created(), moved("t", TaskState.QUEUED, TaskState.RUNNING))
        assert store.run(RUN) is None
        commit(store, created(), moved("t", TaskState.NONE, TaskState.QUEUED))


class Rebuilding:
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

    def test_only_lengths_of_tries_that_succeeded_count(self, store):
        commit(store, created(), a_try(), XComStored(RUN, xcom("t", 3)))
        assert store.load_run(RUN).lengths == []
        commit(store, TryChanged("try1", TryState.QUEUED, TryState.SUCCESS))
        assert store.load_run(RUN).lengths == [("t", (), "return_value", 3)]
