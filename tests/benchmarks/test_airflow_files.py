"""The DAG files that Airflow runs in the comparison, unmodified here."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tradewind.model.ids import RunKey
from tradewind.model.states import RunState
from tradewind.store import open_store

ROOT = Path(__file__).resolve().parents[2]
DAGS = ROOT / "benchmarks" / "peers" / "airflow" / "dags"
LOAD = """
import sys
from pathlib import Path
from tradewind.dagfiles.load import load_dag_file
from tradewind.dagfiles.snapshot import blobs_folder, take_snapshot
from tradewind.airflow_compat.hook import install
folder, home, file = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
install()
loaded = load_dag_file(take_snapshot(folder, home), blobs_folder(home), file)
for problem in loaded.problems:
    print(problem, file=sys.stderr)
print(*sorted(loaded.dags))
"""
EXPECTED = {
    "chain100.py": ["chain100"],
    "fan1000.py": ["fan1000", "fan1000_log", "fan300_log"],
    "fib.py": ["fib_long10", "fib_short40"],
    "ml_pipeline.py": ["ml_pipeline"],
    "sensors.py": ["sensor_defer", "sensor_poke", "sensor_reschedule"],
    "sized.py": ["chain", "fan", "fib_long", "fib_short", "frame", "ml"],
    "trivial.py": ["trivial"],
    "xcom_df.py": ["xcom_df_100mb", "xcom_df_10mb", "xcom_df_1mb"],
}


def environment(home: Path) -> dict[str, str]:
    return {**os.environ, "TRADEWIND_HOME": str(home), "BENCH_WORK": str(ROOT / "benchmarks" / "peers" / "work")}


def test_every_file_is_expected() -> None:
    assert sorted(path.name for path in DAGS.glob("*.py")) == sorted(EXPECTED)


@pytest.mark.parametrize("file", EXPECTED)
def test_loads(file: str, tmp_path: Path) -> None:
    command = [sys.executable, "-c", LOAD, str(DAGS), str(tmp_path), file]

    done = subprocess.run(command, capture_output=True, text=True, check=True, env=environment(tmp_path))

    assert done.stderr == ""
    assert done.stdout.split() == EXPECTED[file]


@pytest.mark.parametrize(
    ("file", "dag_id", "tasks"),
    [("trivial.py", "trivial", 1), ("chain100.py", "chain100", 100), ("xcom_df.py", "xcom_df_10mb", 2)],
)
def test_runs(file: str, dag_id: str, tasks: int, tmp_path: Path) -> None:
    home = tmp_path / "home"
    main = "from tradewind.cli.main import main; main()"
    command = [sys.executable, "-c", main, "run", "--quiet", "--dag-id", dag_id, str(DAGS / file)]

    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment(home), timeout=100)

    assert done.returncode == 0, done.stdout + done.stderr
    store = open_store(f"sqlite:///{home / 'tradewind.db'}", home=home)
    (run,) = store.runs(dag_id=dag_id)
    assert run.state is RunState.SUCCESS
    assert len(store.tries(RunKey(dag_id, run.run_id))) == tasks
    store.close()
