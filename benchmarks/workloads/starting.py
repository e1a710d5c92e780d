"""Import time, the command line's help, and the first run from an empty home."""

from __future__ import annotations

import subprocess
import sys
import time

from measuring.figures import Figure
from measuring.tradewind_run import DAGS, TRADEWIND, new_home, run_dag

from workloads.plan import Plan

TIMED_IMPORT = "import time; begun = time.perf_counter(); {}; print((time.perf_counter() - begun) * 1000)"


def imports(plan: Plan) -> list[Figure]:
    return [
        Figure("import tradewind", "ms", import_ms("import tradewind", plan.repeat * 2), aim=150),
        Figure("from tradewind import DAG, task", "ms", import_ms("from tradewind import DAG, task", plan.repeat * 2)),
    ]


def import_ms(statement: str, repeat: int) -> list[float]:
    """As timed inside of new interpreters; the first one, which may read files from the disk, is left out."""
    command = [sys.executable, "-c", TIMED_IMPORT.format(statement)]
    return [float(subprocess.run(command, check=True, capture_output=True).stdout) for _ in range(repeat + 1)][1:]


def help_page(plan: Plan) -> list[Figure]:
    return [Figure("tradewind --help, whole process", "ms", [_help_ms() for _ in range(plan.repeat * 2)], aim=300)]


def _help_ms() -> float:
    started = time.perf_counter()
    subprocess.run([*TRADEWIND, "--help"], check=True, stdout=subprocess.DEVNULL)
    return (time.perf_counter() - started) * 1000


def first_run(plan: Plan) -> list[Figure]:
    ran = []
    for _ in range(plan.repeat):
        with new_home() as home:
            ran.append(run_dag(DAGS / "chain.py", "chain1", home, {"CHAIN_LENGTH": "1"}))
    return [
        Figure("first run, empty home: until the first task has ended", "s", [r.first_end_seconds for r in ran], aim=1),
        Figure("first run, empty home: whole process, one task", "s", [r.process_seconds for r in ran]),
    ]
