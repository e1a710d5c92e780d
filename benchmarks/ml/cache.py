"""What the cache saves and costs: the five-step pipeline and a mapped DAG, without cache, filling it, and from it.

    python benchmarks/ml/cache.py [instances]

CPU seconds of all processes beside wall time: on a busy machine only those can be compared.
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

TRADEWIND = (sys.executable, "-m", "tradewind")
PIPELINE = (Path(__file__).resolve().parents[1] / "dags" / "pipeline.py").read_text()
MAPPED = """
from tradewind import DAG, task

@task(cache={cache})
def leaf(index):
    return index * 2

@task(cache={cache})
def join(numbers):
    return sum(numbers)

with DAG("mapped", schedule=None):
    join(leaf.expand(index=list(range({instances}))))
"""


def files(instances: int) -> dict[str, str]:
    """Name → text: each DAG without and with a cache."""
    cached = PIPELINE.replace(
        'DAG("pipeline", schedule=None)', 'DAG("pipeline", schedule=None, default_args={"cache": True})'
    )
    assert cached != PIPELINE, "the pipeline's DAG is written otherwise"
    return {
        "pipeline": PIPELINE,
        "pipeline, cached": cached,
        f"{instances:,} instances": MAPPED.format(cache=False, instances=instances),
        f"{instances:,} instances, cached": MAPPED.format(cache=True, instances=instances),
    }


def ran(file: Path, home: Path) -> tuple[float, float]:
    """Wall and CPU seconds of one `tradewind run`."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    environment = {**os.environ, "TRADEWIND_HOME": str(home)}
    subprocess.run([*TRADEWIND, "run", str(file), "-q"], env=environment, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - started, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(instances: int) -> None:
    print(f"{'':<32}{'':<14}{'wall s':>8}{'CPU s':>8}")
    for name, which, wall, cpu in measured(instances):
        print(f"{name:<32}{which:<14}{wall:>8.2f}{cpu:>8.2f}", flush=True)


def measured(instances: int) -> Iterator[tuple[str, str, float, float]]:
    """Each DAG, `first` or `second` run of it in one home, wall and CPU seconds."""
    for name, text in files(instances).items():
        with tempfile.TemporaryDirectory(prefix="tradewind-benchmark-") as folder:
            file = Path(folder) / "dag.py"
            file.write_text(text)
            for which in ("first", "second"):
                yield (name, which, *ran(file, Path(folder) / "home"))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1_000)
