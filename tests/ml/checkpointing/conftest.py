"""A home, and the real `tradewind` over it: trainings in it are killed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

BINARY = Path(sys.executable).parent / "tradewind"


class Home:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: text for name, text in os.environ.items() if not name.startswith(("TRADEWIND_", "AIRFLOW"))}
        return {**kept, "TRADEWIND_HOME": str(self.home), "MARKS": str(self.folder), "OMP_NUM_THREADS": "1"}

    def __call__(self, *arguments: str, code: int = 0) -> str:
        done = subprocess.run(
            [BINARY, *arguments], env=self.environment, cwd=self.folder, capture_output=True, text=True, timeout=300,
            check=False,
        )  # fmt: skip
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout

    def value(self, dag_id: str, task_id: str, run_id: str = "latest") -> Any:
        return json.loads(self("xcom", "get", dag_id, task_id, run_id))


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


@pytest.fixture
def dag_file(tmp_path: Path) -> Callable[[str], str]:
    def write(text: str) -> str:
        file = tmp_path / "flow.py"
        file.write_text(textwrap.dedent(text))
        return str(file)

    return write
