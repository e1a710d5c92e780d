"""Tradewind, on the very DAG file that Airflow gets."""

from __future__ import annotations

from pathlib import Path

from measuring.tradewind_run import run_dag

from sides.base import PEERS, WORK, Measured, Sizes, measured

DAG_FILE = PEERS / "airflow" / "dags" / "sized.py"


class Tradewind:
    name = "tradewind"
    label = "Tradewind, a fresh process per try"

    def start(self, scratch: Path, sizes: Sizes) -> None:
        self._scratch, self._sizes, self._runs = scratch, sizes, 0
        self._settings = {
            **sizes.environment(),
            "BENCH_WORK": str(WORK),
            "BENCH_NOTES": str(scratch / "notes.json"),
        }

    def measure(self, workload: str) -> Measured:
        self._runs += 1
        home = self._scratch / f"home{self._runs}"
        early = {"BENCH_IMPORT_EARLY": "1"} if workload in ("ml", "frame") else {}
        ran = run_dag(DAG_FILE, workload, home, {**self._settings, **early})
        return measured(workload, ran.run_seconds, ran.process_seconds, self._sizes, self._scratch)

    def stop(self) -> None:
        """Nothing runs between its runs."""
