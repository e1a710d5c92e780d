"""What a compared tool must offer, the sizes it is measured at, and the processes it runs in."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

PEERS = Path(__file__).resolve().parents[1]
WORK = PEERS / "work"
WORKLOADS = ("chain", "fan", "fib_short", "fib_long", "ml", "frame")
STOP_SECONDS = 15


@dataclass(frozen=True)
class Sizes:
    chain: int = 100
    fan: int = 1_000
    fib_short: int = 40
    fib_long: int = 10
    frame_bytes: int = 1_000_000_000

    def environment(self) -> dict[str, str]:
        return {
            "BENCH_CHAIN_LENGTH": str(self.chain),
            "BENCH_FAN_WIDTH": str(self.fan),
            "BENCH_FIB_SHORT_COUNT": str(self.fib_short),
            "BENCH_FIB_LONG_COUNT": str(self.fib_long),
            "BENCH_FRAME_BYTES": str(self.frame_bytes),
        }

    def tasks(self, workload: str) -> int:
        """What a side's seconds are divided by: tasks, where the figure is one of a task."""
        return {"chain": self.chain, "fan": self.fan + 1}.get(workload, 1)

    def said(self, workload: str) -> str:
        sizes = {
            "chain": f"chain of {self.chain} no-ops",
            "fan": f"{self.fan:,} no-ops side by side and a join",
            "fib_short": f"{self.fib_short} x fib(10) in sequence",
            "fib_long": f"{self.fib_long} x fib(33) in sequence",
            "ml": "five-step scikit-learn pipeline",
            "frame": f"{self.frame_bytes / 1e6:,.0f} MB DataFrame to the next task",
        }
        return sizes[workload]


@dataclass(frozen=True)
class Measured:
    """`seconds`: inside of the run, per task for chain and fan, the hand-over alone for frame. `whole_seconds`: the
    command, or from the request to the run's end, undivided."""

    seconds: float
    whole_seconds: float


class NotRun(Exception):
    """This side cannot do it, or was not asked to; the text says why."""


class Side(Protocol):
    name: str
    label: str

    def start(self, scratch: Path, sizes: Sizes) -> None:
        """Bring up what the tool needs besides (a server, a database), in the empty folder `scratch`."""
        ...

    def measure(self, workload: str) -> Measured:
        """Raises NotRun."""
        ...

    def stop(self) -> None: ...


@dataclass
class Processes:
    """The processes of one side, each the leader of a group, ended with all they have started."""

    environment: Mapping[str, str]
    logs: Path
    running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self, name: str, command: Sequence[str | Path], **options: Any) -> subprocess.Popen[bytes]:
        with open(self.logs / f"{name}.log", "ab") as log:
            process = subprocess.Popen(
                command, env=dict(self.environment), stdout=log, stderr=log, start_new_session=True, **options
            )
        self.running.append(process)
        return process

    def run(self, name: str, command: Sequence[str | Path], *, timeout_seconds: float = 1_800, **options: Any) -> str:
        """Its output; raises RuntimeError with the end of it where it fails."""
        with open(self.logs / f"{name}.log", "w+b") as log:
            done = subprocess.run(
                command,
                env=dict(self.environment),
                stdout=log,
                stderr=subprocess.STDOUT,
                timeout=timeout_seconds,
                check=False,
                **options,
            )
            log.seek(0)
            output = log.read().decode(errors="replace")
        if done.returncode:
            raise RuntimeError(f"{' '.join(map(str, command))} failed ({done.returncode}):\n{output[-3_000:]}")
        return output

    def all_live(self) -> bool:
        """Raises RuntimeError where one has ended that should serve."""
        for process in self.running:
            if process.poll() is not None:
                raise RuntimeError(f"{process.args} has ended ({process.returncode}); its log is in {self.logs}")
        return True

    def stop(self) -> None:
        for process in reversed(self.running):
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGTERM)
        for process in self.running:
            with suppress(subprocess.TimeoutExpired):
                process.wait(STOP_SECONDS)
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.running = []


def environment_of(python: Path, scratch: Path, sizes: Sizes, **more: str) -> dict[str, str]:
    """For a side's processes: its own interpreter first, the shared functions importable, nothing of ours."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "TRADEWIND_"))}
    return {
        **inherited,
        "PATH": f"{python.parent}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": str(WORK),
        "BENCH_WORK": str(WORK),
        "BENCH_NOTES": str(scratch / "notes.json"),
        "BENCH_SCRATCH": str(scratch),
        "DO_NOT_TRACK": "1",
        **sizes.environment(),
        **more,
    }


def result_in(output: str) -> float:
    """The seconds that `work.result` has printed."""
    lines = [line for line in output.splitlines() if line.startswith("RESULT ")]
    return float(json.loads(lines[-1].removeprefix("RESULT "))["seconds"])


def handover_seconds(scratch: Path) -> float:
    notes = json.loads((scratch / "notes.json").read_text())
    return notes["used_at"] - notes["made_at"]


def measured(workload: str, seconds: float, whole_seconds: float, sizes: Sizes, scratch: Path) -> Measured:
    if workload == "frame":
        seconds = handover_seconds(scratch)
    return Measured(seconds / sizes.tasks(workload), whole_seconds)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answer(
    url: str, body: Any = None, *, method: str | None = None, token: str = "", timeout_seconds: float = 30
) -> Any:
    """What an HTTP API answers, decoded."""
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data, headers, method=method)
    with urllib.request.urlopen(request, timeout=timeout_seconds) as response:
        return json.loads(response.read() or b"null")


def wait_until(is_so: Callable[[], bool], what: str, timeout_seconds: float = 180) -> None:
    """Raises RuntimeError where it does not come true in time; connection errors count as not yet."""
    for _ in _ticks(timeout_seconds):
        with suppress(urllib.error.URLError, ConnectionError, TimeoutError):
            if is_so():
                return
    raise RuntimeError(f"waited {timeout_seconds:g} s in vain for {what}")


def _ticks(timeout_seconds: float) -> Iterator[None]:
    end = time.monotonic() + timeout_seconds
    while time.monotonic() < end:
        yield
        time.sleep(0.2)
