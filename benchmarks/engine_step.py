"""What the engine costs for each ended task: queue, start and success as three steps, limits included.

python benchmarks/engine_step.py [--json FILE]
"""

from __future__ import annotations

import argparse
import json
import sys
import time
import tracemalloc
from datetime import UTC, datetime
from pathlib import Path

from tradewind.engine.commands import StartTry
from tradewind.engine.events import RunStarted, TaskQueued, TryStarted, TrySucceeded
from tradewind.engine.limits import Limits, LiveTry, ready_of
from tradewind.engine.ready_queue import ReadyQueue
from tradewind.engine.run import Run
from tradewind.engine.step import Step, step
from tradewind.model.ids import RunKey
from tradewind.model.spec import DagSpec, Expansion, FromTask, Literals, TaskSpec

NOW = datetime(2026, 1, 1, tzinfo=UTC)
KEY = RunKey("bench", "run")
SLOTS = 2


def chain(length: int) -> DagSpec:
    names = [f"t{i}" for i in range(length)]
    tasks = [TaskSpec(n, "Op", upstream=(names[i - 1],) if i else ()) for i, n in enumerate(names)]
    return DagSpec("chain", tasks=tuple(tasks))


def wide(width: int) -> DagSpec:
    middle = [TaskSpec(f"m{i}", "Op", upstream=("first",)) for i in range(width)]
    last = TaskSpec("last", "Op", upstream=tuple(t.task_id for t in middle))
    return DagSpec("wide", tasks=(TaskSpec("first", "Op"), *middle, last))


def mapped(length: int) -> DagSpec:
    expansion = Expansion((("x", FromTask("first")),))
    many = TaskSpec("many", "Op", upstream=("first",), expansion=expansion)
    first = TaskSpec("first", "Op", is_mapped_over=True)
    return DagSpec("mapped", tasks=(first, many, TaskSpec("last", "Op", upstream=("many",))))


def crossed(length: int) -> DagSpec:
    """Every instance of one mapped task upstream of every instance of another."""
    literal = Expansion((("x", Literals(length)),))
    one = TaskSpec("one", "Op", expansion=literal)
    return DagSpec("crossed", tasks=(one, TaskSpec("other", "Op", upstream=("one",), expansion=literal)))


def play(run: Run, length: int) -> int:
    """Number of tasks ended. Two slots, so that all others wait."""
    queue = ReadyQueue()
    limits = Limits({"default_pool": 128}, SLOTS)
    live: dict[str, LiveTry] = {}
    ended = 0

    def take(made: Step) -> None:
        for command in made.commands:
            if isinstance(command, StartTry):
                instance = run.instance(command.task_id, command.map_path)
                assert instance is not None
                queue.add(ready_of(run, instance, NOW, NOW))

    take(step(run, RunStarted(), NOW))
    while live or len(queue):
        for ready in queue.pick(live.values(), limits):
            try_id = f"try-{ended}-{len(live)}"
            live[try_id] = LiveTry(KEY, ready.key.task_id, ready.pool, ready.pool_slots)
            take(step(run, TaskQueued(ready.key.task_id, ready.key.map_path, try_id), NOW))
            take(step(run, TryStarted(try_id), NOW))
        try_id = next(iter(live))
        del live[try_id]
        take(step(run, TrySucceeded(try_id, pushed=True, length=length), NOW))
        ended += 1
    assert run.state == "success"
    return ended


def measure(name: str, spec: DagSpec, length: int = 1) -> dict[str, float | str]:
    best = float("inf")
    for _ in range(3):
        run = Run.new(KEY, spec)
        start = time.perf_counter()
        ended = play(run, length)
        best = min(best, (time.perf_counter() - start) / ended)
    return {"workload": name, "us_per_ended_task": round(best * 1e6, 1)}


def bytes_per_instance(length: int) -> int:
    run = Run.new(KEY, mapped(length))
    step(run, RunStarted(), NOW)
    step(run, TaskQueued("first", (), "a"), NOW)
    tracemalloc.start()
    step(run, TrySucceeded("a", pushed=True, length=length), NOW)
    size, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return size // length


def main(arguments: list[str]) -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--json", type=Path, help="write the numbers to this file as well")
    options = parser.parse_args(arguments)
    results = [
        measure("chain of 100", chain(100)),
        measure("chain of 1,000", chain(1_000)),
        measure("1,000 side by side, one join", wide(1_000)),
        measure("1,000 mapped, one join", mapped(1_000), 1_000),
        measure("10,000 mapped, one join", mapped(10_000), 10_000),
        measure("1,000 x 1,000 mapped", crossed(1_000)),
    ]
    for result in results:
        print(f"{result['workload']:<32}{result['us_per_ended_task']:>8} us per ended task")
    size = bytes_per_instance(10_000)
    print(f"{'one of 10,000 mapped instances':<32}{size:>8} bytes")
    if options.json:
        options.json.write_text(json.dumps({"steps": results, "bytes_per_instance": size}, indent=1))


if __name__ == "__main__":
    main(sys.argv[1:])
