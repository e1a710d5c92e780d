"""A service of its own for one measurement: started, watched from outside, ended with all its processes."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
TICKS = os.sysconf("SC_CLK_TCK")
PATIENCE_SECONDS = 900.0


class Up:
    """`dags` is the folder that the service watches; `rows` reads its database."""

    def __init__(self, folder: Path, database_url: str | None = None, **settings: str) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.dags = folder / "dags"
        self.dags.mkdir(parents=True, exist_ok=True)
        self.database_url = database_url or f"sqlite:///{self.home / 'tradewind.db'}"
        self._environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith("TRADEWIND")},
            "TRADEWIND_HOME": str(self.home),
            "TRADEWIND_DAGS_FOLDER": str(self.dags),
            "TRADEWIND_DATABASE_URL": self.database_url,
            **{f"TRADEWIND_{name.upper()}": value for name, value in settings.items()},
        }
        self._process: subprocess.Popen[bytes] | None = None
        self._connection: Any = None

    def start(self) -> float:
        """Returns the wall clock at its start."""
        program = Path(sys.executable).parent / "tradewind"
        begun = time.time()
        with (self.folder / "service.log").open("ab") as log:
            self._process = subprocess.Popen(
                [program, "standalone", "--quiet"], env=self._environment, stdout=log, stderr=log
            )
        return begun

    def stop(self) -> None:
        if self._process is not None:
            self._process.send_signal(signal.SIGTERM)
            self._process.wait(120)
        if self._connection is not None:
            self._connection.close()

    def command(self, *words: str) -> None:
        program = Path(sys.executable).parent / "tradewind"
        subprocess.run([program, *words], env=self._environment, check=True, stdout=subprocess.DEVNULL)

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """Empty while there is no database yet."""
        try:
            if self._connection is None:
                self._connection = self._connect()
            return self._connection.execute(query).fetchall()
        except Exception:
            return []

    def _connect(self) -> Any:
        if self.database_url.startswith("sqlite"):
            file = self.database_url.removeprefix("sqlite:///")
            return sqlite3.connect(f"file:{file}?mode=ro", uri=True, isolation_level=None, check_same_thread=False)
        import psycopg

        return psycopg.connect(self.database_url, autocommit=True)

    def count(self, query: str) -> int:
        rows = self.rows(query)
        return int(rows[0][0]) if rows else 0

    def wait_for(self, condition: Callable[[], bool], every_seconds: float = 0.02) -> None:
        until = time.monotonic() + PATIENCE_SECONDS
        while not condition():
            if time.monotonic() > until:
                raise TimeoutError((self.folder / "service.log").read_text()[-3000:])
            time.sleep(every_seconds)

    def pid_of(self, kind: str) -> int:
        rows = self.rows(f"SELECT pid FROM job WHERE kind = '{kind}' AND ended_at IS NULL ORDER BY started_at DESC")
        return int(rows[0][0]) if rows else 0

    # -------------------------------------------------------------------------------- what it costs

    def pids(self) -> list[int]:
        mark = f"TRADEWIND_HOME={self.home}".encode()
        found: list[int] = []
        for entry in Path("/proc").iterdir():
            if entry.name.isdecimal():
                try:
                    if mark in (entry / "environ").read_bytes().split(b"\0"):
                        found.append(int(entry.name))
                except OSError:
                    continue
        return found

    def cpu_seconds(self) -> float:
        return sum(map(cpu_seconds_of, self.pids()))

    def pss_bytes(self) -> int:
        return sum(map(pss_bytes_of, self.pids()))


def cpu_seconds_of(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / TICKS


def pss_bytes_of(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0


@contextmanager
def service(database: str, **settings: str) -> Iterator[Up]:
    """An empty home on `sqlite` or `postgres`; not started yet."""
    with tempfile.TemporaryDirectory(prefix="tradewind-bench-") as folder, _database(database) as url:
        up = Up(Path(folder), url, **settings)
        try:
            yield up
        finally:
            up.stop()


@contextmanager
def _database(kind: str) -> Iterator[str | None]:
    if kind == "sqlite":
        yield None
        return
    sys.path.insert(0, str(ROOT))
    from tests.postgres import PostgresServer, embedded

    server = PostgresServer(embedded())
    server.settings |= {"fsync": "on", "full_page_writes": "on", "shared_buffers": "128MB"}
    server.start()
    try:
        yield server.url
    finally:
        server.remove()


def seconds_of(micros: int) -> float:
    """An instant of the database as seconds since the epoch."""
    return micros / 1_000_000 if isinstance(micros, int) else datetime.fromisoformat(str(micros)).timestamp()


def percentile(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]
