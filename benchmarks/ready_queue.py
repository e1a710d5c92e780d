"""What it costs to choose who starts next, with ever more that is ready and cannot start.

python benchmarks/ready_queue.py

One becomes ready, one pick follows. `mapped`: all that are ready are instances of one task. `runs`: each is of a run
of its own, and waits for a pool that is full, while another pool has room for the one that goes.
"""

from __future__ import annotations

import time
from datetime import UTC, datetime

from tradewind.engine.limits import Limits, LiveTry, Ready
from tradewind.engine.ready_queue import ReadyQueue
from tradewind.model.ids import RunKey, TaskKey
from tradewind.model.spec import Resources
from tradewind.model.states import TryPurpose

NOW = datetime(2026, 1, 1, tzinfo=UTC)
SIZES = (10, 100, 1_000, 10_000, 100_000)
PICKS = 2_000
LIMITS = Limits({"default_pool": 128, "full": 1}, 3)
HOLDER = LiveTry(RunKey("holder", "run"), "t", "full", 1)


def ready(run: RunKey, path: int, pool: str) -> Ready:
    key = TaskKey(run.dag_id, run.run_id, "t", (path,))
    return Ready(key, TryPurpose.EXECUTE, 1, 1, NOW, 0, NOW, pool, 1, "", Resources(), 0)


def microseconds_per_pick(queue: ReadyQueue, pool: str) -> float:
    """Each pick starts one; it is replaced by another, so that the queue keeps its size."""
    live = [HOLDER]
    queue.pick(live, LIMITS, now=NOW)
    begun = time.perf_counter()
    for number in range(PICKS):
        queue.add(ready(RunKey("bench", "flow"), 1_000_000 + number, pool))
        picked = queue.pick(live, LIMITS, now=NOW, at_most=1)
        assert len(picked) == 1
    return (time.perf_counter() - begun) / PICKS * 1e6


def mapped(size: int) -> float:
    queue = ReadyQueue()
    for path in range(size + 2):
        queue.add(ready(RunKey("bench", "flow"), path, "default_pool"))
    return microseconds_per_pick(queue, "default_pool")


def runs(size: int) -> float:
    queue = ReadyQueue()
    for number in range(size):
        queue.add(ready(RunKey(f"dag{number % 100}", f"run{number}"), 0, "full"))
    return microseconds_per_pick(queue, "default_pool")


if __name__ == "__main__":
    print(f"{'ready':>8} {'mapped':>10} {'runs':>10}   µs per pick")
    for size in SIZES:
        print(f"{size:>8} {mapped(size):>10.1f} {runs(size):>10.1f}")
