"""`tradewind dags diff`, `versions`, `accept`, `parse`, `reserialize`, `list`, and bundles, as a user calls them."""

from __future__ import annotations

import pytest

from tradewind.store import open_store

DAG = """
from datetime import datetime
from airflow import DAG
from airflow.operators.empty import EmptyOperator
with DAG("mine", schedule="{schedule}", start_date=datetime(2024, 1, 1), catchup={catchup}):
    EmptyOperator(task_id="first", retries={retries})
    {more}
"""


@pytest.fixture
def dags(tmp_path):
    folder = tmp_path / "dags"
    folder.mkdir()
    return folder


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


@pytest.fixture
def write(dags):
    def write_file(name="mine.py", *, schedule="@daily", catchup=False, retries=0, more=""):
        file = dags / name
        file.write_text(DAG.format(schedule=schedule, catchup=catchup, retries=retries, more=more))
        return file

    return write_file


def test_an_edited_file_is_compared_before_it_is_taken(write, binary):
    file = write()
    assert "1 files, 1 DAGs, 0 errors" in binary("dags", "reserialize").out
    write(schedule="@hourly", catchup=True, retries=2, more='EmptyOperator(task_id="second")')

    shown = binary("dags", "diff", str(file)).out
    assert "+ task second" in shown
    assert "~ task first" in shown
    assert "retry.retries: (none) → 2" in shown
    assert "more than 1,000 due runs" in shown
    assert "it will be held" in shown
    (data,) = binary("dags", "diff", "-o", "json").json
    assert (data["dag_id"], data["tasks_added"]) == ("mine", ["second"])
    assert len(binary("dags", "versions", "mine", "-o", "json").json) == 1, "looking takes nothing"


def test_versions_are_listed_and_compared(write, binary):
    write()
    binary("dags", "reserialize")
    write(retries=3)
    assert "mine: 1 task" in binary("dags", "parse", "mine").out
    versions = binary("dags", "versions", "mine", "-o", "json").json
    assert [(one["version"], one["is_current"]) for one in versions] == [(2, True), (1, False)]
    assert "→ 3" in binary("dags", "diff", "mine").out
    assert "3 → (none)" in binary("dags", "diff", "mine", "--from", "2", "--to", "1").out
    gone = binary("dags", "diff", "mine", "--to", "9")
    assert (gone.code, "no version 9" in gone.err) == (1, True)


def test_code_that_no_argument_shows_is_shown(write, binary):
    file = write()
    binary("dags", "reserialize")
    file.write_text(file.read_text() + "# another line\n")
    shown = binary("dags", "diff", "mine", "--code").out
    assert "no task and no argument differs" in shown
    assert "+# another line" in shown


def test_a_held_schedule_is_accepted(write, binary, home):
    write(schedule="@hourly", catchup=True)
    binary("dags", "reserialize")
    (listed,) = binary("dags", "list", "-o", "json").json
    assert "more than 1,000 runs" in listed["held_why"]
    assert "goes on" in binary("dags", "accept", "mine").out
    (listed,) = binary("dags", "list", "-o", "json").json
    assert (listed["held_why"], listed["next_run"]) == ("", "2024-01-01T01:00:00Z")
    assert "is not held" in binary("dags", "accept", "mine").out
    store = open_store(f"sqlite:///{home / 'tradewind.db'}", home=home)
    assert [record.action for record in store.audit(dag_id="mine")] == ["schedule_accepted", "schedule_held"]
    store.close()


def test_dags_whose_file_is_gone_are_listed_on_demand(write, binary):
    file = write()
    binary("dags", "reserialize")
    file.unlink()
    binary("dags", "reserialize")
    assert binary("dags", "list", "-o", "json").json == []
    (listed,) = binary("dags", "list", "--retired", "-o", "json").json
    assert (listed["dag_id"], listed["is_retired"], listed["next_run"]) == ("mine", True, None)


def test_a_run_of_a_copy_elsewhere_leaves_the_dag_where_it_is(write, binary, dags, tmp_path):
    write()
    binary("dags", "reserialize")
    copy = tmp_path / "another" / "mine.py"
    copy.parent.mkdir()
    copy.write_text(write(retries=4).read_text())
    write()
    assert binary("run", "-q", str(copy)).code == 0
    (listed,) = binary("dags", "list", "-o", "json").json
    assert listed["fileloc"] == str(dags / "mine.py")


def test_bundles_are_listed_and_wrong_ones_refused(write, binary, home, dags):
    write()
    (listed,) = binary("bundles", "list", "-o", "json").json
    assert (listed["name"], listed["kind"], listed["from"]) == ("dags-folder", "local", str(dags))
    assert "1 DAG files parsed" in binary("bundles", "refresh").out
    (home / "tradewind.toml").write_text('[[bundles]]\nname = "team"\nkind = "git"\n')
    refused = binary("bundles", "list")
    assert (refused.code, "needs a url" in refused.err) == (1, True)
