"""A large value from one task to the next, beside the same bytes written and mapped by their library alone."""

from __future__ import annotations

import subprocess
import sys
import tempfile

from measuring.figures import Figure
from measuring.tradewind_run import DAGS, new_home, run_dag

from workloads.plan import Plan

BARE = """
import sys, time
from pathlib import Path
import numpy as np, pandas as pd, pyarrow as pa
kind, size_bytes, file = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]) / "value"
if kind == "array":
    value = np.random.default_rng(0).standard_normal(size_bytes // 8)
    begun = time.perf_counter()
    with open(file, "wb") as target:
        np.save(target, value)
    np.load(file, mmap_mode="r")[-1]
else:
    values = np.random.default_rng(0).standard_normal((size_bytes // 8 // 125, 125))
    value = pd.DataFrame(values, columns=[f"c{i}" for i in range(125)])
    begun = time.perf_counter()
    table = pa.Table.from_pandas(value)
    with pa.OSFile(str(file), "wb") as sink, pa.ipc.new_file(sink, table.schema) as writer:
        writer.write_table(table)
    pa.ipc.open_file(pa.memory_map(str(file))).read_all()["c0"][-1].as_py()
print(time.perf_counter() - begun)
"""


def handover(plan: Plan) -> list[Figure]:
    figures = []
    for kind, name in (("frame", "DataFrame"), ("array", "array")):
        ours, bare = [], []
        for _ in range(plan.repeat):
            bare.append(_bare_seconds(kind, plan.handover_bytes))
            with new_home(is_large=True) as home:
                settings = {"HANDOVER_BYTES": str(plan.handover_bytes)}
                said = run_dag(DAGS / "handover.py", f"handover_{kind}", home, settings).metrics
            ours.append(said["used_at"] - said["made_at"])
        size = f"{plan.handover_bytes / 1e9:g} GB {name}"
        ratios = [one / other for one, other in zip(ours, bare, strict=True)]
        figures += [
            Figure(f"{size}: end of the first task's function to first use", "s", ours),
            Figure(f"{size}: written and mapped by its library alone", "s", bare),
            Figure(f"{size}: ratio", "x", ratios, aim=1.5),
        ]
    return figures


def _bare_seconds(kind: str, size_bytes: int) -> float:
    with tempfile.TemporaryDirectory(prefix="tradewind-benchmark-") as folder:
        command = [sys.executable, "-c", BARE, kind, str(size_bytes), folder]
        return float(subprocess.run(command, check=True, capture_output=True).stdout)
