"""DAG versions, pausing, retiring, import errors."""

from __future__ import annotations

import pytest

from tests.store.making import LATER, NOW, RUN, SECOND, commit, created, run_moved
from tradewind.model.errors import NotFoundError, TradewindError
from tradewind.model.ids import RunKey
from tradewind.model.spec import DagSpec, TaskSpec
from tradewind.model.states import RunState
from tradewind.model.warm import ImportProblem


class Dags:
    spec = DagSpec("a_dag", tasks=(TaskSpec("t", "@task"),), tags=("ml",), description="d")

    def test_only_a_new_hash_is_a_new_version(self, store):
        assert store.save_dag_version(self.spec, "s1", "/root", "f.py", now=NOW)
        assert not store.save_dag_version(self.spec, "s2", "/root", "f.py", now=LATER)
        known = store.dag("a_dag")
        assert (known.snapshot, known.tags, known.hash) == ("s2", ("ml",), self.spec.hash)
        assert store.spec("a_dag") == self.spec
        assert store.spec("a_dag", "other") is None

    def test_a_spec_that_cannot_be_read_is_as_if_it_were_not_there_until_it_is_saved_again(self, store):
        other = DagSpec("other")
        for spec in (self.spec, other):
            store.save_dag_version(spec, "s1", "/root", "f.py", now=NOW)
        with store._writing() as connection:
            connection.execute("UPDATE dag_version SET spec = ? WHERE dag_id = 'a_dag'", (b"\x00\xff",))
        assert (store.spec("a_dag"), store.spec("other")) == (None, other)
        (told,) = store.check()
        assert "'a_dag' cannot be read" in told
        assert not store.save_dag_version(self.spec, "s1", "/root", "f.py", now=LATER)
        assert store.spec("a_dag") == self.spec
        assert store.check() == []

    def test_a_dag_is_deleted_once_its_runs_are_gone_and_may_come_back(self, store):
        store.save_dag_version(self.spec, "s1", "/root", "f.py", now=NOW)
        commit(store, created())
        with pytest.raises(TradewindError, match="still has runs"):
            store.delete_dag("a_dag")
        store.delete_run(RUN)
        store.delete_dag("a_dag")
        assert (store.dag("a_dag"), store.spec("a_dag"), store.schedules()) == (None, None, [])
        with pytest.raises(NotFoundError):
            store.delete_dag("a_dag")
        assert store.save_dag_version(self.spec, "s1", "/root", "f.py", now=LATER)

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

    def test_a_dag_knows_its_last_run(self, store):
        store.save_dag_version(self.spec, "s1", "/root", "f.py", now=NOW)
        assert (store.dag("a_dag").last_run_id, store.dag("a_dag").last_run_state) == (None, None)
        commit(store, created(), created(SECOND, None, run_after=LATER), run_moved("queued", "running", SECOND))
        commit(store, created(RunKey("b_dag", "run 9")))
        (dag,) = store.dags()
        assert (dag.last_run_id, dag.last_run_state, dag.last_run_date) == ("run 2", RunState.RUNNING, LATER)
        store.delete_run(SECOND)
        assert (store.dag("a_dag").last_run_id, store.dag("a_dag").last_run_date) == ("run 1", NOW)

    def test_dags_a_file_defines_no_longer_are_retired(self, store):
        other = DagSpec("b_dag", tasks=())
        for spec, file in ((self.spec, "f.py"), (other, "f.py"), (DagSpec("c_dag", tasks=()), "g.py")):
            store.save_dag_version(spec, "s1", "/root", file, now=NOW)
        commit(store, created(RunKey("b_dag", "run 1")))
        assert store.retire_dags("/root", "f.py", keep=["a_dag"], now=LATER) == ["b_dag"]
        assert store.retire_dags("/root", "f.py", keep=["a_dag"], now=LATER) == []
        assert [dag.dag_id for dag in store.dags()] == ["a_dag", "c_dag"]
        assert [dag.dag_id for dag in store.dags(include_retired=True)] == ["a_dag", "b_dag", "c_dag"]
        assert store.dag("b_dag").retired_at == LATER
        assert store.spec("b_dag") == other
        assert len(store.runs(dag_id="b_dag")) == 1

    def test_a_retired_dag_comes_back(self, store):
        store.save_dag_version(self.spec, "s1", "/root", "f.py", now=NOW)
        store.retire_dags("/root", "f.py", keep=[], now=NOW)
        assert not store.save_dag_version(self.spec, "s1", "/root", "f.py", now=LATER)
        assert [dag.retired_at for dag in store.dags()] == [None]
