"""runs fork: new runs from a task of a past one on."""

from __future__ import annotations

from pathlib import Path

import pytest

from tradewind.cli.home import opened_store
from tradewind.model.entries import Forked, read_entry
from tradewind.model.ids import RunKey
from tradewind.model.journal import EntryQuery
from tradewind.settings import load

from .conftest import FAILED, SUCCEEDED, Call


def test_a_fork_runs_what_is_left_with_other_params_and_the_same_values(binary: Call, home: Path) -> None:
    arguments = ("runs", "fork", "pipeline", SUCCEEDED, "--from", "inside.total", "--params", "n=4", "-r", "mine")
    done = binary(*arguments, "--plain")

    assert done.code == 0, done
    assert "double" not in done.out.split("runs_again")[1].split("running", 1)[1]
    shown = binary("runs", "show", "pipeline", "mine", "--history", "-o", "json").json
    states = {(task["task_id"], task["map_index"]): task["state"] for task in shown["tasks"]}
    assert states["inside.double", "2"] == "success"
    assert ("inside.double", "3") not in states
    assert shown["params"] == {"n": 4}
    assert any(f"from run {SUCCEEDED}, from inside.total on, with n=4" in line["why"] for line in shown["history"])
    assert binary("xcom", "get", "pipeline", "inside.total", "mine").out.strip().endswith("6")


def test_a_sweep_is_one_commit_of_queued_runs(call: Call, home: Path) -> None:
    made = call(
        "runs", "fork", "pipeline", SUCCEEDED, "--from", "say", "--sweep", "n=1,2", "--sweep", "x=[0.5]", "--queue",
        "-o", "json",
    )  # fmt: skip

    assert made.code == 0, made
    assert [one["params"] for one in made.json] == [{"n": 1, "x": 0.5}, {"n": 2, "x": 0.5}]
    with opened_store(load()) as store:
        runs = [store.run(RunKey("pipeline", one["run_id"])) for one in made.json]
        entries = store.entries(EntryQuery("Forked", dag_id="pipeline"))
    assert [str(run.state) for run in runs if run] == ["queued", "queued"]
    assert len({run.logical_date for run in runs if run}) == 2
    assert {str(run.logical_date)[:19] for run in runs if run} == {"2025-01-01 00:00:00"}
    assert {read_entry(one.body, Forked).from_run_id for one in entries} == {SUCCEEDED}


def test_a_group_stands_for_its_tasks(call: Call) -> None:
    made = call("runs", "fork", "pipeline", SUCCEEDED, "--from", "inside", "--queue", "-o", "json").json
    cleared = call("tasks", "clear", "pipeline", "inside", "--run", SUCCEEDED, "--dry-run", "-o", "json").json

    again = {task for task in made[0]["runs_again"] if task.startswith("inside.")}
    assert again == {row["task_id"] for row in cleared} == {"inside.double", "inside.total"}


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (["--from", "nope"], "no task and no group 'nope'"),
        (["--from", "inside.double[9]"], "has no instance 9"),
        (["--from", "say", "--sweep", "n"], "is not NAME=VALUE"),
        (["--from", "say[x]"], "neither TASK nor TASK[N]"),
    ],
)
def test_what_cannot_be_forked(call: Call, arguments: list[str], problem: str) -> None:
    called = call("runs", "fork", "pipeline", FAILED, *arguments)
    assert called.code in (1, 2)
    assert problem in called.err
