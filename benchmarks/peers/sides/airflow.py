"""Airflow: API server, scheduler and DAG processor, LocalExecutor, PostgreSQL where the machine has it, else SQLite."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path
from typing import Any

from environments import Environment

from sides import postgres
from sides.base import (
    PEERS,
    Measured,
    NotRun,
    Processes,
    Sizes,
    answer,
    environment_of,
    free_port,
    measured,
    wait_until,
)

COMPONENTS = ("api-server", "scheduler", "dag-processor")
MAX_FRAME_BYTES = 10_000_000
"""It hands values on through its database and fails at 100 MB."""
OTHER_DAGS = {"ml": "ml_pipeline"}
"""It cannot hand a model on as a value: its pipeline writes files by hand and hands on their paths."""
LOOK_SECONDS = 0.1
RUN_SECONDS = 1_800


class Airflow:
    name = "airflow"

    def __init__(self) -> None:
        self._python = Environment("airflow").made()
        self._programs = postgres.programs()
        self.label = f"Airflow, LocalExecutor, {'PostgreSQL' if self._programs else 'SQLite'}"
        self._database: postgres.Postgres | None = None
        self._processes: Processes | None = None

    def start(self, scratch: Path, sizes: Sizes) -> None:
        self._scratch, self._sizes = scratch, sizes
        port = free_port()
        self._api = f"http://127.0.0.1:{port}"
        environment = environment_of(
            self._python, scratch, sizes, **_settings(scratch, port, self._database_url(scratch))
        )
        self._processes = processes = Processes(environment, scratch)
        airflow = self._python.parent / "airflow"
        processes.run("migrate", [airflow, "db", "migrate"])
        for component in COMPONENTS:
            processes.start(component, [airflow, component])
        health = f"{self._api}/api/v2/monitor/health"
        wait_until(lambda: processes.all_live() and bool(answer(health)), "Airflow's API server")
        self._token = answer(f"{self._api}/auth/token")["access_token"]
        for dag_id in ("chain", "fan", "fib_short", "fib_long", "frame", "ml_pipeline", "trivial"):
            wait_until(lambda dag_id=dag_id: self._knows(dag_id), f"DAG {dag_id}")
        self._run("trivial")  # the first run pays for what later ones find done

    def measure(self, workload: str) -> Measured:
        if workload == "frame" and self._sizes.frame_bytes > MAX_FRAME_BYTES:
            raise NotRun("fails from 100 MB on: values go through its database")
        begun = time.time()
        run = self._run(OTHER_DAGS.get(workload, workload))
        whole = time.time() - begun
        seconds = (_instant(run["end_date"]) - _instant(run["start_date"])).total_seconds()
        return measured(workload, seconds, whole, self._sizes, self._scratch)

    def stop(self) -> None:
        if self._processes is not None:
            self._processes.stop()
        if self._database is not None:
            self._database.stop()

    def _database_url(self, scratch: Path) -> str:
        if self._programs is None:
            return f"sqlite:///{scratch / 'airflow.db'}"
        self._database = postgres.Postgres(self._programs)
        self._database.start()
        return self._database.url

    def _knows(self, dag_id: str) -> bool:
        dags = self._ask("/dags?limit=100")["dags"]
        return any(dag["dag_id"] == dag_id and not dag["is_paused"] for dag in dags)

    def _run(self, dag_id: str) -> dict[str, Any]:
        run_id = self._ask(f"/dags/{dag_id}/dagRuns", {"logical_date": None})["dag_run_id"]
        end = time.monotonic() + RUN_SECONDS
        while time.monotonic() < end:
            run = self._ask(f"/dags/{dag_id}/dagRuns/{run_id}")
            if run["state"] == "success":
                return run
            if run["state"] == "failed":
                raise RuntimeError(f"Airflow's run {run_id} of {dag_id} has failed; its logs are in {self._scratch}")
            time.sleep(LOOK_SECONDS)
        raise RuntimeError(f"Airflow's run {run_id} of {dag_id} has not ended in {RUN_SECONDS} s")

    def _ask(self, path: str, body: Any = None) -> Any:
        return answer(f"{self._api}/api/v2{path}", body, token=self._token)


def _settings(scratch: Path, port: int, database_url: str) -> dict[str, str]:
    secret = "only-for-this-benchmark-" * 3
    return {
        "AIRFLOW_HOME": str(scratch / "airflow"),
        "AIRFLOW__CORE__DAGS_FOLDER": str(PEERS / "airflow" / "dags"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__EXECUTOR": "LocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": "8",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_ALL_ADMINS": "True",
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"http://127.0.0.1:{port}/execution/",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": database_url,
        "AIRFLOW__API__HOST": "127.0.0.1",
        "AIRFLOW__API__PORT": str(port),
        "AIRFLOW__API__BASE_URL": f"http://127.0.0.1:{port}",
        "AIRFLOW__API__SECRET_KEY": secret,
        "AIRFLOW__API_AUTH__JWT_SECRET": secret,
        "AIRFLOW_CONN_FS_DEFAULT": '{"conn_type": "fs"}',
    }


def _instant(text: str) -> datetime:
    return datetime.fromisoformat(text)
