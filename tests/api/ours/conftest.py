"""A home in which a DAG ran twice, once well and once not; a server over it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
import urllib3
from tests.api.server import ApiServer, running
from tests.postgres import _kept_schema, postgres_server, postgres_url  # pyright: ignore[reportPrivateUsage]

__all__ = ["_kept_schema", "postgres_server", "postgres_url"]  # fixtures
DAGS = Path(__file__).parent / "dags"
BINARY = Path(sys.executable).parent / "tradewind"
GOOD, BAD = "manual__2025-01-01T00:00:00+00:00", "manual__2025-02-02T00:00:00+00:00"
ROOT = "/api/tradewind/v1"
Get = Callable[..., Any]


def tradewind(home: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    env = {name: text for name, text in os.environ.items() if not name.startswith("TRADEWIND_")}
    env |= {"TRADEWIND_HOME": str(home), "TRADEWIND_DAGS_FOLDER": str(DAGS), **environment}
    return subprocess.run(
        [BINARY, *arguments], env=env, cwd=home.parent, capture_output=True, text=True, timeout=300, check=False
    )


@pytest.fixture(scope="session")
def made_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("views") / "home"
    home.mkdir()
    file = str(DAGS / "pipeline.py")
    good = tradewind(home, "run", file, "--plain", "--logical-date", "2025-01-01")
    assert good.returncode == 0, good.stdout + good.stderr
    bad = tradewind(home, "run", file, "--plain", "--logical-date", "2025-02-02", "-p", "break_it=true")
    assert bad.returncode == 1, bad.stdout + bad.stderr
    return home


@pytest.fixture(scope="session")
def shared(made_home: Path) -> Iterator[ApiServer]:
    """For tests that change nothing."""
    with running(made_home) as found:
        yield found


def copy_home(made: Path, to: Path) -> None:
    """By another process: to open and close a database's file in this one, where a server has it open, takes away all
    the locks that SQLite has on it (https://www.sqlite.org/howtocorrupt.html, 2.2)."""
    subprocess.run(["cp", "-R", made, to], check=True)
    shutil.rmtree(to / "run", ignore_errors=True)


@pytest.fixture
def own(made_home: Path, tmp_path: Path) -> Iterator[ApiServer]:
    """For tests that change something: a copy."""
    copy_home(made_home, tmp_path / "home")
    with running(tmp_path / "home") as found:
        yield found


def caller(server: ApiServer) -> Get:
    """`get("/dags")`: the answer's JSON; another status than 200 fails the test unless it is expected."""
    pool = urllib3.PoolManager(retries=False)

    def ask(path: str, *, method: str = "GET", status: int = 200, body: Any = None, **query: Any) -> Any:
        fields = [(name.rstrip("_"), value) for name, value in query.items()]
        where = f"?{urlencode(fields, doseq=True)}" if fields else ""
        answer = pool.request(method, f"{server.url}{ROOT}{path}{where}", json=body, headers=server.headers)
        assert answer.status == status, f"{answer.status}: {answer.data[:2000]!r}"
        kind = answer.headers.get("Content-Type", "")
        return answer.json() if "json" in kind and answer.data else answer

    return ask


@pytest.fixture
def get(shared: ApiServer) -> Get:
    return caller(shared)


@pytest.fixture
def call(own: ApiServer) -> Get:
    return caller(own)
