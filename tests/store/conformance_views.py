"""What pages show of many runs at once, and what has happened since."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.store.conformance_assets import ORDERS, alias, asset, consumer, producer, save
from tests.store.conformance_deferrals import waits
from tests.store.making import LATER, NOW, RUN, SECOND, a_try, commit, created, moved, run_moved, xcom
from tradewind.model.cached import SAME_AS
from tradewind.model.changes import (
    AssetsUpdated,
    EntryWritten,
    MetricLogged,
    ProgressReported,
    TaskExpanded,
    TryChanged,
    ValueRead,
    XComStored,
)
from tradewind.model.errors import NotFoundError
from tradewind.model.ids import RunKey
from tradewind.model.service import NewAssetEvent
from tradewind.model.states import TaskState, TryState
from tradewind.store.facets.views import AssetLink

QUEUED, RUNNING, DONE, FAILED = TaskState.QUEUED, TaskState.RUNNING, TaskState.SUCCESS, TaskState.FAILED
THIRD = RunKey("another", "run 1")


def three_runs(store):
    """The first has ended, the second runs, the third is another DAG's."""
    commit(store, created(), created(SECOND, LATER), created(THIRD, None))
    commit(store, run_moved("queued", "running"), run_moved("queued", "running", run=SECOND))
    commit(store, run_moved("running", "failed"), now=LATER)


def two_tasks(store):
    """`t` ran and failed, an instance of the mapped `m` runs, another has succeeded."""
    commit(store, created(), run_moved("queued", "running"), a_try(), a_try("try2", "m"), TaskExpanded(RUN, "m", (), 2))
    commit(store, moved("t", TaskState.NONE, QUEUED, try_id="try1", try_number=1))
    commit(store, TryChanged("try1", TryState.QUEUED, TryState.RUNNING), moved("t", QUEUED, RUNNING, try_id="try1"))
    failed = TryChanged("try1", TryState.RUNNING, TryState.FAILED, error_type="ValueError", error="no")
    commit(store, failed, moved("t", RUNNING, FAILED, try_id="try1", try_number=1), now=LATER)
    commit(store, moved("m", TaskState.NONE, QUEUED, (0,)), moved("m", QUEUED, RUNNING, (0,), try_id="try2"))
    commit(store, moved("m", TaskState.NONE, QUEUED, (1,)), moved("m", QUEUED, RUNNING, (1,)))
    commit(store, moved("m", RUNNING, DONE, (1,)), now=LATER)
    return store.run_numbers([RUN])[RUN]


class ManyRuns:
    def test_bars_are_the_newest_runs_of_each_dag_oldest_first(self, store):
        three_runs(store)
        found = store.bars(["a_dag", "another", "none"], each=1)
        assert {name: [one.run_id for one in bars] for name, bars in found.items()} == {
            "a_dag": ["run 2"],
            "another": ["run 1"],
            "none": [],
        }
        assert [one.run_id for one in store.bars(["a_dag"], each=5)["a_dag"]] == ["run 1", "run 2"]

    def test_runs_newest_first_filtered_and_paged(self, store):
        three_runs(store)
        assert [one.dag_id for one in store.run_bits(None, limit=9)] == ["another", "a_dag", "a_dag"]
        assert [one.state for one in store.run_bits("a_dag", limit=9, states=["failed"])] == ["failed"]
        newest = store.run_bits("a_dag", limit=1)[0]
        assert [one.run_id for one in store.run_bits("a_dag", limit=9, before=newest.number)] == ["run 1"]
        assert store.run_bits("a_dag", limit=9, run_types=["scheduled"]) == []
        assert [one.run_id for one in store.run_bits(None, limit=9, ended_since=LATER)] == ["run 1"]

    def test_numbers_and_neighbours(self, store):
        three_runs(store)
        numbers = store.run_numbers([RUN, SECOND, RunKey("a_dag", "none")])
        assert numbers[RUN] < numbers[SECOND]
        assert len(numbers) == 2
        assert store.neighbours(RUN) == (None, "run 2")
        assert store.neighbours(SECOND) == ("run 1", None)

    def test_how_many_go_on_and_have_ended(self, store):
        three_runs(store)
        assert store.active_counts() == {"a_dag": {"running": 1}, "another": {"queued": 1}}
        save(store, producer(dag_id="a_dag"))
        assert store.ended_counts(LATER) == {("a_dag", "failed"): 1}
        assert store.ended_counts(LATER + timedelta(seconds=1)) == {}

    def test_runs_by_date(self, store):
        three_runs(store)
        assert sorted(store.run_dates("a_dag", NOW, LATER)) == [(NOW, "failed")]
        assert store.run_dates("another", NOW, LATER) == [(NOW, "queued")]

    def test_runs_of_a_version(self, store):
        three_runs(store)
        assert store.version_runs("a_dag") == {"hash": 2}

    def test_a_note_of_a_run(self, store):
        commit(store, created())
        store.set_run_note(RUN, "looked at")
        assert store.run(RUN).note == "looked at"
        with pytest.raises(NotFoundError):
            store.set_run_note(SECOND, "x")


class InstancesOfRuns:
    def test_cells_count_the_instances_of_each_task_by_state(self, store):
        number = two_tasks(store)
        found = {(one.task_id, one.state): (one.instances, one.is_mapped) for one in store.cells([number])}
        assert found == {("t", "failed"): (1, False), ("m", "running"): (1, True), ("m", "success"): (1, True)}
        each = [(one.task_id, one.state) for one in store.cells([number], has_mapped=False)]
        assert sorted(each) == [("m", "running"), ("m", "success"), ("t", "failed")]
        assert store.cells([]) == []

    @pytest.mark.parametrize("has_mapped", [True, False])
    def test_cells_tell_what_the_cache_stood_in_for(self, store, has_mapped):
        number = two_tasks(store)
        commit(store, moved("m", RUNNING, DONE, (0,), why=f"{SAME_AS}r1", try_id="try2"), now=LATER)
        found = [(one.task_id, one.instances, one.reused) for one in store.cells([number], has_mapped=has_mapped)]
        each = [("m", 2, 1)] if has_mapped else [("m", 1, 0), ("m", 1, 1)]
        assert sorted(found) == [*each, ("t", 1, 0)]

    def test_cells_of_each_instance_of_a_mapped_task(self, store):
        number = two_tasks(store)
        found = store.instance_cells([number], "m", each=9)
        assert [(one.run, one.map_path, one.state) for one in found] == [
            (number, (0,), "running"),
            (number, (1,), "success"),
        ]
        assert [one.map_path for one in store.instance_cells([number], "m", each=1)] == [(0,)]
        assert store.instance_cells([number], "t", each=9) == []

    def test_counts_and_what_runs(self, store):
        two_tasks(store)
        assert store.instance_counts([RUN]) == {RUN: {"failed": 1, "running": 1, "success": 1}}
        assert store.running_tasks([RUN]) == {RUN: ["m"]}

    def test_instances_that_are_not_due_yet_are_known(self, store):
        two_tasks(store)
        commit(store, TaskExpanded(RUN, "g.", (0,), 3), TaskExpanded(RUN, "g.", (1,), 4))
        assert store.expansion_lengths([RUN]) == {RUN: {"m": 2, "g.": 7}}
        assert store.expansion_lengths([]) == {}

    def test_instances_by_task_and_path(self, store):
        two_tasks(store)
        found, total = store.instances(RUN, limit=2)
        assert [(one.task_id, one.map_path) for one in found] == [("m", (0,)), ("m", (1,))]
        assert total == 3
        (row,), _ = store.instances(RUN, task_id="t", states=["failed"], limit=9)
        assert (row.tries, row.error, row.queued_at) == (1, "no", NOW)
        assert store.instances(RUN, path=(1,), limit=9, offset=1) == ([], 1)

    def test_what_failed_first(self, store):
        two_tasks(store)
        assert store.first_failed(RUN).try_id == "try1"
        commit(store, created(SECOND, LATER))
        assert store.first_failed(SECOND) is None

    def test_why_a_run_is_where_it_is(self, store):
        three_runs(store)
        assert store.last_run_why(RUN) == "because"
        assert store.last_run_why(THIRD) == "created"

    def test_tries_as_bars_and_how_long_they_ran(self, store):
        number = two_tasks(store)
        assert [(one.task_id, one.state) for one in store.try_bars(RUN, limit=9)] == [("t", "failed"), ("m", "queued")]
        assert store.task_seconds([number]) == [(number, "t", 3.0)]
        assert store.try_state("try1") is TryState.FAILED
        assert store.try_state("none") is None

    def test_metrics_progress_and_what_is_measured_from_outside(self, store):
        two_tasks(store)
        logged = [MetricLogged("try1", "loss", 2.0, 1), MetricLogged("try1", "loss", 1.0, 2)]
        commit(store, *logged, MetricLogged("try1", "tradewind.cpu_percent", 90.0), ProgressReported("try1", 1, 2, "x"))
        assert store.last_metrics(["try1", "try2"]) == {"try1": {"loss": 1.0}}
        assert store.last_progress(["try1"])["try1"].message == "x"
        assert (store.last_metrics([]), store.last_progress([])) == ({}, {})
        assert [one.value for one in store.metric_points(RUN, task_id="t", path=())] == [2.0, 1.0]
        assert [one.value for one in store.metric_points(RUN, prefix="tradewind.")] == [90.0]
        assert [one.name for one in store.metrics(RUN)] == ["loss", "loss"]


class Following:
    def test_what_has_happened_since(self, store):
        assert store.last_happening() == 0
        commit(store, created())
        before = store.last_happening()
        commit(store, run_moved("queued", "running"), created(THIRD, None))
        rows = store.happenings(before, limit=9)
        assert [(one.dag_id, one.entity, one.new) for one in rows] == [
            ("a_dag", "run", "running"),
            ("another", "run", "queued"),
        ]
        assert [one.dag_id for one in store.happenings(before, limit=9, dag_id="another")] == ["another"]
        assert rows[-1].number == store.last_happening()
        number = store.run_numbers([THIRD])[THIRD]
        assert store.last_changes([number]) == {number: rows[-1].number}

    def test_metrics_and_progress_since(self, store):
        two_tasks(store)
        commit(store, MetricLogged("try2", "loss", 2.0, 1), ProgressReported("try2", 1, None, "x"))
        assert store.last_metric() > 0
        assert [(one.name, one.value, one.step) for one in store.metrics_after(0, limit=9)] == [("loss", 2.0, 1)]
        assert store.metrics_after(store.last_metric(), limit=9) == []
        assert [one.name for one in store.progress_since(NOW - timedelta(seconds=1), limit=9)] == ["x"]
        assert store.progress_since(NOW, limit=9) == []

    def test_entries_of_the_journal_since(self, store):
        two_tasks(store)
        before = store.last_entry()
        of_try = ("m", (0,), "try2")
        commit(store, *(EntryWritten(RUN, *of_try, kind, "name", {}) for kind in ("DataChecked", "TryUsage")))
        (told,) = store.entries_after(before, besides={"TryUsage"}, limit=9)
        assert (told.dag_id, told.task_id, told.map_path, told.name) == ("a_dag", "m", (0,), "DataChecked")
        assert len(store.entries_after(before, besides=(), limit=9)) == 2
        assert store.entries_after(store.last_entry(), besides=(), limit=9) == []

    def test_who_wrote_a_value(self, store):
        two_tasks(store)
        large = xcom("m", 7, artifact=f"ha/hash7{'0' * 59}.arrow")
        commit(store, XComStored(RUN, xcom("t", 5)), XComStored(RUN, large))
        assert store.writers_of("hash5") == []
        assert [one[1] for one in store.writers_of("hash5", RUN)] == ["t"]
        commit(store, ValueRead("try2", ("hash5",)))
        assert [one[1] for one in store.writers_of("hash5")] == ["t"]
        assert [one[1] for one in store.writers_of(f"hash7{'0' * 59}")] == ["m"]


class LinksOfAssets:
    def test_which_dag_mentions_which_asset(self, store):
        save(store, consumer(asset(ORDERS)), producer(asset(ORDERS), alias("latest")))
        assert set(store.asset_links()) == {
            AssetLink("reader", "schedule", "", *ORDERS, ""),
            AssetLink("writer", "outlet", "write", *ORDERS, ""),
            AssetLink("writer", "outlet", "write", "", "", "latest"),
        }
        commit(store, created(), AssetsUpdated((NewAssetEvent(*ORDERS, run=RUN, task_id="write", alias="latest"),)))
        assert store.alias_assets() == [("latest", "orders")]

    def test_slots_of_tasks_that_wait(self, store):
        commit(store, created(), a_try(slots=3), waits())
        assert store.deferred_slots() == {"default_pool": 3}
