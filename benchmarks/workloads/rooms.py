"""The rooms' own benchmarks, each a script that writes JSON: what one room costs without the others."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from measuring.figures import Figure

from workloads.plan import Plan

SCRIPTS = Path(__file__).resolve().parents[1]


def engine(plan: Plan) -> list[Figure]:
    found = _found("engine_step.py")
    figures = [
        Figure(f"engine alone, {row['workload']}: per task", "µs", [row["us_per_ended_task"]]) for row in found["steps"]
    ]
    return [*figures, Figure("engine alone: one of 10,000 mapped instances", "bytes", [found["bytes_per_instance"]])]


def executor(plan: Plan) -> list[Figure]:
    return [
        Figure(
            f"local executor alone, {source}: {name.rpartition(':')[0] or name}",
            "ms" if "ms" in name else "/s",
            [value],
        )
        for source, row in _found("local_executor.py").items()
        for name, value in row.items()
        if isinstance(value, float) and ("median" in name or "second" in name)
    ]


def values(plan: Plan) -> list[Figure]:
    found = _found("values.py", "--gigabytes", str(plan.handover_bytes / 1e9), "--rounds", str(plan.repeat))
    return [Figure(f"value alone, {name}: ratio to its library", "x", [row["ratio"]]) for name, row in found.items()]


def _found(script: str, *arguments: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "found.json"
        command = [sys.executable, str(SCRIPTS / script), *arguments, "--json", str(file)]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        return json.loads(file.read_text())
