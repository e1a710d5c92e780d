"""A home in which a DAG ran twice, and waits for a scheduler a third time; a server over it, and Airflow's client."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import airflow_client.client as airflow
import pytest

from tests.api.dags import queue
from tests.api.server import ApiServer, running

DAGS = Path(__file__).parent / "dags"
BINARY = Path(sys.executable).parent / "tradewind"
DAG = "pipeline"
FIRST, SECOND, WAITING = "manual__2025-01-01T00:00:00+00:00", "manual__2025-02-02T00:00:00+00:00", "waits/../for it ü"


@pytest.fixture(scope="session")
def read_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("reading") / "home"
    home.mkdir()
    kept = {name: text for name, text in os.environ.items() if not name.startswith(("TRADEWIND_", "AIRFLOW"))}
    env = {**kept, "TRADEWIND_HOME": str(home), "TRADEWIND_DAGS_FOLDER": str(DAGS)}
    for date in ("2025-01-01", "2025-02-02"):
        command = [BINARY, "run", str(DAGS / "pipeline.py"), "--plain", "--logical-date", date]
        done = subprocess.run(
            command, env=env, cwd=home.parent, capture_output=True, text=True, timeout=300, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
    return home


@pytest.fixture(scope="session")
def api(read_home: Path) -> Iterator[ApiServer]:
    """For tests that change nothing."""
    with running(read_home) as found:
        conf = {"rate": 4, "names": ["ü"]}
        queue(found.store, DAG, WAITING, datetime(2025, 3, 3, tzinfo=UTC), conf=conf)
        yield found


@pytest.fixture(scope="session")
def client(api: ApiServer) -> Iterator[airflow.ApiClient]:
    with airflow.ApiClient(airflow.Configuration(host=api.url, access_token=api.token)) as found:
        yield found
