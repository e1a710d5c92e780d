"""A home, a DAG folder, and a real dag-processor that watches it; tests wait for its calls, not for time to pass."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from tradewind import settings as settings_module
from tradewind.model.service import Topic
from tradewind.settings import Settings
from tradewind.store import open_store

PATIENCE_SECONDS = 90.0
BINARY = Path(sys.executable).parent / "tradewind"


def dag_file(
    dag_id: str = "one", *, schedule: str = '"@daily"', tasks: tuple[str, ...] = ("first",), top: str = ""
) -> str:
    lines = "\n".join(f'    EmptyOperator(task_id="{task}")' for task in tasks)
    return (
        "from datetime import datetime\nfrom airflow import DAG\nfrom airflow.operators.empty import EmptyOperator\n"
        f"{top}\n"
        f'with DAG("{dag_id}", schedule={schedule}, start_date=datetime(2024, 1, 1), catchup=False):\n{lines}\n'
    )


@pytest.fixture
def home(tmp_path):
    folder = tmp_path / "höme of mine"
    folder.mkdir()
    return folder


@pytest.fixture
def dags(tmp_path):
    folder = tmp_path / "project" / "dags"
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def settings(home, dags) -> Settings:
    return settings_module.load(
        {}, overrides={"home": str(home), "dags_folder": str(dags), "dag_import_timeout_seconds": 30.0}, cwd=home
    )


@pytest.fixture
def store(settings):
    opened = open_store(settings.database_url, home=settings.home)
    yield opened
    opened.close()


@pytest.fixture
def ids(store):
    return lambda: [dag.dag_id for dag in store.dags()]


Until = Callable[[Callable[[], Any]], Any]


@pytest.fixture
def until(store) -> Iterator[Until]:
    """until(look) calls `look` whenever DAGs have changed, and returns its first answer that is true."""
    listener = store.listen({Topic.DAGS})

    def wait(look: Callable[[], Any]) -> Any:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not (found := look()):
            left = deadline - time.monotonic()
            assert left > 0, "it did not happen"
            select.select([listener], [], [], left)
            listener.heard()
        return found

    yield wait
    listener.close()


@pytest.fixture
def processor(settings, store) -> Iterator[Callable[..., subprocess.Popen[str]]]:
    """processor() starts a real one; it is stopped, and its log printed, in the end. `under`: a command that starts it."""
    started: list[subprocess.Popen[str]] = []

    def start(under: Sequence[str] = (), **environment: str) -> subprocess.Popen[str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("TRADEWIND_", "AIRFLOW"))}
        process = subprocess.Popen(
            [*under, BINARY, "dag-processor"],
            env={
                **kept,
                "TRADEWIND_HOME": str(settings.home),
                "TRADEWIND_DAGS_FOLDER": str(settings.dags_folder),
                **environment,
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=settings.home,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        process.send_signal(signal.SIGTERM)
        said, _ = process.communicate(timeout=PATIENCE_SECONDS)
        print(said)
