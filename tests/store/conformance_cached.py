"""Successes that may be used again: found by their key, or as the last of their task instance."""

from __future__ import annotations

from msgspec import structs

from tests.store.making import LATER, NOW, RUN, a_try, commit, created
from tradewind.model.cached import CachedSuccess
from tradewind.model.changes import CachedKept, MetricsLogged

ONE = CachedSuccess("k1", "a_dag", "train", (), "run 1", "try-1", NOW, 2.5, b"parts", b"made")


class CachedConformance:
    def test_a_success_is_found_by_its_key_and_the_newer_one_makes_room_for_it(self, store):
        newer = structs.replace(ONE, try_id="try-2", at=LATER, made=b"\x00more")
        commit(store, created(RUN), CachedKept(ONE))
        assert store.cached("k1") == ONE
        commit(store, CachedKept(newer))
        assert (store.cached("k1"), store.cached("k2")) == (newer, None)

    def test_the_last_of_a_task_instance_is_that_of_its_own_map_path(self, store):
        second = structs.replace(ONE, key="k2", at=LATER)
        mapped = [structs.replace(ONE, key=f"m{n}", map_path=(n,)) for n in range(3)]
        commit(store, *(CachedKept(one) for one in (second, ONE, *mapped)))
        assert store.last_cached("a_dag", "train", ()) == second
        assert store.last_cached("a_dag", "train", (1,)) == mapped[1]
        assert store.last_cached("a_dag", "train", (7,)) is None
        assert store.last_cached("another", "train", ()) is None

    def test_a_task_is_forgotten_with_its_instances_and_no_other(self, store):
        others = [structs.replace(ONE, key=f"o{name}", task_id=name) for name in ("train_2", "trai", "train.x")]
        mapped = structs.replace(ONE, key="m", map_path=(0, 3))
        commit(store, *(CachedKept(one) for one in (ONE, mapped, *others)))
        assert store.forget_cached("a_dag", "train") == 2
        assert [one for one in others if store.cached(one.key) is None] == []
        assert store.forget_cached("a_dag") == 3

    def test_metrics_of_a_try_are_all_there_or_the_ends_of_their_curves(self, store):
        logged = [("loss", 3.0 - step, step) for step in range(3)]
        metrics = MetricsLogged("try1", (("accuracy", 0.5, None), *logged, ("tradewind.cpu", 1.0, None)))
        commit(store, created(RUN), a_try(), metrics)
        assert store.metrics_of_try("try1", 10) == [("accuracy", 0.5, None), *logged]
        assert store.metrics_of_try("try1", 3) == [("accuracy", 0.5, None), ("loss", 1.0, 2)]
        assert store.metrics_of_try("try2", 3) == []

    def test_it_outlives_its_run_until_runs_of_its_age_are_cleaned(self, store):
        commit(store, created(RUN), CachedKept(ONE))
        store.delete_run(RUN)
        assert store.cached("k1") == ONE
        store.clean(LATER)
        assert store.cached("k1") is None
