"""The journal: what tries, people and services note down; what stays when its run goes."""

from __future__ import annotations

from datetime import timedelta

from msgspec import structs

from tests.store.making import NOW, RUN, commit, created
from tradewind.model.changes import EntryWritten
from tradewind.model.ids import RunKey
from tradewind.model.journal import EntryQuery, JournalEntry

OTHER_RUN = RunKey(RUN.dag_id, "run 2")


def written(kind="Reproduced", name="n", number=1):
    return EntryWritten(RUN, "train", (2,), "try-1", kind, name, {"number": number})


class JournalConformance:
    def test_what_a_try_writes_is_read_newest_first(self, store):
        commit(store, created(RUN), written(number=1), written(number=2))
        newest, oldest = store.entries(EntryQuery("Reproduced"))
        assert [newest.body, oldest.body] == [{"number": 2}, {"number": 1}]
        assert structs.replace(newest, entry_id=0, who="") == JournalEntry(
            "Reproduced", "n", {"number": 2}, NOW, "", RUN.dag_id, RUN.run_id, "train", (2,), "try-1"
        )

    def test_entries_are_found_by_each_of_their_parts_and_page_by_page(self, store):
        commit(store, created(RUN), written(name="a"), written(name="b"), written("DriftReport"))
        assert [one.name for one in store.entries(EntryQuery("Reproduced", name="a"))] == ["a"]
        assert len(store.entries(EntryQuery("Reproduced", dag_id=RUN.dag_id, run_id=RUN.run_id, task_id="train"))) == 2
        assert store.entries(EntryQuery("Reproduced", try_id="try-2")) == []
        (last,) = store.entries(EntryQuery("Reproduced", limit=1))
        assert [one.name for one in store.entries(EntryQuery("Reproduced", before_id=last.entry_id))] == ["a"]
        assert store.entry_names("Reproduced") == ["a", "b"]
        assert store.entry_names("Reproduced", dag_id="another") == []

    def test_lasting_kinds_stay_when_their_run_is_deleted(self, store):
        own = JournalEntry("Deployed", "model", {}, NOW, "ann", RUN.dag_id, RUN.run_id)
        of_run = JournalEntry("TryUsage", "task", {}, NOW, "ann", RUN.dag_id, RUN.run_id)
        commit(store, created(RUN), written("DriftReport"), written("Reproduced"))
        store.write_entries([own, of_run])
        store.delete_run(RUN)
        left = {
            kind: len(store.entries(EntryQuery(kind))) for kind in ("Deployed", "TryUsage", "DriftReport", "Reproduced")
        }
        assert left == {"Deployed": 1, "TryUsage": 0, "DriftReport": 1, "Reproduced": 0}

    def test_what_people_write_needs_no_run(self, store):
        store.write_entries([JournalEntry("AliasMoved", "model", {"alias": "champion"}, NOW, "ann")])
        (entry,) = store.entries(EntryQuery("AliasMoved", name="model"))
        assert (entry.who, entry.dag_id, entry.at) == ("ann", "", NOW)

    def test_what_was_written_since_an_entry_is_read_of_several_kinds_at_once(self, store):
        commit(store, created(RUN), written(number=1), written("TrialStarted", number=2), written("Deployed", number=3))
        commit(store, written("TrialEnded", number=4))
        kinds = EntryQuery("TrialEnded", further_kinds=("TrialStarted", "Reproduced"))
        found = store.entries(kinds)
        assert [one.body["number"] for one in found] == [4, 2, 1]
        later = store.entries(structs.replace(kinds, after_id=found[1].entry_id))
        assert [one.body["number"] for one in later] == [4]

    def test_what_lasting_entries_refer_to_is_in_use(self, store):
        key, other = "ab/" + "a" * 64 + ".png", "cd/" + "c" * 64 + ".png"
        store.write_entries([JournalEntry("DriftReport", "daily", {"figures": [key]}, NOW)])
        store.write_entries([JournalEntry("TryUsage", "task", {"figures": [other]}, NOW)])
        assert store.artifact_keys_in_use([key, other]) == {key}

    def test_of_references_the_newest_is_in_use(self, store):
        old, new, another = ("ab/" + letter * 64 + ".arrow" for letter in "abc")
        for name, key in (("orders", old), ("orders", new), ("users", another)):
            store.write_entries([JournalEntry("ReferenceSet", name, {"value": {"artifact": key}}, NOW)])
        assert store.artifact_keys_in_use([old, new, another]) == {new, another}

    def test_what_a_run_has_logged_goes_with_it_unless_another_has_logged_the_same(self, store):
        own, shared = "ab/" + "a" * 64 + ".png", "cd/" + "c" * 64 + ".patch"
        commit(store, created(RUN), created(OTHER_RUN, None))
        for run, kind, body in (
            (RUN, "LoggedArtifact", {"key": own}),
            (RUN, "Environment", {"git_diff_artifact": shared}),
            (OTHER_RUN, "Environment", {"git_diff_artifact": shared}),
        ):
            store.write_entries([JournalEntry(kind, "", body, NOW, "ann", run.dag_id, run.run_id)])
        assert store.artifact_keys_in_use([own, shared]) == {own, shared}
        assert store.delete_run(RUN) == [own]
        store.forget_artifacts([own])
        assert store.delete_run(OTHER_RUN) == [shared]

    def test_reports_and_references_of_which_there_are_newer_ones_are_cleaned_away(self, store):
        keys = ["ab/" + letter * 64 + ".html" for letter in "abcd"]
        for kind, key in zip(("DriftReport", "DriftReport", "ReferenceSet", "ReferenceSet"), keys, strict=True):
            store.write_entries([JournalEntry(kind, "daily", {"html": key}, NOW)])
        store.write_entries([JournalEntry("PerformanceChecked", "daily", {}, NOW) for _ in range(2)])
        assert store.clean(NOW) == (0, [])
        assert store.clean(NOW + timedelta(days=1)) == (0, [keys[0], keys[2]])
        left = {
            kind: len(store.entries(EntryQuery(kind))) for kind in ("DriftReport", "ReferenceSet", "PerformanceChecked")
        }
        assert left == {"DriftReport": 1, "ReferenceSet": 1, "PerformanceChecked": 2}
