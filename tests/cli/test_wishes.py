"""Clearing, marking and running again, with nobody else alive: this process does it. And why things wait."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from .conftest import FAILED, SUCCEEDED, Call


def states(call: Call, run: str) -> dict[str, str]:
    rows = call("tasks", "states-for-dag-run", "pipeline", run, "-o", "json").json
    return {
        f"{row['task_id']}{'' if str(row['map_index']) == '-1' else row['map_index']}": row["state"] for row in rows
    }


CHOICES = [
    (["say"], FAILED, {"say"}),
    (["say"], SUCCEEDED, {"say"}),
    (["--task", "array", "-d"], FAILED, {"array", "say"}),
    (["--only-failed"], FAILED, {"say"}),
    (["inside.double", "--map-index", "1"], SUCCEEDED, {"inside.double1"}),
    (["--task-regex", "^inside"], SUCCEEDED, {"inside.double0", "inside.double1", "inside.double2", "inside.total"}),
    (["when", "--upstream"], SUCCEEDED, {"when"}),
]


@pytest.mark.parametrize(("words", "run", "names"), CHOICES, ids=[str(place) for place in range(len(CHOICES))])
def test_a_dry_run_lists_what_is_meant(call: Call, words: list[str], run: str, names: set[str]) -> None:
    rows = call("tasks", "clear", "pipeline", *words, "--run", run, "--dry-run", "-o", "json").json

    found = {row["task_id"] + ("" if row["map_index"] == "-1" else row["map_index"]) for row in rows}
    assert found == names
    assert {row["run_id"] for row in rows} == {run}


RUNS = [
    (["--start", "2025-01-15"], [FAILED]),
    (["--end", "2025-01-15"], [SUCCEEDED]),
    (["--start", "2025-01-01", "--end", "2025-02-02"], [SUCCEEDED, FAILED]),
    (["--run", FAILED, "--past"], [SUCCEEDED, FAILED]),
    (["--run", SUCCEEDED, "--future"], [SUCCEEDED, FAILED]),
    ([SUCCEEDED], [SUCCEEDED]),
    ([], [FAILED]),
]


@pytest.mark.parametrize(("words", "runs"), RUNS, ids=[str(place) for place in range(len(RUNS))])
def test_many_runs_at_once(call: Call, words: list[str], runs: list[str]) -> None:
    rows = call("tasks", "clear", "pipeline", "--task", "say", *words, "--dry-run", "-o", "json").json

    assert [row["run_id"] for row in rows] == runs


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (
            ["tasks", "clear", "pipeline", "--task", "double"],
            "has no task and no group 'double'",
            "did you mean inside.double?",
        ),
        (["tasks", "clear", "pipeline", "--start", "soon"], "'soon' is not a date", ""),
        (["tasks", "clear", "pipeline", "--start", "2030-01-01"], "no run between these dates", "runs list"),
        (["tasks", "clear", "pipeline", "--only-running"], "no task instance of DAG 'pipeline' fits", ""),
        (["tasks", "clear", "pipeline", "-t", "("], "is not a regular expression", ""),
        (["tasks", "mark", "success", "pipeline"], "say which tasks", "runs mark"),
        (["tasks", "mark", "great", "pipeline", "say"], "'great' is not one of", ""),
        (["runs", "mark", "failed", "nothing"], "there is no DAG", ""),
    ],
)
def test_what_makes_no_sense_is_said(call: Call, words: list[str], message: str, hint: str) -> None:
    called = call(*words)

    assert called.code != 0
    assert message in called.err
    assert hint in called.err


def test_a_question_comes_first(call: Call) -> None:
    called = call("tasks", "mark", "skipped", "pipeline", "say", "--run", SUCCEEDED, stdin="n\n")

    assert called.code == 1
    assert "Mark these as skipped?" in called.out
    assert states(call, SUCCEEDED)["say"] == "success"


def test_a_task_is_marked_with_who_and_why(binary: Call, call: Call) -> None:
    done = binary("tasks", "mark", "skipped", "pipeline", "say", "--run", SUCCEEDED, "-y", "-q", "--reason", "no need")

    assert done.code == 0, done.err
    assert states(call, SUCCEEDED)["say"] == "skipped"
    history = call("runs", "show", "pipeline", SUCCEEDED, "--history", "-o", "json").json["history"]
    assert history[-1]["why"].startswith("marked skipped by ")
    assert history[-1]["why"].endswith(": no need")


def test_a_run_is_marked(binary: Call, call: Call) -> None:
    assert binary("runs", "mark", "success", "pipeline", FAILED, "-y", "-q").code == 0

    assert set(states(call, FAILED).values()) == {"success"}
    assert call("runs", "list", "pipeline", "--state", "failed", "-o", "json").json == []

    assert binary("runs", "mark", "failed", "pipeline", FAILED, SUCCEEDED, "-y", "-q").code == 1
    assert len(call("runs", "list", "pipeline", "--state", "failed", "-o", "json").json) == 2


def test_a_run_again_from_a_task_on(binary: Call, call: Call) -> None:
    done = binary("runs", "rerun", "pipeline", SUCCEEDED, "--from", "array", "-y", "-q")

    assert done.code == 0, done.err
    tries = call("runs", "show", "pipeline", SUCCEEDED, "-o", "json").json["tasks"]
    assert {row["task_id"]: row["try_number"] for row in tries if row["task_id"] in ("numbers", "array", "say")} == {
        "numbers": 1,
        "array": 2,
        "say": 2,
    }


def test_only_what_failed_runs_again(binary: Call, call: Call) -> None:
    done = binary("runs", "rerun", "pipeline", FAILED, "--only-failed", "-y", "-q")

    assert done.code == 1, "it fails again"
    tries = call("runs", "show", "pipeline", FAILED, "-o", "json").json["tasks"]
    assert {row["task_id"] for row in tries if row["try_number"] == 2} == {"say"}


def test_a_run_that_goes_on_is_told(start: Callable[..., subprocess.Popen[str]], call: Call) -> None:
    running = start("run", "-q", "slow")
    while [row["state"] for row in call("runs", "list", "slow", "-o", "json").json] != ["running"]:
        assert running.poll() is None
    while call("tasks", "state", "slow", "wait").out != "running\n":
        assert running.poll() is None

    called = call("tasks", "mark", "success", "slow", "wait", "-y")

    assert "which drives it" in called.out
    assert running.wait(60) == 0
    assert call("tasks", "state", "slow", "wait").out == "success\n"


# ------------------------------------------------------------------------------------------ why


def test_why_tells_where_the_time_went(call: Call) -> None:
    (row,) = call("why", "pipeline", "say", SUCCEEDED, "-o", "json").json

    assert (row["state"], row["kind"]) == ("success", "ended")
    assert [stage["stage"] for stage in row["stages"]] == ["upstream", "slot", "starting", "running", "finishing"]
    assert all(stage["seconds"] >= 0 for stage in row["stages"])
    assert "try 1: running" in call("why", "pipeline", "say").out


def test_why_about_a_dag_and_about_a_run(call: Call) -> None:
    (row,) = call("why", "pipeline", "-o", "json").json
    assert row["state"] == "next run"
    assert row["why"]

    (row,) = call("why", "pipeline", FAILED, "-o", "json").json
    assert (row["run_id"], row["kind"], row["why"]) == (FAILED, "ended", "has ended: failed")


@pytest.mark.parametrize(("words", "message"), [(["nothing"], "there is no DAG"), (["pipeline", "nope"], "no task")])
def test_why_about_nothing(call: Call, words: list[str], message: str) -> None:
    called = call("why", *words)
    assert called.code == 1
    assert message in called.err


LIMITED = """
from tradewind import DAG, task
import pathlib, time

with DAG("limited", schedule=None):

    @task(pool="one")
    def holds(which):
        while not (pathlib.Path(__file__).parent / "go").exists():
            time.sleep(0.01)

    @task
    def after():
        pass

    holds.expand(which=[1, 2]) >> after()
"""


def test_why_names_who_has_the_slots(start: Callable[..., Any], call: Call, dags: Path, tmp_path: Path) -> None:
    file = tmp_path / "limited.py"
    file.write_text(LIMITED.replace("__file__", repr(str(file))))
    assert call("pools", "set", "one", "1").code == 0
    running = start("run", "-q", str(file))
    rows: list[dict[str, Any]] = []
    while not any(row["state"] == "running" for row in rows):
        assert running.poll() is None
        called = call("why", "limited", "holds", "-o", "json")
        rows = called.json if called.code == 0 else []

    [waits] = [row for row in rows if row["state"] != "running"]
    [runs] = [row for row in rows if row["state"] == "running"]
    assert waits["kind"] == "pool"
    assert "pool 'one' is full: 1 of 1 slots are taken" in waits["why"]
    assert [(one["task_id"], one["map_index"]) for one in waits["holders"]] == [("holds", runs["map_index"])]
    assert f"held by limited holds[{runs['map_index']}]" in call("why", "limited", "holds").out
    assert "waits for 2 of 'holds'" in call("why", "limited", "after").out
    (tmp_path / "go").touch()
    assert running.wait(60) == 0
