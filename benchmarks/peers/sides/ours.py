"""Tradewind, on the very DAG file that Airflow gets."""

from __future__ import annotations

from pathlib import Path

from measuring.tradewind_run import run_dag

from sides.base import PEERS, WORK, Measured, NotRun, Sizes, measured

HEAVY = ("ml", "frame")
"""Workloads that need pandas or scikit-learn."""
DAG_FILE = PEERS / "airflow" / "dags" / "sized.py"


class Tradewind:
    """`imports_early`: whether pandas and scikit-learn are imported at the file's top, as its guide says, or in the
    functions, as everybody else does here."""

    name = "tradewind"

    def __init__(self, *, imports_early: bool) -> None:
        self._imports_early = imports_early
        where = "a fresh process per try" if imports_early else "with imports in the functions"
        self.label = f"Tradewind, {where}"

    def start(self, scratch: Path, sizes: Sizes) -> None:
        self._scratch, self._sizes, self._runs = scratch, sizes, 0
        self._settings = {
            **sizes.environment(),
            "BENCH_WORK": str(WORK),
            "BENCH_NOTES": str(scratch / "notes.json"),
        }

    def measure(self, workload: str) -> Measured:
        if not self._imports_early and workload not in HEAVY:
            raise NotRun("as above")
        self._runs += 1
        home = self._scratch / f"home{self._runs}"
        early = {"BENCH_IMPORT_EARLY": "1"} if self._imports_early and workload in HEAVY else {}
        ran = run_dag(DAG_FILE, workload, home, {**self._settings, **early})
        return measured(workload, ran.run_seconds, ran.process_seconds, self._sizes, self._scratch)

    def stop(self) -> None:
        """Nothing runs between its runs."""
