"""tasks list, test, render, logs, clear, states, and why a task does not run."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from .conftest import FAILED, SUCCEEDED, Call


def test_list(call: Call) -> None:
    found = {task["task_id"]: task for task in call("tasks", "list", "pipeline", "-o", "json").json}
    assert set(found) == {"numbers", "inside.double", "inside.total", "array", "when", "say"}
    assert found["inside.double"]["is_mapped"] is True
    assert sorted(found["say"]["upstream"]) == ["array", "inside.total", "when"]


def test_tree_writes_out_each_branch_once(call: Call) -> None:
    lines = call("tasks", "list", "pipeline", "--tree").out.splitlines()
    assert lines[:4] == ["numbers", "    inside.double", "        inside.total", "            say"]
    assert lines.count("    say") == 2


def test_states(call: Call) -> None:
    found = call("tasks", "states-for-dag-run", "pipeline", SUCCEEDED, "-o", "json").json
    assert {row["state"] for row in found} == {"success"}
    assert len(found) == 5 + 3
    assert call("tasks", "state", "pipeline", "say").out == "failed\n"
    assert call("tasks", "state", "pipeline", "inside.double", "--map-index", "2").out == "success\n"
    assert call("tasks", "state", "pipeline", "inside.double", SUCCEEDED).out.splitlines()[1] == "1\tsuccess"


def test_why(call: Call) -> None:
    (row,) = call("tasks", "failed-deps", "pipeline", "say", "-o", "json").json
    assert (row["state"], row["kind"]) == ("failed", "ended")
    assert "AirflowException" in row["why"]


def test_logs_are_shown_pretty_or_raw(call: Call, home: Path) -> None:
    pretty = call("tasks", "logs", "pipeline", "numbers").out
    assert "INFO     making 7" in pretty
    raw = call("tasks", "logs", "pipeline", "numbers", "--raw").out
    path = Path(call("tasks", "logs", "pipeline", "numbers", "--path").out.strip())
    assert path.read_text() == raw
    assert path.is_relative_to(home / "logs")


def test_logs_of_one_instance(call: Call) -> None:
    assert "value was: 8" in call("tasks", "logs", "pipeline", "inside.double", "--map-index", "4").out
    assert "choose one with --map-index" in call("tasks", "logs", "pipeline", "inside.double").err


@pytest.mark.parametrize(
    ("words", "message", "hint"),
    [
        (["pipeline", "double"], "has no task 'double'", "did you mean inside.double?"),
        (["pipeline", "say", "--try", "9"], "has had no try 9", "it has had 1"),
        (["pipeline", "say", "--map-index", "x"], "is not a number from 0", ""),
    ],
)
def test_a_log_that_is_not_there(call: Call, words: list[str], message: str, hint: str) -> None:
    called = call("tasks", "logs", *words)
    assert called.code != 0
    assert message in called.err
    assert hint in called.err


def test_a_log_is_followed_until_its_try_ends(start: Callable[..., subprocess.Popen[str]], call: Call) -> None:
    running = start("run", "-q", "slow")
    while call("runs", "list", "slow", "-o", "json").json == []:
        assert running.poll() is None
    following = start("tasks", "logs", "slow", "wait", "--follow")
    assert following.stdout is not None
    while "has had no try" in (line := following.stdout.readline()):
        following.wait()
        following = start("tasks", "logs", "slow", "wait", "--follow")
    while "turn 3" not in line:
        line = following.stdout.readline()
    call("runs", "cancel", "slow")
    rest = following.communicate(timeout=30)[0]
    assert "turn 4" in rest or "SIGTERM" in rest
    assert following.returncode == 0


def test_clear_runs_again_what_was_chosen(binary: Call) -> None:
    called = binary("tasks", "clear", "pipeline", SUCCEEDED, "-t", "total$", "--downstream", "-y", "--plain")
    assert called.code == 0, called
    tries = {
        (row["task_id"], row["map_index"]): row["try_number"]
        for row in binary("tasks", "states-for-dag-run", "pipeline", SUCCEEDED, "-o", "json").json
    }
    assert tries["inside.total", -1] == tries["say", -1] == 2
    assert tries["numbers", -1] == tries["inside.double", "0"] == 1


def test_clear_of_failed_ones_only_asks_first(binary: Call) -> None:
    called = binary("tasks", "clear", "pipeline", "--only-failed", stdin="n\n")
    assert called.code == 1
    assert f"pipeline {FAILED}\n  say\nRun these again?" in called.out
    assert "nothing was done" in called.err
    assert "no task instance" in binary("tasks", "clear", "pipeline", SUCCEEDED, "--only-failed", "-y").err
    assert "not a regular expression" in binary("tasks", "clear", "pipeline", "-t", "(", "-y").err


def test_test_runs_one_task_with_the_values_of_a_run(binary: Call) -> None:
    called = binary("tasks", "test", "pipeline", "inside.total")
    assert called.code == 0, called
    assert "returned int, 2 bytes: 42" in called.out
    assert f"with the values of run {FAILED}" in called.err
    assert len(binary("runs", "list", "-o", "json").json) == 2
    assert "42" not in binary("xcom", "get", "pipeline", "inside.total", SUCCEEDED).out


def test_test_of_a_mapped_task_wants_an_index(binary: Call) -> None:
    assert "--map-index 0 is the first" in binary("tasks", "test", "pipeline", "inside.double").err
    assert "bytes: 6" in binary("tasks", "test", "pipeline", "inside.double", "--map-index", "3").out


def test_test_says_why_a_task_fails(binary: Call) -> None:
    called = binary("tasks", "test", "pipeline", "say", "2024-05-05", "-t", '{"n": 8}')
    assert called.code == 1
    assert "failed: AirflowException" in called.err
    assert "2024-05-05 8 none" in called.err


def test_render(binary: Call, call: Call) -> None:
    call("variables", "set", "greeting", "servus")
    assert "echo 2025-02-02 7 servus;" in binary("tasks", "render", "pipeline", "say").out
    fields = binary("tasks", "render", "pipeline", "say", "2024-05-05", "-o", "json").json
    assert fields["bash_command"] == "echo 2024-05-05 3 servus; test 3 -lt 5"
