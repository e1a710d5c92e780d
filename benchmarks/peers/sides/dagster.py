"""Dagster without its web server: jobs executed by a script, in its process or in a process per step."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from environments import Environment

from sides.base import PEERS, Measured, NotRun, Processes, Sizes, environment_of, measured, result_in


class Dagster:
    """`executor`: in_process or multiprocess. The latter takes seconds a step, so it gets fewer."""

    def __init__(self, executor: str) -> None:
        self.name = "dagster" if executor == "in_process" else "dagster-multiprocess"
        self.label = f"Dagster, {executor.replace('_', ' ')}"
        self._executor = executor
        self._python = Environment("dagster").made()

    def start(self, scratch: Path, sizes: Sizes) -> None:
        if self._executor == "multiprocess":
            sizes = replace(sizes, chain=min(sizes.chain, 20), fan=min(sizes.fan, 24))
        self._scratch, self._sizes = scratch, sizes
        home = scratch / "dagster"
        home.mkdir()
        (home / "dagster.yaml").write_text("telemetry:\n  enabled: false\n")
        self._processes = Processes(environment_of(self._python, scratch, sizes, DAGSTER_HOME=str(home)), scratch)

    def measure(self, workload: str) -> Measured:
        if self._executor == "multiprocess" and workload == "fib_short":
            raise NotRun("some three seconds a step")
        begun = time.time()
        script = PEERS / "dagster" / "jobs.py"
        output = self._processes.run(workload, [self._python, script, workload, self._executor], cwd=script.parent)
        return measured(workload, result_in(output), time.time() - begun, self._sizes, self._scratch)

    def stop(self) -> None:
        self._processes.stop()
