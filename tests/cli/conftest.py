"""A home on a path with a space and an umlaut, where a small DAG ran twice: once well, once not. Made once, copied for
each test; the DAG folder is shared."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tradewind.cli.main import main

DAGS = Path(__file__).parent / "dags"
BINARY = Path(sys.executable).parent / "tradewind"
FAILED, SUCCEEDED = "manual__2025-02-02T00:00:00+00:00", "manual__2025-01-01T00:00:00+00:00"


@dataclass
class Called:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Call = Callable[..., Called]


def environment(home: Path, dags: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("TRADEWIND_", "AIRFLOW"))}
    return {
        **kept,
        "TRADEWIND_HOME": str(home),
        "TRADEWIND_DAGS_FOLDER": str(dags),
        "TRADEWIND_KILL_GRACE_SECONDS": "1",
    }


def run_binary(home: Path, dags: Path, *arguments: str, stdin: str = "") -> Called:
    done = subprocess.run(
        [BINARY, *arguments],
        env=environment(home, dags),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=60,
        cwd=home.parent,
        check=False,
    )
    return Called(done.returncode, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def dags(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(DAGS, tmp_path_factory.mktemp("folder") / "däg files"))


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, dags: Path) -> Path:
    home = tmp_path_factory.mktemp("homes") / "höme of mine"
    assert run_binary(home, dags, "dags", "list", "--refresh").code == 0
    good = run_binary(home, dags, "run", "-q", "pipeline", "--logical-date", "2025-01-01")
    assert good.code == 0, good
    bad = run_binary(home, dags, "run", "-q", "pipeline", "--logical-date", "2025-02-02", "-p", "n=7")
    assert bad.code == 1, bad
    return home


@pytest.fixture
def home(template: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(template, tmp_path / "höme of mine"))


@pytest.fixture
def call(
    home: Path, dags: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> Call:
    """`tradewind ARGUMENTS` in this process: for what only reads and writes the store."""
    for name in [name for name in os.environ if name.startswith(("TRADEWIND_", "AIRFLOW"))]:
        monkeypatch.delenv(name)
    for name, value in environment(home, dags).items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)

    def called(*arguments: str, stdin: str = "") -> Called:
        monkeypatch.setattr(sys, "stdin", io.StringIO(stdin))
        code = 0
        try:
            main(arguments)
        except SystemExit as end:
            code = int(end.code or 0)
        printed = capsys.readouterr()
        return Called(code, printed.out, printed.err)

    return called


@pytest.fixture
def binary(home: Path, dags: Path) -> Call:
    """The real `tradewind`, in a process of its own: for what loads DAG files."""
    return lambda *arguments, **more: run_binary(home, dags, *arguments, **more)


@pytest.fixture
def start(home: Path, dags: Path) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """The real `tradewind`, left running; killed in the end."""
    started: list[subprocess.Popen[str]] = []

    def begin(*arguments: str) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [BINARY, *arguments],
            env=environment(home, dags),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.communicate()
