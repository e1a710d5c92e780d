"""`tradewind run` of one DAG in a home of its own, and what its store says of it afterwards."""

from __future__ import annotations

import atexit
import os
import select
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from tradewind.model.ids import RunKey
from tradewind.store import open_store

DAGS = Path(__file__).resolve().parents[1] / "dags"
TRADEWIND = (sys.executable, "-c", "from tradewind.cli.main import main; main()")
LOOK_SECONDS = 0.1


@dataclass(frozen=True)
class Ran:
    """Times are seconds since the epoch, as the store has them; `tasks`: (start, end) of each try, by start."""

    process_started: float
    process_seconds: float
    peak_bytes: int
    run: tuple[float, float]
    tasks: list[tuple[float, float]]
    metrics: dict[str, float]

    @property
    def task_seconds(self) -> float:
        """From the first task's start to the last one's end."""
        return max(end for _start, end in self.tasks) - self.tasks[0][0]

    @property
    def chained_seconds(self) -> float:
        """From one task's end to the next one's, on average; the stamps of starts are up to 20 ms late (a try's start
        is recorded together with the next news)."""
        ends = sorted(end for _start, end in self.tasks)
        return (ends[-1] - ends[0]) / (len(ends) - 1)

    @property
    def run_seconds(self) -> float:
        return self.run[1] - self.run[0]

    @property
    def first_end_seconds(self) -> float:
        """From the process's start until the first task had ended."""
        return min(end for _start, end in self.tasks) - self.process_started


@contextmanager
def new_home(*, is_large: bool = False) -> Generator[Path]:
    """A folder that does not exist yet. Large ones go when they are done with; the others at the very end, since ext4
    is slow to make files for some seconds after thousands were deleted (it passes over inodes freed lately)."""
    folder = Path(tempfile.mkdtemp(prefix="tradewind-benchmark-"))
    if not is_large:
        atexit.register(shutil.rmtree, folder, ignore_errors=True)
    try:
        yield folder / "home"
    finally:
        if is_large:
            shutil.rmtree(folder)


def run_dag(file: Path, dag_id: str, home: Path, settings: Mapping[str, str] | None = None) -> Ran:
    """Exits, with what the command said, where the run fails."""
    environment = {**os.environ, "TRADEWIND_HOME": str(home), **(settings or {})}
    command = [*TRADEWIND, "run", "--quiet", "--dag-id", dag_id, str(file)]
    with tempfile.TemporaryFile() as output:
        started = time.time()
        process = subprocess.Popen(command, env=environment, stdout=output, stderr=subprocess.STDOUT)
        peak_bytes = _watch(process)
        seconds = time.time() - started
        if process.returncode:
            output.seek(0)
            sys.exit(f"{' '.join(command)} failed ({process.returncode}):\n{output.read().decode(errors='replace')}")
    return _read(home, dag_id, started, seconds, peak_bytes)


def _watch(process: subprocess.Popen[bytes]) -> int:
    """Wait for its end; the most memory that process itself had, in bytes, without its children's. 0 where the system
    does not tell."""
    peak_bytes = 0
    if sys.platform == "linux":
        descriptor = os.pidfd_open(process.pid)
        try:
            while not select.select([descriptor], [], [], LOOK_SECONDS)[0]:
                peak_bytes = max(peak_bytes, _peak_bytes(process.pid))
        finally:
            os.close(descriptor)
    process.wait()
    return peak_bytes


def _peak_bytes(pid: int) -> int:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) * 1024
    return 0


def _read(home: Path, dag_id: str, started: float, seconds: float, peak_bytes: int) -> Ran:
    store = open_store(f"sqlite:///{home / 'tradewind.db'}", home=home)
    try:
        run = store.runs(dag_id=dag_id, limit=1)[0]
        key = RunKey(run.dag_id, run.run_id)
        tries, metrics = store.tries(key), store.metrics(key)
    finally:
        store.close()
    return Ran(
        process_started=started,
        process_seconds=seconds,
        peak_bytes=peak_bytes,
        run=_seconds(run.started_at, run.ended_at),
        tasks=sorted(_seconds(one.started_at, one.ended_at) for one in tries),
        metrics={one.name: one.value for one in metrics},
    )


def _seconds(start: datetime | None, end: datetime | None) -> tuple[float, float]:
    assert start is not None, "what has ended has begun"
    assert end is not None, "the run has ended, and so have its tries"
    return start.timestamp(), end.timestamp()
