"""debug and tasks replay: a try again, as it was, with nothing written to its run."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pexpect
import pytest

from .conftest import BINARY, FAILED, SUCCEEDED, Call, environment

Spawn = Callable[..., "pexpect.spawn[str]"]


@pytest.fixture
def spawn(home: Path, dags: Path, tmp_path: Path) -> Iterator[Spawn]:
    """`tradewind debug …` on a terminal of its own."""
    started: list[pexpect.spawn[str]] = []

    def begin(*arguments: str) -> pexpect.spawn[str]:
        env: Any = {**environment(home, dags), "TERM": "dumb", "PYTHON_COLORS": "0", "PYTHON_BASIC_REPL": "1"}
        child = pexpect.spawn(
            str(BINARY), ["debug", *arguments], env=env, cwd=str(tmp_path), encoding="utf-8", timeout=90,
            dimensions=(50, 300),
        )  # fmt: skip
        started.append(child)
        return child

    yield begin
    for child in started:
        child.close(force=True)


def _tables(home: Path) -> str:
    """All that the store has of runs."""
    with sqlite3.connect(home / "tradewind.db") as connection:
        tables = ("run", "task_instance", "try", "xcom", "history", "journal", "metric")
        return repr([connection.execute(f"SELECT * FROM {table} ORDER BY 1").fetchall() for table in tables])


def test_a_prompt_has_what_the_try_had(spawn: Spawn, home: Path) -> None:
    before = _tables(home)
    child = spawn(SUCCEEDED, "inside.total", "--dag-id", "pipeline")
    child.expect("Nothing is written to the run")
    child.expect(">>> ")
    child.sendline("list(inputs['parts']), params['n'], context['ds'], function.__name__")
    child.expect(r"\(\[0, 2, 4\], 3, '2025-01-01', 'total'\)")
    child.sendline("function(parts=[5, 6])")
    child.expect("11")
    child.sendline("run() + 100")
    child.expect("106")
    child.sendeof()
    child.expect(pexpect.EOF)
    assert _tables(home) == before


def test_one_instance_of_a_mapped_task_stops_at_its_first_line(spawn: Spawn) -> None:
    child = spawn(SUCCEEDED, "inside.double[2]", "1", "--dag-id", "pipeline", "--pdb")
    child.expect(r"-> return 2 \* n")
    child.expect(r"\(Pdb\) ")
    child.sendline("p n")
    child.expect("2\r\n")
    child.sendline("c")
    child.expect("success: returned 4")
    child.expect(pexpect.EOF)


def test_after_a_failure_the_debugger_is_where_it_happened(spawn: Spawn) -> None:
    child = spawn(FAILED, "say", "--dag-id", "pipeline", "--post-mortem")
    child.expect("AirflowException: ")
    child.expect(r"\(Pdb\) ")
    child.sendline("p self.task_id")
    child.expect("'say'")
    child.sendline("q")
    child.expect(pexpect.EOF)


def test_a_notebook_sets_it_all_up(binary: Call, home: Path, dags: Path, tmp_path: Path) -> None:
    file = tmp_path / "try.ipynb"
    arguments = ("debug", SUCCEEDED, "inside.double[2]", "--dag-id", "pipeline", "--notebook", "--to", str(file))
    done = binary(*arguments)
    assert done.code == 0, done

    cells = [one for one in json.loads(file.read_text())["cells"] if one["cell_type"] == "code"]
    script = "\n".join("".join(one["source"]) for one in cells)
    ran = subprocess.run(
        [sys.executable, "-c", f"{script}\nprint('made', result, double(21), inputs['n'])"],
        env=environment(home, dags), cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert "made 4 42 2" in ran.stdout, ran.stderr
    assert "is there already" in binary(*arguments).err


@pytest.mark.parametrize(
    ("arguments", "problem"),
    [
        (("nope", "say"), "there is no DAG and no run 'nope'"),
        (("pipeline", "nope"), "has no task 'nope'"),
        (("pipeline", "inside.double"), "takes 1 map indexes"),
        (("pipeline", "say[0]"), "takes 0 map indexes"),
        (("pipeline", "say", "7"), "has no try 7"),
        ((SUCCEEDED, "inside.double[9]"), "has no instance 9"),
    ],
    ids=["run", "task", "instance", "unmapped", "try", "no such instance"],
)
def test_what_is_not_there_is_told(call: Call, arguments: tuple[str, ...], problem: str) -> None:
    called = call("debug", *arguments)
    assert called.code == 1
    assert problem in called.err


def test_a_replay_makes_the_same_values(binary: Call, home: Path) -> None:
    before = _tables(home)
    for task in ("numbers", "inside.double[1]", "array", "when"):
        done = binary("tasks", "replay", SUCCEEDED, task, "--dag-id", "pipeline", "-o", "json")
        assert (done.code, done.json["outcome"], done.json["values"]) == (0, "same", {"return_value": []}), done
    assert _tables(home) == before


def test_a_replay_tells_what_differs(binary: Call, home: Path, dags: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "drifting.py").write_text(
        "import os\nfrom airflow.decorators import dag, task\n\n\n@dag(schedule=None)\ndef drifting():\n"
        "    @task\n    def score():\n        return {'auc': float(os.environ.get('AUC', 0.5)), 'rows': 3}\n\n    score()\n\n\n"
        "drifting()\n"
    )
    env = environment(home, own)
    run = [BINARY, "run", str(own / "drifting.py"), "-q"]
    subprocess.run(run, env=env, cwd=tmp_path, timeout=120, check=True)

    replayed = [BINARY, "tasks", "replay", "drifting", "score"]
    done = subprocess.run(
        replayed, env={**env, "AUC": "0.75"}, cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )

    assert done.returncode == 1, done.stderr
    assert "auc: 0.5 → 0.75 (+0.25)" in done.stdout
    assert "rows" not in done.stdout


def test_a_failure_that_comes_again_is_told_as_such(binary: Call) -> None:
    done = binary("tasks", "replay", FAILED, "say", "--dag-id", "pipeline")
    assert done.code == 0, done
    assert "failed as before" in done.out
