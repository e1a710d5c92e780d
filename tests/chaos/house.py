"""The service under test, as real processes in a folder of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from tradewind.cli.health import PARTS
from tradewind.store import open_store
from tradewind.store.base import Store

DAGS = Path(__file__).parent / "dags"
POOLS = {"narrow": 3}


class House:
    def __init__(self, folder: Path, database_url: str | None) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.home.mkdir(parents=True, exist_ok=True)
        self.database_url = database_url or f"sqlite:///{self.home / 'tradewind.db'}"
        self.environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("TRADEWIND_")},
            "TRADEWIND_HOME": str(self.home),
            "TRADEWIND_DATABASE_URL": self.database_url,
            "TRADEWIND_DAGS_FOLDER": str(DAGS),
            "TRADEWIND_PARALLELISM": "6",
            "TRADEWIND_KILL_GRACE_SECONDS": "1",
            "TRADEWIND_STOP_TIMEOUT_SECONDS": "20",
        }
        self._service: subprocess.Popen[bytes] | None = None
        self._more: list[subprocess.Popen[bytes]] = []

    def command(self, *words: str) -> None:
        subprocess.run(
            [sys.executable, "-m", "tradewind", *words], env=self.environment, check=True, stdout=subprocess.DEVNULL
        )

    def prepare(self) -> None:
        for name, slots in POOLS.items():
            self.command("pools", "set", name, str(slots), "chaos")

    def start(self) -> None:
        self._service = self._started("standalone")

    def start_another(self, part: str) -> None:
        """Beside the service, e.g. a second scheduler."""
        self._more.append(self._started(part))

    def _started(self, command: str) -> subprocess.Popen[bytes]:
        with (self.folder / "service.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "tradewind", command],
                env=self.environment,
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )

    def stop(self) -> None:
        """Gracefully; and nothing of it is left."""
        ours = [*self._more, *([] if self._service is None else [self._service])]
        for process in ours:
            process.send_signal(signal.SIGTERM)
        for process in ours:
            process.wait(120)

    def keep_alive(self) -> None:
        """As systemd would: start again what has ended."""
        if self._service is None or self._service.poll() is not None:
            self.start()

    def store(self) -> Store:
        return open_store(self.database_url, home=self.home)

    # -------------------------------------------------------------------------------- who is there

    def pids(self) -> dict[str, list[int]]:
        """By what they are: `supervisor`, `scheduler`, `dag-processor`, `triggerer`, `task` (warm parents, runners and
        parsers)."""
        found: dict[str, list[int]] = {}
        with closing(self.store()) as store:
            named = {job.pid: job.kind for job in store.jobs(only_alive=True)}
        names = {kind: name for name, kind in PARTS.items()}
        for pid in self.all_pids():
            if self._service is not None and pid == self._service.pid:
                kind = "supervisor"
            else:
                kind = names[named[pid]] if pid in named else "task"
            found.setdefault(kind, []).append(pid)
        return found

    def all_pids(self) -> list[int]:
        """Every process that has our home in its environment."""
        mark = f"TRADEWIND_HOME={self.home}".encode()
        found: list[int] = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal() and int(entry.name) != os.getpid():
                try:
                    if mark in (entry / "environ").read_bytes().split(b"\0"):
                        found.append(int(entry.name))
                except OSError:
                    continue
        return found

    def wait_for(self, condition: Callable[[], bool], seconds: float, what: str) -> None:
        until = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < until, f"{what}; its log: {self.log_tail()}"
            time.sleep(0.2)  # another process's doing: no event tells us

    def log_tail(self) -> str:
        return (self.folder / "service.log").read_text(errors="replace")[-6000:]
