"""Scenarios about processes, with real ones."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from fsspec.implementations.memory import MemoryFileSystem
from tests.chaos.house import House as Service
from tests.end_to_end.conftest import Place

from tradewind.artifacts.store import ArtifactStore
from tradewind.model.errors import ValueStoreError
from tradewind.model.states import TryState


def test_worker_sigkill_in_mid_task(place: Place) -> None:
    """Scenario: "worker SIGKILL in mid-task": tried again at once, apart from the user's retries, and told as lost."""
    file = place.dag(
        """
        @task
        def kills_itself_once():
            mark = pathlib.Path("mark")
            if not mark.exists():
                mark.touch()
                os.kill(os.getpid(), signal.SIGKILL)
            return "survived"

        kills_itself_once()
        """,
        head="import os, pathlib, signal",
    )

    ended = place.run(file)

    assert ended.code == 0
    first, second = place.tries("kills_itself_once")
    assert (first.state, first.signal, second.state) == (TryState.LOST, 9, TryState.SUCCESS)
    assert first.number == second.number == 1


def test_oom_kill(place: Place) -> None:
    """Scenario: "OOM kill": the try says that memory was the reason, and how much it had."""
    file = place.dag(
        """
        @task(resources=dict(memory="200MiB"))
        def eats():
            held = bytearray(os.urandom(1)) * 600_000_000
            time.sleep(60)

        eats()
        """
    )

    ended = place.run(file)

    assert ended.code == 1
    (tried,) = place.tries("eats")
    assert tried.error_type == "MemoryLimitExceeded"
    assert "200 MiB" in (tried.error or "")


@pytest.mark.timeout(300)
def test_worker_and_scheduler_killed_together(tmp_path: Path) -> None:
    """Scenario: "worker and scheduler killed together": every process at once, as when a machine loses power."""
    service = Service(tmp_path, None)
    folder = tmp_path / "dags"
    folder.mkdir()
    (folder / "flow.py").write_text(
        """
import time
from datetime import datetime
from airflow.sdk import DAG, task

with DAG("flow", schedule="@once", start_date=datetime(2025, 1, 1), is_paused_upon_creation=False):
    @task
    def slow():
        open("begun", "a").close()
        while not __import__("os").path.exists("go"):
            time.sleep(0.05)

    @task
    def after(): ...

    slow() >> after()
"""
    )
    service.environment["TRADEWIND_DAGS_FOLDER"] = str(folder)
    service.start()
    try:
        service.wait_for(lambda: (tmp_path / "begun").exists(), 120, "the task does not start")
        for pid in service.all_pids():
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        service.wait_for(lambda: not service.all_pids(), 60, "somebody survived")
        (tmp_path / "go").touch()
        service.start()
        store = service.store()
        service.wait_for(lambda: all(run.state == "success" for run in store.runs()), 120, "the run does not end")
        (run,) = store.runs()
        from tradewind.model.ids import RunKey

        states = [one.state for one in store.tries(RunKey("flow", run.run_id), "slow")]
        store.close()
    finally:
        service.stop()

    assert states == [TryState.LOST, TryState.SUCCESS]


class Flaky(MemoryFileSystem):
    """An object store that answers 503."""

    protocol = "flaky"
    cachable = False

    def put_file(self, *args: Any, **more: Any) -> None:
        raise OSError("503 Service Unavailable: please reduce your request rate")

    def pipe_file(self, *args: Any, **more: Any) -> None:
        raise OSError("503 Service Unavailable: please reduce your request rate")


def test_object_store_answering_5xx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Scenario: "object store answering 5xx": the value is not stored, the task fails with a reason (and its retries),
    and no reference to a value that is not there is ever handed on."""
    import fsspec

    fsspec.register_implementation("flaky", Flaky, clobber=True)
    store = ArtifactStore("flaky://bucket")
    file = tmp_path / "value"
    file.write_bytes(b"value")

    with pytest.raises(ValueStoreError, match="503"):
        store.keep(file, "ab" * 32, "bin")

    assert not store.exists(f"ab/{'ab' * 32}.bin")
