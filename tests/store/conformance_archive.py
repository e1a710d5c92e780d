"""What a store holds goes into a file and comes back, whole or not at all."""

from __future__ import annotations

import io
import math

import pytest

from tests.store.making import LATER, NOW, RUN, a_try, claim, commit, created, moved, run_moved, xcom
from tradewind.model.changes import MetricLogged, TaskExpanded, TryChanged, ValueRead, XComStored
from tradewind.model.ids import RunKey
from tradewind.model.records import PoolRecord
from tradewind.model.service import AuditRecord
from tradewind.model.spec import DagSpec, TaskSpec
from tradewind.model.states import TaskState, TryState
from tradewind.store.errors import ArchiveError

SPEC = DagSpec("a_dag", tasks=(TaskSpec("t", "@task"),))


def quietly(table, rows):
    pass


def filled(store):
    store.save_dag_version(SPEC, "s1", "/root", "f.py", now=NOW)
    commit(store, created(), run_moved("queued", "running"), a_try(), TaskExpanded(RUN, "m", (), 2))
    commit(
        store,
        moved("t", TaskState.NONE, TaskState.QUEUED, try_id="try1", try_number=1),
        TryChanged("try1", TryState.QUEUED, TryState.RUNNING, pid=7, host="h"),
        XComStored(RUN, xcom("t", artifact="k")),
        MetricLogged("try1", "loss", math.inf),
        ValueRead("try1", ("hash1",)),
    )
    store.set_variable("v", "sécret", "what it is")
    store.set_pool(PoolRecord("gpu", 2, "cards"))
    store.write_audit(AuditRecord(NOW, "ada", "paused", "a_dag", detail={"big": 1 << 70}))
    claim(store, "me")
    return exported(store)


def exported(store):
    file = io.BytesIO()
    store.export_all(file, quietly)
    return file.getvalue()


class Archives:
    def test_all_comes_back(self, store):
        data = filled(store)
        before = self._all_of(store)
        store.reset(even_if_owned_by=["me"])
        self._empty(store)
        said = []
        counts = store.import_all(io.BytesIO(data), lambda *one: said.append(one))
        assert self._all_of(store) == before
        assert (counts["run"], counts["history"]) == (1, 5)
        assert ("run", 1) in said
        assert exported(store) == data
        assert store.check() == []

    def test_row_ids_are_not_given_out_again(self, store):
        data = filled(store)
        store.reset(even_if_owned_by=["me"])
        self._empty(store)
        store.import_all(io.BytesIO(data), quietly)
        commit(store, created(RunKey("a_dag", "run 2"), LATER))
        assert len(store.history(RunKey("a_dag", "run 2"))) == 1
        assert len(store.history(RUN)) == 5

    def test_only_into_an_empty_database(self, store):
        data = filled(store)
        with pytest.raises(ArchiveError, match="not empty"):
            store.import_all(io.BytesIO(data), quietly)

    @pytest.mark.parametrize("share", [0.0, 0.3, 0.6, 0.99])
    def test_half_a_file_changes_nothing(self, store, share):
        data = filled(store)
        store.reset(even_if_owned_by=["me"])
        self._empty(store)
        with pytest.raises(ArchiveError):
            store.import_all(io.BytesIO(data[: int(len(data) * share)]), quietly)
        assert store.runs() == []
        store.import_all(io.BytesIO(data), quietly)

    def test_another_file(self, store):
        with pytest.raises(ArchiveError, match="no export"):
            store.import_all(io.BytesIO(b"PGDMP" * 100), quietly)

    def _empty(self, store):
        store.forget_artifacts(store.unused_artifacts())

    def _all_of(self, store):
        return (
            store.run(RUN),
            store.tasks(RUN),
            store.tries(RUN),
            store.history(RUN),
            store.all_xcoms(RUN),
            store.metrics(RUN),
            store.load_run(RUN),
            store.owner_of(RUN),
            store.dags(),
            store.spec("a_dag"),
            store.variables(),
            store.pools(),
            store.audit(),
        )
