"""XComs in the forms a runner asks for, lineage, metrics and progress."""

from __future__ import annotations

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.store.making import LATER, NOW, RUN, SECOND, a_try, commit, created, moved, xcom
from tradewind.model.changes import MetricLogged, MetricsLogged, ProgressReported, ValueRead, XComsCleared, XComStored
from tradewind.model.messages import CountXComs, GetTaskStates, GetXComs
from tradewind.model.states import TaskState
from tradewind.store.errors import StaleStateError


def two_runs(store):
    commit(store, created(), created(SECOND, LATER))


class Values:
    def get(self, store, *task_ids, own=RUN, **more):
        request = GetXComs("try1", task_ids or None, **more)
        return [(one.task_id, one.map_path, one.value.length) for one in store.xcoms(request, own)]

    def test_in_the_order_asked_for_then_by_path(self, store):
        two_runs(store)
        values = [xcom("b", 1), xcom("a", 2, path=(10,)), xcom("a", 3, path=(9,))]
        commit(store, *(XComStored(RUN, one) for one in values))
        assert self.get(store, "b", "a") == [("b", (), 1), ("a", (9,), 3), ("a", (10,), 2)]
        assert self.get(store, "a", offset=1, limit=1) == [("a", (10,), 2)]
        assert self.get(store, "a", map_paths=((10,),)) == [("a", (10,), 2)]
        assert store.count_xcoms(CountXComs("try1", "a"), RUN) == 2

    def test_below_a_prefix(self, store):
        two_runs(store)
        commit(store, *(XComStored(RUN, xcom("a", i, path=p)) for i, p in enumerate([(1, 0), (1, 1), (11, 0)])))
        assert [path for _, path, _ in self.get(store, "a", prefix=(1,))] == [(1, 0), (1, 1)]
        assert store.count_xcoms(CountXComs("try1", "a", prefix=(1,)), RUN) == 2

    def test_without_task_ids_the_newest_is_last(self, store):
        two_runs(store)
        commit(store, XComStored(RUN, xcom("z", 1, key="k")), XComStored(RUN, xcom("a", 2, key="k")))
        assert self.get(store, key="k")[-1] == ("a", (), 2)

    def test_a_second_push_replaces_the_first(self, store):
        two_runs(store)
        commit(store, XComStored(RUN, xcom("a", 1)), XComStored(RUN, xcom("a", 2)))
        assert self.get(store, "a") == [("a", (), 2)]

    def test_other_runs_and_prior_dates(self, store):
        two_runs(store)
        commit(store, XComStored(RUN, xcom("a", 1)), XComStored(SECOND, xcom("b", 2)))
        assert self.get(store, "a", own=SECOND) == []
        assert self.get(store, "a", own=SECOND, run_id="run 1") == [("a", (), 1)]
        assert self.get(store, "a", own=SECOND, include_prior_dates=True) == [("a", (), 1)]
        assert self.get(store, "b", own=RUN, include_prior_dates=True) == []

    def test_cleared_values_are_gone(self, store):
        two_runs(store)
        commit(store, XComStored(RUN, xcom("a", 1)), XComStored(RUN, xcom("a", 2, path=(0,))))
        commit(store, XComsCleared(RUN, "a", ()))
        assert self.get(store, "a") == [("a", (0,), 2)]

    def test_states_of_other_dags_can_be_asked_for(self, store):
        two_runs(store)
        commit(store, moved("t", TaskState.NONE, TaskState.SKIPPED))
        (row,) = store.task_states(GetTaskStates("a_dag", task_ids=("t",), logical_dates=(NOW,)))
        assert (row["run_id"], row["state"]) == ("run 1", "skipped")

    def test_the_second_push_is_the_newest(self, store):
        two_runs(store)
        commit(store, *(XComStored(RUN, xcom(task, 1, key="k")) for task in ("a", "b", "a")))
        assert [task for task, _, _ in self.get(store, key="k")] == ["b", "a"]

    def test_paths_come_in_the_order_asked_for(self, store):
        two_runs(store)
        commit(store, *(XComStored(RUN, xcom("a", i, path=(i,))) for i in range(12)))
        wanted = self.get(store, "a", map_paths=((11,), (2,), (99,), (3,)))
        assert [path for _, path, _ in wanted] == [(11,), (2,), (3,)]
        assert self.get(store, "a", map_paths=((11,), (2,)), offset=1, limit=1) == [("a", (2,), 2)]

    def test_any_number_of_paths_may_be_asked_for(self, store):
        two_runs(store)
        commit(store, XComStored(RUN, xcom("a", 1, path=(299_999,))))
        paths = tuple((i,) for i in range(300_000))
        assert self.get(store, "a", map_paths=paths) == [("a", (299_999,), 1)]
        assert self.get(store, map_paths=paths) == [("a", (299_999,), 1)]

    def test_pages_of_one_task_and_of_several(self, store):
        two_runs(store)
        commit(store, *(XComStored(RUN, xcom(task, i, path=(i,))) for task in ("b", "a") for i in (10, 9, 2)))
        every = [("a", (2,), 2), ("a", (9,), 9), ("a", (10,), 10), ("b", (2,), 2), ("b", (9,), 9), ("b", (10,), 10)]
        for offset in range(8):
            assert self.get(store, "a", "b", "a", offset=offset, limit=2) == every[offset : offset + 2]
            assert self.get(store, "a", offset=offset, limit=2) == every[:3][offset : offset + 2]
        assert self.get(store, "a", "b", offset=1) == every[1:]

    def test_a_page_behind_the_end_is_not_taken_from_an_older_run(self, store):
        two_runs(store)
        commit(store, *(XComStored(RUN, xcom("a", i, path=(i,))) for i in range(5)))
        commit(store, XComStored(SECOND, xcom("a", 7, path=(0,))))
        page = {"own": SECOND, "include_prior_dates": True}
        assert self.get(store, "a", **page) == [("a", (0,), 7)]
        assert self.get(store, "a", **page, offset=1, limit=1) == []

    def test_of_any_task_the_own_runs_values_are_newest(self, store):
        two_runs(store)
        commit(store, XComStored(SECOND, xcom("a", 2)))
        commit(store, XComStored(RUN, xcom("a", 1)), XComStored(RUN, xcom("b", 1)))
        assert self.get(store, own=SECOND, include_prior_dates=True) == [("b", (), 1), ("a", (), 2)]

    def test_all_values_of_a_run_by_task_path_and_key(self, store):
        two_runs(store)
        names = [("b", (), "x"), ("a", (10,), "x"), ("a", (9,), "y"), ("a", (9,), "x")]
        commit(store, *(XComStored(RUN, xcom(task, path=path, key=key)) for task, path, key in names))
        assert [(one.task_id, one.map_path, one.key) for one in store.all_xcoms(RUN)] == sorted(names)

    @given(paths=st.sets(st.lists(st.integers(0, 2**32 - 1), max_size=4).map(tuple), min_size=1, max_size=20))
    @settings(
        max_examples=30,
        deadline=None,
        suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.differing_executors],
    )
    def test_paths_sort_as_numbers(self, store, paths):
        if store.run(RUN) is None:
            commit(store, created())
        for task in {one.task_id for one in store.all_xcoms(RUN)}:
            commit(store, *(XComsCleared(RUN, task, one.map_path) for one in store.all_xcoms(RUN)))
        commit(store, *(XComStored(RUN, xcom("a", 1, path=path)) for path in paths))
        assert [path for _, path, _ in self.get(store, "a")] == sorted(paths)
        prefix = min(paths)[:1]
        below = [path for path in sorted(paths) if path[: len(prefix)] == prefix]
        assert [path for _, path, _ in self.get(store, "a", prefix=prefix)] == below
        assert store.count_xcoms(CountXComs("try1", "a", prefix=prefix), RUN) == len(below)


class Lineage:
    def test_numbers_of_metrics_come_back_as_they_were(self, store):
        values = [0.5, math.inf, -math.inf, math.nan]
        commit(store, created(), a_try(), *(MetricLogged("try1", "loss", value, 3) for value in values))
        found = store.metrics(RUN)
        assert [(one.task_id, one.name, one.step, one.at) for one in found] == [("t", "loss", 3, NOW)] * 4
        assert [one.value for one in found[:3]] == values[:3]
        assert math.isnan(found[3].value)
        assert store.metrics(RUN, "other") == []

    def test_many_numbers_at_once(self, store):
        points = (("val/löss", 0.5, 1), ("val/löss", math.nan, 2), ("best", -math.inf, None))
        commit(store, created(), a_try(), MetricsLogged("try1", points))
        found = [(one.name, one.value, one.step) for one in store.metrics(RUN)]
        assert [found[0], found[2]] == [points[0], points[2]]
        assert math.isnan(found[1][1])

    def test_the_last_progress_of_each_try(self, store):
        commit(store, created(), a_try(), a_try("try2", "u"))
        commit(store, ProgressReported("try1", 1, 2, "half"), ProgressReported("try2", math.nan))
        commit(store, ProgressReported("try1", 2, 2, "all"), now=LATER)
        first, second = store.progress(RUN)
        assert (first.task_id, first.done, first.total, first.message, first.at) == ("t", 2, 2, "all", LATER)
        assert (second.try_id, second.total) == ("try2", None)
        assert math.isnan(second.done)

    def test_who_read_a_value(self, store):
        commit(store, created(), created(SECOND, LATER), a_try(), a_try("try2", "u", run=SECOND))
        commit(store, ValueRead("try1", ("h", "h2")), ValueRead("try1", ("h",)))
        commit(store, ValueRead("try2", ("h",)))
        found = store.readers_of("h")
        assert [(one.run_id, one.task_id, one.try_id) for one in found] == [
            ("run 1", "t", "try1"),
            ("run 2", "u", "try2"),
        ]
        assert [one.try_id for one in store.readers_of("h2")] == ["try1"]
        assert store.readers_of("other") == []

    @pytest.mark.parametrize(
        "said", [MetricLogged("gone", "loss", 1.0), ProgressReported("gone", 1), ValueRead("gone", ("h",))]
    )
    def test_what_an_unknown_try_says_is_refused(self, store, said):
        commit(store, created())
        with pytest.raises(StaleStateError, match="gone"):
            commit(store, said)
