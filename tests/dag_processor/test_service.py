"""A real dag-processor over a real folder: what happens to the files happens in the store."""

from __future__ import annotations

import os
import signal
import zipfile
from datetime import UTC, datetime

import pytest

from tests.dag_processor.conftest import PATIENCE_SECONDS, dag_file
from tradewind.dagfiles.snapshot import load_snapshot
from tradewind.model.ids import RunKey
from tradewind.model.parsing import PARSE_REQUEST, TO_DAG_PROCESSOR
from tradewind.model.requests import Trigger
from tradewind.model.service import JobKind, Topic
from tradewind.scheduler.triggering import make_run


@pytest.fixture
def file_of(store):
    def look(dag_id):
        dag = store.dag(dag_id)
        return dag.file if dag is not None and dag.retired_at is None else None

    return look


def test_files_that_are_there_that_come_and_that_go(dags, store, processor, until, ids):
    (dags / "a.py").write_text(dag_file("a"))
    processor()
    until(lambda: ids() == ["a"])

    (dags / "sub").mkdir()
    (dags / "sub" / "b.py").write_text(dag_file("b"))
    until(lambda: ids() == ["a", "b"])

    (dags / "a.py").unlink()
    until(lambda: ids() == ["b"])
    assert store.dag("a").retired_at is not None

    (dags / "a.py").write_text(dag_file("a"))
    until(lambda: ids() == ["a", "b"])


def test_a_new_version_is_made_where_the_dag_differs_and_only_there(dags, store, processor, until):
    file = dags / "a.py"
    file.write_text(dag_file())
    processor()
    until(lambda: store.dag("one"))
    first = store.dag("one")

    file.write_text(dag_file() + "# a comment\n")
    until(lambda: store.dag("one").snapshot != first.snapshot)
    assert len(store.dag_versions("one")) == 1

    file.write_text(dag_file(tasks=("first", "second")))
    until(lambda: store.dag("one").hash != first.hash)
    assert [version.number for version in store.dag_versions("one")] == [2, 1]


def test_the_clock_is_set_with_the_version(dags, store, processor, until):
    (dags / "a.py").write_text(dag_file(schedule='"@hourly"'))
    processor()
    (clock,) = until(lambda: store.schedules(dag_id="one"))
    assert clock.next_run_after is not None
    assert (clock.next_interval_end - clock.next_interval_start).total_seconds() == 3600


def test_a_module_that_changes_has_those_parsed_that_import_it(dags, store, processor, until, ids):
    (dags / "names.py").write_text("NAME = 'before'\n")
    (dags / "a.py").write_text(
        dag_file("x").replace('"x"', "names.NAME").replace("from datetime", "import names\nfrom datetime", 1)
    )
    (dags / "b.py").write_text(dag_file("other"))
    processor()
    until(lambda: ids() == ["before", "other"])
    (dags / "names.py").write_text("NAME = 'after'\n")
    until(lambda: ids() == ["after", "other"])


def test_a_module_that_was_missing_mends_the_file_that_wants_it(dags, store, processor, until, ids):
    (dags / "a.py").write_text(dag_file(top="import later"))
    processor()
    (error,) = until(store.import_errors)
    assert "later" in error.message
    (dags / "later.py").write_text("")
    until(lambda: ids() == ["one"] and not store.import_errors())


def test_a_file_that_was_read_counts_too(dags, store, processor, until, ids):
    (dags / "names.csv").write_text("before")
    top = "import pathlib\nNAME = (pathlib.Path(__file__).parent / 'names.csv').read_text()"
    (dags / "a.py").write_text(dag_file(top=top).replace('"one"', "NAME"))
    processor()
    until(lambda: ids() == ["before"])
    (dags / "names.csv").write_text("after")
    until(lambda: ids() == ["after"])


def test_a_template_changes_the_snapshot_of_all_and_the_version_of_none(dags, home, store, processor, until):
    (dags / "query.sql").write_text("select 1")
    (dags / "a.py").write_text(dag_file())
    processor()
    until(lambda: store.dag("one"))
    before = store.dag("one")
    (dags / "query.sql").write_text("select 2")
    until(lambda: store.dag("one").snapshot != before.snapshot)
    assert store.dag("one").hash == before.hash
    old, new = load_snapshot(home, before.snapshot), load_snapshot(home, store.dag("one").snapshot)
    assert old.files["query.sql"] != new.files["query.sql"]


def test_a_renamed_file_keeps_its_dags(dags, store, processor, until, file_of):
    (dags / "a.py").write_text(dag_file())
    processor()
    until(lambda: file_of("one") == "a.py")
    (dags / "a.py").rename(dags / "b.py")
    until(lambda: file_of("one") == "b.py")
    assert [record.action for record in store.audit(dag_id="one")] == []


def test_of_two_files_with_one_dag_the_first_counts_until_it_goes(dags, store, processor, until, file_of):
    (dags / "b.py").write_text(dag_file())
    processor()
    until(lambda: file_of("one") == "b.py")
    (dags / "a.py").write_text(dag_file())
    (error,) = until(store.import_errors)
    assert error.file == "a.py"
    assert str(dags / "a.py") in error.message
    assert str(dags / "b.py") in error.message
    assert file_of("one") == "b.py"
    (dags / "b.py").unlink()
    until(lambda: file_of("one") == "a.py" and not store.import_errors())


def test_errors_stay_with_their_traceback_until_mended_and_the_dag_as_it_was(dags, store, processor, until):
    file = dags / "a.py"
    file.write_text(dag_file())
    processor()
    until(lambda: store.dag("one"))
    before = store.dag("one")
    file.write_text(dag_file(top="raise RuntimeError('not today')"))
    (error,) = until(store.import_errors)
    assert "not today" in error.message
    assert "Traceback" in error.traceback
    assert (store.dag("one").hash, store.dag("one").snapshot, store.dag("one").retired_at) == (
        before.hash,
        before.snapshot,
        None,
    )
    file.write_text(dag_file())
    until(lambda: not store.import_errors())


def test_a_file_that_stays_broken_is_said_once_though_it_is_tried_with_every_change(dags, processor, until, ids):
    counter = dags.parent / "tried"
    (dags / "bad.py").write_text(dag_file(top=f"open({str(counter)!r}, 'a').write('.')\nimport not_there"))
    process = processor()
    for dag_id in ("a", "b"):
        (dags / f"{dag_id}.py").write_text(dag_file(dag_id))
        until(lambda dag_id=dag_id: dag_id in ids())
    (dags / "bad.py").write_text("# airflow dag\nimport gone_too")
    until(lambda: not (dags / "bad.py").exists() or len(counter.read_text()) >= 2)
    (dags / "last.py").write_text(dag_file("last"))
    until(lambda: "last" in ids())

    process.send_signal(signal.SIGTERM)
    said, _ = process.communicate(timeout=PATIENCE_SECONDS)
    assert said.count("No module named 'not_there'") == 1, said
    assert said.count("No module named 'gone_too'") == 1, said


def test_ignored_files_archives_packages_and_links(dags, tmp_path, store, processor, until, ids):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "linked.py").write_text(dag_file("linked"))
    (dags / "link").symlink_to(elsewhere)
    (dags / "package").mkdir()
    (dags / "package" / "__init__.py").write_text("")
    (dags / "package" / "names.py").write_text("NAME = 'packaged'")
    (dags / "a.py").write_text(dag_file(top="from package.names import NAME").replace('"one"', "NAME"))
    (dags / "ignored.py").write_text(dag_file("ignored"))
    (dags / ".airflowignore").write_text("ignored.py\n")
    with zipfile.ZipFile(dags / "archive.zip", "w") as archive:
        archive.writestr("zipped.py", dag_file("zipped"))
    processor()
    until(lambda: ids() == ["linked", "packaged", "zipped"])

    (elsewhere / "linked.py").write_text(dag_file("linked_anew"))
    until(lambda: ids() == ["linked_anew", "packaged", "zipped"])
    (dags / ".airflowignore").write_text("nothing\n")
    until(lambda: "ignored" in ids())


def test_a_folder_that_is_not_there_is_said_and_looked_for(dags, store, processor, until, ids):
    (dags / "a.py").write_text(dag_file("a"))
    processor()
    until(lambda: ids() == ["a"])
    dags.rename(dags.with_name("away"))
    (error,) = until(store.import_errors)
    assert "cannot be read" in error.message
    assert ids() == ["a"], "what was there stays"
    dags.with_name("away").rename(dags)
    until(lambda: not store.import_errors())
    assert ids() == ["a"]


def test_a_thousand_runs_at_once_are_not_made_unasked(dags, store, processor, until):
    (dags / "a.py").write_text(dag_file(schedule='"@hourly"').replace("catchup=False", "catchup=True"))
    processor()
    (clock,) = until(lambda: [clock for clock in store.schedules(dag_id="one") if clock.held_why])
    assert "more than 1,000 runs" in clock.held_why
    assert store.audit(dag_id="one")[0].action == "schedule_held"


def test_a_timetable_of_the_authors_is_asked_where_its_code_is(dags, store, processor, until):
    timetable = (
        "from airflow.timetables.base import DagRunInfo, DataInterval, Timetable\n"
        "import pendulum\n"
        "class Mine(Timetable):\n"
        "    def next_dagrun_info(self, *, last_automated_data_interval, restriction):\n"
        "        return DagRunInfo.exact(pendulum.datetime(2090, 1, 1))\n"
        "class Raises(Mine):\n"
        "    def next_dagrun_info(self, **_):\n"
        "        raise RuntimeError('no idea')\n"
    )
    (dags / "a.py").write_text(dag_file("mine", schedule="Mine()", top=timetable))
    (dags / "b.py").write_text(dag_file("raises", schedule="Raises()", top=timetable))
    processor()
    (mine,) = until(lambda: store.schedules(dag_id="mine"))
    (raises,) = until(lambda: store.schedules(dag_id="raises"))
    assert mine.next_run_after.year == 2090
    assert "no idea" in raises.held_why


AFTER_WORKDAY = """
from datetime import timedelta
from airflow.timetables.base import DagRunInfo, DataInterval, Timetable

class AfterWorkday(Timetable):
    def infer_manual_data_interval(self, run_after):
        assert run_after.year > 2000, "there were no workdays then"
        start = run_after.start_of("day") - timedelta(days=1)
        while start.weekday() in (5, 6):
            start -= timedelta(days=1)
        return DataInterval(start=start, end=start + timedelta(days=1))

    def next_dagrun_info(self, *, last_automated_data_interval, restriction):
        return None
"""
"""As in Airflow's documentation."""


def test_the_data_interval_of_a_run_by_hand_is_what_the_authors_timetable_infers(dags, store, processor, until):
    (dags / "one.py").write_text(dag_file(schedule="AfterWorkday()", top=AFTER_WORKDAY))
    processor()
    until(lambda: [clock for clock in store.schedules() if clock.dag_id == "one"])
    monday, long_ago = datetime(2024, 1, 8, 5, tzinfo=UTC), datetime(1999, 1, 1, tzinfo=UTC)

    for run_id, at in (("early", long_ago), ("monday", monday)):
        make_run(store, Trigger("one", run_id=run_id, logical_date=at), who="ann", now=store.now())

    until(lambda: store.run(RunKey("one", "monday")).data_interval_start != monday)
    run, early = store.run(RunKey("one", "monday")), store.run(RunKey("one", "early"))
    assert run.data_interval_start == datetime(2024, 1, 5, tzinfo=UTC), "the Friday before"
    assert run.data_interval_end == datetime(2024, 1, 6, tzinfo=UTC)
    assert early.data_interval_start == early.data_interval_end == long_ago
    assert store.dag("one").retired_at is None


def test_a_circle_of_assets_is_named(dags, store, processor, until):
    (dags / "a.py").write_text(
        "from airflow.sdk import DAG, Asset\nfrom airflow.operators.empty import EmptyOperator\n"
        "x, y = Asset('x'), Asset('y')\n"
        "with DAG('a', schedule=[x]):\n    EmptyOperator(task_id='t', outlets=[y])\n"
        "with DAG('b', schedule=[y]):\n    EmptyOperator(task_id='t', outlets=[x])\n"
    )
    processor()
    (record,) = until(lambda: [found for found in store.audit() if found.action == "asset_circle"])
    assert set(record.detail["circle"]) == {"a", "b", "x", "y"}


def test_somebody_asks_for_a_file(dags, store, processor, until, tmp_path):
    answer = tmp_path / "answer"
    answer.write_text("before")
    top = f"NAME = open({str(answer)!r}).read()"
    (dags / "a.py").write_text(dag_file(top=top).replace('"one"', "NAME"))
    processor()
    until(lambda: store.dag("before"))
    answer.write_text("after")  # outside of the folder: nobody watches it
    store.add_request(PARSE_REQUEST, TO_DAG_PROCESSOR, {"root": str(dags), "file": "a.py"}, who="me", now=store.now())
    store.ring(Topic.PARSE)
    until(lambda: store.dag("after"))


def test_its_job_says_what_it_does_and_ends_with_it(dags, store, processor, until):
    (dags / "a.py").write_text(dag_file())
    process = processor()
    until(lambda: store.dag("one"))
    (job,) = store.jobs(kind=JobKind.DAG_PROCESSOR, only_alive=True)
    assert job.pid == process.pid
    process.send_signal(signal.SIGTERM)
    assert process.wait(60) == 0
    assert store.jobs(kind=JobKind.DAG_PROCESSOR, only_alive=True) == []


def test_what_changed_while_it_was_not_there_is_found_by_the_next(dags, store, processor, until, ids):
    (dags / "a.py").write_text(dag_file("a"))
    first = processor()
    until(lambda: ids() == ["a"])
    os.kill(first.pid, signal.SIGKILL)
    first.wait(60)
    (dags / "a.py").unlink()
    (dags / "b.py").write_text(dag_file("b"))
    processor()
    until(lambda: ids() == ["b"])


def test_a_folder_that_is_a_link_and_is_made_to_lead_elsewhere(dags, tmp_path, processor, until, ids):
    for name in ("old", "new"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.py").write_text(dag_file(name))
    dags.rmdir()
    dags.symlink_to(tmp_path / "old")
    processor()
    until(lambda: ids() == ["old"])
    other = dags.with_name("other")
    other.symlink_to(tmp_path / "new")
    other.rename(dags)
    until(lambda: ids() == ["new"])
    (tmp_path / "new" / "a.py").write_text(dag_file("newer"))
    until(lambda: ids() == ["newer"])


def test_another_folder_in_the_place_of_the_one_that_was_watched(dags, processor, until, ids):
    (dags / "a.py").write_text(dag_file("old"))
    processor()
    until(lambda: ids() == ["old"])
    new = dags.with_name("deployed")
    new.mkdir()
    (new / "a.py").write_text(dag_file("new"))
    dags.rename(dags.with_name("before"))
    new.rename(dags)
    until(lambda: ids() == ["new"])
    (dags / "a.py").write_text(dag_file("newer"))
    until(lambda: ids() == ["newer"])
