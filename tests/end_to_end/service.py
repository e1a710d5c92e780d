"""A service in a place: started as a user would, asked through its store."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.end_to_end.conftest import HEAD, Place

from tradewind.model.records import RunRecord
from tradewind.model.service import DagSchedule, JobKind
from tradewind.model.states import RunState
from tradewind.store import open_store
from tradewind.store.base import Store

ONCE = "schedule='@once', start_date=datetime(2025, 1, 1)"
SLOW = """
@task
def slow():
    note("begun")
    while not os.path.exists(os.environ["TRACE"] + ".go"):
        time.sleep(0.02)
    note("done")
@task
def after():
    note("after")
slow() >> after()
"""


def let_go(place: Place) -> None:
    Path(f"{place.trace_file}.go").touch()


class Up:
    """A service of this place, or parts of it."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.logs: list[Path] = []
        place.environment["TRADEWIND_DAGS_FOLDER"] = str(place.dags)

    def start(self, *command: str, **environment: str) -> subprocess.Popen[bytes]:
        """Returns once it says that it lives."""
        log = self.place.folder / f"service{len(self.logs)}.log"
        with log.open("wb") as output:
            process = subprocess.Popen(
                [Path(sys.executable).parent / "tradewind", *command],
                cwd=self.place.folder,
                env={**self.place.environment, **environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        self.logs.append(log)
        return process

    @contextmanager
    def store(self) -> Iterator[Store]:
        url = self.place.environment.get("TRADEWIND_DATABASE_URL", f"sqlite:///{self.place.home / 'tradewind.db'}")
        store = open_store(url, home=self.place.home)
        try:
            yield store
        finally:
            store.close()

    @property
    def log(self) -> str:
        return "\n".join(log.read_text() for log in self.logs)

    def pid_of(self, kind: JobKind) -> int:
        """0 where none is alive."""
        return next(iter(self.pids_of(kind)), 0)

    def pids_of(self, kind: JobKind) -> list[int]:
        with self.store() as store:
            return [job.pid for job in store.jobs(kind=kind, only_alive=True)]

    def wait_until_up(self, *kinds: JobKind) -> None:
        self.place.home.mkdir(exist_ok=True, mode=0o700)
        for kind in kinds or (JobKind.SCHEDULER, JobKind.DAG_PROCESSOR):
            self.place.wait_for(lambda kind=kind: self.pid_of(kind) != 0)

    def drop(self, dag_id: str, body: str, arguments: str = ONCE) -> Path:
        """A DAG file appears in the folder, whole, as editors and deployments write it."""
        lines = "\n".join(f"    {line}" for line in body.strip().splitlines())
        new = self.place.folder / f"{dag_id}.new"
        new.write_text(f"{HEAD}\nwith DAG({dag_id!r}, {arguments}):\n{lines}\n")
        return new.rename(self.place.dags / f"{dag_id}.py")

    def runs(self, dag_id: str) -> list[RunRecord]:
        with self.store() as store:
            return store.runs(dag_id=dag_id, limit=1000)

    def schedules(self, dag_id: str) -> list[DagSchedule]:
        with self.store() as store:
            return store.schedules(dag_id=dag_id)

    def wait_for_end(self, dag_id: str, state: RunState = RunState.SUCCESS) -> RunRecord:
        self.place.wait_for(lambda: any(run.state.is_finished for run in self.runs(dag_id)))
        (run,) = self.runs(dag_id)
        assert run.state is state, self.log
        return run

    def end(self, process: subprocess.Popen[bytes], number: int = signal.SIGTERM) -> int:
        process.send_signal(number)
        return process.wait(60)
