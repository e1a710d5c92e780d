"""Contracts in DAG files, run for real: each action, as a call and on an arrow."""

from __future__ import annotations

import textwrap

import pytest
from tests.ml.running import Home

from tradewind.artifacts import ArtifactStore
from tradewind.model.entries import DataChecked, read_entry
from tradewind.testing import run_dag

HEAD = """
import pandas
import pandera.pandas as pa
from tradewind import ml
from airflow.sdk import DAG, task

schema = pa.DataFrameSchema({"age": pa.Column(int, pa.Check.ge(0))}, name="people")

@task
def load():
    return pandas.DataFrame({"age": [31, -5, 18]})

@task
def train(data):
    return data["age"].tolist()

@task
def mend(data):
    return "mended"

with DAG("checked"):
"""


@pytest.fixture
def run(tmp_path):
    def write_and_run(body):
        file = tmp_path / "checked.py"
        file.write_text(HEAD + textwrap.indent(textwrap.dedent(body), "    "))
        return run_dag(file)

    return write_and_run


def test_quarantine_on_an_arrow_hands_on_the_good_rows(run):
    done = run("""
        data = load()
        data >> ml.contract(schema, on_failure="quarantine") >> train(data)
    """)
    assert done.state == "success"
    assert done.value("train") == [31, 18]
    assert done.value("check_people", "quarantine_people")["age"].tolist() == [-5]


def test_a_contract_that_blocks_is_not_tried_again(run):
    done = run("train(ml.contract(schema, retries=3)(load()))")
    assert (done.states["check_people"], done.states["train"]) == ("failed", "upstream_failed")
    assert "column 'age' fails greater_than_or_equal_to(0) in 1 rows, such as -5" in done.errors["check_people", ()]
    assert "try 1 of" in done.logs["check_people", ()], "data does not mend itself"


def test_a_branch_follows_the_tasks_for_bad_data(run):
    done = run("""
        data = ml.contract(schema, on_failure="branch", to="mend")(load())
        train(data)
        mend(data)
    """)
    assert (done.states["train"], done.states["mend"]) == ("skipped", "success")


def test_a_branch_skips_them_where_the_data_is_good(run):
    done = run("""
        data = ml.check(ml.contract(schema, on_failure="quarantine")(load()), schema, on_failure="branch", to="mend")
        train(data)
        mend(data)
    """)
    assert (done.states["train"], done.states["mend"]) == ("success", "skipped")


def test_a_branch_inside_a_group_names_tasks_by_their_last_part(run):
    done = run("""
        from airflow.sdk import TaskGroup
        with TaskGroup("part"):
            good = ml.contract(schema, on_failure="quarantine")(load())
            checked = ml.contract(schema, on_failure="branch", to="mend")(good)
            train(checked)
            mend(checked)
    """)
    assert (done.states["part.train"], done.states["part.mend"]) == ("success", "skipped")


def test_a_branch_to_a_task_that_does_not_follow_is_told(run):
    done = run("train(ml.contract(schema, on_failure='branch', to='mend')(load()))")
    assert "branch to 'mend', which is not directly downstream" in done.errors["check_people", ()]


def test_a_check_inside_a_task(run):
    done = run("""
        @task
        def checks(data):
            return len(ml.check(data, schema, on_failure="warn"))
        checks(load())
    """)
    assert done.value("checks") == 3
    assert "the data breaks 'people': 1 of 3 rows are bad" in done.logs["checks", ()]


def test_a_contract_after_a_task_without_a_value_says_so(run):
    done = run("""
        @task
        def nothing():
            pass
        nothing() >> ml.contract(schema)
    """)
    assert "it checks exactly one" in done.errors["check_people", ()]


def test_what_was_found_is_in_the_journal_and_bad_rows_are_kept(tmp_path):
    home = Home(tmp_path)
    body = "data = load()\ndata >> ml.contract(schema, on_failure='quarantine', hide='city') >> train(data)"
    home.write(HEAD + textwrap.indent(body, "    "))
    home.run("checked")
    (entry,) = home.entries("DataChecked", name="people")
    found = read_entry(entry.body, DataChecked)
    assert (found.passed, found.action, found.rows, found.bad_rows) == (False, "quarantine", 3, 1)
    (failure,) = found.failures
    assert (failure.column, failure.failed_rows, failure.examples) == ("age", 1, ("-5",))
    assert ArtifactStore(home.settings.artifact_url).exists(found.quarantine_artifact)
