"""What the dag-processor writes, many files at once."""

from __future__ import annotations

from msgspec.structs import replace

from tests.store.conformance_schedules import DAILY, HOURLY, clock, due, make, save
from tests.store.making import LATER, NOW, RUN, commit, created
from tradewind.model.spec import DagSpec
from tradewind.model.states import RunType
from tradewind.model.warm import ImportProblem
from tradewind.store.facets.parsing import Clock, ParsedDag, ParsedFile

ROOT = "/root"


def parsed(*specs, file="f.py", **more):
    return ParsedFile(file, tuple(ParsedDag(spec) if isinstance(spec, DagSpec) else spec for spec in specs), **more)


def take_in(store, *files, snapshot="s1", now=NOW, **more):
    return store.save_parsed(ROOT, snapshot, files, now=now, **more)


def there(store):
    return [dag.dag_id for dag in store.dags()]


class Parsing:
    def test_what_files_yield_is_taken_in_at_once(self, store):
        problem = ImportProblem("g.py", "boom", line=3)
        saved = take_in(store, parsed(HOURLY, DagSpec("b_dag")), parsed(file="g.py", problems=(problem,)))
        assert (saved.new_versions, saved.retired, saved.overtaken) == (("a_dag", "b_dag"), (), ())
        assert there(store) == ["a_dag", "b_dag"]
        assert [(one.file, one.message) for one in store.import_errors()] == [("g.py", "boom")]
        assert take_in(store, parsed(HOURLY, DagSpec("b_dag")), now=LATER).new_versions == ()

    def test_a_file_that_names_a_dag_no_longer_retires_it(self, store):
        take_in(store, parsed(HOURLY, DagSpec("b_dag"), DagSpec("c_dag")))
        assert take_in(store, parsed(HOURLY, keep=("c_dag",))).retired == ("b_dag",)
        assert take_in(store, parsed(HOURLY, is_whole=False)).retired == ()
        assert there(store) == ["a_dag", "c_dag"]

    def test_what_files_are_made_of_is_kept_while_their_dags_are_theirs(self, store):
        take_in(store, parsed(HOURLY, made_of=b"f"), parsed(DagSpec("b_dag"), file="g.py", made_of=b"g"))
        take_in(store, parsed(DagSpec("c_dag"), file="h.py"), parsed(file="none.py", made_of=b""))
        kept = store.kept_files(ROOT)
        assert sorted((one.file, one.made_of, one.dag_ids, one.parsed_at) for one in kept) == [
            ("f.py", b"f", ("a_dag",), NOW),
            ("g.py", b"g", ("b_dag",), NOW),
            ("none.py", b"", (), NOW),
        ]
        take_in(store, parsed(HOURLY), now=LATER)
        take_in(store, parsed(DagSpec("b_dag"), file="moved.py"), now=LATER)
        assert [one.file for one in store.kept_files(ROOT)] == ["none.py"]
        assert store.kept_files("/elsewhere") == []

    def test_when_files_were_parsed(self, store):
        take_in(store, parsed(HOURLY), parsed(file="g.py"))
        take_in(store, parsed(HOURLY), now=LATER)
        assert store.parse_times() == {(ROOT, "f.py"): LATER, (ROOT, "g.py"): NOW}

    def test_a_version_comes_with_its_clock(self, store):
        take_in(store, parsed(ParsedDag(HOURLY, Clock(due(3), "too many"))))
        assert (clock(store).next_run_after, clock(store).held_why) == (due(3).run_after, "too many")

    def test_a_clock_that_was_overtaken_is_not_set(self, store):
        """A run was made by the old version while the new one was reckoned."""
        save(store)
        store.set_next_run("a_dag", HOURLY.hash, due(3))
        make(store)
        saved = take_in(store, parsed(ParsedDag(DAILY, Clock(due(9)))))
        assert (saved.new_versions, saved.overtaken) == (("a_dag",), ("a_dag",))
        assert clock(store).next_run_after is None
        reckoned_anew = Clock(due(9), last_interval_end=due(3).interval_end)
        assert take_in(store, parsed(ParsedDag(DAILY, reckoned_anew))).overtaken == ()
        assert clock(store).next_run_after == due(9).run_after

    def test_a_dag_that_does_not_move_stays_with_its_file(self, store):
        take_in(store, parsed(HOURLY))
        take_in(store, parsed(ParsedDag(DAILY, moves=False), file="copy.py"), snapshot="s2")
        assert (store.dag("a_dag").file, store.dag("a_dag").hash) == ("f.py", HOURLY.hash)
        assert store.spec("a_dag", DAILY.hash) == DAILY

    def test_the_data_interval_of_a_run_by_hand_is_written_once_it_is_known(self, store):
        by_clock = replace(RUN, run_id="by_clock")
        commit(store, created(), created(by_clock, LATER, run_type=RunType.SCHEDULED))
        for key in (RUN, by_clock):
            store.set_manual_interval(key, NOW, LATER)
        run, other = store.run(RUN), store.run(by_clock)
        assert (run.data_interval_start, run.data_interval_end) == (NOW, LATER)
        assert (other.data_interval_start, other.data_interval_end) == (LATER, LATER)

    def test_versions_are_told_newest_first(self, store):
        take_in(store, parsed(HOURLY), snapshot="s1", bundle="main", bundle_version="c1")
        take_in(store, parsed(DAILY), snapshot="s2", now=LATER, bundle="main", bundle_version="c2")
        take_in(store, parsed(HOURLY), snapshot="s3", now=LATER)
        told = [(one.number, one.hash, one.snapshot, one.bundle_version) for one in store.dag_versions("a_dag")]
        assert told == [(2, DAILY.hash, "s2", "c2"), (1, HOURLY.hash, "s1", "c1")]
        assert store.dag_versions("none") == []

    def test_dags_of_other_files_go_to_the_new_snapshot(self, store):
        take_in(store, parsed(HOURLY), parsed(DagSpec("b_dag"), file="g.py"))
        seen = max(one.changed_at for one in store.schedules())
        assert store.move_to_snapshot(ROOT, "s2", but=["g.py"], now=NOW) == 1
        assert {one.dag_id: one.snapshot for one in store.schedules()} == {"a_dag": "s2", "b_dag": "s1"}
        assert clock(store).changed_at > seen
        assert store.move_to_snapshot(ROOT, "s2", but=["g.py"], now=NOW) == 0

    def test_dags_of_files_that_are_gone_are_retired(self, store):
        problem = ImportProblem("h.py", "boom")
        take_in(store, parsed(HOURLY), parsed(DagSpec("b_dag"), file="g.py"), parsed(file="h.py", problems=(problem,)))
        assert store.retire_missing(ROOT, ["f.py"], now=LATER) == ["b_dag"]
        assert there(store) == ["a_dag"]
        assert store.import_errors() == []
        assert store.retire_missing(ROOT, ["f.py"], now=LATER) == []
