"""Scenarios about processes, with real ones."""

from __future__ import annotations

import os
import signal
from contextlib import suppress
from pathlib import Path

import pytest
from tests.chaos.house import House as Service
from tests.end_to_end.conftest import Place

from tradewind.model.ids import RunKey
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
        states = [one.state for one in store.tries(RunKey("flow", run.run_id), "slow")]
        store.close()
    finally:
        service.stop()

    assert states == [TryState.LOST, TryState.SUCCESS]


FLAKY = """
import os
import fsspec
from fsspec.implementations.local import LocalFileSystem

class Flaky(LocalFileSystem):
    protocol = "flaky"
    cachable = False

    def put_file(self, *args, **more):
        with open("puts", "a") as puts:
            puts.write("x")
        if os.path.getsize("puts") <= int(os.environ["REFUSALS"]):
            raise OSError("503 Service Unavailable: please reduce your request rate")
        super().put_file(*args, **more)

fsspec.register_implementation("flaky", Flaky, clobber=True)
"""


@pytest.mark.parametrize(("refusals", "code"), [(1, 0), (9, 1)], ids=["for a while", "for ever"])
def test_object_store_answering_5xx(place: Place, refusals: int, code: int) -> None:
    """Scenario: "object store answering 5xx": the value is not stored, the try fails with the reason and has its retries,
    and no reference to a value that is not there is ever handed on."""
    file = place.dag(
        """
        @task(retries=1, retry_delay=timedelta(0))
        def makes():
            return "x" * 1_000_000

        @task
        def reads(value):
            note(f"read {len(value)}")

        reads(makes())
        """,
        head=FLAKY,
    )

    ended = place.run(file, TRADEWIND_ARTIFACT_URL=f"flaky://{place.folder}/bucket", REFUSALS=str(refusals))

    assert ended.code == code, ended.output
    first, second = place.tries("makes")
    assert first.state is TryState.FAILED
    assert "503" in (first.error or "")
    assert second.state is (TryState.SUCCESS if code == 0 else TryState.FAILED)
    assert place.trace == (["read 1000000"] if code == 0 else [])
    assert (place.states()["reads"] == "upstream_failed") is (code == 1)
