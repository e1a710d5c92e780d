"""Metaflow, local: a process per step, artifacts in a folder. Its figures are of the whole command."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from environments import Environment

from sides.base import PEERS, Measured, Processes, Sizes, environment_of, measured

MAX_FAN = 100
"""It needs some 0.4 s a task; a thousand would take seven minutes and tell nothing more."""


class Metaflow:
    name = "metaflow"
    label = "Metaflow, local (whole command)"

    def __init__(self) -> None:
        self._python = Environment("metaflow").made()

    def start(self, scratch: Path, sizes: Sizes) -> None:
        sizes = replace(sizes, fan=min(sizes.fan, MAX_FAN))
        self._scratch, self._sizes = scratch, sizes
        environment = environment_of(
            self._python,
            scratch,
            sizes,
            METAFLOW_HOME=str(scratch / "metaflow-home"),
            METAFLOW_DATASTORE_SYSROOT_LOCAL=str(scratch),
            METAFLOW_DEFAULT_DATASTORE="local",
            METAFLOW_DEFAULT_METADATA="local",
            METAFLOW_USER="benchmark",
            USERNAME="benchmark",
        )
        self._processes = Processes(environment, scratch)

    def measure(self, workload: str) -> Measured:
        flow = self._scratch / f"{workload}_flow.py"
        self._processes.run("make", [self._python, PEERS / "metaflow" / "make_flow.py", workload, flow])
        options = ["--max-workers", "8", "--max-num-splits", "2000"] if workload == "fan" else []
        begun = time.time()
        self._processes.run(workload, [self._python, flow, "--no-pylint", "run", *options], cwd=self._scratch)
        whole = time.time() - begun
        return measured(workload, whole, whole, self._sizes, self._scratch)

    def stop(self) -> None:
        self._processes.stop()
