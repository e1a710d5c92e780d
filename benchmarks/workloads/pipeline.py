"""The five-step pipeline, beside the same five functions called in one process."""

from __future__ import annotations

import subprocess
import sys

from measuring.figures import Figure
from measuring.tradewind_run import DAGS, new_home, run_dag

from workloads.plan import Plan

IN_ONE_PROCESS = """
import sys, time
sys.path.insert(0, sys.argv[1])
import pipeline
begun = time.perf_counter()
pipeline.in_one_process()
print(time.perf_counter() - begun)
"""


def pipeline(plan: Plan) -> list[Figure]:
    tasks, alone = [], []
    for _ in range(plan.repeat):
        command = [sys.executable, "-c", IN_ONE_PROCESS, str(DAGS)]
        alone.append(float(subprocess.run(command, check=True, capture_output=True).stdout))
        with new_home() as home:
            tasks.append(run_dag(DAGS / "pipeline.py", "pipeline", home).task_seconds)
    ratios = [ours / bare for ours, bare in zip(tasks, alone, strict=True)]
    return [
        Figure("five-step pipeline: first start to last end", "s", tasks),
        Figure("the same five functions in one process", "s", alone),
        Figure("five-step pipeline: ratio to one process", "x", ratios, aim=1.2),
    ]
