"""A sweep in a DAG file, run as `tradewind run` does."""

from __future__ import annotations

import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from tradewind.testing import DagRunResult, run_dag

HEAD = """
from datetime import timedelta
import optuna
from tradewind import dag, task, ml

@dag(schedule=None)
def tuning():
"""


@pytest.fixture
def sweep_file(tmp_path: Path) -> Callable[[str], Path]:
    """A DAG file with this body of its DAG function."""

    def write(body: str) -> Path:
        file = tmp_path / "tuning.py"
        file.write_text(f"{HEAD}{textwrap.indent(textwrap.dedent(body), '    ')}\ntuning()\n")
        return file

    return write


@pytest.fixture
def run_sweep(sweep_file: Callable[[str], Path]) -> Callable[[str], DagRunResult]:
    """Runs the body of a DAG function."""
    return lambda body: run_dag(sweep_file(body), parallelism=3)
