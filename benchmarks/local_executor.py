"""What a try costs in the local executor alone: no scheduler, no store. Prints medians; `--json FILE` writes them.

    python benchmarks/local_executor.py [--tries 200] [--json FILE]

Two DAG files: one that imports nothing, one with numpy, pandas and scikit-learn at its top (where installed).
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from tradewind.dagfiles.snapshot import take_snapshot
from tradewind.executors.base import CodeRef, TryOrder
from tradewind.executors.local import LocalExecutor
from tradewind.model.ids import TaskKey
from tradewind.model.messages import Reply, RunFacts, RunTry
from tradewind.model.outcomes import TryLost, TryReport
from tradewind.model.spec import Resources, ReuseSpec
from tradewind.model.states import RunState, RunType, TryPurpose
from tradewind.model.warm import Snapshot

BARE = """
from tradewind import DAG, task
with DAG("d"):
    @task
    def noop():
        pass
    noop()
"""
HEAVY = "import numpy, pandas, sklearn.ensemble\n" + BARE
NOW = datetime(2026, 1, 1, tzinfo=UTC)
REUSE = ReuseSpec(100)


class Bench:
    def __init__(self, folder: Path, source: str) -> None:
        self.home = folder / "home"
        (folder / "dags").mkdir(parents=True)
        (folder / "dags" / "f.py").write_text(source)
        self.snapshot: Snapshot = take_snapshot(folder / "dags", self.home)
        self.numbers = count()
        started = time.perf_counter()
        self.executor = LocalExecutor(self.home)
        self.executor.start(lambda request: Reply(None))
        loaded = self.executor.load(self.snapshot, "f.py")
        self.load_seconds = time.perf_counter() - started
        assert not loaded.problems, loaded.problems
        self.fork_unsafe = loaded.fork_unsafe

    def order(self, reuse: ReuseSpec | None) -> TryOrder:
        try_id = f"t{next(self.numbers)}"
        message = RunTry(
            try_id,
            TaskKey("d", "r", "noop"),
            1,
            1,
            TryPurpose.EXECUTE,
            RunFacts(RunType.MANUAL, RunState.RUNNING, NOW, NOW, NOW, NOW, NOW),
            log_path=str(self.home / "logs" / f"{try_id}.log"),
            artifact_url=str(self.home / "artifacts"),
            inline_value_bytes=10_000,
            max_map_length=100,
        )
        return TryOrder(CodeRef(self.snapshot.id, "f.py"), message, reuse=reuse)

    def round_trip_ms(self, tries: int, reuse: ReuseSpec | None, pause_seconds: float) -> Iterator[float]:
        for _ in range(tries):
            order = self.order(reuse)
            started = time.perf_counter()
            self.executor.submit(order)
            while not self._ends():
                pass
            yield (time.perf_counter() - started) * 1000
            if pause_seconds:
                self.executor.wait(pause_seconds)

    def tries_per_second(self, tries: int, reuse: ReuseSpec | None) -> float:
        orders = [self.order(reuse) for _ in range(tries)]
        orders.reverse()
        ended = 0
        started = time.perf_counter()
        while ended < tries:
            while orders and self.executor.can_take(Resources()) is None:
                self.executor.submit(orders.pop())
            ended += self._ends()
        return tries / (time.perf_counter() - started)

    def _ends(self) -> int:
        events = self.executor.wait(30)
        assert not any(isinstance(event, TryLost) for event in events), events
        return sum(isinstance(event, TryReport) for event in events)


def measure(folder: Path, source: str, tries: int) -> dict[str, float | str]:
    bench = Bench(folder, source)
    list(bench.round_trip_ms(10, None, 0.01))
    fresh = list(bench.round_trip_ms(tries, None, 0.005))
    chained = list(bench.round_trip_ms(tries, None, 0.0))
    list(bench.round_trip_ms(10, REUSE, 0.0))
    reused = list(bench.round_trip_ms(tries * 5, REUSE, 0.0))
    found: dict[str, float | str] = {
        "load, ms": bench.load_seconds * 1000,
        "round trip, child forked ahead, paced: median ms": statistics.median(fresh),
        "round trip, child forked ahead, paced: min ms": min(fresh),
        "round trip, one after another: median ms": statistics.median(chained),
        "round trip, reused child: median ms": statistics.median(reused),
        "round trip, reused child: min ms": min(reused),
        "fresh tries a second": statistics.median(bench.tries_per_second(tries, None) for _ in range(3)),
        "reused tries a second": statistics.median(bench.tries_per_second(tries * 20, REUSE) for _ in range(3)),
        "fork unsafe": bench.fork_unsafe,
    }
    bench.executor.stop(grace_seconds=1)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--tries", type=int, default=200)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    if os.environ.get("PYTHONDONTWRITEBYTECODE"):
        sys.exit("PYTHONDONTWRITEBYTECODE is set: every process would compile its imports. Unset it.")
    sources = {"bare": BARE}
    if all(importlib.util.find_spec(name) for name in ("numpy", "pandas", "sklearn")):
        sources["pandas and scikit-learn"] = HEAVY
    results: dict[str, dict[str, float | str]] = {}
    for name, source in sources.items():
        with tempfile.TemporaryDirectory() as folder:
            results[name] = measure(Path(folder), source, arguments.tries)
        print(name)
        for label, value in results[name].items():
            print(f"  {label:<52} {f'{value:10.2f}' if isinstance(value, float) else value}")
    if arguments.json:
        arguments.json.write_text(json.dumps(results, indent=2))


if __name__ == "__main__":
    main()
