"""Runs: what is kept of them, and in which order they are found."""

from __future__ import annotations

import math
from datetime import timedelta

import pytest

from tests.store.making import LATER, NOW, RUN, commit, created, run_moved
from tradewind.model.changes import RunChanged
from tradewind.model.ids import RunKey
from tradewind.model.states import RunState
from tradewind.store.errors import DuplicateRunError


class Runs:
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

    def test_a_run_that_goes_on_after_its_end_keeps_its_first_start(self, store):
        commit(store, created(), run_moved("queued", "running"))
        commit(store, run_moved("running", "failed"), now=LATER)
        again = LATER + timedelta(hours=1)
        commit(store, run_moved("failed", "running"), now=again)
        run = store.run(RUN)
        assert (run.started_at, run.ended_at) == (NOW, None)
        assert store.load_run(RUN).running_since == again

    @pytest.mark.parametrize(
        "conf",
        [
            {"at": NOW, "list": [1, "ü", None, True], "nested": {"x": -1.5}},
            {"inf": [math.inf, -math.inf], "large": 2**63, "larger": [{"x": -(2**200)}]},
            {"bytes": b"\x00\xff"},
        ],
    )
    def test_conf_and_params_come_back_exactly(self, store, conf):
        commit(store, created(conf=conf, params=conf))
        run = store.run(RUN)
        assert (run.conf, run.params) == (conf, conf)
        store.add_request("trigger", RUN, conf, who="me", now=NOW)
        assert store.take_requests([RUN])[0].payload == conf

    def test_not_a_number_is_kept(self, store):
        commit(store, created(conf={"x": math.nan}))
        assert math.isnan(store.run(RUN).conf["x"])
