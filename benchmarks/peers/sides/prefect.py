"""Prefect: a server with SQLite of its own, flows in a process that runs tasks in itself (in threads where mapped)."""

from __future__ import annotations

import time
from pathlib import Path

from environments import Environment

from sides.base import (
    PEERS,
    Measured,
    Processes,
    Sizes,
    answer,
    environment_of,
    free_port,
    measured,
    result_in,
    wait_until,
)


class Prefect:
    name = "prefect"
    label = "Prefect, server, tasks in the flow's process"

    def __init__(self) -> None:
        self._python = Environment("prefect").made()

    def start(self, scratch: Path, sizes: Sizes) -> None:
        port = free_port()
        self._scratch, self._sizes = scratch, sizes
        environment = environment_of(
            self._python,
            scratch,
            sizes,
            PREFECT_HOME=str(scratch / "prefect"),
            PREFECT_API_URL=f"http://127.0.0.1:{port}/api",
            PREFECT_SERVER_ANALYTICS_ENABLED="false",
        )
        self._processes = Processes(environment, scratch)
        command = [self._python.parent / "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port)]
        self._processes.start("server", command)
        health = f"http://127.0.0.1:{port}/api/health"
        wait_until(lambda: self._processes.all_live() and bool(answer(health)), "Prefect's server")

    def measure(self, workload: str) -> Measured:
        begun = time.time()
        output = self._processes.run(workload, [self._python, PEERS / "prefect" / "flows.py", workload])
        return measured(workload, result_in(output), time.time() - begun, self._sizes, self._scratch)

    def stop(self) -> None:
        self._processes.stop()
