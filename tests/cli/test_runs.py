"""runs list, show, resume, cancel and delete."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from .conftest import FAILED, SUCCEEDED, Call


def test_list_has_the_newest_first_in_every_form(call: Call) -> None:
    found = call("runs", "list", "pipeline", "-o", "json").json
    assert [(run["run_id"], run["state"]) for run in found] == [(FAILED, "failed"), (SUCCEEDED, "success")]
    assert found == [{**run} for run in yaml.safe_load(call("runs", "list", "-o", "yaml").out)]
    assert call("runs", "list", "-o", "plain").out.splitlines()[0].split("\t")[:3] == ["pipeline", FAILED, "failed"]
    header, *lines = call("runs", "list").out.splitlines()
    assert header.split()[:3] == ["dag_id", "run_id", "state"]
    assert len(lines) == 2


@pytest.mark.parametrize(
    ("options", "expected"),
    [(["--state", "failed"], [FAILED]), (["-n", "1"], [FAILED]), (["--state", "running"], []), (["-d", "slow"], [])],
)
def test_list_is_narrowed(call: Call, options: list[str], expected: list[str]) -> None:
    assert [run["run_id"] for run in call("runs", "list", *options, "-o", "json").json] == expected


def test_list_of_a_dag_that_is_not_there(call: Call) -> None:
    called = call("runs", "list", "nope")
    assert called.code == 1
    assert "there is no DAG 'nope'" in called.err
    assert "hint: see `tradewind dags list`" in called.err


def test_show_tells_the_story_of_a_failure(call: Call) -> None:
    text = call("runs", "show", "pipeline", "latest").out
    assert FAILED in text
    assert "✓ numbers" in text
    assert "double [7]" in text
    assert "✗ say" in text
    assert "say failed (try 1): AirflowException" in text
    assert "last lines of its log" in text
    assert "numbers.loss = 0.333333  (3 values" in text
    assert "none → queued" not in text
    assert "none → queued" in call("runs", "show", "pipeline", "--history").out


def test_show_as_data(call: Call) -> None:
    found = call("runs", "show", "pipeline", "--history", "-o", "json").json
    tasks = {(task["task_id"], task["map_index"]): task for task in found["tasks"]}
    assert found["params"] == {"n": 7}
    assert tasks["inside.double", "6"]["state"] == "success"
    assert tasks["say", -1]["error_type"] == "AirflowException"
    assert [metric["step"] for metric in found["metrics"]] == [0, 1, 2]
    assert found["history"][-1]["new"] == "failed"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (["pipeline"], FAILED),
        (["pipeline", "latest"], FAILED),
        (["pipeline", "manual__2025-01"], SUCCEEDED),
        (["pipeline", "2025-01"], SUCCEEDED),
        (["pipeline", "2025-01-01"], SUCCEEDED),
        (["pipeline", SUCCEEDED], SUCCEEDED),
        ([SUCCEEDED], SUCCEEDED),
    ],
)
def test_a_run_is_named_in_many_ways(call: Call, words: list[str], expected: str) -> None:
    assert call("runs", "show", *words, "-o", "json").json["run_id"] == expected


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (["pipeline", "manual__2025"], "2 runs begin with 'manual__2025'", "say more of it"),
        (["pipeline", "2031"], "DAG 'pipeline' has no run '2031'", "its latest are"),
        (["pipelin"], "there is no DAG and no run 'pipelin'", "did you mean pipeline?"),
        (["slow"], "DAG 'slow' has no run yet", "tradewind run slow"),
    ],
)
def test_a_run_that_cannot_be_meant(call: Call, words: list[str], message: str, hint: str) -> None:
    called = call("runs", "show", *words)
    assert called.code == 1
    assert message in called.err
    assert hint in called.err


def test_resume_repeats_only_what_failed(binary: Call) -> None:
    called = binary("runs", "resume", "pipeline", "--plain")
    assert called.code == 1  # n is still 7
    assert "say failed" in called.out
    assert "numbers running" not in called.out
    tasks = binary("runs", "show", "pipeline", "-o", "json").json["tasks"]
    assert {task["task_id"]: task["try_number"] for task in tasks}["say"] == 2


def test_resume_of_a_run_that_succeeded(binary: Call) -> None:
    called = binary("runs", "resume", "pipeline", SUCCEEDED)
    assert called.code == 1
    assert "has succeeded already" in called.err


def test_cancel_reaches_the_process_that_drives_the_run(
    start: Callable[..., subprocess.Popen[str]], call: Call
) -> None:
    running = start("run", "--plain", "slow")
    _wait_for_line(running, "wait running")
    refused = call("runs", "delete", "slow", "latest", "--yes")
    assert "is being driven by process" in refused.err

    called = call("runs", "cancel", "slow")

    assert called.code == 0, called
    assert "cancelled by" in called.out
    running.wait(timeout=30)
    states = {task["task_id"]: task["state"] for task in call("runs", "show", "slow", "-o", "json").json["tasks"]}
    assert states == {"first": "success", "wait": "failed"}
    assert "has ended already" in call("runs", "cancel", "slow").err


def test_cancel_ends_a_run_whose_process_was_killed(start: Callable[..., subprocess.Popen[str]], call: Call) -> None:
    running = start("run", "--plain", "slow")
    _wait_for_line(running, "wait running")
    running.send_signal(signal.SIGKILL)
    running.wait(timeout=30)
    assert "its process has ended; finish it: tradewind runs resume" in call("runs", "show", "slow").out

    assert call("runs", "cancel", "slow").code == 0

    assert call("runs", "list", "slow", "-o", "json").json[0]["state"] == "failed"
    assert call("tasks", "state", "slow", "wait").out == "failed\n"


def test_delete_takes_logs_and_values_with_it(call: Call, home: Path) -> None:
    def kept() -> set[str]:
        folders = [home / "logs", home / "artifacts", home / "reports"]
        return {str(file.relative_to(home)) for folder in folders for file in folder.rglob("*") if file.is_file()}

    assert any(name.endswith(".npy") for name in kept())
    assert "deleted 1 run and 0 artifacts" in call("runs", "delete", "pipeline", "2025-02", "-y").out  # shared value
    assert any(name.endswith(".npy") for name in kept())
    assert "deleted 1 run and 1 artifact\n" in call("runs", "delete", "pipeline", "--all", "-y").out
    assert kept() == set()
    assert call("runs", "list", "-o", "json").json == []


def test_delete_asks_first(call: Call) -> None:
    assert call("runs", "delete", "pipeline").code == 2
    assert "nothing was done" in call("runs", "delete", "pipeline", "latest", stdin="n\n").err
    assert "say --yes" in call("runs", "delete", "pipeline", "latest").err
    assert len(call("runs", "list", "-o", "json").json) == 2
    assert call("runs", "delete", "pipeline", "latest", stdin="y\n").code == 0
    assert len(call("runs", "list", "-o", "json").json) == 1


def _wait_for_line(process: subprocess.Popen[str], text: str) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        if text in line:
            return
    raise AssertionError(f"it ended without saying {text!r}")
