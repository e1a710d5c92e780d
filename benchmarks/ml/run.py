"""What the machine-learning features cost: `python benchmarks/ml/run.py [NAME]... [--small] [--write-docs]`.

Each name is a script of its own in this folder, which prints more. CPU seconds stand beside wall time, since on a busy
machine only those can be compared; the load before and after goes into what is written.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(1, str(Path(__file__).resolve().parents[1]))

import cache
import checkpoint
import profiles
import sweep
from measuring import machine, report
from measuring.figures import Figure

import metrics

QUIET_LOAD = 0.5
"""Load average up to which a machine counts as idle."""


@dataclass(frozen=True)
class Sizes:
    instances: int = 1_000
    points: int = 100_000
    rows: int = 10_000_000
    trials: int = 100
    megabytes: int = 1024


SMALL = Sizes(instances=50, points=5_000, rows=100_000, trials=5, megabytes=16)


def of_cache(sizes: Sizes) -> Iterator[Figure]:
    for name, which, wall, cpu in cache.measured(sizes.instances):
        yield Figure(f"{name}: {which} run", "s", [wall])
        yield Figure(f"{name}: {which} run, CPU", "s", [cpu])


def of_metrics(sizes: Sizes) -> Iterator[Figure]:
    for what, seconds in metrics.measured(sizes.points):
        aim = 20 if "in the task" in what else None
        points = metrics.MLFLOW_POINTS if what.startswith("mlflow") else sizes.points
        yield Figure(f"{what}: CPU a point, {points:,} points", "µs", [seconds * 1e6], aim)


def of_profiles(sizes: Sizes) -> Iterator[Figure]:
    frame = profiles.made(sizes.rows)
    for sample in (profiles.SAMPLE_ROWS, None):
        said = f"a sample of {sample:,}" if sample else "all of them"
        name = f"profile of {sizes.rows:,} rows of {len(profiles.COLUMNS)} columns, {said}: CPU"
        yield Figure(name, "s", [profiles.cpu_seconds(frame, sample)])


def of_sweep(sizes: Sizes) -> Iterator[Figure]:
    for name, wall, cpu in sweep.all_measured(sizes.trials):
        trials = 1 if "one trial" in name else sizes.trials
        yield Figure(f"{name}: a trial of {trials}", "ms", [wall / trials * 1000])
        yield Figure(f"{name}: a trial of {trials}, CPU", "ms", [cpu / trials * 1000])


def of_checkpoint(sizes: Sizes) -> Iterator[Figure]:
    for what, wall, cpu in checkpoint.measured(sizes.megabytes):
        name = f"{what}, {sizes.megabytes:,} MiB, best of {checkpoint.ROUNDS}"
        yield Figure(name, "s", [wall])
        yield Figure(f"{name}: CPU", "s", [cpu])


NAMES: dict[str, Callable[[Sizes], Iterator[Figure]]] = {
    "cache": of_cache,
    "metrics": of_metrics,
    "profiles": of_profiles,
    "sweep": of_sweep,
    "checkpoint": of_checkpoint,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", choices=[*NAMES, []], help="which ones (default: all)")
    parser.add_argument("--small", action="store_true", help="sizes for a look, in a minute")
    parser.add_argument("--json", type=Path, default=report.RESULTS / "ml.json")
    parser.add_argument("--write-docs", action="store_true", help="renew the table in docs/benchmarks.md")
    options = parser.parse_args()
    machine.prepare()
    before = machine.calibrate()
    print(f"before: {machine.said(before)}")
    figures: list[Figure] = []
    for name in options.names or NAMES:
        for figure in NAMES[name](SMALL if options.small else Sizes()):
            figures.append(figure)
            print(report.line(figure), flush=True)
    after = machine.calibrate()
    described = machine.description()
    data = {"machine": described, "before": before, "after": after, "figures": [one.as_data() for one in figures]}
    report.write_json(options.json, data)
    notes = f"{described['date']}; {described['cores']} cores, {described['processor']}. {load_said(before, after)}"
    print(notes)
    if options.write_docs:
        report.write_docs("ml", f"{notes}\n\n{report.markdown(figures)}")


def load_said(before: dict[str, float], after: dict[str, float]) -> str:
    """The state of the machine; of one that was busy also what that means."""
    said = f"Before: {machine.said(before)}. After: {machine.said(after)}."
    if before["load"] <= QUIET_LOAD:
        return said
    return f"{said} **Measured on a busy machine**: wall times are upper bounds, CPU times somewhat too long."


if __name__ == "__main__":
    main()
