"""Tradewind as Airflow is run: `tradewind standalone` on PostgreSQL (SQLite where the machine has none), runs that are
triggered, on the very DAG file that Airflow gets, with imports in the functions as there."""

from __future__ import annotations

import sqlite3
import sys
import time
from pathlib import Path

from sides import postgres
from sides.base import PEERS, Measured, Processes, Sizes, environment_of, measured, wait_until

RUN_SECONDS = 1_800
LOOK_SECONDS = 0.1


class Served:
    name = "tradewind-service"

    def __init__(self) -> None:
        self._programs = postgres.programs()
        self.label = f"Tradewind, standalone, {'PostgreSQL' if self._programs else 'SQLite'}"
        self._database: postgres.Postgres | None = None
        self._processes: Processes | None = None

    def start(self, scratch: Path, sizes: Sizes) -> None:
        self._scratch, self._sizes = scratch, sizes
        home = scratch / "home"
        python = Path(sys.executable)
        settings = {
            "TRADEWIND_HOME": str(home),
            "TRADEWIND_DAGS_FOLDER": str(PEERS / "airflow" / "dags"),
            "TRADEWIND_DATABASE_URL": self._database_url(home),
            "TRADEWIND_PARALLELISM": "8",
        }
        self._processes = Processes(environment_of(python, scratch, sizes, **settings), scratch)
        self._program = python.parent / "tradewind"
        self._processes.start("standalone", [self._program, "standalone", "--quiet"])
        for dag_id in ("chain", "fan", "fib_short", "fib_long", "frame", "ml", "trivial"):
            wait_until(lambda dag_id=dag_id: self._knows(dag_id), f"DAG {dag_id}")
        self.measure("trivial")  # the first run pays for what later ones find done

    def measure(self, workload: str) -> Measured:
        assert self._processes is not None
        begun = time.time()
        self._processes.run("trigger", [self._program, "dags", "trigger", workload])
        run = self._ended(workload, begun)
        return measured(workload, run, time.time() - begun, self._sizes, self._scratch)

    def stop(self) -> None:
        if self._processes is not None:
            self._processes.stop()
        if self._database is not None:
            self._database.stop()

    def _ended(self, dag_id: str, begun: float) -> float:
        """Seconds from the newest run's start to its end, as the database has them."""
        end = time.monotonic() + RUN_SECONDS
        while time.monotonic() < end:
            run = self._newest(dag_id)
            if run and run["state"] == "success" and run["ended"] > begun:
                return run["ended"] - run["started"]
            if run and run["state"] == "failed" and run["ended"] > begun:
                raise RuntimeError(f"the run of {dag_id} has failed; its logs are in {self._scratch}")
            time.sleep(LOOK_SECONDS)
        raise RuntimeError(f"the run of {dag_id} has not ended in {RUN_SECONDS} s")

    def _newest(self, dag_id: str) -> dict[str, float] | None:
        query = "SELECT state, started_at, ended_at FROM run WHERE dag_id = '{}' ORDER BY id DESC LIMIT 1"
        rows = self._rows(query.format(dag_id))
        if not rows:
            return None
        state, started, ended = rows[0]
        return {"state": state, "started": (started or 0) / 1e6, "ended": (ended or 0) / 1e6}

    def _knows(self, dag_id: str) -> bool:
        return bool(self._rows(f"SELECT 1 FROM dag WHERE dag_id = '{dag_id}'"))

    def _rows(self, query: str) -> list[tuple]:
        try:
            if self._database is None:
                file = self._scratch / "home" / "tradewind.db"
                with sqlite3.connect(f"file:{file}?mode=ro", uri=True) as connection:
                    return connection.execute(query).fetchall()
            import psycopg

            with psycopg.connect(self._url) as connection:
                return connection.execute(query).fetchall()
        except Exception:
            return []

    def _database_url(self, home: Path) -> str:
        if self._programs is None:
            return f"sqlite:///{home / 'tradewind.db'}"
        self._database = postgres.Postgres(self._programs)
        self._database.start()
        self._url = self._database.url.replace("postgresql+psycopg2://", "postgresql://")
        return self._url
