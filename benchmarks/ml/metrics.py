"""What a logged metric costs: in a task's loop, and until all of them are in the store.

    python benchmarks/ml/metrics.py [points]

CPU time a point: in the task's loop, told through a socket as in a real try; of a whole process in a real run; in the
scheduler with its store; beside them MLflow's own call into a SQLite store, where MLflow is installed.
"""

from __future__ import annotations

import importlib.util
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path

from tradewind.authoring import metrics, ports
from tradewind.runner.supervisor import SocketSupervisor
from tradewind.testing import run_dag

MLFLOW_POINTS = 300
_DAG = """
from tradewind import dag, log_metric, task
@dag(schedule=None)
def logs():
    @task
    def many():
        import time
        start = time.process_time()
        for step in range({points}):
            log_metric("train/loss", 1 / (step + 1), step)
        return time.process_time() - start
    many()
logs()
"""


def main() -> None:
    points = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    print(f"{points:,} points\n\n| | µs of CPU a point |\n|---|---|")
    for what, seconds in measured(points):
        print(f"| {what} | {seconds * 1e6:,.1f} |", flush=True)


def measured(points: int) -> Iterator[tuple[str, float]]:
    """What was done, and its CPU seconds a point."""
    yield "log_metric in a loop, told over a socket", _in_a_loop(points)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "logs.py"
        file.write_text(_DAG.format(points=points))
        start = time.process_time()
        run = run_dag(file)
        assert len(run.metrics["train/loss"]) == points, "every one is kept"
        yield "log_metric in a real run: in the task", run.value("many") / points
        yield "… in the scheduler and the store", (time.process_time() - start) / points
    if importlib.util.find_spec("mlflow") is not None:
        yield "mlflow.log_metric into SQLite", _of_mlflow()


def _in_a_loop(points: int) -> float:
    ours, theirs = socket.socketpair()
    reader = threading.Thread(target=_drain, args=(theirs,), daemon=True)
    reader.start()
    ports.install(SocketSupervisor(ours))
    metrics.begin("try")
    start = time.thread_time()
    for step in range(points):
        metrics.log_metric("train/loss", 1 / (step + 1), step)
    metrics.flush()
    spent = time.thread_time() - start
    metrics.begin(None)
    ports.install(None)
    ours.close()
    return spent / points


def _drain(sock: socket.socket) -> None:
    while sock.recv(1 << 20):
        pass


def _of_mlflow() -> float:
    import mlflow

    with tempfile.TemporaryDirectory() as folder:
        mlflow.set_tracking_uri(f"sqlite:///{folder}/mlflow.db")
        with mlflow.start_run():
            start = time.process_time()
            for step in range(MLFLOW_POINTS):
                mlflow.log_metric("train/loss", 1 / (step + 1), step)
            return (time.process_time() - start) / MLFLOW_POINTS


if __name__ == "__main__":
    main()
