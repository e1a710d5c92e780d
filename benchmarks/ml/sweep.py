"""What a trial of `ml.sweep` costs over one of plain Optuna, which calls a function in its own process.

    python benchmarks/ml/sweep.py [trials]

CPU seconds of all processes beside wall time: on a busy machine only those can be compared.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import optuna

from tradewind.testing import run_dag

PARALLEL = 2
DAG_FILE = """
from tradewind import dag, ml

@dag(schedule=None)
def sweep_cost():
    def train(x, y):
        return (x - 1) ** 2 + y
    ml.sweep(train, {{"x": ml.uniform(-4, 4), "y": ml.int(1, 9)}}, direction="minimize", n_trials={trials},
             parallel={parallel}, seed=1)

sweep_cost()
"""


def main(trials: int) -> None:
    for name, wall, cpu in all_measured(trials):
        print(f"{name:<24} {wall:8.2f} s  {cpu:8.2f} CPU s  {1000 * wall / trials:8.2f} ms a trial")


def all_measured(trials: int) -> Iterator[tuple[str, float, float]]:
    """What ran the trials (the last one: a single trial), wall and CPU seconds of all of them."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "sweep_cost.py"
        names = {
            "Optuna, in memory": lambda: plain(trials, None),
            "Optuna, SQLite": lambda: plain(trials, f"sqlite:///{folder}/optuna.db"),
            "ml.sweep": lambda: ours(file, trials),
            "ml.sweep of one trial": lambda: ours(file, 1),
        }
        for name, do in names.items():
            yield (name, *measured(do))


def plain(trials: int, storage: str | None) -> None:
    optuna.logging.set_verbosity(optuna.logging.WARNING)
    study = optuna.create_study(storage=storage, sampler=optuna.samplers.TPESampler(seed=1))
    study.optimize(
        lambda trial: (trial.suggest_float("x", -4, 4) - 1) ** 2 + trial.suggest_int("y", 1, 9), n_trials=trials
    )


def ours(file: Path, trials: int) -> None:
    file.write_text(DAG_FILE.format(trials=trials, parallel=PARALLEL))
    run = run_dag(file, parallelism=PARALLEL)
    assert run.state == "success", run.errors


def measured(do: Callable[[], None]) -> tuple[float, float]:
    """Wall and CPU seconds, children included."""
    wall, cpu = time.monotonic(), cpu_seconds()
    do()
    return time.monotonic() - wall, cpu_seconds() - cpu


def cpu_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100)
