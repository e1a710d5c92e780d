"""Callbacks that a process of their own calls: really run, through the command's own machinery."""

from __future__ import annotations

import pytest

from tradewind.testing import run_dag

FILE = """
import os, signal
from pathlib import Path
from tradewind import dag, task

HERE = Path(__file__).parent


def told(context):
    with open(HERE / "told.txt", "a") as stream:
        print(context["ti"].task_id, context["reason"], type(context.get("exception")).__name__, file=stream)


def broken(context):
    raise RuntimeError("the callback itself")


@dag(on_success_callback=[broken, told], on_failure_callback=told, params={"how": "well"})
def ends():
    @task(on_failure_callback=told)
    def only(params):
        if params["how"] == "killed":
            os.kill(os.getpid(), signal.SIGKILL)
        if params["how"] == "raises":
            raise ValueError("no")

    only()


ends()
"""


@pytest.mark.parametrize(
    ("how", "state", "told"),
    [
        ("well", "success", ["only success NoneType"]),
        ("raises", "failed", ["only None ValueError", "only task_failure AirflowException"]),
        (
            "killed",
            "failed",
            ["only its process was ended by SIGKILL (9) AirflowException", "only task_failure AirflowException"],
        ),
    ],
)
def test_the_author_is_told_how_it_ended(tmp_path, how, state, told):
    file = tmp_path / "ends.py"
    file.write_text(FILE)
    run = run_dag(file, params={"how": how})
    assert run.state == state
    assert sorted((tmp_path / "told.txt").read_text().splitlines()) == sorted(told)
