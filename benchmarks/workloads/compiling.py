"""Compile time of many generated DAG files of ten tasks each, loaded one after another in one process."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from measuring.figures import Figure

from workloads.plan import Plan

DAG_FILE = """from datetime import datetime

from tradewind import DAG, task
from tradewind.operators.bash import BashOperator
from tradewind.operators.python import PythonOperator

with DAG("generated_{number}", schedule="@daily", start_date=datetime(2026, 1, 1), catchup=False) as dag:

    @task
    def first():
        return {number}

    previous = first()
    for index in range(8):
        current = PythonOperator(task_id=f"step_{{index}}", python_callable=print, op_args=["{{{{ ds }}}}"], retries=2)
        previous >> current
        previous = current
    previous >> BashOperator(task_id="last", bash_command="echo {{{{ run_id }}}}")
"""

LOAD_ALL = """
import sys, time
from pathlib import Path
from tradewind.dagfiles.load import load_dag_file
from tradewind.dagfiles.snapshot import blobs_folder, take_snapshot
folder, home = Path(sys.argv[1]), Path(sys.argv[2])
begun = time.perf_counter()
snapshot = take_snapshot(folder, home)
print(time.perf_counter() - begun)
for file in sorted(path.name for path in folder.glob("*.py")):
    begun = time.perf_counter()
    loaded = load_dag_file(snapshot, blobs_folder(home), file)
    assert len(loaded.specs) == 1 and len(loaded.specs[0].tasks) == 10, loaded.problems
    print(time.perf_counter() - begun)
"""


def compiling(plan: Plan) -> list[Figure]:
    totals, each, snapshots = [], [], []
    for _ in range(plan.repeat):
        with tempfile.TemporaryDirectory(prefix="tradewind-benchmark-") as folder:
            snapshot, *seconds = _load_all(Path(folder), plan.dag_files)
        snapshots.append(snapshot)
        totals.append(sum(seconds))
        each.append(sorted(seconds)[len(seconds) // 2] * 1000)
    name = f"{plan.dag_files:,} DAG files of 10 tasks"
    return [
        Figure(f"{name}: import and compile all", "s", totals),
        Figure(f"{name}: median file", "ms", each),
        Figure(f"{name}: first snapshot of the folder", "s", snapshots),
    ]


def _load_all(folder: Path, count: int) -> list[float]:
    dags = folder / "dags"
    dags.mkdir()
    for number in range(count):
        (dags / f"generated_{number}.py").write_text(DAG_FILE.format(number=number))
    command = [sys.executable, "-c", LOAD_ALL, str(dags), str(folder / "home")]
    return [float(line) for line in subprocess.run(command, check=True, capture_output=True).stdout.split()]
