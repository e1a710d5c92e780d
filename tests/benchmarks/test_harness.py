"""The benchmarks' one command, on sizes that only show that it works."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUN = ROOT / "benchmarks" / "run.py"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(RUN), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=100)


def test_small_workloads_give_figures_that_make_sense(tmp_path: Path) -> None:
    file = tmp_path / "found.json"

    done = run("--tiny", "import", "first-run", "chain", "fan", "compile", "--json", str(file))

    assert done.returncode == 0, done.stdout + done.stderr
    found = json.loads(file.read_text())
    by_name = {figure["name"]: figure for figure in found["figures"]}
    assert by_name["chain of 3, a fresh process per try: per task"]["unit"] == "ms"
    assert by_name["3 DAG files of 10 tasks: median file"]["median"] > 0
    assert all(figure["n"] == len(figure["values"]) > 0 for figure in found["figures"])
    assert all(value > 0 for figure in found["figures"] for value in figure["values"])
    assert {"fib29_ms", "python_start_ms", "load"} <= found["before"].keys() & found["after"].keys()


def test_the_handover_is_compared_with_its_library(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    file = tmp_path / "found.json"

    done = run("--tiny", "handover", "--json", str(file))

    assert done.returncode == 0, done.stdout + done.stderr
    medians = {one["name"]: one["median"] for one in json.loads(file.read_text())["figures"]}
    ours = medians["0.002 GB array: end of the first task's function to first use"]
    bare = medians["0.002 GB array: written and mapped by its library alone"]
    assert medians["0.002 GB array: ratio"] == pytest.approx(ours / bare)


def test_the_trap_of_uncompiled_imports_is_named_and_avoided(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}

    command = [sys.executable, str(RUN), "--tiny", "help", "--json", str(tmp_path / "found.json")]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment, timeout=100)

    assert "PYTHONDONTWRITEBYTECODE was set" in done.stdout


def test_an_unknown_name_lists_the_known_ones() -> None:
    done = run("chian")

    assert done.returncode == 2
    assert "no benchmark chian; there are import, help" in done.stderr
