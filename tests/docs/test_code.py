"""The Python in the documentation: all of it compiles, and every block marked `python run` is run as a DAG file."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.pages import Block, blocks

PYTHON = [block for block in blocks() if block.words[:1] == ("python",)]
RUNNABLE = [block for block in PYTHON if "run" in block.words]
TESTS = [block for block in PYTHON if "test" in block.words]


def test_there_is_something_to_run():
    assert len(RUNNABLE) > 10
    assert TESTS


@pytest.mark.parametrize("block", PYTHON, ids=lambda block: block.where)
def test_python_compiles(block: Block):
    compile(block.text, block.where, "exec")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.mark.parametrize("block", RUNNABLE, ids=lambda block: block.where)
def test_dag_runs(block: Block, home: Path, tmp_path: Path):
    """Words after `run` are set-up: `pool=gpu`, `variable=name:value`; `fails` where the run is meant to."""
    file = tmp_path / f"from_{block.page.stem.replace('-', '_').lower()}.py"
    file.write_text(block.text)
    for word in block.words[2:]:
        kind, _, value = word.partition("=")
        if kind == "pool":
            assert _tradewind(home, tmp_path, "pools", "set", value, "1").returncode == 0
        elif kind == "variable":
            assert _tradewind(home, tmp_path, "variables", "set", *value.split(":")).returncode == 0
    done = _tradewind(home, tmp_path, "run", "--plain", str(file))
    assert done.returncode == (1 if "fails" in block.words else 0), done.stdout + done.stderr


@pytest.mark.parametrize("block", TESTS, ids=lambda block: block.where)
def test_tests_pass(block: Block, home: Path, tmp_path: Path):
    """A block marked `python test` is a test file beside the folder that `tradewind init` makes."""
    assert _tradewind(home, tmp_path, "init", str(tmp_path)).returncode == 0
    (tmp_path / "tests" / "test_from_docs.py").write_text(block.text)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests"],
        cwd=tmp_path,
        env=_environment(home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def _tradewind(home: Path, folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tradewind.cli.main", *arguments]
    return subprocess.run(command, cwd=folder, env=_environment(home), capture_output=True, text=True, check=False)


def _environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TRADEWIND_", "AIRFLOW_"))}
    kept.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**kept, "TRADEWIND_HOME": str(home)}
