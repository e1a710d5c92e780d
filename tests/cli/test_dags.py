"""dags list, show, details, test, next-execution, import errors, report, pause."""

from __future__ import annotations

import contextlib
import os
import socket
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from tradewind.cli.home import open_home
from tradewind.model.changes import RunCreated
from tradewind.model.ids import RunKey
from tradewind.model.service import JobKind, JobRecord
from tradewind.model.spec import DagSpec, ScheduleSpec
from tradewind.model.states import RunType
from tradewind.store import open_store
from tradewind.store.facets.parsing import ParsedDag, ParsedFile
from tradewind.store.facets.schedules import ByClock
from tradewind.timetables.due import next_due

from .conftest import FAILED, Call

DAY = datetime(2025, 1, 1, tzinfo=UTC)


def test_one_bad_file_hides_no_other(call: Call, dags: Path) -> None:
    called = call("dags", "list", "-o", "json")
    assert [(dag["dag_id"], Path(dag["fileloc"])) for dag in called.json] == [
        ("hourly", dags / "two.py"),
        ("pipeline", dags / "pipeline.py"),
        ("slow", dags / "two.py"),
    ]
    assert "1 problem: tradewind dags list-import-errors" in called.err
    assert [dag["dag_id"] for dag in call("dags", "list", "--tag", "shown", "-o", "json").json] == ["pipeline"]


def test_import_errors_say_where_and_what_to_do(call: Call, dags: Path) -> None:
    called = call("dags", "list-import-errors")
    assert called.code == 1
    assert f"{dags / 'broken.py'}:3" in called.out
    assert "No module named 'no_such_module_here'" in called.out
    assert "hint:" in called.out
    (row,) = call("dags", "list-import-errors", "-o", "json").json
    assert (row["line"], row["filepath"]) == (3, str(dags / "broken.py"))


def test_refresh_forgets_what_was_mended(binary: Call, home: Path, tmp_path: Path) -> None:
    from .conftest import run_binary

    folder = tmp_path / "other"
    folder.mkdir()
    file = folder / "one.py"
    file.write_text("from airflow import DAG\ndag = DAG('one', shedule=None)\n")
    refused = run_binary(home, folder, "dags", "list-import-errors", "--refresh")
    assert "schedule" in refused.out
    file.write_text("from airflow import DAG\ndag = DAG('one', schedule=None)\n")
    listed = run_binary(home, folder, "dags", "list", "--refresh", "-o", "json")
    assert "one" in {dag["dag_id"] for dag in listed.json}
    assert str(file) not in run_binary(home, folder, "dags", "list-import-errors").out


def test_show_draws_groups_mapping_and_labels(call: Call) -> None:
    text = call("dags", "show", "pipeline").out
    assert "├─ numbers  @task" in text
    assert "double []  @task" in text
    assert "inside.total (at last)" in text


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("a b.mmd", "flowchart LR"),
        ("a.md", "```mermaid"),
        ("a.dot", 'digraph "pipeline" {'),
        ("a.svg", "<svg xmlns="),
        ("a.txt", "pipeline"),
    ],
)
def test_show_saves_pictures(call: Call, tmp_path: Path, name: str, expected: str) -> None:
    assert call("dags", "show", "pipeline", "--save", str(tmp_path / name)).code == 0
    assert (tmp_path / name).read_text().startswith(expected)


def test_show_says_which_pictures_there_are(call: Call) -> None:
    called = call("dags", "show", "pipeline", "--save", "x.png")
    assert called.code == 1
    assert ".svg" in called.err
    assert call("dags", "show", "pipeline", "-f", "mermaid").out.startswith("flowchart LR")


def test_show_of_a_file_that_has_several_dags(binary: Call, dags: Path) -> None:
    called = binary("dags", "show", str(dags / "two.py"))
    assert called.code == 1
    assert "has 2 DAGs: hourly, slow" in called.err
    assert "first" in binary("dags", "show", str(dags / "two.py"), "--dag-id", "slow").out


def test_show_of_a_broken_file_names_the_line(binary: Call, dags: Path) -> None:
    called = binary("dags", "show", str(dags / "broken.py"))
    assert called.code == 1
    assert f"{dags / 'broken.py'}:3" in called.err
    assert "no_such_module_here" in called.err


def test_details(call: Call) -> None:
    found = call("dags", "details", "pipeline", "-o", "json").json
    assert found["schedule"] == "0 2 * * *"
    assert found["task_count"] == len(found["task_ids"]) == 6
    assert (found["latest_run"], found["latest_run_state"]) == (FAILED, "failed")
    assert found["params"][0]["default"] == 3


def test_next_execution_follows_the_schedule(call: Call) -> None:
    found = call("dags", "next-execution", "pipeline", "-n", "3", "-o", "json").json
    assert [run["run_after"][11:] for run in found] == ["02:00:00Z"] * 3
    assert found[0]["data_interval_end"] == found[1]["data_interval_start"]
    assert "none: the schedule is None" in call("dags", "next-execution", "slow").out


def test_next_execution_comes_after_the_last_run(call: Call) -> None:
    # given a DAG that catches up, whose clock has made a run
    with open_home() as home:
        spec = DagSpec("up", schedule=ScheduleSpec(kind="cron", crons=("0 0 * * *",)), start_date=DAY, catchup=True)
        home.store.save_dag_version(spec, "s1", "/nowhere", "f.py", now=DAY)
        first = next_due(spec, None, DAY)
        assert first is not None
        began, ended = first.interval_start, first.interval_end
        made = RunCreated(
            RunKey("up", "scheduled__1"), spec.hash, "s1", RunType.SCHEDULED, began, began, ended, first.run_after
        )
        home.store.set_next_run("up", spec.hash, first)
        assert home.store.create_scheduled_runs([ByClock(made, first.run_after, None)], who="s", now=DAY) == [True]
        home.store.set_paused("up", True)
    # then the one after it is next, and that nothing begins is said
    told = call("dags", "next-execution", "up", "-o", "json")
    assert [run["logical_date"] for run in told.json] == ["2025-01-02T00:00:00Z"]
    assert "up is paused" in told.err


def test_test_leaves_no_trace(binary: Call) -> None:
    called = binary("dags", "test", "pipeline", "2024-05-05", "-p", "n=2")
    assert called.code == 0, called
    assert "say | 2024-05-05 2 none" in called.out
    assert "numbers | making 2" in called.out
    assert "pipeline success in" in called.out
    assert len(binary("runs", "list", "-o", "json").json) == 2
    assert binary("dags", "test", "pipeline", "-p", "n=9").code == 1


def test_test_sees_the_variables_of_the_home(call: Call, binary: Call) -> None:
    call("variables", "set", "greeting", "servus")
    assert "say | 2024-05-05 3 servus" in binary("dags", "test", "pipeline", "2024-05-05").out


def test_report_loads_every_file(binary: Call) -> None:
    found = {row["file"]: row for row in binary("dags", "report", "-o", "json").json}
    assert (found["two.py"]["dag_num"], found["two.py"]["task_num"]) == (2, 3)
    assert found["broken.py"]["errors"] == 1


def test_pause(call: Call) -> None:
    assert call("dags", "pause", "slow", "hourly").out == "slow is paused\nhourly is paused\n"
    paused = {dag["dag_id"]: dag["is_paused"] for dag in call("dags", "list", "-o", "json").json}
    assert paused == {"hourly": True, "pipeline": False, "slow": True}
    assert call("dags", "unpause", "slow").out == "slow is active\n"
    assert call("dags", "pause", "nope").code == 1


def test_dags_whose_files_are_on_the_dag_processors_machine_are_listed(call: Call, home: Path) -> None:
    with contextlib.closing(open_store(f"sqlite:///{home}/tradewind.db", home=home)) as store:
        theirs = ParsedDag(replace(store.spec("pipeline"), dag_id="theirs"))
        at = datetime.now(UTC)
        store.save_parsed("/elsewhere/dags", "snapshot", [ParsedFile("theirs.py", (theirs,))], now=at, bundle="team")
        assert "theirs" not in {dag["dag_id"] for dag in call("dags", "list", "-o", "json").json}
        lease = at + timedelta(days=1)
        store.register_job(JobRecord("job", JobKind.DAG_PROCESSOR, os.getpid(), socket.gethostname(), at, at, lease))
        assert "theirs" in {dag["dag_id"] for dag in call("dags", "list", "-o", "json").json}


def test_a_dag_that_is_retired_is_called_so(call: Call, home: Path) -> None:
    with contextlib.closing(open_store(f"sqlite:///{home}/tradewind.db", home=home)) as store:
        dag = store.dag("hourly")
        store.retire_missing(dag.root, set(), now=datetime.now(UTC))
    refused = call("dags", "trigger", "hourly")
    assert refused.code == 1
    assert "the DAG 'hourly' is retired" in refused.err


def test_a_missing_dag_folder_is_named(home: Path, tmp_path: Path) -> None:
    from .conftest import run_binary

    called = run_binary(home, tmp_path / "nowhere", "dags", "list", "--refresh")
    assert called.code == 1
    assert "there is no DAG folder" in called.err
